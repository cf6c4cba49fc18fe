"""What all edits have in common: they find their entry, change it, and say what they concern."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, LiteralString

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Tree = dict[str, Any]
DAY, CLOCK = r"\d{4}-\d{2}-\d{2}", r"T\d{2}:\d{2}([+-]\d{2}:\d{2})?"


def _written(pattern: str, sentence: LiteralString) -> AfterValidator:
    """A text in a form; what is wrong with others is said in words that planners know."""

    def check(text: str) -> str:
        if re.fullmatch(pattern, text, re.ASCII) is None:
            raise PydanticCustomError("form", sentence)
        return text

    return AfterValidator(check)


Id = Annotated[
    str,
    _written(r"(?s).{1,200}", "An id is needed, of at most 200 characters."),
    Field(json_schema_extra={"minLength": 1, "maxLength": 200}),
]
Day = Annotated[
    str,
    _written(DAY, "A day is needed, such as 2027-02-01."),
    Field(json_schema_extra={"pattern": f"^{DAY}$", "examples": ["2027-02-01"]}),
]
DayOrMoment = Annotated[
    str,
    _written(f"{DAY}({CLOCK})?", "A day or a moment is needed, such as 2027-02-01T08:00."),
    Field(json_schema_extra={"pattern": f"^{DAY}({CLOCK})?$", "examples": ["2027-02-01"]}),
]
Moment = Annotated[
    str,
    _written(f"{DAY}{CLOCK}", "A moment is needed, such as 2027-02-01T08:00."),
    Field(json_schema_extra={"pattern": f"^{DAY}{CLOCK}$", "examples": ["2027-02-01T08:00"]}),
]

Place = tuple[str, str]
"""A list of the document and the id of an entry in it; ("goals", "") is the goals, and ("", "end")
a field of the document itself."""


class Missing(Exception):
    """The document has no such entry; the message is a sentence, `value` what is not there."""

    def __init__(self, message: str, value: str | None = None) -> None:
        self.value = value
        super().__init__(message)


class Edit(BaseModel):
    """One change of a rollout document."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    writes: ClassVar[str]
    """The field of the entry that it writes, or adds to."""

    @property
    def place(self) -> Place:
        """The entry that it changes."""
        raise NotImplementedError

    def apply(self, tree: Tree) -> None:
        """Change a document, which is the caller's own copy; Missing if it has no such entry."""
        raise NotImplementedError


def entry(tree: Tree, place: Place) -> Tree:
    """The entry at a place."""
    name, id_ = place
    for found in tree.get(name) or []:
        if isinstance(found, dict) and found.get("id") == id_:
            return found
    raise Missing(f"{name} has no entry {id_!r}.", id_)


def set_or_remove(found: Tree, field: str, value: object) -> None:
    """Write a field, or take it out where there is no value."""
    if value is None:
        found.pop(field, None)
    else:
        found[field] = value


def add_absence(tree: Tree, person: str, first: str, last: str, reason: str | None) -> None:
    """Let somebody be away, both days included."""
    found = entry(tree, ("people", person))
    absence = {"from": first, "to": last}
    if reason is not None:
        absence["reason"] = reason
    found["absences"] = [*(found.get("absences") or []), absence]

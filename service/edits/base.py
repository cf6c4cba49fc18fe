"""What all edits have in common: they find their entry, change it, and say what they concern."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Tree = dict[str, Any]
Id = Annotated[str, Field(min_length=1, max_length=200)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2027-02-01"])]
DayOrMoment = Annotated[
    str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$", examples=["2027-02-01"])
]
Moment = Annotated[
    str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$", examples=["2027-02-01T08:00"])
]

Place = tuple[str, str]
"""A list of the document and the id of an entry in it; ("goals", "") is the goals."""


class Missing(Exception):
    """The document has no such entry; the message is a sentence."""


class Edit(BaseModel):
    """One change of a rollout document."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

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
    raise Missing(f"{name} has no entry {id_!r}.")


def add_absence(tree: Tree, person: str, first: str, last: str, reason: str | None) -> None:
    """Let somebody be away, both days included."""
    found = entry(tree, ("people", person))
    absence = {"from": first, "to": last}
    if reason is not None:
        absence["reason"] = reason
    found["absences"] = [*(found.get("absences") or []), absence]

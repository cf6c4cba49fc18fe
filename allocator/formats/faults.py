"""Faults of a document, collected: all of them at once, each with its place and a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError

from allocator.errors import MAX_FAULTS, MAX_KEPT, Fault, InvalidDocument, key_shown
from allocator.formats.findings import sentence
from allocator.formats.lookalikes import distinguished

MAX_SUGGESTIONS = 100
"""Near matches are looked up for so many unknown ids of a document..."""

MAX_COMPARED = 200_000_000
"""...and with so many pairs of letters in all: comparing long ids with thousands takes time."""

COMPARISON = 2_000
"""Pairs of letters that a comparison is worth of itself."""

UNION_TAGS = ("<id>", "<link>")
"""Steps of a location that tell a spelling apart and are not part of the document."""

Location = tuple[int | str, ...]


class Faults:
    """The faults found so far; `stop` raises them together."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.more = 0
        """How many there are that are counted only."""
        self._suggestions = MAX_SUGGESTIONS
        self._compared = MAX_COMPARED

    def add(self, path: str, code: str, message: str) -> None:
        """One more fault."""
        if len(self.found) < MAX_KEPT:
            self.found.append(Fault(path, code, message))
        else:
            self.more += 1

    def unknown(self, path: str, kind: str, id_: str, known: Collection[str]) -> None:
        """Says that nothing of a kind has this id, and which id was perhaps meant."""
        self.add(path, f"unknown_{kind}", f'There is no {kind} "{id_}".{self.hint(id_, known)}')

    def hint(self, word: str, known: Collection[str]) -> str:
        """As `nearest`, as long as the document has not had its share of the work."""
        if self._suggestions <= 0 or self._compared <= 0:
            return ""
        self._suggestions -= 1
        self._compared -= len(known)
        if said := distinguished(word, known):
            return said
        similar = _as_long(word, known)
        work = sum(len(word) * len(other) + COMPARISON for other in similar)
        if work > self._compared:
            return ""
        self._compared -= work
        return nearest(word, similar)

    def stop(self) -> None:
        """Raises what was found, if anything was."""
        if self.found:
            raise self.error()

    def error(self) -> InvalidDocument:
        """All faults as one exception, each once."""
        return InvalidDocument(self.found, self.more)


def nearest(word: str, known: Iterable[str]) -> str:
    """What a known word has that looks the same, else ` Did you mean "..."?`, or nothing."""
    known = list(known)
    if said := distinguished(word, known):
        return said
    match = get_close_matches(word, _as_long(word, known), 1)
    return f' Did you mean "{match[0]}"?' if match else ""


def _as_long(word: str, known: Iterable[str]) -> list[str]:
    return [other for other in known if abs(len(other) - len(word)) <= 3]


def path_of(location: Location) -> str:
    """A pydantic location as a path: `tasks[3].crew[0].skill`."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step not in UNION_TAGS:
            path += f".{key_shown(step)}" if path else key_shown(step)
    return path


def shape_faults(
    error: ValidationError, model: type[BaseModel], prefix: Location = ()
) -> list[tuple[Location, Fault]]:
    """Pydantic's findings in the words of the document, each with its location below a prefix."""
    found = []
    for detail in error.errors(include_url=False):
        location = (*prefix, *detail["loc"])
        code, message = _worded(detail, location, model)
        found.append((location, Fault(path_of(location), code, message)))
    return found


def first_faults(
    error: ValidationError,
    model: type[BaseModel],
    value: object,
    within: tuple[type[BaseModel], Location] | None = None,
) -> tuple[list[tuple[Location, Fault]], int]:
    """As `shape_faults`, and how many there are besides: where a value has very many, the first.

    The value is one of the model; `within` says which model it is a part of, and where.
    """
    count = error.error_count()
    if count > MAX_FAULTS:
        try:
            model.model_validate(_beginning(value))
        except ValidationError as of_the_first:
            error = of_the_first
    return shape_faults(error, *(within or (model, ()))), count - error.error_count()


def _beginning(value: object) -> object:
    """A value with the beginnings of its lists and mappings alone."""
    if isinstance(value, dict):
        return {name: _beginning(it) for name, it in islice(value.items(), MAX_FAULTS)}
    if isinstance(value, list):
        return [_beginning(it) for it in value[: MAX_FAULTS // 10]]
    return value


CODES = {
    "extra_forbidden": "unknown_field",
    "missing": "missing_field",
    "string_type": "not_text",
    "bool_type": "not_true_or_false",
    "list_type": "not_a_list",
    "model_type": "not_a_mapping",
    "model_attributes_type": "not_a_mapping",
    "int_type": "not_a_whole_number",
    "float_type": "not_a_number",
    "finite_number": "not_a_number",
    "literal_error": "not_allowed",
    "too_short": "empty_list",
    "string_too_short": "empty_text",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "control_character",
    "string_unicode": "control_character",
    "invalid_key": "bad_key",
}
"""Pydantic's kinds of findings, by their codes here."""


def _worded(
    detail: Mapping[str, Any], location: Location, model: type[BaseModel]
) -> tuple[str, str]:
    kind, value = str(detail["type"]), detail["input"]
    hint = ""
    if kind == "extra_forbidden":
        field = str(location[-1])
        hint = nearest(field, _fields(model, location[:-1]))
        if field == "<<":
            hint = " Merge keys are not read: write the fields out."
    elif kind == "string_type" and isinstance(value, (bool, int, float)):
        hint = " Put it in quotes."
    return CODES.get(kind, kind), f"{sentence({**detail, 'loc': location})}{hint}"


def _fields(model: type[BaseModel], location: Location) -> list[str]:
    """Names of the fields that a mapping at a location may have."""
    current: type[BaseModel] | None = model
    for step in location:
        if current is None:
            return []
        if isinstance(step, str) and step not in UNION_TAGS:
            current = _model_in(_annotation(current, step))
    if current is None:
        return []
    return [info.alias or name for name, info in current.model_fields.items()]


def _annotation(model: type[BaseModel], name: str) -> object:
    for field, info in model.model_fields.items():
        if name in (field, info.alias):
            return info.annotation
    return None


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The entry that an annotation such as `list[TaskEntry] | None` is about."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None

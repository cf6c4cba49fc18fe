"""Which sheets and columns a rollout has as a workbook, drawn from the models of the document.

The fields at the top stand in **forms**, a row for each. Each list of entries has a **listing**: a
sheet with a row for each entry. Mappings in an entry become columns (`limits.hours_per_day`), lists
of words stay in one cell, and lists of entries in an entry have a listing of their own, in which
each row names the entry that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from allocator.formats.models.fields import DayRange, Id, Moment, Stretch
from allocator.formats.models.plan import NO_CELLS, TaskBookingEntry
from allocator.formats.models.rollout import RolloutDocument
from allocator.formats.shape import KINDS

Kind = Literal[
    "id",
    "text",
    "number",
    "price",
    "whole",
    "flag",
    "date",
    "moment",
    "date or moment",
    "stretch",
    "days",
    "choice",
]

READ_ME = "read me"
"""The sheet that explains the others; it is not read."""

AS_WRITTEN = "as written"
"""The column for fields that are there without a value: `{"absences": [], "name": null}`."""

PUBLISHED = "published"

REFERS_TO = {
    "after": "courses",
    "audience": "audiences",
    "audiences": "audiences",
    "calendar": "calendars",
    "course": "courses",
    "courses": "courses",
    "department": "departments",
    "departments": "departments",
    "different_people_from": "tasks",
    "from": "sites",
    "materials": "tasks",
    "members": "people",
    "people": "people",
    "person": "people",
    "project": "projects",
    "room": "rooms",
    "same_people_as": "tasks",
    "site": "sites",
    "skill": "skills",
    "support": "support",
    "task": "tasks",
    "to": "sites",
    "trainers": "people",
    "vendor": "vendors",
    "wave": "waves",
}
"""Fields that hold ids, and the sheet whose ids they are."""

_UNIQUE: dict[type[BaseModel], str] = {TaskBookingEntry: "task"}
"""Entries without an id of their own that another field tells apart."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field of an entry; `path` leads to it from the entry: `limits.hours_per_day`."""

    path: str
    kind: Kind
    many: bool = False
    needed: bool = False
    choices: tuple[str | int, ...] = ()
    refers_to: str | None = None
    left_out: str = ""
    """What holds where the cell is empty, in the words of the model."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet with a row for each entry of a list."""

    name: str
    path: str
    """Where the list is: from its owner's entry, or from the top of the document."""
    columns: tuple[Column, ...]
    meaning: str
    owner: Listing | None = None
    key: str | None = None
    """The column by which rows of other sheets say that they belong to an entry."""
    bare: str | None = None
    """The column whose value alone may be the entry, instead of a mapping of fields."""
    mapped: bool = True
    """Whether an entry may be a mapping of fields."""

    @property
    def owner_heading(self) -> str | None:
        """The heading of the column that names the owner: `of person`."""
        return None if self.owner is None else f"of {_one(self.owner.path)}"

    @property
    def numbered(self) -> bool:
        """Whether entries are distinguished by a number, which is no field of theirs."""
        return self.key == NUMBER


NUMBER = "no."


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet with a row for each field that stands at the top of the document."""

    name: str
    columns: tuple[Column, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheets of a rollout in their order."""

    forms: tuple[Form, ...]
    listings: tuple[Listing, ...]

    def children(self, listing: Listing | None) -> list[Listing]:
        """The listings whose rows belong to entries of a listing, or to the document itself."""
        return [it for it in self.listings if it.owner is listing]


@cache
def layout() -> Layout:
    """The sheets of the rollout document."""
    fields = list(_columns(RolloutDocument))
    published = [it for it in fields if it.path.split(".")[0] == PUBLISHED]
    return Layout(
        (
            Form(
                "rollout", tuple(it for it in fields if it not in published), _doc(RolloutDocument)
            ),
            Form(PUBLISHED, tuple(published), "What is published already: the plan as a whole."),
        ),
        tuple(_listings(RolloutDocument, None)),
    )


def _columns(model: type[BaseModel], prefix: str = "", optional: str = "") -> Iterator[Column]:
    """The fields of an entry that fit into cells, those of mappings inside it included."""
    for path, hint, info in _fields(model, prefix):
        inside, many = _model_in(hint), _is_list(hint)
        if inside is not None and not many:
            given = optional or ("" if info.is_required() else path)
            yield from _columns(inside, f"{path}.", given)
        elif inside is None and not (many and _item(hint) is date):
            yield _column(path, hint, info, optional)


def _column(path: str, hint: Any, info: FieldInfo, optional: str) -> Column:
    kind = _kind(_item(hint), path)
    name = path.rpartition(".")[2]
    return Column(
        path=path,
        kind=kind,
        many=_is_list(hint),
        needed=info.is_required() and not optional,
        choices=get_args(_item(hint)) if kind == "choice" else (),
        refers_to=REFERS_TO.get(name) if kind == "id" else None,
        left_out=f"Needed if anything of {optional} is given."
        if info.is_required() and optional
        else _default(info),
        description=info.description or "",
    )


def _default(info: FieldInfo) -> str:
    default = info.default
    if default is PydanticUndefined or default is None or default == []:
        return ""
    return f"Left empty: {str(default).lower() if isinstance(default, bool) else default}."


def _listings(
    model: type[BaseModel], owner: Listing | None, prefix: str = "", name: str = ""
) -> Iterator[Listing]:
    """The lists in an entry, each followed by the lists in its own entries."""
    for path, hint, info in _fields(model, prefix):
        inside, many = _model_in(hint), _is_list(hint)
        if inside is not None and not many:
            yield from _listings(inside, owner, f"{path}.", name)
        elif many and (inside is not None or _item(hint) is date):
            listing = _listing(path, hint, info, owner, name)
            yield listing
            if inside is not None:
                yield from _listings(inside, listing, "", listing.name)


def _listing(path: str, hint: Any, info: FieldInfo, owner: Listing | None, name: str) -> Listing:
    steps = [step for step in path.split(".") if step != "plan"]
    title = " ".join([*([name] if name else []), *steps])
    inside = _model_in(hint)
    if inside is None:
        day = Column("day", "date", needed=True)
        return Listing(title, path, (day,), info.description or "", owner, None, "day", False)
    columns = tuple(_columns(inside))
    listing = Listing(title, path, columns, _doc(inside), owner)
    if any(_is_list(it) and _has_rows(it) for _, it, _ in _fields(inside, "")):
        listing = replace(listing, key=_key(inside, columns))
    if any(_bare(it) is str for it in _parts(_item_hint(hint))):
        listing = replace(listing, bare=columns[0].path)
    return listing


def _key(model: type[BaseModel], columns: tuple[Column, ...]) -> str:
    """What tells the entries of a list apart: their id, if each must have one."""
    unique = _UNIQUE.get(model, "id")
    return unique if any(it.path == unique and it.needed for it in columns) else NUMBER


def _has_rows(hint: Any) -> bool:
    return _model_in(hint) is not None or _item(hint) is date


def _one(path: str) -> str:
    """What one entry of a list is called: a person of `people`, a session of `sessions`."""
    name = path.rpartition(".")[2]
    return KINDS.get(name, name.removesuffix("s"))


def _doc(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def _fields(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, Any, FieldInfo]]:
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        if info.json_schema_extra != NO_CELLS:
            yield prefix + (info.alias or name), _present(hints[name]), info


def _parts(hint: Any) -> tuple[Any, ...]:
    """The alternatives of a hint."""
    if get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) in (Union, UnionType):
        return _parts(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return get_args(hint)
    return (hint,)


def _present(hint: Any) -> Any:
    """A hint without `| None`."""
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        return parts[0] if len(parts) == 1 else hint
    return hint


def _bare(hint: Any) -> Any:
    """The type itself, without what validates it."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _is_list(hint: Any) -> bool:
    return get_origin(_bare(hint)) is list


def _item_hint(hint: Any) -> Any:
    return get_args(_bare(hint))[0] if _is_list(hint) else hint


def _item(hint: Any) -> Any:
    """What a list holds, or the hint itself; ids stay distinguished from other text."""
    item = _item_hint(hint)
    return Id if _same(item, Id) else _bare(item)


def _same(hint: Any, other: Any) -> bool:
    return get_origin(hint) is Annotated and bool(hint == other)


def _model_in(hint: Any) -> type[BaseModel] | None:
    """The entry that a hint is about, alone, in a list, or beside an id."""
    for part in _parts(_item_hint(hint)):
        bare = _bare(_bare(part))
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            return bare
    return None


_KINDS: dict[Any, Kind] = {
    bool: "flag",
    date: "date",
    DayRange: "days",
    float: "number",
    Fraction: "number",
    int: "whole",
    Moment: "moment",
    str: "text",
    Stretch: "stretch",
}


def _kind(item: Any, path: str) -> Kind:
    if _same(item, Id):
        return "id"
    if get_origin(item) is Literal:
        return "choice"
    parts = _parts(item)
    if {date, Moment} <= set(parts):
        return "date or moment"
    if Moment in parts:
        return "moment"
    if Fraction in parts and len(parts) == 2:
        return "price"
    if item not in _KINDS:
        raise TypeError(f"no kind of cell is known for the field {path}: {item}")
    return _KINDS[item]

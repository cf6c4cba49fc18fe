"""A rollout document of the right shape, with the entries of the wrong shape set aside.

Setting them aside lets the rest be checked as well, so that all faults are reported at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from allocator.errors import MAX_FAULTS, Fault
from allocator.formats.faults import Faults, Location, first_faults
from allocator.formats.models.rollout import RolloutDocument

KINDS = {
    "calendars": "calendar",
    "skills": "skill",
    "sites": "site",
    "departments": "department",
    "vendors": "vendor",
    "people": "person",
    "rooms": "room",
    "projects": "project",
    "waves": "wave",
    "tasks": "task",
    "courses": "course",
    "audiences": "audience",
    "support": "support",
}
"""The lists whose entries have ids, and what one entry is called."""

MAX_ENTRIES = 100_000
"""A list of the document may have so many entries."""

_LISTS = (*KINDS, "travel", "freezes")
_ENTRIES: dict[str, type[BaseModel]] = {
    name: get_args(RolloutDocument.model_fields[name].annotation)[0] for name in _LISTS
}
"""What an entry of each list is read as."""
_FIELDS = [it.alias or name for name, it in RolloutDocument.model_fields.items()]
_STAND_INS = {
    "schema": "rollout/1",
    "name": "",
    "timezone": "UTC",
    "start": "2000-01-01",
    "end": "2000-01-01",
}
_TIMES = {"timezone", "start", "end", "slot_minutes"}

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The well-shaped part of a document."""

    document: RolloutDocument
    positions: dict[str, list[int]]
    """For lists with entries set aside: the positions of those that are left."""
    set_aside: dict[str, set[str]]
    """Ids of the entries set aside, by kind: they may be referred to."""
    unreadable: set[str]
    """Kinds with entries whose ids cannot be read: any id may be one of theirs."""
    timed: bool
    """Whether the rollout's start, end, zone and slots can be read."""

    def rows(self, name: str, entries: Sequence[E]) -> Iterator[tuple[str, E]]:
        """The entries of a list, each with its path in the document."""
        positions = self.positions.get(name, range(len(entries)))
        for position, entry in zip(positions, entries, strict=True):
            yield f"{name}[{position}]", entry


def read_sheet(tree: object, faults: Faults) -> Sheet | None:
    """The well-shaped part of a tree; None where not even the top level can be used.

    The entries of the lists are read one by one: so the findings of one entry are all that is held
    at a time, however many entries there are.
    """
    if not isinstance(tree, dict):
        faults.add("", "not_a_mapping", "The document is not a mapping of fields.")
        return None
    findings = _Findings()
    lists = {name: tree[name] for name in _LISTS if isinstance(tree.get(name), list)}
    rest = {name: value for name, value in tree.items() if name not in lists}
    bad_fields = findings.of(RolloutDocument, rest)
    read = {name: _read_list(name, entries, findings) for name, entries in lists.items()}
    findings.tell(faults)
    document = _top_level(rest, bad_fields)
    if document is None:
        return None
    set_aside = [(name, it) for name, it in read.items() if it.bad]
    unreadable = {KINDS[name] for name in bad_fields & KINDS.keys()}
    return Sheet(
        document.model_copy(update={name: it.entries for name, it in read.items()}),
        {name: it.positions for name, it in set_aside},
        {KINDS.get(name, name): it.ids for name, it in set_aside},
        unreadable | {KINDS.get(name, name) for name, it in read.items() if it.unreadable},
        not bad_fields & _TIMES,
    )


def _top_level(rest: Mapping[str, object], bad_fields: set[str]) -> RolloutDocument | None:
    """The document without its lists; stand-ins take the place of what cannot be used."""
    kept = {name: value for name, value in rest.items() if name not in bad_fields}
    kept |= {name: _STAND_INS[name] for name in bad_fields & _STAND_INS.keys()}
    try:
        return RolloutDocument.model_validate(kept)
    except ValidationError:
        return None


@dataclass(slots=True)
class _List:
    """A list of the document: what is left of it, and what is known of what was set aside."""

    entries: list[Any] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    bad: int = 0
    ids: set[str] = field(default_factory=set)
    unreadable: bool = False


def _read_list(name: str, entries: Sequence[object], findings: _Findings) -> _List:
    read, model = _List(), _ENTRIES[name]
    if len(entries) > MAX_ENTRIES:
        message = f"The list has {len(entries):,} entries; at most {MAX_ENTRIES:,} are read."
        findings.add(name, Fault(name, "too_large", message))
        entries = entries[:MAX_ENTRIES]
    for index, entry in enumerate(entries):
        try:
            read.entries.append(model.model_validate(entry))
            read.positions.append(index)
        except ValidationError as error:
            locations = findings.take(error, model, entry, (name, index))
            id_ = _id(entry)
            read.bad += 1
            read.unreadable |= id_ is None or ("id",) in locations
            read.ids |= set() if id_ is None else {id_}
    return read


class _Findings:
    """What the models find wrong, by field of the document; beyond the limit it is counted only."""

    def __init__(self) -> None:
        self._found: defaultdict[str, list[Fault]] = defaultdict(list)
        self._number = 0
        self._more = 0

    def of(self, model: type[BaseModel], value: Mapping[str, object]) -> set[str]:
        """Take what is wrong with the document's own fields; which fields that are."""
        try:
            model.model_validate(value)
        except ValidationError as error:
            return {str(it[0]) for it in self.take(error, model, value, ())}
        return set()

    def take(
        self, error: ValidationError, model: type[BaseModel], value: object, prefix: Location
    ) -> set[Location]:
        """Take what is wrong with one entry; where it is, seen from the entry."""
        if self._number > MAX_FAULTS:
            self._more += error.error_count()
            return {("id",)}  # it may be: nobody looks
        found, more = first_faults(error, model, value, (RolloutDocument, prefix))
        self._more += more
        for location, fault in found:
            self.add(str(location[0]) if location else "", fault)
        return {location[len(prefix) :] for location, _ in found if len(location) > len(prefix)}

    def add(self, name: str, fault: Fault) -> None:
        """Take one that we have found ourselves, in a field of the document."""
        self._found[name].append(fault)
        self._number += 1

    def tell(self, faults: Faults) -> None:
        """Hand all of them on, in the order of the fields."""
        for name in dict.fromkeys((*_FIELDS, *self._found)):
            faults.found.extend(self._found.get(name, ()))
        faults.more += self._more


def _id(entry: object) -> str | None:
    id_ = entry.get("id") if isinstance(entry, dict) else None
    return id_ if isinstance(id_, str) else None

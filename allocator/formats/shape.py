"""A rollout document of the right shape, with the entries of the wrong shape set aside.

Setting them aside lets the rest be checked as well, so that all faults are told at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from allocator.formats.faults import Faults, Location, shape_faults
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

_LISTS = (*KINDS, "travel", "freezes")
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
    """The well-shaped part of a tree; None where not even the top level can be used."""
    if not isinstance(tree, dict):
        faults.add("", "not_a_mapping", "The document is not a mapping of fields.")
        return None
    try:
        return Sheet(RolloutDocument.model_validate(tree), {}, {}, set(), True)
    except ValidationError as error:
        found = shape_faults(error, RolloutDocument)
    faults.found.extend(fault for _, fault in found)
    return _without(tree, {location for location, _ in found})


def _without(tree: dict[str, object], locations: Set[Location]) -> Sheet | None:
    bad_entries: dict[str, set[int]] = {}
    bad_fields: set[str] = set()
    for location in locations:
        if len(location) > 1 and location[0] in _LISTS and isinstance(location[1], int):
            bad_entries.setdefault(str(location[0]), set()).add(location[1])
        elif location:
            bad_fields.add(str(location[0]))
    kept = {name: value for name, value in tree.items() if name not in bad_fields}
    for name in bad_fields & _STAND_INS.keys():
        kept[name] = _STAND_INS[name]
    positions: dict[str, list[int]] = {}
    set_aside: dict[str, set[str]] = {}
    unreadable = {KINDS[name] for name in bad_fields & KINDS.keys()}
    for name, bad in bad_entries.items():
        entries = tree[name]
        if name in bad_fields or not isinstance(entries, list):
            continue
        positions[name] = [index for index in range(len(entries)) if index not in bad]
        kept[name] = [entries[index] for index in positions[name]]
        kind = KINDS.get(name, name)
        ids = [_id(entries[index]) for index in bad]
        set_aside[kind] = {id_ for id_ in ids if id_ is not None}
        if None in ids or any((name, index, "id") in locations for index in bad):
            unreadable.add(kind)
    try:
        document = RolloutDocument.model_validate(kept)
    except ValidationError:
        return None
    return Sheet(document, positions, set_aside, unreadable, not bad_fields & _TIMES)


def _id(entry: object) -> str | None:
    id_ = entry.get("id") if isinstance(entry, dict) else None
    return id_ if isinstance(id_, str) else None

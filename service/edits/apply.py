"""Edits applied to a rollout document, all of them or none, and where they meet other changes."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from allocator.errors import Fault, InvalidDocument
from allocator.formats.document import problem_from_tree
from service.edits.base import Edit, Missing, Place, Tree, entry


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit that cannot be carried over to a newer document as it stands."""

    edit: int
    message: str


def applied(tree: Tree, edits: Sequence[Edit], path: str = "edits") -> Tree:
    """A new document with all edits, in order; InvalidDocument with the faults of all of them.

    A fault of what an edit has written is reported at the field of the edit.
    """
    edited = copy.deepcopy(tree)
    faults = []
    for number, edit in enumerate(edits):
        try:
            edit.apply(edited)
        except Missing as missing:
            place = f"{path}[{number}]{_field_with(edit, missing.value)}"
            faults.append(Fault(place, "unknown_id", str(missing)))
    if faults:
        raise InvalidDocument(faults)
    try:
        problem_from_tree(edited)
    except InvalidDocument as error:
        written = _written(edited, edits)
        raise InvalidDocument(
            [_at_its_edit(edited, edits, written, path, fault) for fault in error.listed],
            error.more,
        ) from None
    return edited


def clashes(before: Tree, after: Tree, edits: Sequence[Edit]) -> list[Clash]:
    """The edits whose entry is gone from the newer document, or was changed there too."""
    found = []
    for number, edit in enumerate(edits):
        name, id_ = edit.place
        place = f"{name} {id_}".strip()
        old, new = _at(before, edit.place), _at(after, edit.place)
        if new is None and old is not None:
            found.append(Clash(number, f"{place} is not in the rollout any more."))
        elif old != new:
            found.append(Clash(number, f"{place} was changed in the rollout meanwhile."))
    return found


def _at(tree: Tree, place: Place) -> Any:
    if place[0] == "goals":
        return tree.get("goals") or {}
    if not place[0]:
        return tree.get(place[1])
    try:
        return entry(tree, place)
    except Missing:
        return None


def _field_with(edit: Edit, value: str | None) -> str:
    """The path of the field of an edit that has a value; empty if none has."""
    if value is None:
        return ""
    shown = edit.model_dump(by_alias=True, exclude={"edit"})
    return next((f".{name}" for name, has in shown.items() if has == value), "")


@dataclass(frozen=True, slots=True)
class _Written:
    """A field of an entry that edits have written: where it stands, and which edits they are."""

    place: Place
    field: str
    prefix: str
    edits: list[int]


def _written(edited: Tree, edits: Sequence[Edit]) -> list[_Written]:
    """All that edits have written; each list is gone through once, however many there are."""
    by: dict[tuple[Place, str], list[int]] = {}
    for number, edit in enumerate(edits):
        by.setdefault((edit.place, edit.writes), []).append(number)
    prefixes = _prefixes(edited, {name for (name, _), _ in by})
    return [
        _Written(place, field, prefixes[place], numbers) for (place, field), numbers in by.items()
    ]


def _at_its_edit(
    edited: Tree, edits: Sequence[Edit], written: Sequence[_Written], path: str, fault: Fault
) -> Fault:
    """A fault in what an edit has written, at the edit's field; other faults as they are."""
    for it in written:
        whole = f"{it.prefix}{it.field}"
        if fault.path == whole or fault.path.startswith((f"{whole}.", f"{whole}[")):
            within = fault.path.removeprefix(whole)
            number = _which(it.edits, edited, it.place, it.field, within)
            if number is not None:
                steps = fault.path.removeprefix(it.prefix).split(".")
                fields = edits[number].model_dump(by_alias=True).keys()
                known = [at for at, step in enumerate(steps) if step.split("[")[0] in fields]
                rest = steps[known[0] :] if known else []
                return replace(fault, path=".".join([f"{path}[{number}]", *rest]))
    return fault


def _which(wrote: Sequence[int], edited: Tree, place: Place, field: str, within: str) -> int | None:
    """The edit that wrote it: the last one, or of those that add to a list, the one that added."""
    index = re.match(r"\[(\d+)\]", within)
    if index is None or not place[0]:
        return wrote[-1]
    added = int(index[1]) - len(entry(edited, place)[field]) + len(wrote)
    return wrote[added] if added >= 0 else None


def _prefixes(tree: Tree, names: set[str]) -> dict[Place, str]:
    """What the paths of entries begin with, of all entries of some lists."""
    found = {("goals", ""): "goals."}
    found |= {("", field): "" for field in ("end", "freezes", "published")}
    for name in names - {"goals", ""}:
        for index, it in enumerate(tree.get(name) or []):
            found.setdefault((name, str(it.get("id"))), f"{name}[{index}].")
    return found

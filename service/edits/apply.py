"""Edits applied to a rollout document, all of them or none, and where they meet other changes."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
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
    """A new document with all edits, in order; InvalidDocument with the faults of all of them."""
    edited = copy.deepcopy(tree)
    faults = []
    for number, edit in enumerate(edits):
        try:
            edit.apply(edited)
        except Missing as missing:
            faults.append(Fault(f"{path}[{number}]", "unknown_id", str(missing)))
    if faults:
        raise InvalidDocument(faults)
    problem_from_tree(edited)
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
    try:
        return entry(tree, place)
    except Missing:
        return None

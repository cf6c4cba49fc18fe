"""What only those who plan see of people: pay, wishes, and why somebody is away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

PRIVATE = frozenset({"cost_per_hour", "wishes"})
"""Fields of a person that only those who plan read."""


def open_document(tree: Mapping[str, Any]) -> dict[str, Any]:
    """A rollout document for those who only look at it."""
    if not tree.get("people"):
        return dict(tree)
    return {**tree, "people": [_open_person(person) for person in tree["people"]]}


def open_edits(edits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Edits for those who only look at them."""
    return [_without_reason(edit) for edit in edits]


def _open_person(person: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in person.items() if name not in PRIVATE}
    if shown.get("absences"):
        shown["absences"] = [_without_reason(it) for it in shown["absences"]]
    return shown


def _without_reason(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "reason"}

"""Two plans side by side: terms, bookings, and the edits that a difference is due to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from allocator.formats.models.plan import PlanDocument
from service.edits.base import Edit, Tree
from service.plans.differences import Booked, Difference, differences
from service.plans.over import over_in


@dataclass(frozen=True, slots=True)
class TermChange:
    """One priced term in both plans; None where a plan does not have it."""

    term: str
    before: float | None
    after: float | None
    price_before: float | Literal["forbidden"] | None
    price_after: float | Literal["forbidden"] | None
    total_before: float | None
    total_after: float | None


@dataclass(frozen=True, slots=True)
class Caused:
    """A booking that differs, and the edits that concern its work, people or room themselves.

    Where there are none it follows from the others: people and time were free, or taken.
    """

    difference: Difference
    edits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes from one plan to the other."""

    terms: tuple[TermChange, ...]
    total_before: float | None
    total_after: float | None
    bookings: tuple[Caused, ...]
    people: tuple[str, ...]
    """Everybody who has another booking than before: who must be notified."""


def compare(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    rollout: Tree,
    edits: Sequence[Edit] = (),
) -> Comparison:
    """Compare two plan documents; `rollout` is the document of the later one."""
    old_plan, new_plan = (PlanDocument.model_validate(it) for it in (before, after))
    found = differences(old_plan, new_plan, over_in(rollout))
    concerned = _Concerned(rollout)
    caused = tuple(
        Caused(
            difference,
            tuple(number for number, edit in enumerate(edits) if concerned.by(edit, difference)),
        )
        for difference in found
    )
    old, new = _terms(before), _terms(after)
    return Comparison(
        tuple(_term(term, old.get(term), new.get(term)) for term in dict.fromkeys([*old, *new])),
        before["score"]["total"],
        after["score"]["total"],
        caused,
        tuple(sorted({name for it in found if it.what != ("finished",) for name in notified(it)})),
    )


def shown(comparison: Comparison) -> Tree:
    """A comparison as plain values."""
    return {
        "terms": [asdict(term) for term in comparison.terms],
        "total": {"before": comparison.total_before, "after": comparison.total_after},
        "bookings": [
            {
                "what": list(it.difference.what),
                "before": booking_shown(it.difference.before),
                "after": booking_shown(it.difference.after),
                "edits": list(it.edits),
            }
            for it in comparison.bookings
        ],
        "people": list(comparison.people),
    }


class _Concerned:
    """Which work belongs to what an edit changes."""

    def __init__(self, rollout: Tree) -> None:
        self._tasks = _by_id(rollout, "tasks")
        self._courses = _by_id(rollout, "courses")
        self._audiences = _by_id(rollout, "audiences")
        self._waves = _by_id(rollout, "waves")
        self._support = _by_id(rollout, "support")

    def by(self, edit: Edit, difference: Difference) -> bool:
        """Whether an edit is about the work, the people or the project of a difference."""
        kind, id_ = edit.place
        sides = [side for side in (difference.before, difference.after) if side is not None]
        return any(self._about(kind, id_, side) for side in sides)

    def _about(self, kind: str, id_: str, booked: Booked) -> bool:
        match kind:
            case "goals":
                return True
            case "people":
                return id_ in booked.people or any(id_ in group[2] for group in booked.learners)
            case "tasks":
                return booked.kind == "task" and booked.id == id_
            case "projects":
                return self._work(booked).get("project") == id_
            case "waves":
                return self._in_wave(id_, booked)
            case "audiences":
                return any(group[0] == id_ for group in booked.learners)
            case _:
                return False

    def _work(self, booked: Booked) -> Tree:
        match booked.kind:
            case "task":
                return self._tasks.get(booked.id, {})
            case "class":
                return self._courses.get(booked.id, {})
            case "support":
                support = self._support.get(booked.id.split(" in ")[0], {})
                return self._waves.get(support.get("wave", ""), {})

    def _in_wave(self, wave: str, booked: Booked) -> bool:
        departments = self._waves.get(wave, {}).get("departments", [])
        match booked.kind:
            case "task":
                task = self._tasks.get(booked.id, {})
                return task.get("wave") == wave or task.get("department") in departments
            case "class":
                return any(
                    self._audiences.get(group[0], {}).get("department") in departments
                    for group in booked.learners
                )
            case "support":
                support = self._support.get(booked.id.split(" in ")[0], {})
                return bool(support.get("wave") == wave)


def _by_id(rollout: Tree, name: str) -> dict[str, Tree]:
    return {it["id"]: it for it in rollout.get(name) or []}


def _terms(plan: Mapping[str, Any]) -> dict[str, Tree]:
    return {term["term"]: term for term in plan["score"]["terms"]}


def _term(name: str, old: Tree | None, new: Tree | None) -> TermChange:
    before, after = old or {}, new or {}
    return TermChange(
        name,
        before.get("amount"),
        after.get("amount"),
        before.get("price"),
        after.get("price"),
        before.get("total"),
        after.get("total"),
    )


def notified(difference: Difference) -> set[str]:
    """The people by name who have to be notified of it: who was booked or is, learners too."""
    sides = [side for side in (difference.before, difference.after) if side is not None]
    return {name for side in sides for name in side.people} | {
        name for side in sides for group in side.learners for name in group[2]
    }


def booking_shown(booked: Booked | None) -> Tree | None:
    """One side of a difference as plain values."""
    if booked is None:
        return None
    found: Tree = {
        "kind": booked.kind,
        "id": booked.id,
        "name": booked.name or booked.id,
        "start": booked.start,
        "end": booked.end,
        "people": list(booked.people),
    }
    if booked.kind == "support":
        found["department"] = booked.department
    if booked.kind == "class":
        found["room"] = booked.room
        found["learners"] = [
            {"audience": name, "heads": heads, "members": list(members)}
            for name, heads, members in booked.learners
        ]
    return found

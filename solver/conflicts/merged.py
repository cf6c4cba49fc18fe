"""How some work could be done, put into a plan in place of the same work; what is in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allocator.facts.work import Asked, Work
from allocator.formats.plan.write import plan_from_tree, plan_tree
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.views.bookings import Booking, all_bookings, room_bookings
from solver.conflicts.decide import Possible

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Merged:
    """A plan with the work in it; `lost` is what had to make place in a class."""

    plan: Plan
    lost: frozenset[Key]


def beside(problem: Problem, plan: Plan, found: Possible, asked: Asked) -> Merged:
    """The plan with the work as it was found; bookings of the same work give way."""
    mine, rest = plan_tree(found.problem, found.plan), plan_tree(problem, plan)
    tasks, sessions, shifts = (_entries(mine, it) for it in ("tasks", "sessions", "support"))
    ids = {it["task"] for it in tasks}
    cells = {cell for it in sessions for cell in _cells(it)}
    stood = {_shift(it) for it in shifts}
    given_way = [it for it in _entries(rest, "sessions") if cells & set(_cells(it))]
    lost = {cell for it in given_way for cell in _cells(it)} - {
        (it.audience, it.id) for it in asked if it.kind == "course"
    }
    merged: dict[str, Any] = {
        "schema": "plan/1",
        "tasks": [*(it for it in _entries(rest, "tasks") if it["task"] not in ids), *tasks],
        "sessions": [*(it for it in _entries(rest, "sessions") if it not in given_way), *sessions],
        "support": [*(it for it in _entries(rest, "support") if _shift(it) not in stood), *shifts],
    }
    keys = frozenset(Work("course", course, audience=name).key for name, course in lost)
    return Merged(plan_from_tree(merged, problem), keys)


def sharing(problem: Problem, merged: Merged, asked: Asked) -> frozenset[Key]:
    """The work of a plan that holds people or rooms at times at which the work asked for does."""
    own = {work.key for work in asked}
    found = set(merged.lost)
    for bookings in _all(problem, merged.plan):
        for number, one in enumerate(bookings):
            for other in bookings[number + 1 :]:
                if other.start < one.end and one.start < other.end:
                    found |= _keys(problem, merged.plan, one) | _keys(problem, merged.plan, other)
    return frozenset(found - own)


def _all(problem: Problem, plan: Plan) -> Iterator[list[Booking]]:
    yield from all_bookings(problem, plan).values()
    yield from room_bookings(problem, plan).values()


def keys_of(problem: Problem, plan: Plan, kind: str, index: int) -> set[Key]:
    """The work behind a booking of a plan, by kind and position."""
    if kind == "task":
        return {Work("task", problem.tasks[plan.tasks[index].task].id).key}
    if kind == "session":
        session = plan.sessions[index]
        course = problem.courses[session.course].id
        return {
            Work("course", course, audience=problem.audiences[it.audience].id).key
            for it in session.groups
        }
    if kind == "shift":
        shift = plan.shifts[index]
        where, day = problem.departments[shift.department].id, problem.axis.date(shift.day)
        name = problem.supports[shift.support].id
        return {Work("support", name, department=where, day=day.isoformat()).key}
    return set()


def _keys(problem: Problem, plan: Plan, booking: Booking) -> set[Key]:
    return keys_of(problem, plan, booking.kind, booking.index)


def _entries(tree: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return list(tree[kind])


def _cells(session: dict[str, Any]) -> list[tuple[str, str]]:
    return [(it["audience"], session["course"]) for it in session["groups"]]


def _shift(entry: dict[str, Any]) -> tuple[str, str, str]:
    return entry["support"], entry["department"], entry["day"]

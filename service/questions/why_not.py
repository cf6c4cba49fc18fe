"""Why planned work is not by somebody else, on another day, in another room or in another order."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from allocator.errors import Fault, InvalidDocument
from allocator.facts.work import Work, planned_work
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import conflict_trees, plan_from_tree, plan_tree
from allocator.formats.rollout.relative import absolute
from allocator.plan import Plan
from allocator.problem import Problem
from service.planning import within_budget
from service.plans.comparison import compare
from solver.conflicts.conflict import Case
from solver.conflicts.why_not import Broken, Priced, why_not
from solver.settings import Stop
from solver.stopping import never

Tree = dict[str, Any]


@dataclass(frozen=True)
class WhyNot:
    """Which planned work is asked about, and how it might be instead."""

    work: str
    audience: str = ""
    person: str = ""
    day: str = ""
    room: str = ""
    before: str = ""
    seconds: float = 20.0
    preset: str | None = None
    most_people: int | None = None


def why_not_document(
    tree: Tree, document: Mapping[str, Any], asking: WhyNot, stop: Stop = never
) -> Tree:
    """The rule that it would break, or what it would cost, as plain values.

    InvalidDocument where the plan does not do the work, or what is named is not there.
    """
    end = time.monotonic() + asking.seconds
    tree = absolute(tree)
    problem = within_budget(problem_from_tree(tree, asking.preset), asking.most_people)
    plan = plan_from_tree(document, problem)
    wanted = _wanted(problem, plan, asking)
    case = Case(tree, problem, plan, lambda: 0.0 if stop() else end - time.monotonic())
    found = why_not(case, wanted)
    asked: Tree = {
        name: value
        for name in ("work", "audience", "person", "day", "room", "before")
        if (value := getattr(asking, name))
    }
    if isinstance(found, Broken):
        return {"about": asked, "state": "broken", **conflict_trees((found.conflict,))}
    if not isinstance(found, Priced):
        return {"about": asked, "state": "unknown", "proved": False}
    return {"about": asked, "state": "possible", **_priced(problem, tree, document, found)}


def _priced(problem: Problem, tree: Tree, before: Mapping[str, Any], found: Priced) -> Tree:
    after = {**plan_tree(problem, found.plan), "score": before["score"]}
    changed = compare({**before, "open": []}, {**before, **after, "open": []}, tree)
    price = None
    if found.free is not None and found.forced is not None:
        price = {
            "least": _plain(found.forced[1] - found.free[0]),
            "most": _plain(found.forced[0] - found.free[1]),
        }
    return {
        "proved": found.proved,
        "more": _plain(found.more),
        "part": {"size": found.size, "price": price},
        "bookings": len(changed.bookings),
        "people": list(changed.people),
    }


def _plain(amount: Fraction) -> float:
    return round(float(amount), 2)


def _wanted(problem: Problem, plan: Plan, asking: WhyNot) -> Work:
    faults = []
    known = {
        "person": {it.id for it in problem.people},
        "room": {it.id for it in problem.rooms},
        "before": {it.id for it in problem.tasks},
    }
    for field, ids in known.items():
        value = getattr(asking, field)
        if value and value not in ids:
            faults.append(Fault(field, "unknown_id", f"There is no {field} {value!r}."))
    planned = sorted(
        it
        for it in planned_work(problem, plan, by_due=False)
        if it.id == asking.work and asking.audience in ("", it.audience) and it.kind != "support"
    )
    if not planned:
        message = f"{asking.work} is not in this plan: ask why it is open."
        faults.append(Fault("work", "unknown_id", message))
    elif not any((asking.person, asking.day, asking.room, asking.before)):
        faults.append(Fault("work", "missing", "Say how else: person, day, room or before."))
    elif planned[0].kind == "task" and asking.room:
        faults.append(Fault("room", "bad_value", "A task is in no room."))
    elif planned[0].kind == "course" and asking.before:
        faults.append(Fault("before", "bad_value", "Only tasks are asked to be before others."))
    if faults:
        raise InvalidDocument(faults)
    it = planned[0]
    return Work(
        it.kind,
        it.id,
        audience=it.audience,
        amount=it.amount,
        person=asking.person,
        on=asking.day,
        room=asking.room,
        before=asking.before,
    )

"""A late change: a trainer falls ill for three days of a published plan, and it is repaired."""

from __future__ import annotations

import copy
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from allocator.check import score
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_tree
from allocator.formats.text.tree import read_tree
from allocator.frozen import group_set
from allocator.outcome import Feasible, Optimal
from allocator.plan import Plan
from allocator.problem import Problem
from benchmarks.instance import BadInstance
from solver.settings import Settings
from solver.solve import solve

ILL_DAYS = 3


@dataclass(frozen=True, slots=True)
class Repair:
    """What became of a published plan; hours of open work are weighted by priority."""

    trainer: str
    day: str
    """The first of the days on which the trainer is ill."""
    seconds: float
    first_plan_seconds: float
    bookings: int
    """Seats on tasks, classes and stands on shifts that people expect, without finished tasks."""
    lost: int
    """Those of them that are the trainer's on these days."""
    changed: int
    """Those that the repaired plan no longer has."""
    open_before: Fraction
    open_after: Fraction

    @property
    def share(self) -> Fraction:
        """The share of bookings that changed."""
        return Fraction(self.changed, self.bookings)

    def line(self) -> str:
        """The repair in one line."""
        return (
            f"{self.trainer} ill from {self.day}: {self.seconds:.1f} s, first plan after "
            f"{self.first_plan_seconds:.1f} s; {self.changed} of {self.bookings} bookings changed "
            f"({float(self.share):.2%}), {self.lost} were the trainer's; open work "
            f"{float(self.open_before):g} h before, {float(self.open_after):g} h after"
        )


def late_change(path: Path, settings: Settings, publish_seconds: float) -> Repair:
    """Plan a rollout, publish the plan, let a busy trainer fall ill, and plan again."""
    tree = read_tree(path.read_bytes())
    problem = problem_from_tree(tree)
    assert isinstance(tree, dict)
    published = _planned(problem, Settings(publish_seconds, settings.workers, settings.seed)).plan
    trainer, day = _busiest(problem, published)
    changed = problem_from_tree(_published(tree, problem, published, trainer, day))
    outcome = _planned(changed, settings)
    waiting = tuple(each for each in published.tasks if changed.tasks[each.task].finished is None)
    before, after = pieces(replace(published, tasks=waiting)), pieces(outcome.plan)
    low, high = (_midnight(problem, trainer, each) for each in (day, day + ILL_DAYS))
    return Repair(
        trainer=problem.people[trainer].id,
        day=problem.axis.date(day).isoformat(),
        seconds=outcome.run.seconds,
        first_plan_seconds=outcome.run.first_plan_seconds or 0.0,
        bookings=before.total(),
        lost=sum(
            trainer in session.trainers and low <= session.start < high
            for session in published.sessions
        ),
        changed=(before - after).total(),
        open_before=score(problem, published).amount("open_work"),
        open_after=outcome.score.amount("open_work"),
    )


def pieces(plan: Plan) -> Counter[tuple[object, ...]]:
    """What is published: seats on tasks, classes as they are held, stands on shifts."""
    found: Counter[tuple[object, ...]] = Counter(
        ("task", booking.task, seat.person, seat.start)
        for booking in plan.tasks
        for seat in booking.crew
    )
    for session in plan.sessions:
        who = (frozenset(session.trainers), group_set(session.groups))
        found["class", session.course, session.room, session.start, *who] += 1
    for shift in plan.shifts:
        place = (shift.support, shift.department, shift.day, shift.start)
        found.update(("shift", *place, person) for person in shift.people)
    return found


def _planned(problem: Problem, settings: Settings) -> Optimal | Feasible:
    outcome = solve(problem, settings)
    if not isinstance(outcome, (Optimal, Feasible)):
        raise BadInstance(f"{problem.name}: no plan was found.")
    return outcome


def _busiest(problem: Problem, plan: Plan) -> tuple[int, int]:
    """(trainer, day): who gives most classes in the days from the middle class on."""
    starts = sorted(session.start for session in plan.sessions if session.trainers)
    if not starts:
        raise BadInstance(f"{problem.name}: it has no classes with trainers.")
    day = problem.days[0].day(starts[len(starts) // 2])
    classes: Counter[int] = Counter()
    for session in plan.sessions:
        for person in session.trainers:
            low, high = (_midnight(problem, person, each) for each in (day, day + ILL_DAYS))
            classes[person] += low <= session.start < high
    return min(classes, key=lambda person: (-classes[person], person)), day


def _midnight(problem: Problem, person: int, day: int) -> int:
    return problem.days[problem.people[person].zone].midnight(day)


def _published(
    tree: dict[str, Any], problem: Problem, plan: Plan, trainer: int, day: int
) -> dict[str, Any]:
    """The document on the noon before the absence: what lies behind is done or frozen."""
    changed = copy.deepcopy(tree)
    first = problem.axis.date(day)
    now = f"{first - timedelta(days=1)}T12:00"
    changed["as_of"] = now
    ends = {problem.tasks[each.task].id: problem.axis.moment(each.end, 0) for each in plan.tasks}
    for task in changed["tasks"]:
        if task["id"] in ends and ends[task["id"]] <= now:
            task["progress"] = {"finished": ends[task["id"]]}
    person = next(each for each in changed["people"] if each["id"] == problem.people[trainer].id)
    last = first + timedelta(days=ILL_DAYS - 1)
    absence = {"from": first.isoformat(), "to": last.isoformat(), "reason": "ill"}
    person.setdefault("absences", []).append(absence)
    published = json.loads(json.dumps(plan_tree(problem, plan), default=str))
    changed["published"] = {"plan": published, "frozen_until": now}
    return changed

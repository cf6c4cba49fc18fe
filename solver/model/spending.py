"""What each free booking costs: the lines of which budgets and the cost term are sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from solver.model.model import Literal, Model
from solver.model.passed import passed


@dataclass(frozen=True, slots=True)
class Spending:
    """What a booking that may be made costs a project, in cents x slots."""

    project: int
    literal: Literal
    cost: int
    passed: Literal | None
    """Whether it ends by now; None if it cannot."""


def spending(model: Model) -> Iterator[Spending]:
    """The cost of every booking that may be made."""
    problem = model.problem
    for task in model.tasks.values():
        what = problem.tasks[task.task]
        for seat in task.seats:
            cost = problem.people[seat.person].cents_per_hour * what.crew[seat.line].work
            if cost:
                yield Spending(what.project, seat.taken, cost, passed(model, task, seat))
    for group in model.classes:
        course, over = problem.courses[group.course], group.end <= problem.as_of
        for (_, person), literal in group.trainers.items():
            cost = problem.people[person].cents_per_hour * course.length
            yield Spending(course.project, literal, cost, literal if over else None)
        if group.room is not None:
            cost = problem.rooms[group.room].cents_per_hour * course.length
            yield Spending(course.project, group.held, cost, group.held if over else None)
    for index, takers in model.shifts.items():
        need = problem.shifts[index]
        project = problem.supports[need.support].project
        for person, literal in takers.items():
            cost = problem.people[person].cents_per_hour * (need.end - need.start)
            yield Spending(project, literal, cost, literal if need.end <= problem.as_of else None)

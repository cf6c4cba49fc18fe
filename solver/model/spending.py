"""What each free booking costs: the lines of which budgets and the cost term are sums."""

from __future__ import annotations

from collections.abc import Iterator

from solver.model.model import Literal, Model


def spending(model: Model) -> Iterator[tuple[int, Literal, int]]:
    """(project, literal, cost in cents x slots) of every booking that may be made."""
    problem = model.problem
    for task in model.tasks.values():
        what = problem.tasks[task.task]
        for seat in task.seats:
            rate = problem.people[seat.person].cents_per_hour
            yield what.project, seat.taken, rate * what.crew[seat.line].work
    for group in model.classes:
        course = problem.courses[group.course]
        for (_, person), literal in group.trainers.items():
            yield course.project, literal, problem.people[person].cents_per_hour * course.length
        if group.room is not None:
            room = problem.rooms[group.room]
            yield course.project, group.held, room.cents_per_hour * course.length
    for index, takers in model.shifts.items():
        need = problem.shifts[index]
        project = problem.supports[need.support].project
        for person, literal in takers.items():
            rate = problem.people[person].cents_per_hour
            yield project, literal, rate * (need.end - need.start)

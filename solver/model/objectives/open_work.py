"""Person-hours x priority of what is left open: seats, untrained heads, missing supporters."""

from __future__ import annotations

from fractions import Fraction

from solver.model.build import remaining
from solver.model.linear import Linear
from solver.model.model import Model


def expression(model: Model) -> Linear:
    """Open hours of the free work, plus those of work that is neither free nor held."""
    problem, total = model.problem, Linear()
    per_hour = problem.axis.slots_per_hour
    booked = {booking.task for booking in model.held.tasks}
    for index, task in enumerate(problem.tasks):
        counted = index in model.part.tasks or not model.relaxed
        if task.finished is None and index not in booked and counted:
            work = sum(line.people * line.work for line in task.crew)
            amount = Fraction(work * task.priority, per_hour)
            total.constant += amount
            if index in model.tasks:
                total.add(model.tasks[index].present, -amount)
    for index, audience in enumerate(problem.audiences):
        for course in audience.courses:
            if (index, course) in model.part.needs or not model.relaxed:
                total.constant += remaining(model, index, course) * _head(model, course)
    for group in model.classes:
        for heads in group.heads.values():
            total.add(heads, -_head(model, group.course))
    standing = {(s.support, s.department, s.day): len(s.people) for s in model.held.shifts}
    for number, need in enumerate(problem.shifts):
        priority = problem.projects[problem.supports[need.support].project].priority
        hours = Fraction((need.end - need.start) * priority, per_hour)
        if model.relaxed and number not in model.part.shifts:
            continue
        missing = need.people - standing.get((need.support, need.department, need.day), 0)
        total.constant += missing * hours
        for literal in model.shifts.get(number, {}).values():
            total.add(literal, -hours)
    return total


def _head(model: Model, course: int) -> Fraction:
    what = model.problem.courses[course]
    priority = model.problem.projects[what.project].priority
    return Fraction(what.length * priority, model.problem.axis.slots_per_hour)

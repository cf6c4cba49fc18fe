"""A vendor's person has, on each day with any booking, the vendor's minimum hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from allocator.problem import Problem

if TYPE_CHECKING:
    from solver.model.hours import Hours
    from solver.model.model import Model


def opens(problem: Problem, person: int) -> int:
    """First slot after the lead days of a vendor's person; 0 for own staff."""
    vendor = problem.people[person].vendor
    return 0 if vendor is None else problem.vendors[vendor].available_from


def post(model: Model, hours: Hours) -> None:
    """Lead days are in the candidate masks; this posts the minimum hours of a day."""
    for person in model.people_concerned():
        vendor = model.problem.people[person].vendor
        if vendor is None or model.problem.vendors[vendor].minimum_per_day == 0:
            continue
        minimum = model.problem.vendors[vendor].minimum_per_day
        days = model.problem.days[model.problem.people[person].zone]
        for day in range(days.day(0), days.day(model.problem.horizon - 1) + 1):
            span = days.bounds(day)
            free = hours.free(person, *span, learning=False)
            held = hours.held(person, *span, learning=False)
            if free:
                most = span[1] - span[0]
                amounts = cp_model.Domain.from_intervals([[0, 0], [minimum, max(minimum, most)]])
                model.cp.add_linear_expression_in_domain(sum(free) + held, amounts)
            elif 0 < held < minimum:
                model.cp.add_bool_or([])  # what filled the day is free, and cannot fill it again

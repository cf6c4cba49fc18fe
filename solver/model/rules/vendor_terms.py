"""A vendor's person has, on each day with any booking, the vendor's minimum hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from solver.model.hours import Hours
    from solver.model.model import Model


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
            _enough(model, hours, person, span, minimum)


def _enough(model: Model, hours: Hours, person: int, span: tuple[int, int], minimum: int) -> None:
    """The day has the minimum, or nothing is added on it that ends after now."""
    free = hours.free(person, *span, learning=False)
    before = hours.held(person, *span, learning=False)
    added = hours.free(person, *span, learning=False, added=True)
    if hours.held(person, *span, learning=False, added=True):
        if free:
            model.cp.add(sum(free) + before >= minimum)
        elif before < minimum:
            model.cp.add_bool_or([])  # what filled the day is free, and cannot fill it again
    elif added and span[0] >= model.problem.as_of and not before:
        most = max(minimum, span[1] - span[0])
        amounts = cp_model.Domain.from_intervals([[0, 0], [minimum, most]])
        model.cp.add_linear_expression_in_domain(sum(free), amounts)
    elif added:
        nothing = model.cp.new_bool_var("")
        model.cp.add(sum(added) <= 0).only_enforce_if(nothing)
        model.cp.add(sum(free) + before >= minimum).only_enforce_if(~nothing)

"""Booked hours x rate of people and rooms, in the currency."""

from __future__ import annotations

from fractions import Fraction

from allocator.views.money import cost_by_project, spent_before
from solver.model.linear import Linear
from solver.model.model import Model
from solver.model.spending import spending


def expression(model: Model) -> Linear:
    """Free spending plus that of held bookings and of history.

    A relaxed part leaves history out: the parts' bounds are added up.
    """
    problem = model.problem
    unit = Fraction(1, 100 * problem.axis.slots_per_hour)
    total = Linear(constant=sum(cost_by_project(problem, model.held), Fraction(0)) / 100)
    if model.relaxed:
        total.constant -= spent_before(problem)
    for item in spending(model):
        total.add(item.literal, item.cost * unit)
    return total

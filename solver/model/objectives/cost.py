"""Booked hours x rate of people and rooms, in the currency."""

from __future__ import annotations

from fractions import Fraction

from allocator.views.money import cost_by_project
from solver.model.linear import Linear
from solver.model.model import Model
from solver.model.spending import spending


def expression(model: Model) -> Linear:
    """Free spending plus that of held bookings."""
    held = sum(cost_by_project(model.problem, model.held), Fraction(0))
    total = Linear(constant=held / 100)
    unit = Fraction(1, 100 * model.problem.axis.slots_per_hour)
    for _, literal, cost in spending(model):
        total.add(literal, cost * unit)
    return total

"""Weight x days booked inside the ranges that people wish to keep free."""

from __future__ import annotations

from fractions import Fraction

from solver.model.hours import Hours
from solver.model.linear import Linear
from solver.model.model import Model


def expression(model: Model, hours: Hours) -> Linear:
    """Each local day inside a wish counts once, if anything on duty is booked on it."""
    total = Linear()
    for person, who in enumerate(model.problem.people):
        days = model.problem.days[who.zone]
        for wish in who.wishes:
            for day in range(days.day(wish.start), days.day(wish.end - 1) + 1):
                low, high = days.bounds(day)
                span = (max(low, wish.start), min(high, wish.end))
                if hours.held(person, *span, learning=True):
                    total.constant += wish.weight
                else:
                    booked = hours.booked(person, span)
                    if booked is not None:
                        total.add(booked, Fraction(wish.weight))
    return total

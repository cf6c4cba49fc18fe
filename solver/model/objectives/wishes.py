"""Weight x days booked inside the ranges that people wish to keep free."""

from __future__ import annotations

from fractions import Fraction

from solver.model.hours import Hours
from solver.model.linear import Linear
from solver.model.model import Literal, Model


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
                    booked = _booked(model, hours, person, span)
                    if booked is not None:
                        total.add(booked, Fraction(wish.weight))
    return total


def _booked(model: Model, hours: Hours, person: int, span: tuple[int, int]) -> Literal | None:
    """A literal that holds if a free booking of the person is on duty in the span."""
    working = model.problem.people[person].working
    touching = [
        item.literal
        for item in model.items(person)
        if working.on_duty(max(span[0], item.start), min(span[1], item.end))
    ]
    seats = []
    for task, seat in model.seats_of(person):
        by_slots = hours.starts_by_slots(seat, *span)
        if set(by_slots) != {0}:
            seats.append((task, seat, by_slots.get(0, [])))
    if not touching and not seats:
        return None
    booked = model.cp.new_bool_var("")
    for literal in touching:
        model.cp.add_implication(literal, booked)
    for task, seat, clear in seats:
        model.within(task.start, clear, [seat.taken, ~booked])
    return booked

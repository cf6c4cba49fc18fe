"""Term wishes: days on which people are booked although they asked not to be."""

from __future__ import annotations

from fractions import Fraction

from allocator.plan import Plan
from allocator.problem import Problem
from allocator.views.bookings import all_bookings
from allocator.views.workload import by_day


def measure(problem: Problem, plan: Plan) -> Fraction:
    """For each wish, weight x local days of the person's site booked inside the avoided range.

    A day counts when an on-duty slot of it inside the range is booked, or was; classes attended by
    name count.
    """
    booked = all_bookings(problem, plan)
    total = 0
    for index, person in enumerate(problem.people):
        bookings = booked.get(index, []) if person.wishes else []
        for wish in person.wishes:
            days = {
                day
                for booking in bookings
                for day, start, end in by_day(
                    problem, person, max(booking.start, wish.start), min(booking.end, wish.end)
                )
                if person.working.on_duty(start, end)
            }
            total += wish.weight * len(days)
    return Fraction(total)

"""Term unfairness: hours that some carry well above colleagues who could do the same work."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from allocator.plan import Plan
from allocator.problem import Problem
from allocator.views.bookings import all_bookings

TOLERATED = Fraction(110, 100)
"""Up to 110 % of the group's mean is fair."""


def measure(problem: Problem, plan: Plan) -> Fraction:
    """Over groups of own staff with the same set of skills: sum max(0, h_i - 1.1 x mean), in hours.

    h_i are a person's booked on-duty hours, past and planned, without classes attended by name.
    Skills are those written in the document, expired ones too; people without skills are a group
    as well.
    """
    booked = all_bookings(problem, plan)
    groups: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for index, person in enumerate(problem.people):
        if person.vendor is None:
            slots = sum(
                person.working.on_duty(booking.start, booking.end) + booking.extra
                for booking in booked.get(index, ())
                if not booking.learner
            )
            groups[frozenset(mastery.skill for mastery in person.skills)].append(slots)
    above = Fraction(0)
    for loads in groups.values():
        fair = TOLERATED * Fraction(sum(loads), len(loads))
        above += sum((max(Fraction(0), slots - fair) for slots in loads), Fraction(0))
    return above / problem.axis.slots_per_hour

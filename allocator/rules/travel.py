"""Rule travel: between work at different sites there is time for the way."""

from __future__ import annotations

from itertools import pairwise

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.views.bookings import person_bookings
from allocator.wording import hours, named, since, until

NAME = "travel"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Between a person's booking with a site and the next one with a site the way fits.

    start of the next - end of the one >= travel time between their sites. Virtual classes and
    tasks without a site are done anywhere; classes attended by name count.
    """
    found: list[Violation] = []
    for index, bookings in sorted(person_bookings(problem, plan).items()):
        person = problem.people[index]
        sited = [(booking.site, booking) for booking in bookings if booking.site is not None]
        for (here, one), (there, following) in pairwise(sited):
            needed = problem.travel[here][there]
            gap = following.start - one.end
            if here != there and needed > max(0, gap):
                message = (
                    f"{named(person)} needs {hours(problem, needed)} from "
                    f"{problem.sites[here].id} to {problem.sites[there].id}, but is "
                    f"booked on {until(problem, plan, one.kind, one.index, one.end)} and on "
                    f"{since(problem, plan, following.kind, following.index, following.start)}."
                )
                work = ((one.kind, one.index), (following.kind, following.index))
                found.append(Violation(NAME, message, work))
    return found

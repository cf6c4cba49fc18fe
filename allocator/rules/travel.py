"""Rule travel: between work at different sites there is time for the way."""

from __future__ import annotations

from itertools import pairwise

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.views.bookings import Booking, in_plan, last_journey, past_bookings, person_bookings
from allocator.wording import hours, named, since, until

NAME = "travel"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Between a person's booking with a site and the next one with a site the way fits.

    start of the next - end of the one >= travel time between their sites. Virtual classes and
    tasks without a site are done anywhere; classes attended by name count. Where somebody was last
    before now counts for a booking that starts from now on.
    """
    past = past_bookings(problem)
    found: list[Violation] = []
    for index, bookings in sorted(person_bookings(problem, plan).items()):
        person = problem.people[index]
        sited = [(booking.site, booking) for booking in bookings if booking.site is not None]
        pairs = [*pairwise(sited), *_from_history(problem, past.get(index, []), sited)]
        for (here, one), (there, following) in pairs:
            needed = problem.travel[here][there]
            gap = following.start - one.end
            if here != there and needed > max(0, gap):
                message = (
                    f"{named(person)} needs {hours(problem, needed)} from "
                    f"{problem.sites[here].id} to {problem.sites[there].id}, but is "
                    f"booked on {until(problem, plan, one.kind, one.index, one.end)} and on "
                    f"{since(problem, plan, following.kind, following.index, following.start)}."
                )
                found.append(Violation(NAME, message, in_plan((one, following))))
    return found


Sited = tuple[int, Booking]


RULE = Rule(NAME, violations)


"""A booking and its site."""


def _from_history(
    problem: Problem, past: list[Booking], sited: list[Sited]
) -> list[tuple[Sited, Sited]]:
    """From where somebody was last to the next booking, if that starts from now on."""
    last = last_journey(past)
    if last is None or last.site is None:
        return []
    later = [(site, booking) for site, booking in sited if booking.start >= last.end]
    if not later or later[0][1].start < problem.as_of:
        return []
    return [((last.site, last), later[0])]

"""Rule notice: nobody is notified of new work at shorter notice than theirs."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.published import PublishedBookings
from allocator.rule import Rule
from allocator.views.bookings import in_plan, person_bookings
from allocator.wording import named, since

NAME = "notice"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """No booking of a person starts within `notice_hours` on the clock from now, unless published.

    What was published of the same work with the same person and start is exempt. Classes attended
    by name do not count.
    """
    published = PublishedBookings(problem)
    found: list[Violation] = []
    for index, bookings in sorted(person_bookings(problem, plan).items()):
        person = problem.people[index]
        for booking in bookings:
            if booking.learner or booking.start >= person.notice_until:
                continue
            if not published.has(plan, booking.kind, booking.index, index, booking.start):
                begins = since(problem, plan, booking.kind, booking.index, booking.start)
                until = problem.axis.moment(person.notice_until, person.zone)
                message = f"{named(person)} is booked on {begins}, before their notice ({until})."
                found.append(Violation(NAME, message, in_plan((booking,))))
    return found


RULE = Rule(NAME, violations, alone=True)

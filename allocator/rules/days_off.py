"""Rule days_off: nobody works too many days or nights in a row, or on too many weekends."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Person, Problem
from allocator.rule import Rule
from allocator.views.bookings import Booking, all_bookings, in_plan
from allocator.views.days_off import Cap, caps, used
from allocator.views.workload import adding
from allocator.wording import day, named

NAME = "days_off"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Local days, nights and weekends with on-duty slots booked, of the person's site.

    Classes attended by name and history count, work out of hours does not; only where a booking
    that ends after now is among them the rule is broken.
    """
    found: list[Violation] = []
    for index, bookings in sorted(all_bookings(problem, plan).items()):
        person = problem.people[index]
        for cap in caps(problem, person):
            found += _beyond(problem, person, bookings, cap)
    return found


RULE = Rule(NAME, violations)


def _beyond(problem: Problem, person: Person, bookings: list[Booking], cap: Cap) -> list[Violation]:
    worked = [span for span in cap.spans if used(person, bookings, span)]
    new = adding(problem, bookings)
    if len(worked) <= cap.most or not any(used(person, new, span) for span in worked):
        return []
    days = problem.days[person.zone]
    first, many = day(problem, days.day(worked[0][0])), len(worked)
    said = {
        "days_in_row": f"on {many} days in a row from {first}, at most {cap.most} are allowed",
        "nights_in_row": f"in {many} nights in a row from {first}, at most {cap.most} are allowed",
        "weekends_off": f"on {many} weekends of a month from {first}, "
        f"{person.weekends_off} are to be off",
    }[cap.kind]
    low, high = worked[0][0], worked[-1][1]
    work = in_plan(it for it in bookings if it.start < high and it.end > low)
    return [Violation(NAME, f"{named(person)} works {said}.", work)]

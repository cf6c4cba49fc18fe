"""Rule vendor_terms: a vendor's people come with notice, and for enough hours a day."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Person, Problem, Vendor
from allocator.published import PublishedBookings
from allocator.rule import Rule
from allocator.views.bookings import Booking, all_bookings, in_plan
from allocator.views.workload import adding, duty_by_day
from allocator.wording import day, hours, named, since

NAME = "vendor_terms"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """A vendor's person has no booking within the lead days, and enough hours on each booked day.

    Lead days run from midnight of the day of `as_of`; what was published for the same work with
    the same person and start is exempt. `minimum_hours_per_day` counts on-duty hours booked on a
    local day of the person's site, past ones too. Classes attended by name count for neither.
    """
    published = PublishedBookings(problem)
    found: list[Violation] = []
    for index, bookings in sorted(all_bookings(problem, plan).items()):
        person = problem.people[index]
        if person.vendor is None:
            continue
        vendor = problem.vendors[person.vendor]
        working = [booking for booking in bookings if not booking.learner]
        for booking in (it for it in working if not it.past):
            if booking.start < vendor.available_from and not published.has(
                plan, booking.kind, booking.index, index, booking.start
            ):
                begins = since(problem, plan, booking.kind, booking.index, booking.start)
                message = (
                    f"{named(person)} is booked on {begins}, before {vendor.id} can come "
                    f"({problem.axis.moment(vendor.available_from, person.zone)})."
                )
                found.append(Violation(NAME, message, in_plan((booking,))))
        found += _short_days(problem, person, vendor, working)
    return found


RULE = Rule(NAME, violations)


def _short_days(
    problem: Problem, person: Person, vendor: Vendor, bookings: list[Booking]
) -> list[Violation]:
    days = problem.days[person.zone]
    found: list[Violation] = []
    booked = duty_by_day(problem, person, bookings)
    for number in sorted(duty_by_day(problem, person, adding(problem, bookings))):
        slots = booked[number]
        if slots < vendor.minimum_per_day:
            low, high = days.bounds(number)
            work = in_plan(
                booking for booking in bookings if booking.start < high and booking.end > low
            )
            message = (
                f"{named(person)} is booked for {hours(problem, slots)} on {day(problem, number)}, "
                f"{vendor.id} comes for at least {hours(problem, vendor.minimum_per_day)} a day."
            )
            found.append(Violation(NAME, message, work))
    return found

"""What a plan costs: booked hours of people and rooms at their rates, by project and by account."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from allocator.plan import Plan
from allocator.problem import Person, Problem
from allocator.views.bookings import Booking, person_bookings, room_bookings

OWN_STAFF, ROOMS = -1, -2
"""Accounts beside those of the vendors, which are known by their positions."""


class Charge(NamedTuple):
    """What one booking costs: paid slots x cents per hour, for a project, on an account."""

    project: int
    account: int
    slot_cents: int


def paid_slots(person: Person, booking: Booking) -> int:
    """Slots that a person is paid for: on-duty ones of splittable work, clock ones of a sitting."""
    if booking.learner:
        return 0
    if booking.sitting:
        return max(0, booking.end - booking.start)
    return person.working.on_duty(booking.start, booking.end)


def cost_by_project(problem: Problem, plan: Plan) -> tuple[Fraction, ...]:
    """The cost of each project's tasks, classes (trainers and rooms) and support, in cents.

    Paid slots x cents per hour / slots per hour; learners cost nothing.
    """
    slot_cents = [0] * len(problem.projects)
    for charge in _charges(problem, plan):
        slot_cents[charge.project] += charge.slot_cents
    return tuple(Fraction(amount, problem.axis.slots_per_hour) for amount in slot_cents)


def cost_by_account(problem: Problem, plan: Plan) -> dict[int, Fraction]:
    """The cost of own staff, of each vendor's people, and of rooms, in cents: OWN_STAFF first."""
    slot_cents = dict.fromkeys((OWN_STAFF, *range(len(problem.vendors)), ROOMS), 0)
    for charge in _charges(problem, plan):
        slot_cents[charge.account] += charge.slot_cents
    return {
        account: Fraction(amount, problem.axis.slots_per_hour)
        for account, amount in slot_cents.items()
    }


def _charges(problem: Problem, plan: Plan) -> Iterator[Charge]:
    for index, bookings in person_bookings(problem, plan).items():
        person = problem.people[index]
        account = OWN_STAFF if person.vendor is None else person.vendor
        for booking in bookings:
            slots = paid_slots(person, booking)
            yield Charge(booking.project, account, slots * person.cents_per_hour)
    for index, bookings in room_bookings(problem, plan).items():
        rate = problem.rooms[index].cents_per_hour
        for booking in bookings:
            yield Charge(booking.project, ROOMS, max(0, booking.end - booking.start) * rate)

"""What a plan costs: booked hours of people and rooms at their rates, by project and by account."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from allocator.plan import Plan
from allocator.problem import Person, Problem
from allocator.views.bookings import (
    Booking,
    past_bookings,
    person_bookings,
    room_bookings,
)

OWN_STAFF, ROOMS = -1, -2
"""Accounts beside those of the vendors, which are known by their positions."""


class Charge(NamedTuple):
    """What one booking costs: paid slots x cents per hour, for a project, on an account."""

    project: int
    account: int
    slot_cents: int
    passed: bool
    """Whether it is history, or of a booking that ends by now."""


class Cost(NamedTuple):
    """Money in cents: spent on what has passed, planned from now on, and both together."""

    spent: Fraction
    planned: Fraction

    @property
    def forecast(self) -> Fraction:
        """What it will have cost."""
        return self.spent + self.planned


def paid_slots(person: Person, booking: Booking) -> int:
    """Slots that a person is paid for: on-duty ones of splittable work, clock ones of a sitting."""
    if booking.learner:
        return 0
    if booking.slots is not None:
        return booking.slots
    if booking.sitting:
        return max(0, booking.end - booking.start)
    return person.working.on_duty(booking.start, booking.end)


def cost_by_project(problem: Problem, plan: Plan) -> tuple[Fraction, ...]:
    """The cost of each project's tasks, classes (trainers and rooms) and support, in cents.

    Paid slots x cents per hour / slots per hour, spent and planned; learners cost nothing.
    """
    return tuple(cost.forecast for cost in costs_by_project(problem, plan))


def costs_by_project(problem: Problem, plan: Plan) -> tuple[Cost, ...]:
    """The same apart: spent on history and on bookings that end by now, and planned."""
    passed = [0] * len(problem.projects)
    planned = [0] * len(problem.projects)
    for charge in _charges(problem, plan):
        (passed if charge.passed else planned)[charge.project] += charge.slot_cents
    per_hour = problem.axis.slots_per_hour
    return tuple(
        Cost(Fraction(spent, per_hour), Fraction(further, per_hour))
        for spent, further in zip(passed, planned, strict=True)
    )


def cost_by_account(problem: Problem, plan: Plan) -> dict[int, Fraction]:
    """The cost of own staff, of each vendor's people, and of rooms, in cents: OWN_STAFF first."""
    slot_cents = dict.fromkeys((OWN_STAFF, *range(len(problem.vendors)), ROOMS), 0)
    for charge in _charges(problem, plan):
        slot_cents[charge.account] += charge.slot_cents
    return {
        account: Fraction(amount, problem.axis.slots_per_hour)
        for account, amount in slot_cents.items()
    }


def spent_before(problem: Problem) -> Fraction:
    """What the history has cost, in the currency: it is in the cost of every plan."""
    return sum(cost_by_project(problem, Plan()), Fraction(0)) / 100


def _charges(problem: Problem, plan: Plan) -> Iterator[Charge]:
    planned, past = person_bookings(problem, plan), past_bookings(problem)
    for index, bookings in (*planned.items(), *past.items()):
        person = problem.people[index]
        account = OWN_STAFF if person.vendor is None else person.vendor
        for booking in bookings:
            slots = paid_slots(person, booking)
            yield Charge(
                booking.project, account, slots * person.cents_per_hour, _passed(problem, booking)
            )
    held = Plan(sessions=problem.history.held)
    for sessions, over in ((plan, False), (held, True)):
        for index, bookings in room_bookings(problem, sessions).items():
            rate = problem.rooms[index].cents_per_hour
            for booking in bookings:
                slot_cents = max(0, booking.end - booking.start) * rate
                passed = over or _passed(problem, booking)
                yield Charge(booking.project, ROOMS, slot_cents, passed)


def _passed(problem: Problem, booking: Booking) -> bool:
    return booking.past or booking.end <= problem.as_of

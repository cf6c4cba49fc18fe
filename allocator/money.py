"""What a plan costs: booked hours of people and rooms at their rates, by project."""

from __future__ import annotations

from fractions import Fraction

from allocator.bookings import Booking, person_bookings, room_bookings
from allocator.plan import Plan
from allocator.problem import Person, Problem


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
    for index, bookings in person_bookings(problem, plan).items():
        person = problem.people[index]
        for booking in bookings:
            slot_cents[booking.project] += paid_slots(person, booking) * person.cents_per_hour
    for index, bookings in room_bookings(problem, plan).items():
        rate = problem.rooms[index].cents_per_hour
        for booking in bookings:
            slot_cents[booking.project] += max(0, booking.end - booking.start) * rate
    return tuple(Fraction(amount, problem.axis.slots_per_hour) for amount in slot_cents)

"""How much of a person's local days bookings take up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from allocator.problem import Person, Problem
from allocator.views.bookings import Booking


def by_day(
    problem: Problem, person: Person, start: int, end: int
) -> Iterator[tuple[int, int, int]]:
    """[start, end) cut at the midnights of a person's zone: (day, from, to)."""
    days = problem.days[person.zone]
    low, high = max(start, 0), min(end, problem.horizon)
    if low >= high:
        return
    for day in range(days.day(low), days.day(high - 1) + 1):
        first, last = days.bounds(day)
        yield day, max(low, first), min(high, last)


def duty_by_day(problem: Problem, person: Person, bookings: Iterable[Booking]) -> Counter[int]:
    """On-duty slots that a person's bookings take up on each local day; no entry where none."""
    booked: Counter[int] = Counter()
    for booking in bookings:
        for day, start, end in by_day(problem, person, booking.start, booking.end):
            slots = person.working.on_duty(start, end)
            if slots:
                booked[day] += slots
        if booking.extra:
            booked[problem.days[person.zone].day(last_slot(booking))] += booking.extra
    return booked


def slots_within(person: Person, booking: Booking, low: int, high: int) -> int:
    """On-duty slots of a booking inside [low, high), work out of hours on its last day included."""
    slots = person.working.on_duty(max(low, booking.start), min(high, booking.end))
    return slots + (booking.extra if low <= last_slot(booking) < high else 0)


def last_slot(booking: Booking) -> int:
    """The last slot of a booking, on whose day work out of hours counts."""
    return max(booking.start, booking.end - 1)


def adding(problem: Problem, bookings: Iterable[Booking]) -> list[Booking]:
    """Bookings that end after now: what has passed uses limits up, but never breaks them."""
    return [it for it in bookings if not it.past and it.end > problem.as_of]


def class_slots_by_day(
    problem: Problem, person: Person, bookings: Iterable[Booking]
) -> Counter[int]:
    """Slots on the clock that a person gives classes on each local day."""
    given: Counter[int] = Counter()
    for booking in bookings:
        if booking.trainer:
            for day, start, end in by_day(problem, person, booking.start, booking.end):
                given[day] += end - start
    return given

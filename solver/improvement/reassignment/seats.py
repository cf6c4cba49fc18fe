"""Seats that may change hands while their time is held, whatever else is planned.

Only those are among them for which one person is as good as another by every rule but overlap: no
limits on hours, no rest that binds, no minimum of a vendor, no journeys, no budget, no pairing,
nobody pinned or published, no skill still to be earned. So any way to fill them without overlap
keeps the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from allocator.plan import Plan, Seat, TaskBooking
from allocator.problem import Problem
from allocator.views.bookings import person_bookings
from solver.candidates import bits
from solver.candidates.candidates import Candidates
from solver.candidates.ties import tied_to_people, within_budgets

WAITING = -1
"""Holder of a seat that nobody fills yet."""


@dataclass(frozen=True, slots=True)
class ReassignableSeat:
    """One seat of a planned task, and the people who could fill it from its start to its end."""

    booking: TaskBooking
    line: int
    start: int
    end: int
    people: tuple[int, ...]

    @property
    def slots(self) -> int:
        """The time that it takes up, as bits."""
        return bits.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class ReassignableSeats:
    """The seats of a plan, who holds each of them in it, and the rest of the plan."""

    seats: tuple[ReassignableSeat, ...]
    holders: tuple[int, ...]
    rest: Plan


def reassignable_seats(candidates: Candidates, plan: Plan) -> ReassignableSeats:
    """The seats of a plan that may change hands, and those of pinned tasks that it leaves open.

    A task changes hands whole or not at all.
    """
    problem = candidates.problem
    if any(way for row in problem.travel for way in row):
        return ReassignableSeats((), (), plan)
    plain = [_plain(candidates, person) for person in range(len(problem.people))]
    fixed = tied_to_people(candidates) | within_budgets(problem)
    free = [
        booking
        for booking in (*plan.tasks, *_pinned(candidates, plan))
        if booking.task not in fixed
        and all(_free(candidates, plain, booking, seat) for seat in booking.crew)
    ]
    changing = {booking.task for booking in free}
    rest = Plan(
        tuple(booking for booking in plan.tasks if booking.task not in changing),
        plan.sessions,
        plan.shifts,
    )
    busy = _busy(problem, rest)
    seats, holders = [], []
    for booking in free:
        for seat in booking.crew:
            slots = bits.span(seat.start, seat.end)
            people = tuple(
                person
                for person in candidates.seat_people(booking.task, seat.seat)
                if plain[person]
                and not busy[person] & slots
                and _fills(candidates, booking, seat, person)
            )
            seats.append(ReassignableSeat(booking, seat.seat, seat.start, seat.end, people))
            holders.append(seat.person)
    return ReassignableSeats(tuple(seats), tuple(holders), rest)


def staffed(seats: ReassignableSeats, holders: Sequence[int]) -> Plan:
    """The plan with these people at the seats."""
    bookings = {held.booking.task: held.booking for held in seats.seats}
    crews: defaultdict[int, list[Seat]] = defaultdict(list)
    for held, person in zip(seats.seats, holders, strict=True):
        crews[held.booking.task].append(Seat(held.line, person, held.start, held.end))
    tasks = [
        replace(bookings[task], crew=tuple(sorted(crew, key=lambda it: (it.seat, it.person))))
        for task, crew in crews.items()
    ]
    tasks += seats.rest.tasks
    return replace(seats.rest, tasks=tuple(sorted(tasks, key=lambda booking: booking.task)))


def _pinned(candidates: Candidates, plan: Plan) -> Iterator[TaskBooking]:
    """Bookings, by nobody yet, of open tasks whose start is pinned and that come after nothing."""
    planned = {booking.task for booking in plan.tasks}
    for index in candidates.open_tasks:
        task = candidates.problem.tasks[index]
        start = task.pin_start
        if index in planned or start is None or task.after or task.splittable:
            continue
        crew = tuple(
            Seat(number, WAITING, start, start + line.work)
            for number, line in enumerate(task.crew)
            for _ in range(line.people)
        )
        yield TaskBooking(index, start, max(seat.end for seat in crew), crew)


def _plain(candidates: Candidates, person: int) -> bool:
    problem = candidates.problem
    who = problem.people[person]
    minimum = 0 if who.vendor is None else problem.vendors[who.vendor].minimum_per_day
    limits = (who.hours_per_day, who.hours_per_week, who.hours_per_7_days)
    if candidates.spells(person) is not None or candidates.caps(person):
        return False
    return not minimum and all(limit is None for limit in limits)


def _free(candidates: Candidates, plain: list[bool], booking: TaskBooking, seat: Seat) -> bool:
    need = candidates.problem.tasks[booking.task].crew[seat.seat]
    if seat.person == WAITING:
        return True
    return plain[seat.person] and not candidates.may_earn(seat.person, need.skill, need.level)


def _fills(candidates: Candidates, booking: TaskBooking, seat: Seat, person: int) -> bool:
    """Whether a person can start and end just as the one who has the seat now."""
    task = candidates.problem.tasks[booking.task]
    need = task.crew[seat.seat]
    start = candidates.seat_starts(booking.task, seat.seat, person) & (1 << seat.start)
    if not start or candidates.may_earn(person, need.skill, need.level):
        return False
    if not task.splittable:
        return True
    ends = candidates.ends_of(booking.task, seat.seat, person, start)
    return int(ends[seat.start]) == seat.end


def _busy(problem: Problem, rest: Plan) -> list[int]:
    """By person, the slots of the bookings that stay."""
    busy = [0] * len(problem.people)
    for person, bookings in person_bookings(problem, rest).items():
        for booking in bookings:
            busy[person] |= bits.span(booking.start, booking.end)
    return busy

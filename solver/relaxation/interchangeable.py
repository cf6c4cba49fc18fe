"""Kinds: people who are interchangeable on tasks, as far as skill and time go.

How many of a kind a crew line takes is all that matters while times are sought. Naming them is
then a matter of turns: bookings of which no more than k overlap anywhere need k people.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from allocator.plan import Seat, TaskBooking
from allocator.views.bookings import past_bookings
from solver.candidates.candidates import Candidates


@dataclass(frozen=True, slots=True)
class InterchangeablePeople:
    """People of one rate who could fill the same seats from the same starts to the same ends."""

    people: tuple[int, ...]
    cents_per_hour: int
    seats: tuple[tuple[int, int], ...]
    """(task, line)."""


Counts: TypeAlias = Mapping[tuple[int, int, int], int]
"""(task, line, number of a kind) -> people of that kind."""


def interchangeable_people(candidates: Candidates) -> tuple[InterchangeablePeople, ...]:
    """Everybody who could do a task, by kind.

    Working time, first free slot and skills that neither end nor begin decide from when to when
    somebody may be booked; who has another skill, published tasks or has worked is a kind apart.
    """
    problem = candidates.problem
    seats: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    apart: set[int] = set()
    for task in candidates.open_tasks:
        for line, need in enumerate(problem.tasks[task].crew):
            for person in candidates.seat_people(task, line):
                seats[person].append((task, line))
                if not candidates.has_throughout(
                    person, need.skill, need.level, 0, problem.horizon
                ):
                    apart.add(person)
    apart.update(past_bookings(problem))
    if problem.published is not None:
        for booking in problem.published.plan.tasks:
            apart.update(seat.person for seat in booking.crew)
    found: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    duty: dict[int, bytes] = {}
    for person, own in sorted(seats.items()):
        who = problem.people[person]
        if id(who.working) not in duty:
            duty[id(who.working)] = who.working.duty.tobytes() + who.working.pause.tobytes()
        key = (
            person if person in apart else -1,
            duty[id(who.working)],
            candidates.opens(person),
            who.cents_per_hour,
            tuple(own),
        )
        found[key].append(person)
    return tuple(_kind(candidates, people, seats[people[0]]) for people in found.values())


def _kind(
    candidates: Candidates, people: Sequence[int], seats: Sequence[tuple[int, int]]
) -> InterchangeablePeople:
    rate = candidates.problem.people[people[0]].cents_per_hour
    return InterchangeablePeople(tuple(people), rate, tuple(seats))


def named(
    candidates: Candidates,
    alike: Sequence[InterchangeablePeople],
    starts: Mapping[int, int],
    counts: Counts,
) -> tuple[TaskBooking, ...]:
    """The tasks from their starts on, each count filled by whoever of the kind is free longest.

    A task that finds too few of them free is left out.
    """
    free = [list(kind.people) for kind in alike]
    busy: list[list[tuple[int, int]]] = [[] for _ in alike]
    seats: defaultdict[int, list[Seat]] = defaultdict(list)
    for (task, line, number), count in sorted(
        counts.items(), key=lambda item: (starts[item[0][0]], item[0])
    ):
        while busy[number] and busy[number][0][0] <= starts[task]:
            free[number].append(heapq.heappop(busy[number])[1])
        end = int(candidates.ends(task, line, alike[number].people[0])[starts[task]])
        # Where the model of times was looser than somebody's calendar, too few may be free.
        for _ in range(min(count, len(free[number]))):
            person = free[number].pop(0)
            heapq.heappush(busy[number], (end, person))
            seats[task].append(Seat(line, person, starts[task], end))
    return tuple(
        TaskBooking(
            task,
            start,
            max(seat.end for seat in seats[task]),
            tuple(sorted(seats[task], key=lambda seat: (seat.seat, seat.person))),
        )
        for task, start in sorted(starts.items())
        if len(seats[task]) == sum(line.people for line in candidates.problem.tasks[task].crew)
    )

"""Partial-order relaxation: all tasks may move within the order of a plan, some are decided anew.

The times of a plan imply a partial order of its tasks, so do the bookings of its people
(Policella, Cesta, Oddi and Smith, 2004). A neighbourhood keeps one of the two orders, but for some
tasks that get any people at any time; so one better choice lets all that comes after it move up
(after Godard, Laborie and Nuijten, 2005). Times for which no people were found are relaxed alike.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from allocator.plan import Plan, TaskBooking
from solver.candidates.ties import tied_to_people
from solver.incumbent import Incumbent
from solver.model.run import Answer, run
from solver.relaxation.assign import assigned
from solver.relaxation.interchangeable import interchangeable_people
from solver.relaxation.shapes import Shapes
from solver.relaxation.staffing import Staffing
from solver.relaxation.start_times import compile_start_times

SIZE = 12
"""Tasks decided anew at first; more while that is solved quickly, fewer where it is not."""

LEAST, GROWTH = 3.0, 1.15

MOST_STAFFED = 100
"""Up to so many tasks the order of all of them leaves a model that is soon solved."""

STEP_SECONDS = 3.0
"""A neighbourhood is given up after so long; what it found by then counts."""

BUILD_WORK = 2e-5
"""Deterministic units that building one constraint counts as, about its seconds."""


class PartialOrderRelaxation:
    """Neighbourhoods of a plan's tasks that keep an order."""

    def __init__(self, shapes: Shapes, incumbent: Incumbent, seed: int) -> None:
        self._shapes = shapes
        self._candidates = candidates = shapes.candidates
        self._incumbent = incumbent
        self._alike = alike = interchangeable_people(candidates)
        self._kind_of = {who: number for number, kind in enumerate(alike) for who in kind.people}
        self._bound = tied_to_people(candidates)
        self._rng = random.Random(seed)
        self._choose: tuple[Callable[[Sequence[TaskBooking], int], set[int]], ...] = (
            self._at_one_time,
            self._people,
            self._anywhere,
        )
        self._sizes: defaultdict[tuple[int, bool], float] = defaultdict(lambda: float(SIZE))

    def staffed(self, times: Sequence[TaskBooking]) -> tuple[TaskBooking, ...] | None:
        """Tasks at given times, with people; in their order, but later, where need be."""
        found = assigned(self._candidates, self._alike, self._incumbent, times)
        if found is not None or len(times) > MOST_STAFFED:
            return found
        staffing = Staffing(self._alike, in_time_order(times))
        answer = self._solve(staffing, times)
        return None if answer.plan is None else answer.plan.tasks

    def step(self, plan: Plan) -> tuple[TaskBooking, ...] | None:
        """Decide some tasks anew while all others may move; better bookings, if there are any.

        Rules beyond skill, working time, order and one booking at a time are left to the caller.
        """
        if not plan.tasks:
            return None
        how = self._rng.randrange(len(self._choose))
        keeping = self._rng.random() < 0.5
        size = self._sizes[how, keeping]
        freed = self._choose[how](plan.tasks, round(size))
        rest = [b for b in plan.tasks if b.task not in freed or b.task in self._bound]
        kept = {b.task: self._counts(b) for b in rest if keeping or b.task in self._bound}
        order = in_turn(rest) if keeping else in_time_order(rest)
        staffing = Staffing(self._alike, order, kept)
        answer = self._solve(staffing, plan.tasks)
        scale = GROWTH if answer.optimal or answer.infeasible else 1 / GROWTH
        self._sizes[how, keeping] = min(float(len(plan.tasks)), max(LEAST, size * scale))
        return None if answer.plan is None else answer.plan.tasks

    def _solve(self, staffing: Staffing, start: Sequence[TaskBooking]) -> Answer:
        incumbent = self._incumbent
        relaxed = compile_start_times(self._shapes, staffing, incumbent.total, incumbent.ended)
        relaxed.hint(start)
        incumbent.spend(BUILD_WORK * len(relaxed.compiled.model.cp.proto.constraints))
        return run(relaxed.compiled, incumbent, seconds=STEP_SECONDS, read=relaxed.read)

    def _counts(self, booking: TaskBooking) -> dict[tuple[int, int, int], int]:
        counts: defaultdict[tuple[int, int, int], int] = defaultdict(int)
        for seat in booking.crew:
            counts[booking.task, seat.seat, self._kind_of[seat.person]] += 1
        return dict(counts)

    # Choosing -------------------------------------------------------------------------------

    def _at_one_time(self, tasks: Sequence[TaskBooking], size: int) -> set[int]:
        """Tasks that run at about the same time."""
        middle = self._rng.choice(tasks).start
        near = sorted(tasks, key=lambda b: abs((b.start + b.end) // 2 - middle))
        return {booking.task for booking in near[:size]}

    def _people(self, tasks: Sequence[TaskBooking], size: int) -> set[int]:
        """Tasks of a few people, those about a moment first."""
        root = self._rng.choice(tasks)
        near = sorted(tasks, key=lambda b: abs(b.start - root.start))
        team = {seat.person for booking in near[:3] for seat in booking.crew}
        own = [b.task for b in near if any(seat.person in team for seat in b.crew)]
        return set(own[:size])

    def _anywhere(self, tasks: Sequence[TaskBooking], size: int) -> set[int]:
        """Any tasks."""
        return {b.task for b in self._rng.sample(list(tasks), min(size, len(tasks)))}


def in_time_order(tasks: Collection[TaskBooking]) -> list[tuple[int, int]]:
    """Pairs of which one ends by the start of the other, without those that others imply."""
    by_start = sorted(tasks, key=lambda booking: booking.start)
    starts = [booking.start for booking in by_start]
    first_end = [0] * len(by_start)
    least = None
    for at in range(len(by_start) - 1, -1, -1):
        end = by_start[at].end
        least = end if least is None else min(least, end)
        first_end[at] = least
    pairs = []
    for booking in by_start:
        first = bisect_left(starts, booking.end)
        if first < len(starts):
            last = bisect_left(starts, first_end[first])
            pairs += [(booking.task, then.task) for then in by_start[first:last]]
    return pairs


def in_turn(tasks: Collection[TaskBooking]) -> list[tuple[int, int]]:
    """Pairs that follow each other in somebody's calendar."""
    calendars: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for booking in tasks:
        for seat in booking.crew:
            calendars[seat.person].append((seat.start, booking.task))
    return sorted(
        {
            (before, then)
            for bookings in calendars.values()
            for (_, before), (_, then) in pairwise(sorted(bookings))
        }
    )

"""Rolling window: a stretch of a plan is decided anew, so that all that comes after it moves up.

Where only the finish counts, one part of a plan can rarely end it earlier: nearly every person is
busy until the end. So people of the stretch are asked to be done as early as they can, all of what
follows keeps its people and moves up behind them, and the finish falls once everybody is earlier
(the idea of a rolling window, as in Godard, Laborie and Nuijten, 2005, with a goal per person).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from ortools.sat.python import cp_model

from allocator.plan import TaskBooking
from solver.candidates.ties import fixed_in_time
from solver.incumbent import Incumbent
from solver.insertion.inserter import Inserter, usual_policy
from solver.insertion.latest_starts import latest_starts
from solver.insertion.repair import repair_and_reinsert
from solver.model.compile import compile_part
from solver.model.decode import hint
from solver.model.model import Model
from solver.model.part import Part, held
from solver.model.run import run
from solver.relaxation.shapes import Shapes

SIZE = 25.0
"""Tasks of a stretch at first; more while that is solved quickly, fewer where it is not."""

LEAST_SIZE, MOST_SIZE, GROWTH = 8.0, 150.0, 1.05

STEP_SECONDS = 0.5
"""A stretch is given up after so long; what was found by then counts."""

BUILD_WORK = 5e-5
"""Deterministic units that building one constraint counts as, about its seconds."""

PLACE_WORK = 2e-4
"""Deterministic units that one placement counts as, about its seconds."""

GAIN = 1000
"""A position by which everything moves up counts as much as so many of single people."""

TIMES_AROUND = 3
"""Stretches anywhere, for one at the beginning and one at the end."""


class RollingWindow:
    """Stretches of a plan that are decided anew; the plan they work on may differ from the best."""

    def __init__(self, shapes: Shapes, inserter: Inserter, incumbent: Incumbent, seed: int) -> None:
        self._shapes = shapes
        self._inserter = inserter
        self._incumbent = incumbent
        self._rng = random.Random(seed)
        self._policy = usual_policy(inserter, self._rng)
        self._fixed = fixed_in_time(inserter.candidates)
        self._size = SIZE
        self._plan = incumbent.base
        self._total = float("inf")

    def step(self) -> None:
        """Decide one stretch anew; a better plan is offered."""
        if self._incumbent.total is not None and self._incumbent.total < self._total:
            self._plan, self._total = self._incumbent.base, float(self._incumbent.total)
        movable = [booking for booking in self._plan.tasks if booking.task not in self._fixed]
        if not movable:
            self._incumbent.spend(PLACE_WORK)
            return
        stretch, later = self._stretch(movable)
        found = self._decide(stretch, later)
        if found is not None:
            self._move_up(found, later)

    def _stretch(
        self, movable: Sequence[TaskBooking]
    ) -> tuple[list[TaskBooking], list[TaskBooking]]:
        """Some tasks that start one after the other, and all that start after them."""
        tasks = sorted(movable, key=lambda booking: (booking.start, booking.task))
        size = min(len(tasks), round(self._size))
        last = len(tasks) - size
        around = [self._rng.randint(0, last) for _ in range(TIMES_AROUND)]
        first = self._rng.choice([0, last, *around])
        return tasks[first : first + size], tasks[first + size :]

    def _decide(
        self, stretch: Sequence[TaskBooking], later: Sequence[TaskBooking]
    ) -> list[TaskBooking] | None:
        """Other bookings of the stretch by which its people are done earlier, if any are found."""
        free = frozenset(booking.task for booking in stretch)
        after = {booking.task for booking in later}
        kept = held(self._inserter.candidates, self._plan, Part(tasks=free | after))
        compiled = compile_part(
            self._inserter.candidates,
            self._shapes.grid,
            Part(tasks=free),
            kept,
            terms=(),
            stop=self._incumbent.ended,
        )
        self._ask(compiled.model, later)
        hint(compiled.model, self._plan)
        self._incumbent.spend(BUILD_WORK * len(compiled.model.cp.proto.constraints))
        answer = run(compiled, self._incumbent, seconds=STEP_SECONDS)
        scale = GROWTH if answer.optimal or answer.infeasible else 1 / GROWTH
        self._size = min(MOST_SIZE, max(LEAST_SIZE, self._size * scale))
        if answer.plan is None:
            return None
        found = [booking for booking in answer.plan.tasks if booking.task in free]
        return None if set(found) == set(stretch) else found

    def _ask(self, model: Model, later: Sequence[TaskBooking]) -> None:
        """Every task in time for what follows, by a gain for all; people done early."""
        grid, cp = self._shapes.grid, model.cp
        finish = max(booking.end for booking in self._plan.tasks)
        latest = latest_starts(self._inserter, self._plan.tasks)
        after = {booking.task for booking in later}
        beyond = grid.end_at_or_before(finish)
        least = grid.end_at_or_before(self._shapes.earliest_finish)
        gain = cp.new_int_var(0, max(0, beyond - least), "")
        closes = {seat.person: finish for booking in later for seat in booking.crew}
        for booking in later:
            for member in booking.crew:
                closes[member.person] = min(closes[member.person], latest[booking.task])
        dones: list[cp_model.IntVar] = []
        for person, seats in model.seats().items():
            limit = grid.end_at_or_before(closes.get(person, finish))
            opens = max((each.end for each in model.held_bookings(person)), default=0)
            begin = min(grid.start_at_or_after(opens), limit)
            done = cp.new_int_var(begin, limit, "")
            cp.add(done + gain <= limit)
            for task, seat in seats:
                cp.add(task.start >= begin).only_enforce_if(seat.taken)
                cp.add(task.end <= done).only_enforce_if(seat.taken)
            pieces = [piece for _, seat in seats for piece in seat.pieces]
            cp.add(begin + sum(piece.length * piece.chosen for piece in pieces) <= done)
            dones.append(done)
        for index, task in model.tasks.items():
            limit = finish
            for then, link in self._inserter.ledger.order.successors[index]:
                if then in after and link.type == "FS":
                    limit = min(limit, latest[then] - link.lag)
            cp.add(task.present == 1)
            cp.add(task.end + gain <= grid.end_at_or_before(limit))
        cp.minimize(sum(dones) - GAIN * gain)

    def _move_up(self, found: Sequence[TaskBooking], later: Sequence[TaskBooking]) -> None:
        """The plan with the stretch as found and all that follows as early as its people can."""
        inserter, ledger = self._inserter, self._inserter.ledger
        ledger.load(self._plan)
        for booking in (*found, *later):
            ledger.remove_task(booking.task)
        for booking in found:
            ledger.add_task(booking)
        for booking in later:
            self._book_again(booking)
        keys = {booking.task: float(booking.start) for booking in self._plan.tasks}
        repair_and_reinsert(inserter, keys, self._policy)
        self._incumbent.spend(PLACE_WORK * len(later))
        if ledger.total <= self._total:
            better = ledger.total < self._total - 1e-6
            self._plan, self._total = ledger.plan(), ledger.total
            if better:
                self._incumbent.try_out(self._plan)

    def _book_again(self, booking: TaskBooking) -> None:
        """A task as early as its own people can; with others only where these cannot at all."""
        inserter = self._inserter
        crew: defaultdict[int, set[int]] = defaultdict(set)
        for seat in booking.crew:
            crew[seat.seat].add(seat.person)
        offers = tuple(
            tuple(offer for offer in line if offer.person in crew[number])
            for number, line in enumerate(inserter.tasks.offers.seats(booking.task))
        )
        again = inserter.tasks.find(booking.task, self._policy, offers=offers)
        if again is not None:
            inserter.ledger.add_task(again)
        else:
            inserter.tasks.place(booking.task, self._policy)

"""Reassignment, while times are held: seats change hands so that fewer wishes break.

Some wishes are given up, just as much as the bound says that must be, those that help most. Nobody
breaks any other. Seats that nobody can fill so are left waiting and taken in step by step: some of
the seats (those around the same time, or all of some people) are staffed anew by CP-SAT with as
little as possible left waiting. Whenever less is waiting, the rest is filled at the price of more
wishes, which makes a plan. This is large-neighbourhood search [Shaw 1998] on an infeasible
assignment, as counting broken wishes alone says nothing of how near the next one is to be kept.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from ortools.sat.python import cp_model

from allocator.plan import Plan
from allocator.views.bookings import person_bookings
from solver.bounds.unavoidable_wishes import Unit, unkept, wishes_at
from solver.candidates.candidates import Candidates
from solver.improvement.reassignment.roster import Roster
from solver.improvement.reassignment.seats import (
    WAITING,
    ReassignableSeats,
    reassignable_seats,
    staffed,
)
from solver.incumbent import Incumbent

SIZE = 80
"""Seats that a part has at first; it grows while it is solved in time."""

LEAST_SIZE, MOST_SIZE, GROWTH = 30, 400, 1.05

STEP_SECONDS = 1.0
"""A part is given up after so long; what it found by then counts."""

BUILD_WORK = 1e-5
"""Deterministic units that building one variable counts as, about its seconds."""

NOISE = 3
"""Below this many parts of a slot chance decides who waits."""

PATIENCE = 40
"""Steps without less waiting after which one more wish is given up."""


class Reassignment:
    """A search for people with whom fewer wishes break; it goes on where it was, step by step."""

    def __init__(self, candidates: Candidates, incumbent: Incumbent) -> None:
        self._candidates = candidates
        self._incumbent = incumbent
        self._rng = random.Random(incumbent.settings.seed)
        self._plan: Plan | None = None
        self._seats = ReassignableSeats((), (), Plan())
        self._roster = Roster((), ())
        self._weights: dict[Unit, int] = {}
        self._best = self._limit = 0
        self._sizes = {"time": float(SIZE), "people": float(SIZE)}
        self._idle, self._fewest = 0, math.inf

    @cached_property
    def _unkept(self) -> int:
        return unkept(self._candidates).weight

    def useful(self, plan: Plan) -> bool:
        """Whether there are wishes that people could perhaps be spared by changing hands."""
        score = self._incumbent.score
        if not self._candidates.problem.goals.price("wishes"):
            return False
        if plan is self._plan:
            return self._best > self._limit
        return score is None or score.amount("wishes") > self._unkept

    def step(self, plan: Plan) -> Plan | None:
        """Man one part of a plan anew; the better plan, if that makes one."""
        if plan is not self._plan:
            self._take(plan)
        if self._best <= self._limit:
            return None
        if not self._roster.waiting:
            self._keep_more()
        if self._roster.waiting:
            self._man(*self._part())
        left = self._left()
        self._idle = 0 if left < self._fewest else self._idle + 1
        if not self._idle:
            self._fewest = left
            return self._complete()
        if self._idle >= PATIENCE:
            self._give_up()
        return None

    # Where it stands ------------------------------------------------------------------------

    def _take(self, plan: Plan) -> None:
        """Go on from another plan: with its people or from none, whichever leaves less waiting."""
        candidates = self._candidates
        self._plan, self._seats = plan, reassignable_seats(candidates, plan)
        broken: dict[Unit, int] = {}
        for person, bookings in person_bookings(candidates.problem, self._seats.rest).items():
            for booking in bookings:
                broken |= wishes_at(candidates, person, booking.start, booking.end)
        units = []
        for seat in self._seats.seats:
            wishes = {p: wishes_at(candidates, p, seat.start, seat.end) for p in seat.people}
            for found in wishes.values():
                self._weights |= found
            units.append({p: frozenset(found) - set(broken) for p, found in wishes.items()})
        self._roster = Roster(self._seats.seats, units)
        self._roster.holders = list(self._seats.holders)
        whole = WAITING not in self._seats.holders
        self._best = self._weight(self._roster.broken if whole else self._weights) + (not whole)
        self._limit = max(0, self._unkept - sum(broken.values()))
        self._roster.keep(self._most_useful())
        self._roster.fill()
        own, left = self._roster.holders, self._left()
        self._roster.holders = [WAITING] * len(own)
        self._roster.fill()
        if self._left() > left:
            self._roster.holders = own
        self._begin_anew()
        self._incumbent.spend(BUILD_WORK * sum(len(own) for own in units))

    def _begin_anew(self) -> None:
        self._idle, self._fewest = 0, math.inf

    def _most_useful(self) -> set[Unit]:
        """The wishes to give up: those that open most hours of seats, as far as the limit goes."""
        hours: defaultdict[Unit, int] = defaultdict(int)
        for seat, units in zip(self._roster.seats, self._roster.units, strict=True):
            for unit in {unit for own in units.values() for unit in own}:
                hours[unit] += seat.end - seat.start
        given: set[Unit] = set()
        room = self._limit
        for unit in sorted(hours, key=lambda it: (-hours[it] / self._weights[it], it)):
            if self._weights[unit] <= room:
                given.add(unit)
                room -= self._weights[unit]
        return given

    def _weight(self, units: Iterable[Unit]) -> int:
        return sum(self._weights[unit] for unit in units)

    def _left(self) -> int:
        """Slots of the seats that wait."""
        seats = self._roster.seats
        return sum(seats[seat].end - seats[seat].start for seat in self._roster.waiting)

    # What is given up -----------------------------------------------------------------------

    def _keep_more(self) -> None:
        """Keep wishes of those who do least, so that a plan would be better than the best."""
        load: defaultdict[Unit, int] = defaultdict(int)
        for seat, person in enumerate(self._roster.holders):
            for unit in self._roster.units[seat][person]:
                load[unit] += self._roster.seats[seat].end - self._roster.seats[seat].start
        given = set(load)
        for unit in sorted(given, key=lambda it: (load[it] * self._rng.uniform(1, 2), it)):
            if self._weight(given) < self._best:
                break
            given.remove(unit)
        self._roster.keep(given)
        self._roster.fill()
        self._begin_anew()

    def _give_up(self) -> None:
        """Give up the wish that helps the waiting seats most, for another one if need be."""
        roster = self._roster
        help_of: defaultdict[Unit, int] = defaultdict(int)
        for seat in roster.waiting:
            for units in roster.units[seat].values():
                for unit in units - roster.given:
                    help_of[unit] += roster.seats[seat].end - roster.seats[seat].start
        self._begin_anew()
        if not help_of:
            return
        unit = max(sorted(help_of), key=lambda it: help_of[it] * self._rng.random())
        given = set(roster.given)
        others = sorted(given)
        self._rng.shuffle(others)
        while others and self._weight(given) + self._weights[unit] >= self._best:
            given.remove(others.pop())
        roster.keep(given | {unit})
        roster.fill()

    def _complete(self) -> Plan | None:
        """A plan with what waits filled at the price of more wishes, if it is better."""
        trial = self._roster.copy()
        if not trial.fill(self._weights):
            return None
        weight = self._weight(trial.broken)
        if weight >= self._best:
            return None
        self._best = weight
        plan = staffed(self._seats, trial.holders)
        if not self._incumbent.offer(plan):
            return None
        self._plan = plan
        return plan

    # Manning a part -------------------------------------------------------------------------

    def _part(self) -> tuple[str, set[int], set[int]]:
        """Seats around the same time for all people, or all seats of some people; what waits."""
        rng, roster = self._rng, self._roster
        kind = rng.choice(sorted(self._sizes))
        size, waiting = round(self._sizes[kind]), roster.waiting
        seed = rng.choice(waiting)
        middle = roster.seats[seed].start + roster.seats[seed].end

        def away(seat: int) -> tuple[int, int]:
            return abs(roster.seats[seat].start + roster.seats[seat].end - middle), seat

        chosen = set(sorted(waiting, key=away)[:size])
        if kind == "time":
            chosen.update(sorted(range(len(roster.seats)), key=away)[:size])
            return kind, chosen, {person for seat in chosen for person in roster.able(seat)}
        own: defaultdict[int, list[int]] = defaultdict(list)
        for seat, person in enumerate(roster.holders):
            own[person].append(seat)
        people: set[int] = set()
        front = roster.able(seed)
        while len(chosen) < size and front:
            person = rng.choice(front)
            people.add(person)
            chosen.update(own.get(person, ()))
            seat = rng.choice(sorted(chosen))
            front = [each for each in roster.able(seat) if each not in people]
        return kind, chosen, people

    def _man(self, kind: str, chosen: set[int], people: set[int]) -> None:
        """Fill the chosen seats anew, with these people, so that as little as possible waits."""
        roster, cp = self._roster, cp_model.CpModel()
        busy = roster.busy(leaving=chosen)
        filling: defaultdict[int, list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        cost = []
        order = sorted(chosen, key=lambda it: (roster.seats[it].start, it))
        for seat in order:
            holder, row = roster.holders[seat], []
            for person in roster.able(seat):
                if person in people and not busy.get(person, 0) & roster.slots[seat]:
                    filled = cp.new_bool_var("")
                    cp.add_hint(filled, person == holder)
                    row.append(filled)
                    filling[person].append((seat, filled))
            waits = cp.new_bool_var("")
            cp.add_hint(waits, holder == WAITING)
            cp.add_exactly_one([*row, waits])
            length = roster.seats[seat].end - roster.seats[seat].start
            cost.append((NOISE * length + self._rng.randrange(NOISE)) * waits)
        for own in filling.values():
            for clique in _cliques(roster, own):
                cp.add_at_most_one(clique)
        cp.minimize(sum(cost))
        solver, status = self._run(cp)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            for seat in chosen:
                roster.holders[seat] = WAITING
            for person, own in filling.items():
                for seat, filled in own:
                    if solver.boolean_value(filled):
                        roster.holders[seat] = person
        scale = GROWTH if status == cp_model.OPTIMAL else 1 / GROWTH**2
        self._sizes[kind] = min(MOST_SIZE, max(LEAST_SIZE, self._sizes[kind] * scale))

    def _run(self, cp: cp_model.CpModel) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver, incumbent = cp_model.CpSolver(), self._incumbent
        parameters = solver.parameters
        parameters.num_workers = 1
        parameters.random_seed = self._rng.randrange(2**31)
        parameters.catch_sigint_signal = False
        parameters.max_time_in_seconds = max(0.01, incumbent.seconds_left)
        if incumbent.work_left is None:
            parameters.max_time_in_seconds = max(0.01, min(STEP_SECONDS, incumbent.seconds_left))
        else:
            parameters.max_deterministic_time = min(STEP_SECONDS, incumbent.work_left)
        status = solver.solve(cp)
        work = solver.response_proto.deterministic_time
        incumbent.spend(work + BUILD_WORK * len(cp.proto.variables))
        return solver, status


def _cliques(
    roster: Roster, own: list[tuple[int, cp_model.IntVar]]
) -> Iterator[list[cp_model.IntVar]]:
    """Seats of one person, in order of start, of which no two can be filled: the largest sets."""
    running: list[tuple[int, cp_model.IntVar]] = []
    for seat, filled in own:
        start = roster.seats[seat].start
        if any(end <= start for end, _ in running):
            if len(running) > 1:
                yield [other for _, other in running]
            running = [(end, other) for end, other in running if end > start]
        running.append((roster.seats[seat].end, filled))
    if len(running) > 1:
        yield [other for _, other in running]

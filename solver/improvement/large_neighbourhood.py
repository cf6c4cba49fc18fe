"""Large-neighbourhood search with the exact model: a part is decided anew, the rest is held."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from allocator.plan import Plan
from allocator.timeline import BoolArray
from allocator.views.bookings import person_bookings
from solver.candidates.candidates import Candidates
from solver.incumbent import Incumbent
from solver.model.compile import compile_part
from solver.model.decode import hint
from solver.model.grid import Grid
from solver.model.part import Part, held
from solver.model.run import run
from solver.stopping import TooLarge

SIZES = {"tasks": 14, "late": 12, "people": 14, "shifts": 40, "classes": 6, "open": 10}
"""Pieces of work that a neighbourhood frees at first; it grows while it is solved quickly."""

STEP_SECONDS = 2.5
"""A part is given up after so long; what it found by then counts."""

BUILD_WORK = 5e-5
"""Deterministic units that building one constraint counts as, about its seconds."""

MOST_GROWN = 50_000
"""Literals and linear constraints of a part; one that grows beyond takes longer to build than it
may take to solve."""

LEAST_SIZE, MOST_SIZE, GROWTH = 0.1, 8.0, 1.15
MEMORY, LEAST_WEIGHT = 0.8, 0.05


class Neighbourhoods:
    """Parts to decide anew, chosen by what has paid off and sized by what is solved in time."""

    def __init__(self, candidates: Candidates, grid: Grid, incumbent: Incumbent) -> None:
        self._candidates = candidates
        self._grid = grid
        self._incumbent = incumbent
        self._rng = random.Random(incumbent.settings.seed)
        self._choose: dict[str, Callable[[Plan, int], Part]] = {
            "tasks": self._window,
            "late": self._late,
            "people": self._people,
            "shifts": self._shifts,
            "classes": self._classes,
            "open": self._open,
        }
        self._weights = dict.fromkeys(self._choose, 1.0)
        self._sizes = dict.fromkeys(self._choose, 1.0)

    def choose(self, kind: str, plan: Plan, size: int) -> Part:
        """A part of a kind, of about so many pieces of work; empty if there is nothing of it."""
        return self._choose[kind](plan, size)

    def step(self, plan: Plan) -> Plan | None:
        """Decide one part of a plan anew; the better plan, if there is one."""
        kinds = list(self._choose)
        kind = self._rng.choices(kinds, [self._weights[each] for each in kinds])[0]
        size = max(2, round(SIZES[kind] * self._sizes[kind]))
        part = self.choose(kind, plan, size)
        better, scale = None, GROWTH
        if part != Part():
            try:
                better, solved = self._solve(plan, part)
                scale = GROWTH if solved else 1 / GROWTH
            except TooLarge:
                self._incumbent.spend(BUILD_WORK * MOST_GROWN)
                scale = 1 / 2
        self._sizes[kind] = min(MOST_SIZE, max(LEAST_SIZE, self._sizes[kind] * scale))
        reward = 0.0 if better is None else 1.0
        weight = MEMORY * self._weights[kind] + (1 - MEMORY) * reward
        self._weights[kind] = max(LEAST_WEIGHT, weight)
        return better

    def _solve(self, plan: Plan, part: Part) -> tuple[Plan | None, bool]:
        kept = held(self._candidates, plan, part)
        compiled = compile_part(
            self._candidates,
            self._grid,
            part,
            kept,
            class_starts=self._tidy_starts(plan, part),
            forbid=self._incumbent.plan is not None,
            stop=self._incumbent.ended,
            most=MOST_GROWN,
        )
        hint(compiled.model, plan)
        self._incumbent.spend(BUILD_WORK * len(compiled.model.cp.proto.constraints))
        answer = run(compiled, self._incumbent, seconds=STEP_SECONDS)
        if answer.plan is None or not self._incumbent.offer(answer.plan):
            return None, answer.optimal
        return answer.plan, answer.optimal

    def _tidy_starts(self, plan: Plan, part: Part) -> dict[tuple[int, int], BoolArray]:
        """Starts tried for classes: back to back from the first hour, and those of the plan."""
        candidates, starts = self._candidates, {}
        for audience, course in part.needs:
            key = (course, candidates.site_of(audience))
            if key not in starts:
                starts[key] = np.zeros(candidates.problem.horizon, dtype=np.bool_)
            pace = candidates.pace(*key)
            possible = np.flatnonzero(candidates.group_starts(audience, course))
            if len(possible):
                runs = np.split(possible, np.flatnonzero(np.diff(possible) > 1) + 1)
                for stretch in runs:
                    starts[key][stretch[::pace]] = True
        for session in plan.sessions:
            key = (session.course, candidates.site_of(session.groups[0].audience))
            if key in starts:
                starts[key][session.start] = True
        return starts

    # Choosing -------------------------------------------------------------------------------

    def _window(self, plan: Plan, size: int) -> Part:
        """Tasks that run at about the same time."""
        if not plan.tasks:
            return Part()
        middle = self._rng.choice(plan.tasks).start
        near = sorted(plan.tasks, key=lambda b: abs((b.start + b.end) // 2 - middle))
        return Part(tasks=frozenset(b.task for b in near[:size]))

    def _late(self, plan: Plan, size: int) -> Part:
        """A late task, what it comes after, and what its people do meanwhile."""
        tasks = self._candidates.problem.tasks
        late = [b for b in plan.tasks if (due := tasks[b.task].due) is not None and b.end > due]
        if not late:
            return Part()
        return self._chain(plan, self._rng.choice(late).task, size)

    def _chain(self, plan: Plan, root: int, size: int) -> Part:
        tasks = self._candidates.problem.tasks
        chosen, front = {root}, [root]
        while front and len(chosen) < size // 2:
            before = [
                link.task
                for link in tasks[front.pop(0)].after
                if link.task in self._candidates.plannable
            ]
            self._rng.shuffle(before)
            for task in before:
                if task not in chosen:
                    chosen.add(task)
                    front.append(task)
        able = {
            person
            for task in chosen
            for line in range(len(tasks[task].crew))
            for person in self._candidates.seat_people(task, line)
        }
        booked = {b.task: b for b in plan.tasks}
        times = [booked[task] for task in chosen if task in booked]
        low, high = min((b.start for b in times), default=0), max((b.end for b in times), default=0)
        rivals = [
            b.task
            for b in plan.tasks
            if b.task not in chosen
            and b.end > low
            and b.start < high
            and any(seat.person in able for seat in b.crew)
        ]
        self._rng.shuffle(rivals)
        return Part(tasks=frozenset([*chosen, *rivals[: size - len(chosen)]]))

    def _people(self, plan: Plan, size: int) -> Part:
        """All tasks of a few people who could stand in for each other."""
        if not plan.tasks:
            return Part()
        task = self._rng.choice(plan.tasks).task
        line = self._rng.randrange(len(self._candidates.problem.tasks[task].crew))
        able = list(self._candidates.seat_people(task, line))
        self._rng.shuffle(able)
        chosen: set[int] = set()
        for person in able:
            own = {b.task for b in plan.tasks if any(s.person == person for s in b.crew)}
            if len(chosen | own) > size:
                break
            chosen |= own
        return Part(tasks=frozenset(chosen))

    def _shifts(self, _: Plan, size: int) -> Part:
        """Support of some days, for whoever stands there."""
        shifts = self._candidates.problem.shifts
        if not shifts:
            return Part()
        day = self._rng.choice(shifts).day
        near = sorted(range(len(shifts)), key=lambda i: (abs(shifts[i].day - day), i))
        return Part(shifts=frozenset(near[:size]))

    def _classes(self, plan: Plan, size: int) -> Part:
        """What one department takes, or what all of a site take of one course."""
        needs = self._candidates.needs()
        if not needs:
            return Part()
        site_of, audiences = self._candidates.site_of, self._candidates.problem.audiences
        root, course = self._rng.choice(needs)
        if self._rng.random() < 0.5:
            same = [(a, c) for a, c in needs if c == course and site_of(a) == site_of(root)]
        else:
            home = audiences[root].department
            same = [(a, c) for a, c in needs if audiences[a].department == home]
        self._rng.shuffle(same)
        return Part(needs=self._closed(plan, same[:size]))

    def _closed(self, plan: Plan, needs: list[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """The needs and all that shares a session with them, so that whole sessions are free."""
        chosen = set(needs)
        for session in plan.sessions:
            cells = {(group.audience, session.course) for group in session.groups}
            if cells & set(needs):
                chosen |= cells
        return frozenset(chosen)

    def _open(self, plan: Plan, size: int) -> Part:
        """Something left open with what stands in its way."""
        problem, booked = self._candidates.problem, {b.task for b in plan.tasks}
        waiting = [task for task in self._candidates.open_tasks if task not in booked]
        seated = {(g.audience, s.course): 0 for s in plan.sessions for g in s.groups}
        for session in plan.sessions:
            for group in session.groups:
                seated[group.audience, session.course] += group.heads
        unseated = [
            cell
            for cell in self._candidates.needs()
            if seated.get(cell, 0) < problem.untrained(*cell)
        ]
        standing = {(s.support, s.department, s.day): len(s.people) for s in plan.shifts}
        missing = [
            i
            for i, need in enumerate(problem.shifts)
            if standing.get((need.support, need.department, need.day), 0) < need.people
        ]
        kinds = [kind for kind in (waiting, unseated, missing) if kind]
        if not kinds:
            return Part()
        picked = self._rng.choice(kinds)
        if picked is waiting:
            return self._chain(plan, self._rng.choice(waiting), size)
        if picked is unseated:
            audience, course = self._rng.choice(unseated)
            site = self._candidates.site_of(audience)
            cells = [
                (a, c)
                for a, c in self._candidates.needs()
                if self._candidates.site_of(a) == site and (a == audience or c == course)
            ]
            return Part(needs=self._closed(plan, [*cells[:size], (audience, course)]))
        shift = self._rng.choice(missing)
        start, end = problem.shifts[shift].start, problem.shifts[shift].end
        able = set(self._candidates.supporters(shift))
        busy = {
            b.index
            for person, bookings in person_bookings(problem, plan).items()
            if person in able
            for b in bookings
            if b.kind == "task" and b.start < end and b.end > start
        }
        same_day = [
            i for i, need in enumerate(problem.shifts) if need.day == problem.shifts[shift].day
        ]
        return Part(
            tasks=frozenset([plan.tasks[i].task for i in sorted(busy)][: size // 2]),
            shifts=frozenset(same_day),
        )

"""Proof by CP-SAT: relaxations of tasks and of support, solved while the search goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from allocator.plan import Plan
from solver.bounds.class_prices import class_prices
from solver.bounds.energy import energy_bound
from solver.bounds.quick import PRICED, Bounds, quick_bounds
from solver.candidates.candidates import Candidates
from solver.capacity.materials import together
from solver.incumbent import Incumbent
from solver.makespan.feasible_sets.column_generation import Packing
from solver.makespan.feasible_sets.destructive import DestructiveBound
from solver.model.compile import Compiled, compile_part
from solver.model.decode import decode, hint
from solver.model.grid import Grid
from solver.model.linear import Linear
from solver.model.model import Model
from solver.model.part import Part, whole
from solver.model.run import Answer, Read, run
from solver.relaxation.interchangeable import interchangeable_people
from solver.relaxation.shapes import Shapes
from solver.relaxation.staffing import Staffing
from solver.relaxation.start_times import compile_start_times

MOST_SHIFT_SEATS = 60_000
"""Beyond so many (shift, supporter) pairs the bound of support stays the quick one."""

MOST_TASK_SEATS = 8_000
"""Beyond so many (task seat, person) pairs the bound of tasks stays the quick one."""

MOST_COUNTS = 4_000
"""Up to so many counts of people on crew lines they are decided together with all times."""

PACKS_SHARE = 0.5
"""Share of the time for times against pools that may go into packs of tasks before."""


class Proof:
    """The bounds of the three kinds of work, raised one after the other."""

    def __init__(self, candidates: Candidates, grid: Grid, incumbent: Incumbent) -> None:
        self._candidates = candidates
        self._grid = grid
        self._incumbent = incumbent
        self.shapes = Shapes(candidates, grid)
        self._workers = max(1, incumbent.settings.workers - 1)
        self._destructive: DestructiveBound | None = None
        self._seed = incumbent.settings.seed
        self.bounds = Bounds(Fraction(0), Fraction(0), Fraction(0))

    def begin(self) -> None:
        """The bounds that need no search."""
        self.bounds = quick_bounds(self._candidates, self._incumbent.ended)
        self._incumbent.raise_bound(self.bounds.total)

    def prove_classes(self) -> None:
        """Raise the bound of classes by those of all courses together, materials in time."""
        incumbent = self._incumbent
        if not self._candidates.needs() or incumbent.ended():
            return
        least = together(self._candidates, incumbent.seconds_left, incumbent.ended)
        self.bounds = replace(self.bounds, classes=max(self.bounds.classes, least))
        incumbent.raise_bound(self.bounds.total)

    def prove_times(self, seconds: float, on_times: Callable[[Plan], None]) -> None:
        """Raise the bound of tasks and finish by times alone; every better set is handed on."""
        if not self._candidates.open_tasks or self._incumbent.ended():
            return
        self._prove_packs(seconds * PACKS_SHARE)
        relaxed = compile_start_times(self.shapes, stop=self._incumbent.ended)
        self._run(relaxed.compiled, seconds, self._timed, on_times, relaxed.read, linear=False)

    def prove_staffed(self, seconds: float, on_times: Callable[[Plan], None]) -> None:
        """The same with people counted by kind, from the best plan on, each time by other choices.

        Plans that keep every rule count at once; what else is found is handed on.
        """
        incumbent, alike = self._incumbent, interchangeable_people(self._candidates)
        counts = sum(len(kind.seats) for kind in alike)
        if not counts or counts > MOST_COUNTS:
            return
        relaxed = compile_start_times(self.shapes, Staffing(alike), stop=incumbent.ended)
        relaxed.hint(incumbent.base.tasks)

        def found(plan: Plan) -> None:
            if not incumbent.try_out(replace(incumbent.base, tasks=plan.tasks)):
                on_times(plan)

        self._run(relaxed.compiled, seconds, self._timed, found, relaxed.read, linear=False)
        self._seed += 1

    def _timed(self, bound: Fraction) -> None:
        self.bounds = replace(self.bounds, timed=max(self.bounds.timed, bound))
        self._incumbent.raise_bound(self.bounds.total)

    def _prove_packs(self, seconds: float) -> None:
        """Raise the bound of the finish by what can run at the same moment."""
        problem = self._incumbent.problem
        price = problem.goals.price("finish")
        if not price or problem.goals.price("open_work") is not None:
            return
        packing = Packing(self.shapes, self._incumbent)
        self._destructive = packing.destructive
        self._finished(packing.earliest_finish(seconds))

    def prove_shaved(self, seconds: float) -> None:
        """Raise the bound of the finish slot by slot, by windows with their ends shaved off."""
        if self._destructive is not None:
            self._destructive.shave(seconds, self._finished)

    def _finished(self, slot: int) -> None:
        problem = self._incumbent.problem
        self.shapes.prove_finish(slot)
        price = problem.goals.price("finish") or 0
        finish = price * Fraction(self.shapes.earliest_finish, problem.axis.slots_per_hour)
        self.bounds = replace(self.bounds, finish=max(self.bounds.finish, finish))
        self._incumbent.raise_bound(self.bounds.total)

    def share_out(self, seconds: float) -> None:
        """Raise the bounds of several kinds of work together by sharing out people's hours."""
        if self._incumbent.work_left is not None:
            seconds = self._incumbent.seconds_left  # what is found must not depend on the clock
        for tasks in (False, True):
            bound = energy_bound(
                self._candidates, seconds / 2, tasks=tasks, stop=self._incumbent.ended
            )
            if tasks:
                self.bounds = replace(self.bounds, work=bound)
            else:
                self.bounds = replace(self.bounds, people=bound)
            self._incumbent.raise_bound(self.bounds.total)

    def prove_support(self, seconds: float) -> None:
        """Raise the bound of support: nobody stands on two shifts at once."""
        shifts = whole(self._candidates).shifts
        pairs = sum(len(self._candidates.supporters(shift)) for shift in shifts)
        if not shifts or pairs > MOST_SHIFT_SEATS:
            return

        def raised(bound: Fraction) -> None:
            support = max(self.bounds.support, bound)
            self.bounds = replace(self.bounds, support=support)
            self._incumbent.raise_bound(self.bounds.total)

        self._solve(Part(shifts=shifts), seconds, raised, None)

    @property
    def places_tasks(self) -> bool:
        """Whether the relaxation of tasks is tried: there are some, and not too many people."""
        seats = sum(
            len(self._candidates.seat_people(task, line))
            for task in self._unfinished()
            for line in range(len(self._candidates.problem.tasks[task].crew))
        )
        return bool(self._unfinished()) and seats <= MOST_TASK_SEATS

    def _unfinished(self) -> frozenset[int]:
        tasks = self._candidates.problem.tasks
        return frozenset(index for index, task in enumerate(tasks) if task.finished is None)

    def prove_tasks(self, seconds: float, on_plan: Callable[[Plan], None] | None) -> None:
        """Raise the bound of tasks and of the classes behind them.

        Every better set of task times found is handed on.
        """
        if not self.places_tasks:
            return

        def raised(bound: Fraction) -> None:
            self.bounds = replace(self.bounds, placed=max(self.bounds.placed, bound))
            self._incumbent.raise_bound(self.bounds.total)

        def classes(model: Model) -> Linear:
            return class_prices(model, self.bounds.classes)

        self._solve(Part(tasks=self._unfinished()), seconds, raised, on_plan, classes)

    def prove_whole(self, seconds: float) -> None:
        """Solve the whole exact model from the best plan on: better plans, bound, optimum.

        Where no plan is within the change budget, the one that is nearest to it is looked for.
        """
        limited = self._incumbent.problem.goals.most_people is not None

        def raised(bound: Fraction) -> None:
            self._incumbent.raise_bound(bound, within_budget=limited)

        answer = self._solve_whole(seconds, raised, forbid=True)
        if answer.infeasible and limited:
            answer = self._solve_whole(self._incumbent.left, None, forbid=False)
            if answer.optimal:
                self._incumbent.end()
        elif answer.infeasible:
            self._incumbent.prove_infeasible()
        elif answer.bound is not None:
            raised(answer.bound)

    def _solve_whole(
        self, seconds: float, raised: Callable[[Fraction], None] | None, *, forbid: bool
    ) -> Answer:
        compiled = compile_part(
            self._candidates,
            self._grid,
            whole(self._candidates),
            Plan(),
            forbid=forbid,
            stop=self._incumbent.ended,
        )
        hint(compiled.model, self._incumbent.base)
        answer = run(
            compiled,
            self._incumbent,
            seconds=seconds,
            workers=self._workers,
            on_plan=self._incumbent.offer,
            on_bound=raised,
        )
        if answer.plan is not None:
            self._incumbent.offer(answer.plan)
        return answer

    def _solve(
        self,
        part: Part,
        seconds: float,
        raised: Callable[[Fraction], None],
        on_plan: Callable[[Plan], None] | None,
        more: Callable[[Model], Linear] | None = None,
    ) -> None:
        compiled = compile_part(
            self._candidates,
            self._grid,
            part,
            Plan(),
            terms=PRICED,
            relaxed=True,
            stop=self._incumbent.ended,
            more=more,
        )
        hint(compiled.model, self._incumbent.base)
        self._run(compiled, seconds, raised, on_plan, decode)

    def _run(
        self,
        compiled: Compiled,
        seconds: float,
        raised: Callable[[Fraction], None],
        on_plan: Callable[[Plan], None] | None,
        read: Read,
        linear: bool = True,
    ) -> None:
        answer = run(
            compiled,
            self._incumbent,
            seconds=seconds,
            workers=self._workers,
            read=read,
            on_plan=on_plan,
            on_bound=raised,
            linear=linear,
            seed=self._seed,
        )
        if answer.infeasible:
            self._incumbent.prove_infeasible()
        if answer.bound is not None:
            raised(answer.bound)

"""The plain joint CP-SAT model: everything in one model, without first plan, hint or search."""

from __future__ import annotations

from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome, Run
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.incumbent import Incumbent
from solver.model.compile import compile_part
from solver.model.grid import grid_of
from solver.model.part import whole
from solver.model.run import run
from solver.settings import OnProgress, Settings


def solve(problem: Problem, settings: Settings, on_progress: OnProgress) -> Outcome:
    """Compile the whole problem and let CP-SAT alone work on it until the limit."""
    incumbent = Incumbent(problem, settings, on_progress, None)
    candidates = Candidates(problem)
    compiled = compile_part(candidates, grid_of(candidates), whole(candidates), Plan())
    answer = run(
        compiled,
        incumbent,
        seconds=incumbent.left,
        workers=settings.workers,
        on_plan=incumbent.offer,
        on_bound=incumbent.raise_bound,
    )
    if answer.plan is not None:
        incumbent.offer(answer.plan)
    if answer.bound is not None:
        incumbent.raise_bound(answer.bound)
    reported = Run(
        seed=settings.seed,
        workers=settings.workers,
        seconds=incumbent.seconds,
        first_plan_seconds=incumbent.first_plan_seconds,
        best_plan_seconds=incumbent.best_plan_seconds,
        deterministic_time=incumbent.deterministic_time,
    )
    if answer.infeasible:
        return Infeasible("The joint model has no solution.", reported)
    if incumbent.plan is None or incumbent.score is None:
        return NoPlan("The joint model gave no plan in the time.", incumbent.bound, reported)
    if incumbent.proved:
        return Optimal(incumbent.plan, incumbent.score, reported)
    return Feasible(incumbent.plan, incumbent.score, incumbent.bound, reported)

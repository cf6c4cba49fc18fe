"""What the peers can express: projects in which one person does each task, judged by the finish."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from allocator.check import check
from allocator.errors import SolverDefect
from allocator.outcome import Defect, Feasible, NoPlan, Optimal, Outcome, Run
from allocator.plan import Plan, TaskBooking
from allocator.problem import Problem
from benchmarks.engines import CannotExpress


def require_single(problem: Problem, peer: str) -> None:
    """Raise CannotExpress for crews, given times, classes and other goals."""
    one_each = all(len(t.crew) == 1 and t.crew[0].people == 1 for t in problem.tasks)
    free = all(task.pin_start is None for task in problem.tasks)
    if not (one_each and free and problem.goals.price("finish") and not problem.courses):
        raise CannotExpress(f"{peer} has no words for crews, given times or other goals.")


def checked_outcome(
    problem: Problem, bookings: Sequence[TaskBooking], bound: Fraction, run: Run, peer: str
) -> Outcome:
    """A peer's bookings as an outcome; raises SolverDefect where they break a rule."""
    if not bookings:
        return NoPlan(f"{peer} gave no plan in the time.", bound, run)
    plan = Plan(tuple(sorted(bookings, key=lambda booking: booking.task)))
    checked = check(problem, plan)
    if checked.violations:
        first = checked.violations[0]
        raise SolverDefect([Defect(peer, run.seconds, first.message, checked.violations, plan)])
    if bound >= checked.score.total:
        return Optimal(plan, checked.score, run)
    return Feasible(plan, checked.score, bound, run)

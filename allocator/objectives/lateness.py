"""Term lateness: how far tasks end past their due day, weighed by priority."""

from __future__ import annotations

from fractions import Fraction

from allocator.plan import Plan
from allocator.problem import Problem


def measure(problem: Problem, plan: Plan) -> Fraction:
    """Sum over tasks of max(0, end - 24:00 of the due day) x priority, in clock hours x priority.

    A finished task ended at the end of the day on which it was finished; an open one is not late.
    """
    ends = {booking.task: booking.end for booking in plan.tasks}
    late = 0
    for number, task in enumerate(problem.tasks):
        end = ends.get(number) if task.finished is None else task.finished
        if task.due is not None and end is not None:
            late += max(0, end - task.due) * task.priority
    return Fraction(late, problem.axis.slots_per_hour)

"""Term finish: when the last work of the rollout ends."""

from __future__ import annotations

from fractions import Fraction

from allocator.plan import Plan
from allocator.problem import Problem


def measure(problem: Problem, plan: Plan) -> Fraction:
    """From 00:00 of the rollout's start to the latest end of any booking, in clock hours.

    A finished task ended at the end of the day on which it was finished; an empty plan finishes
    at 0.
    """
    ends = [booking.end for booking in plan.tasks]
    ends += [session.end for session in plan.sessions]
    ends += [shift.end for shift in plan.shifts if shift.people]
    ends += [task.finished for task in problem.tasks if task.finished is not None]
    return Fraction(max(0, *ends) if ends else 0, problem.axis.slots_per_hour)

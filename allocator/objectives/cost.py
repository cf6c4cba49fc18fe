"""Term cost: what the booked people and rooms cost."""

from __future__ import annotations

from fractions import Fraction

from allocator.plan import Plan
from allocator.problem import Problem
from allocator.views.money import cost_by_project


def measure(problem: Problem, plan: Plan) -> Fraction:
    """Booked on-duty hours x rate of people (sittings: clock hours), room hours x rate.

    In units of the rollout's currency, exact.
    """
    return sum(cost_by_project(problem, plan), Fraction(0)) / 100

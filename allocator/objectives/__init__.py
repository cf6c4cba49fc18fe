"""What each priced term measures: one module a term, one ordered list of all of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from allocator.objectives import change, cost, finish, lateness, open_work, unfairness, wishes
from allocator.plan import Plan
from allocator.problem import Problem

Term = Callable[[Problem, Plan], Fraction]

OBJECTIVES: dict[str, Term] = {
    "open_work": open_work.measure,
    "lateness": lateness.measure,
    "change": change.measure,
    "cost": cost.measure,
    "wishes": wishes.measure,
    "unfairness": unfairness.measure,
    "finish": finish.measure,
}
"""Every term by its name, in the order of `TERMS`."""

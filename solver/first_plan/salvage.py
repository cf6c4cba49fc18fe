"""What is left of a plan that breaks rules once the work that breaks them is taken out."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.check import check
from allocator.plan import Plan, Violation
from allocator.problem import Problem

MOST_CHECKS = 30
"""So often the plan is checked again; then no work at all is tried."""


def without(problem: Problem, plan: Plan, violations: Sequence[Violation]) -> Plan | None:
    """A plan that the check has nothing against, with more work left open; None if there is none.

    Where the check does not say which work it is (a budget), everything goes.
    """
    for _ in range(MOST_CHECKS):
        if not violations:
            return plan
        guilty = {work for violation in violations for work in violation.work}
        if not guilty:
            break
        plan = Plan(
            tuple(it for at, it in enumerate(plan.tasks) if ("task", at) not in guilty),
            tuple(it for at, it in enumerate(plan.sessions) if ("session", at) not in guilty),
            tuple(it for at, it in enumerate(plan.shifts) if ("shift", at) not in guilty),
        )
        violations = check(problem, plan).violations
    return None if check(problem, Plan()).violations else Plan()

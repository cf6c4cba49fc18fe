"""Rule budget: a project's cost, spent and planned, is within its budget."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.views.money import costs_by_project
from allocator.wording import money

NAME = "budget"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """The cost of a project's tasks, classes (trainers and rooms) and support is within budget.

    Both in cents; a project without a budget may cost anything. What has been spent already counts,
    but only what is planned beyond it can break the rule.
    """
    found: list[Violation] = []
    for project, cost in zip(problem.projects, costs_by_project(problem, plan), strict=True):
        if project.budget is not None and cost.planned and cost.forecast > project.budget:
            spent = f" ({money(problem, cost.spent)} of it spent already)" if cost.spent else ""
            message = (
                f"{project.id} costs {money(problem, cost.forecast)}{spent}, above its budget of "
                f"{money(problem, project.budget)}."
            )
            found.append(Violation(NAME, message, ()))
    return found


RULE = Rule(NAME, violations)

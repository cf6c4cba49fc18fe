"""Rule budget: a project's booked cost is within its budget."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.views.money import cost_by_project
from allocator.wording import money

NAME = "budget"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """The cost of a project's tasks, classes (trainers and rooms) and support is within budget.

    Both in cents; a project without a budget may cost anything.
    """
    return [
        Violation(
            NAME,
            f"{project.id} costs {money(problem, cost)}, above its budget of "
            f"{money(problem, project.budget)}.",
            (),
        )
        for project, cost in zip(problem.projects, cost_by_project(problem, plan), strict=True)
        if project.budget is not None and cost > project.budget
    ]

"""A project's booked cost stays within its budget."""

from __future__ import annotations

from collections import defaultdict

from allocator.views.money import cost_by_project
from solver.model.model import Expression, Model
from solver.model.spending import spending


def post(model: Model) -> None:
    """Free and held cost together, in cents x slots."""
    held = cost_by_project(model.problem, model.held)
    free: defaultdict[int, list[Expression]] = defaultdict(list)
    for project, literal, cost in spending(model):
        free[project].append(cost * literal)
    for index, account in enumerate(model.problem.projects):
        if account.budget is not None and free[index]:
            per_hour = model.problem.axis.slots_per_hour
            spent = int(held[index] * per_hour)
            model.cp.add(sum(free[index]) + spent <= account.budget * per_hour)

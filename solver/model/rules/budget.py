"""A project's cost, spent and planned, stays within its budget."""

from __future__ import annotations

from collections import defaultdict

from allocator.views.money import costs_by_project
from solver.model.model import Expression, Model
from solver.model.passed import at_most
from solver.model.spending import Spending, spending


def post(model: Model) -> None:
    """History, held and free cost together, in cents x slots."""
    held = costs_by_project(model.problem, model.held)
    free: defaultdict[int, list[Spending]] = defaultdict(list)
    for item in spending(model):
        free[item.project].append(item)
    per_hour = model.problem.axis.slots_per_hour
    for index, account in enumerate(model.problem.projects):
        if account.budget is None or not free[index]:
            continue
        items, budget = free[index], account.budget * per_hour
        before = int(held[index].forecast * per_hour)
        passed = int(held[index].spent * per_hour)
        passed += sum(item.cost for item in items if item.passed is not None)
        booked: list[Expression] = [item.cost * item.literal for item in items]
        if passed <= budget:
            model.cp.add(sum(booked) + before <= budget)
        else:
            added = sum(
                item.cost * (item.literal - (0 if item.passed is None else item.passed))
                for item in items
            )
            at_most(model, booked, before, budget, added + int(held[index].planned * per_hour))

"""Why a document has no plan at all: work that must be done, and facts that rule it out."""

from __future__ import annotations

from collections.abc import Callable

from allocator.facts.work import Asked, Tree, Work, support_work
from allocator.formats.rollout.relative import absolute
from allocator.plan import Conflict, Plan
from allocator.problem import Problem
from solver.conflicts.conflict import Case, document_conflict


def infeasible_because(tree: Tree, problem: Problem, left: Callable[[], float]) -> Conflict | None:
    """A minimal conflict of a document in which nothing may stay open; None if none is found."""
    if problem.goals.price("open_work") is not None:
        return None
    case = Case(absolute(tree), problem, Plan(), left)
    return document_conflict(case, all_work(problem))


def all_work(problem: Problem) -> Asked:
    """All that is to be done, in time where nothing may be late."""
    by_due = problem.goals.price("lateness") is None
    found = {
        Work("task", task.id, by_due=by_due and task.due is not None)
        for task in problem.tasks
        if task.finished is None
    }
    for index, audience in enumerate(problem.audiences):
        for course in audience.courses:
            if problem.untrained(index, course):
                name = problem.courses[course].id
                found.add(Work("course", name, audience=audience.id))
    for need in problem.shifts:
        found.add(support_work(problem, need.support, need.department, need.day))
    return frozenset(found)

"""What ties tasks: which are fixed in time, and which share or exclude people with others."""

from __future__ import annotations

from allocator.problem import Problem, Task
from solver.candidates.candidates import Candidates


def fixed_in_time(candidates: Candidates) -> frozenset[int]:
    """Tasks whose start is pinned or frozen."""
    pinned = (
        index for index, task in enumerate(candidates.problem.tasks) if task.pin_start is not None
    )
    return frozenset(candidates.frozen_seats).union(pinned)


def tied_to_people(candidates: Candidates) -> frozenset[int]:
    """Tasks whose people are pinned, frozen, or paired with those of another task."""
    found = set(candidates.frozen_seats)
    for index, task in enumerate(candidates.problem.tasks):
        others = paired_with(task)
        if others or task.pin_people:
            found |= {index, *others}
    return frozenset(found)


def paired_with(task: Task) -> frozenset[int]:
    """The tasks whose people a task must share, or must not have."""
    pairs = (task.same_people_as, task.different_people_from)
    return frozenset(other for other in pairs if other is not None)


def within_budgets(problem: Problem) -> frozenset[int]:
    """Tasks that spend from a budget, which other people could break."""
    return frozenset(
        index
        for index, task in enumerate(problem.tasks)
        if problem.projects[task.project].budget is not None
    )

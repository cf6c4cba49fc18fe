"""Sessions are between the opening and the closing day before the department's go-live."""

from __future__ import annotations

from allocator.problem import Problem
from allocator.timeline import BoolArray


def narrow_group(problem: Problem, audience: int, course: int, allowed: BoolArray) -> None:
    """Forbid starts of classes that would not lie inside the window's days."""
    department = problem.audiences[audience].department
    window = problem.training_days(course, department)
    if window is None:
        return
    days = problem.days[problem.departments[department].zone]
    first, last = days.midnight(window[0]), days.midnight(window[1] + 1)
    allowed[: max(0, first)] = False
    allowed[max(0, last - problem.courses[course].length + 1) :] = False

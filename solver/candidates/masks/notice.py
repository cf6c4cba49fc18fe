"""Nobody gets a new booking within their notice."""

from __future__ import annotations

from allocator.problem import Problem


def opens(problem: Problem, person: int) -> int:
    """First slot after a person's notice."""
    return problem.people[person].notice_until

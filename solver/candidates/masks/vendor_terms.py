"""A vendor's person is not booked before the lead days are over."""

from __future__ import annotations

from allocator.problem import Problem


def opens(problem: Problem, person: int) -> int:
    """First slot after the lead days of a vendor's person; 0 for own staff."""
    vendor = problem.people[person].vendor
    return 0 if vendor is None else problem.vendors[vendor].available_from

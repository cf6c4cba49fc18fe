"""Nobody is booked beyond their hours per day and per week: not by one booking alone either."""

from __future__ import annotations

import numpy as np

from allocator.problem import Person, Problem
from allocator.timeline import BoolArray, IntArray
from solver.candidates.day_parts import day_edges, parts_of, week_edges


def binds(person: Person) -> bool:
    """Whether a person has limits of hours at all."""
    return person.hours_per_day is not None or person.hours_per_week is not None


def within(problem: Problem, person: Person, starts: IntArray, ends: IntArray) -> BoolArray:
    """Bookings [start, end) that keep the limits of hours as long as nothing else is booked.

    What ends by now breaks none of them.
    """
    days, horizon = problem.days[person.zone], problem.horizon
    kept = np.ones(len(starts), dtype=np.bool_)
    for limit, edges in ((person.hours_per_day, day_edges), (person.hours_per_week, week_edges)):
        if limit is not None:
            parts = parts_of(person.working.worked, starts, ends, edges(days, horizon))
            kept &= parts.at_most(np.full_like(parts.whole, limit))
    return kept | (ends <= problem.as_of)

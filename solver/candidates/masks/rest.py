"""After a spell of work comes the rest: no booking alone may lack it within itself."""

from __future__ import annotations

from allocator.problem import Problem
from allocator.timeline import BoolArray, IntArray
from solver.candidates.spells import Spells


def within(problem: Problem, spells: Spells, starts: IntArray, ends: IntArray) -> BoolArray:
    """Bookings [start, end) with the rest that they need as long as nothing else is booked.

    What ends by now breaks nothing.
    """
    return spells.within(starts, ends) | (ends <= problem.as_of)

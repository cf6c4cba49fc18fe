"""Bookings lie in working time: which starts a person, a room or an audience can keep at all."""

from __future__ import annotations

import numpy as np

from allocator.problem import Problem
from allocator.timeline import BoolArray, IntArray, WorkingTime
from solver.candidates.duty import Duty


def sitting_starts(problem: Problem, working: WorkingTime, length: int) -> BoolArray:
    """Starts at which someone is there throughout a sitting of `length` slots."""
    return working.sitting_starts(length, problem.axis.slots_per_hour)


def split_starts(duty: Duty, work: int) -> int:
    """Starts, as bits, at which someone has so many slots of splittable work before them."""
    return duty.starts(work)


def seat_ends(working: WorkingTime, work: int, starts: IntArray, *, splittable: bool) -> IntArray:
    """Ends of a seat's bookings that begin at starts which are possible."""
    if splittable:
        return working.positions[working.worked[starts] + (work - 1)] + np.int32(1)
    return starts + np.int32(work)

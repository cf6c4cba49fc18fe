"""Bookings lie in working time: which starts a person, a room or an audience can keep at all."""

from __future__ import annotations

import numpy as np

from allocator.problem import Line, Problem, Task
from allocator.timeline import NEVER, BoolArray, IntArray, WorkingTime


def sitting_starts(problem: Problem, working: WorkingTime, length: int) -> BoolArray:
    """Starts at which someone is there throughout a sitting of `length` slots."""
    return working.sitting_starts(length, problem.axis.slots_per_hour)


def seat_ends(problem: Problem, task: Task, line: Line, working: WorkingTime) -> IntArray:
    """End of a seat's booking for each start; NEVER where the person cannot work so."""
    if task.splittable:
        return working.split_ends(line.work)
    slots = np.arange(problem.horizon, dtype=np.int32)
    starts = sitting_starts(problem, working, line.work)
    return np.where(starts, slots + line.work, NEVER).astype(np.int32)

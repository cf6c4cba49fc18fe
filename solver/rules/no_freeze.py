"""No change work runs and no class meets on a department's closed and frozen days."""

from __future__ import annotations

import numpy as np

from allocator.problem import Problem, Task
from allocator.timeline import NEVER, BoolArray, IntArray


def narrow_seat(problem: Problem, task: Task, ends: IntArray, allowed: BoolArray) -> None:
    """Forbid starts from which change work would touch a blocked slot."""
    if task.change and task.department is not None:
        allowed &= ~_touches(problem.departments[task.department].blocked, ends)


def narrow_group(problem: Problem, audience: int, length: int, allowed: BoolArray) -> None:
    """Forbid starts of classes of `length` slots that would touch a blocked slot."""
    blocked = problem.departments[problem.audiences[audience].department].blocked
    slots = np.arange(problem.horizon, dtype=np.int32)
    allowed &= ~_touches(blocked, np.minimum(slots + length, problem.horizon))


def _touches(blocked: BoolArray, ends: IntArray) -> BoolArray:
    """Whether [start, ends[start]) meets a blocked slot, for every start; False where NEVER."""
    counted = np.concatenate(([0], np.cumsum(blocked)))
    starts = np.arange(len(blocked))
    return np.where(ends == NEVER, False, counted[np.maximum(ends, 0)] > counted[starts])

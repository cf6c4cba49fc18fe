"""No change work runs and no class meets on a department's closed and frozen days."""

from __future__ import annotations

import numpy as np

from allocator.problem import Problem, Task
from allocator.timeline import BoolArray, IntArray


def narrow_task(problem: Problem, task: Task, latest: IntArray) -> None:
    """Let change work end before the next blocked slot."""
    if task.change and task.department is not None:
        blocked = problem.departments[task.department].blocked
        np.minimum(latest, _next(blocked), out=latest)


def narrow_group(problem: Problem, audience: int, length: int, allowed: BoolArray) -> None:
    """Forbid starts of classes of `length` slots that would touch a blocked slot."""
    blocked = problem.departments[problem.audiences[audience].department].blocked
    slots = np.arange(problem.horizon, dtype=np.int32)
    allowed &= np.minimum(slots + length, problem.horizon) <= _next(blocked)


def _next(blocked: BoolArray) -> IntArray:
    """For each slot the first blocked one from there on; the horizon if there is none."""
    found = np.append(np.flatnonzero(blocked), len(blocked)).astype(np.int32)
    return found[np.searchsorted(found, np.arange(len(blocked)))]

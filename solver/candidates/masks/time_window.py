"""Nothing starts before `earliest` or now, nothing ends after the deadline or the rollout."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from allocator.problem import Problem, Task
from allocator.timeline import NEVER, BoolArray, IntArray


def latest_end(problem: Problem, task: Task) -> int:
    """Slot at which the deadline, or the rollout, ends."""
    deadline = problem.horizon if task.deadline is None else task.deadline
    return min(problem.horizon, deadline)


def narrow_task(problem: Problem, task: Task, latest: IntArray) -> None:
    """Forbid starts before the task's earliest and ends after its deadline."""
    latest[: max(0, task.earliest)] = NEVER
    np.minimum(latest, latest_end(problem, task), out=latest)


def narrow_to_now(allowed: BoolArray, opens: int) -> None:
    """Forbid starts before `opens`."""
    allowed[: max(0, opens)] = False


def from_now(starts: int, opens: int, published: Iterable[int]) -> int:
    """Of some starts, as bits, those from `opens` on and those `published`."""
    kept = starts >> max(0, opens) << max(0, opens)
    for start in published:
        if start >= 0:
            kept |= starts & (1 << start)
    return kept

"""Nothing starts before `earliest` or now, nothing ends after the deadline or the rollout."""

from __future__ import annotations

from collections.abc import Iterable

from allocator.problem import Problem, Task
from allocator.timeline import BoolArray, IntArray


def latest_end(problem: Problem, task: Task) -> int:
    """Slot at which the deadline, or the rollout, ends."""
    deadline = problem.horizon if task.deadline is None else task.deadline
    return min(problem.horizon, deadline)


def narrow_seat(problem: Problem, task: Task, ends: IntArray, allowed: BoolArray) -> None:
    """Forbid starts before the task's earliest and ends after its deadline."""
    allowed[: max(0, task.earliest)] = False
    allowed &= ends <= latest_end(problem, task)


def narrow_to_now(allowed: BoolArray, opens: int, told: Iterable[int]) -> None:
    """Forbid starts before `opens`, but for the starts that people have been told of."""
    before = allowed[: max(0, opens)].copy()
    allowed[: max(0, opens)] = False
    for start in told:
        if 0 <= start < opens:
            allowed[start] = before[start]

"""A pinned start and a frozen one are the only ones that are left."""

from __future__ import annotations

import numpy as np

from allocator.problem import Task
from allocator.timeline import NEVER, IntArray


def narrow_task(task: Task, frozen_starts: list[int], latest: IntArray) -> None:
    """Forbid every start but the pinned one and the published one."""
    pinned = [] if task.pin_start is None else [task.pin_start]
    slots = np.arange(len(latest))
    for start in (*pinned, *frozen_starts):
        latest[slots != start] = NEVER

"""What comes after something that has happened does not start too early."""

from __future__ import annotations

from allocator.problem import Problem, Task
from allocator.timeline import NEVER, IntArray


def narrow_task(problem: Problem, task: Task, latest: IntArray) -> None:
    """Forbid starts that what has happened does not allow; starts before now have happened too."""
    for link in task.after:
        known = problem.known(link)
        if known is not None and link.type in ("FS", "SS"):
            latest[max(0, problem.as_of) : max(0, known + link.lag)] = NEVER

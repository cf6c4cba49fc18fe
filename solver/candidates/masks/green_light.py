"""Change work waits for the department head's green light; refused, it stays open."""

from __future__ import annotations

from allocator.problem import GreenLight, Problem, Task


def refused(problem: Problem, task: Task) -> bool:
    """Whether the head of the department has said no to this change work."""
    light = _light(problem, task)
    return light is not None and light.status == "refused"


def opens(problem: Problem, task: Task) -> int:
    """First slot at which the task may start as far as its green light goes."""
    light = _light(problem, task)
    return 0 if light is None else light.opens


def _light(problem: Problem, task: Task) -> GreenLight | None:
    if not task.change or task.department is None:
        return None
    return problem.departments[task.department].green_light

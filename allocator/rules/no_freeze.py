"""Rule no_freeze: closed and frozen days are free of change work and of classes."""

from __future__ import annotations

from allocator.plan import Kind, Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.wording import day, work_id

NAME = "no_freeze"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """No change task of a department runs, and no class of its audiences meets, on those days.

    A task runs from its start to its end, nights and weekends included. The days are those of the
    department's site.
    """
    found: list[Violation] = []
    for index, booking in enumerate(plan.tasks):
        task = problem.tasks[booking.task]
        if task.change and task.department is not None:
            span = (booking.start, booking.end)
            found += _blocked(problem, plan, "task", index, span, task.department)
    for index, session in enumerate(plan.sessions):
        span = (session.start, session.end)
        concerned = {problem.audiences[group.audience].department for group in session.groups}
        for department in sorted(concerned):
            found += _blocked(problem, plan, "session", index, span, department)
    return found


RULE = Rule(NAME, violations, alone=True)


def _blocked(
    problem: Problem,
    plan: Plan,
    kind: Kind,
    index: int,
    span: tuple[int, int],
    number: int,
) -> list[Violation]:
    department = problem.departments[number]
    low, high = max(0, span[0]), max(0, span[1])
    taken = department.blocked[low:high]
    if not taken.any():
        return []
    closed = problem.days[department.zone].day(low + int(taken.argmax()))
    verb = "runs" if kind == "task" else "meets"
    message = (
        f"{work_id(problem, plan, kind, index)} {verb} on {day(problem, closed)}, "
        f"a closed or frozen day of {department.id}."
    )
    return [Violation(NAME, message, ((kind, index),))]

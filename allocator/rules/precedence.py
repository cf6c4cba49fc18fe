"""Rule precedence: tasks respect what they come after."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Link, Problem
from allocator.wording import hours

NAME = "precedence"

ENDS = {
    "FS": ("start", "end"),
    "SS": ("start", "start"),
    "FF": ("end", "end"),
    "SF": ("end", "start"),
}
"""Link type -> (the moment of the later task, the moment of the earlier one)."""


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """A task starts (or ends) no earlier than its predecessor's end (or start) plus the lag.

    FS: start_j >= end_i + lag, SS: start_j >= start_i + lag, FF: end_j >= end_i + lag,
    SF: end_j >= start_i + lag, in slots on the clock. A finished task counts as begun and ended
    when it was finished. What comes after a task left open is left open too.
    """
    spans = {booking.task: (booking.start, booking.end) for booking in plan.tasks}
    positions = {booking.task: index for index, booking in enumerate(plan.tasks)}
    for number, task in enumerate(problem.tasks):
        if task.finished is not None:
            spans[number] = (task.finished, task.finished)
    found: list[Violation] = []
    for index, booking in enumerate(plan.tasks):
        for link in problem.tasks[booking.task].after:
            message = _fault(problem, booking.task, (booking.start, booking.end), link, spans)
            if message is not None:
                earlier = positions.get(link.task)
                others = () if earlier is None else (("task", earlier),)
                found.append(Violation(NAME, message, (("task", index), *others)))
    return found


def _fault(
    problem: Problem,
    number: int,
    span: tuple[int, int],
    link: Link,
    spans: dict[int, tuple[int, int]],
) -> str | None:
    task, before = problem.tasks[number], problem.tasks[link.task]
    if link.task not in spans:
        return f"{task.id} is planned, but {before.id}, which it comes after, is left open."
    verb, earlier_verb = ENDS[link.type]
    moment = span[verb == "end"]
    earlier = spans[link.task][earlier_verb == "end"]
    if moment >= earlier + link.lag:
        return None
    lag = f" plus {hours(problem, link.lag)}" if link.lag else ""
    return (
        f"{task.id} {verb}s at {problem.axis.moment(moment, task.zone)}, before the "
        f"{earlier_verb} of {before.id} at {problem.axis.moment(earlier, before.zone)}{lag} "
        f"({link.type})."
    )

"""Rule precedence: tasks respect what they come after."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Link, Problem
from allocator.rule import Rule
from allocator.wording import lag

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
    SF: end_j >= start_i + lag, in slots on the clock; a lag below 0 is a lead. A finished task
    ended when it was finished; what has begun already began then, whenever the rest of it is done.
    What comes after a task left open is left open too, whatever the lag, unless it comes after its
    start and that has passed. A start before now is not held against what was finished since.
    """
    spans = {booking.task: (booking.start, booking.end) for booking in plan.tasks}
    positions = {booking.task: index for index, booking in enumerate(plan.tasks)}
    found: list[Violation] = []
    for index, booking in enumerate(plan.tasks):
        for link in problem.tasks[booking.task].after:
            message = _fault(problem, booking.task, (booking.start, booking.end), link, spans)
            if message is not None:
                earlier = positions.get(link.task)
                others = () if earlier is None else (("task", earlier),)
                found.append(Violation(NAME, message, (("task", index), *others)))
    return found


RULE = Rule(NAME, violations, of_parts=False)


def _fault(
    problem: Problem,
    number: int,
    span: tuple[int, int],
    link: Link,
    spans: dict[int, tuple[int, int]],
) -> str | None:
    task, before = problem.tasks[number], problem.tasks[link.task]
    known = problem.known(link)
    if known is None and link.task not in spans:
        return f"{task.id} is planned, but {before.id}, which it comes after, is left open."
    verb, earlier_verb = ENDS[link.type]
    moment = span[verb == "end"]
    if known is not None and verb == "start" and moment < problem.as_of:
        return None  # both have happened
    earlier = spans[link.task][earlier_verb == "end"] if known is None else known
    if moment >= earlier + link.lag:
        return None
    return (
        f"{task.id} {verb}s at {problem.axis.moment(moment, task.zone)}, before the "
        f"{earlier_verb} of {before.id} at {problem.axis.moment(earlier, before.zone)}"
        f"{lag(problem, link.lag)} ({link.type})."
    )

"""Rule people_pairing: the same people go on, or other people check."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.wording import named

NAME = "people_pairing"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """`same_people_as`: the same set of people; `different_people_from`: no person in common.

    The people of a task are those who have worked on it and those who are planned on it. Whoever is
    planned on one of the two is among the people of the other, or is not. A task that has no people
    binds nothing.
    """
    bookings = {booking.task: index for index, booking in enumerate(plan.tasks)}
    planned = {
        booking.task: frozenset(seat.person for seat in booking.crew) for booking in plan.tasks
    }
    found: list[Violation] = []
    for number, task in enumerate(problem.tasks):
        for other, same in ((task.same_people_as, True), (task.different_people_from, False)):
            if other is None:
                continue
            own, others = (_everybody(problem, planned, it) for it in (number, other))
            added = (planned.get(it, frozenset()) for it in (number, other))
            if not own or not others:
                continue
            wrong = frozenset().union(
                *(
                    new - there if same else new & there
                    for new, there in zip(added, (others, own), strict=True)
                )
            )
            if wrong:
                work = [bookings[it] for it in (number, other) if it in bookings]
                message = _says(problem, number, other, wrong, same=same)
                found.append(Violation(NAME, message, tuple(("task", at) for at in work)))
    return found


RULE = Rule(NAME, violations, of_parts=False)


def _everybody(
    problem: Problem, planned: Mapping[int, frozenset[int]], task: int
) -> frozenset[int]:
    return problem.worked_on.get(task, frozenset()) | planned.get(task, frozenset())


def _says(problem: Problem, one: int, other: int, people: frozenset[int], *, same: bool) -> str:
    first, second, who = problem.tasks[one].id, problem.tasks[other].id, _names(problem, people)
    if same:
        return f"{first} and {second} have different people ({who}), but must have the same."
    return f"{who} works on both {first} and {second}, which must have different people."


def _names(problem: Problem, people: frozenset[int]) -> str:
    return ", ".join(named(problem.people[person]) for person in sorted(people))

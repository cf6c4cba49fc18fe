"""Rule people_pairing: the same people go on, or other people check."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.wording import named

NAME = "people_pairing"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """`same_people_as`: the same set of people; `different_people_from`: no person in common.

    An open or finished task binds nothing.
    """
    crews = {
        booking.task: (index, frozenset(seat.person for seat in booking.crew))
        for index, booking in enumerate(plan.tasks)
        if problem.tasks[booking.task].finished is None
    }
    found: list[Violation] = []
    for number, (index, crew) in crews.items():
        task = problem.tasks[number]
        if task.same_people_as in crews:
            other, others = crews[task.same_people_as]
            if crew != others:
                message = (
                    f"{task.id} and {problem.tasks[task.same_people_as].id} have different people "
                    f"({_names(problem, crew ^ others)}), but must have the same."
                )
                found.append(Violation(NAME, message, (("task", index), ("task", other))))
        if task.different_people_from in crews:
            other, others = crews[task.different_people_from]
            if crew & others:
                message = (
                    f"{_names(problem, crew & others)} works on both {task.id} and "
                    f"{problem.tasks[task.different_people_from].id}, which must have different "
                    f"people."
                )
                found.append(Violation(NAME, message, (("task", index), ("task", other))))
    return found


def _names(problem: Problem, people: frozenset[int]) -> str:
    return ", ".join(named(problem.people[person]) for person in sorted(people))

"""Rule green_light: nothing changes a department's system before its head agrees."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule

NAME = "green_light"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """No change task of a department starts before the day of its green light.

    Pending counts from the expected day on; refused leaves the task open; a department without a
    green light needs none.
    """
    found: list[Violation] = []
    for index, booking in enumerate(plan.tasks):
        task = problem.tasks[booking.task]
        if not task.change or task.department is None:
            continue
        department = problem.departments[task.department]
        light = department.green_light
        if light is None:
            continue
        if light.status == "refused":
            message = f"{task.id} is planned, but {department.id} has refused its green light."
            found.append(Violation(NAME, message, (("task", index),)))
        elif booking.start < light.opens:
            message = (
                f"{task.id} starts at {problem.axis.moment(booking.start, task.zone)}, before the "
                f"green light of {department.id} ({light.status}) on "
                f"{problem.axis.moment(light.opens, department.zone)}."
            )
            found.append(Violation(NAME, message, (("task", index),)))
    return found


RULE = Rule(NAME, violations, alone=True)

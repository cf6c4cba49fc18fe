"""Rule training_window: people are trained neither too early nor too late before go-live."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.wording import day

NAME = "training_window"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """A session is on a day from go-live minus `open_days_before_go_live` to minus `close_...`.

    Go-live is that of the earliest wave with the audience's department in the course's project;
    days are those of the department's site. Without a go-live or a window nothing is asked.
    """
    found: list[Violation] = []
    for index, session in enumerate(plan.sessions):
        concerned = {problem.audiences[group.audience].department for group in session.groups}
        for number in sorted(concerned):
            window = problem.training_days(session.course, number)
            if window is None:
                continue
            department = problem.departments[number]
            days = problem.days[department.zone]
            first = days.day(session.start)
            last = days.day(max(session.start, session.end - 1))
            if first < window[0] or last > window[1]:
                outside = first if first < window[0] else last
                message = (
                    f"{problem.courses[session.course].id} for {department.id} meets on "
                    f"{day(problem, outside)}, outside its window from {day(problem, window[0])} "
                    f"to {day(problem, window[1])}."
                )
                found.append(Violation(NAME, message, (("session", index),)))
    return found


RULE = Rule(NAME, violations, alone=True)

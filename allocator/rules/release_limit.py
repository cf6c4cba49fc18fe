"""Rule release_limit: a department can spare only so many people at once."""

from __future__ import annotations

from collections import defaultdict

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.views.presence import Attendance, excesses

NAME = "release_limit"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Heads of a department in class at one moment, over all its audiences, are within its limit.

    The limit is max(1, floor(release_limit x headcount)); a department without one has none.
    """
    attendances: defaultdict[int, list[Attendance]] = defaultdict(list)
    for index, session in enumerate(plan.sessions):
        for group in session.groups:
            number = problem.audiences[group.audience].department
            attendances[number].append(Attendance(session.start, session.end, group.heads, index))
    found: list[Violation] = []
    for number, present in sorted(attendances.items()):
        department = problem.departments[number]
        if department.release_heads is None:
            continue
        for excess in excesses(present, department.release_heads):
            message = (
                f"{excess.heads} heads of {department.id} are in class at once from "
                f"{problem.axis.moment(excess.start, department.zone)}, at most "
                f"{department.release_heads} may."
            )
            found.append(Violation(NAME, message, excess.work))
    return found


RULE = Rule(NAME, violations)

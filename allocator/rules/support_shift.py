"""Rule support_shift: supporters stand on the days, for the hours and in the number needed."""

from __future__ import annotations

from collections import Counter

from allocator.plan import Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.wording import day, named, span

NAME = "support_shift"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Each shift is one that a department needs, with different people and no more than needed.

    Supporters who are missing are open work, not a breach.
    """
    needs = {(need.support, need.department, need.day): need for need in problem.shifts}
    entries = Counter((shift.support, shift.department, shift.day) for shift in plan.shifts)
    found: list[Violation] = []
    for index, shift in enumerate(plan.shifts):
        key = (shift.support, shift.department, shift.day)
        zone = problem.departments[shift.department].zone
        where = (
            f"{problem.supports[shift.support].id} in {problem.departments[shift.department].id} "
            f"on {day(problem, shift.day)}"
        )
        faults = [
            f"{named(problem.people[person])} stands {times} times on {where}."
            for person, times in Counter(shift.people).items()
            if times > 1
        ]
        need = needs.get(key)
        if need is None:
            faults.append(f"{where} is planned, but no support is needed then.")
        else:
            if (shift.start, shift.end) != (need.start, need.end):
                faults.append(
                    f"{where} is planned from {span(problem, shift.start, shift.end, zone)}, not "
                    f"from {span(problem, need.start, need.end, zone)}."
                )
            if len(shift.people) > need.people:
                faults.append(
                    f"{len(shift.people)} people stand on {where}, only {need.people} are needed."
                )
        if entries[key] > 1:
            faults.append(f"{where} is planned {entries[key]} times.")
        found += [Violation(NAME, fault, (("shift", index),)) for fault in faults]
    return found


RULE = Rule(NAME, violations, alone=True, of_parts=False)

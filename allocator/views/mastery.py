"""Who has which skill when: by the document, or earned in a class attended by name."""

from __future__ import annotations

from collections import defaultdict

from allocator.plan import Plan
from allocator.problem import Problem

Earned = dict[tuple[int, int], list[tuple[int, int]]]
"""(person, skill) -> the (level, slot from which on) earned in classes."""


def earned(problem: Problem, plan: Plan) -> Earned:
    """What named learners have from the end of the plan's classes, and of those held already."""
    found: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for session in plan.sessions:
        grants = problem.courses[session.course].grants
        if grants is not None:
            skill, level = grants
            for group in session.groups:
                for person in group.members:
                    found[person, skill].append((level, session.end))
    for audience in problem.audiences:
        for record in audience.trained:
            grants = problem.courses[record.course].grants
            if grants is not None:
                skill, level = grants
                for person in record.members:
                    found[person, skill].append((level, record.at))
    return dict(found)


def masters(
    problem: Problem, by_class: Earned, person: int, skill: int, level: int, start: int, end: int
) -> bool:
    """Whether a person has a skill at a level or above throughout [start, end).

    The document's own skills last until their certificate ends, earned ones begin and stay: the
    span is covered by the former, by the latter, or by both where they meet.
    """
    lasting = [
        mastery.until
        for mastery in problem.people[person].skills
        if mastery.skill == skill and mastery.level >= level
    ]
    if any(until is None or until >= end for until in lasting):
        return True
    begun = [moment for reached, moment in by_class.get((person, skill), ()) if reached >= level]
    if not begun:
        return False
    gap_from = max((until for until in lasting if until is not None), default=start)
    return min(begun) <= max(gap_from, start)

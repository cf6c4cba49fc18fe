"""How many heads of an audience could be in a class of a course at each start."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from allocator.problem import Problem
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import clear_of, within_limits, working_ends
from allocator.timeline import NEVER, BoolArray, IntArray


def missing(situation: Situation, audience: int, course: int) -> int:
    """Heads of an audience that need a course and have no seat in the plan."""
    seated = sum(
        group.heads
        for session in situation.plan.sessions
        if session.course == course
        for group in session.groups
        if group.audience == audience
    )
    return max(0, situation.problem.untrained(audience, course) - seated)


def missing_members(situation: Situation, audience: int, course: int) -> list[int]:
    """Named learners who need a course and have no seat in the plan."""
    group = situation.problem.audiences[audience]
    done = {
        person for record in group.trained if record.course == course for person in record.members
    }
    for session in situation.plan.sessions:
        if session.course == course:
            for seated in session.groups:
                done.update(seated.members)
    return [person for person in group.members if person not in done]


def courses_before(problem: Problem, audience: int, course: int) -> list[int]:
    """Courses that the learners of an audience take before a course."""
    group = problem.audiences[audience]
    return [earlier for earlier in problem.courses[course].after if earlier in group.courses]


def prepared(situation: Situation, audience: int, course: int, earlier: int) -> IntArray:
    """Heads without a seat in a course that could begin it at each slot, having ended another.

    At no later moment may more have begun the course than have ended the one before it, so the
    number is the least that is over at any time from that slot on.
    """
    horizon = situation.problem.horizon
    if situation.problem.audiences[audience].members:
        ended = _ended_by_member(situation, audience, earlier)
        heads = np.zeros(horizon, dtype=np.int32)
        for person in missing_members(situation, audience, course):
            if person in ended:
                heads[max(0, ended[person]) :] += 1
        return heads
    over = _heads(situation, audience, earlier, begun=False)
    over -= _heads(situation, audience, course, begun=True)
    return np.minimum.accumulate(over[::-1])[::-1]


def in_class(situation: Situation, audiences: set[int]) -> IntArray:
    """Heads of some audiences in class in each slot of the plan."""
    present = np.zeros(situation.problem.horizon, dtype=np.int32)
    for session in situation.plan.sessions:
        for group in session.groups:
            if group.audience in audiences:
                present[max(0, session.start) : session.end] += group.heads
    return present


def department_audiences(problem: Problem, department: int) -> set[int]:
    """All audiences of a department."""
    return {at for at, group in enumerate(problem.audiences) if group.department == department}


def heads_at(
    situation: Situation, audience: int, course: int, *, booked: bool, ordered: bool
) -> IntArray:
    """Heads without a seat who could attend a class at each start, by what concerns them alone.

    Always: working time, `as_of`, the training window, closed and frozen days. With `ordered`
    also the courses before it and the materials; with `booked` also the classes and other work
    they have in the plan, and how many their department can release.
    """
    problem = situation.problem
    length = problem.courses[course].length
    group = problem.audiences[audience]
    allowed = audience_starts(situation, audience, course)
    if not group.members:
        heads = np.full(problem.horizon, missing(situation, audience, course), dtype=np.int32)
    else:
        heads = _members_at(situation, audience, course, booked=booked)
    if ordered:
        for earlier in courses_before(problem, audience, course):
            heads = np.minimum(heads, prepared(situation, audience, course, earlier))
    if booked:
        others = {audience}
        heads = np.minimum(heads, group.headcount - _peak(in_class(situation, others), length))
        release = problem.departments[group.department].release_heads
        if release is not None:
            others = department_audiences(problem, group.department)
            heads = np.minimum(heads, release - _peak(in_class(situation, others), length))
    return np.where(allowed, np.maximum(heads, 0), 0).astype(np.int32)


def audience_starts(situation: Situation, audience: int, course: int) -> BoolArray:
    """Starts by an audience's working time, `as_of`, training window, closed and frozen days."""
    problem = situation.problem
    group, length = problem.audiences[audience], problem.courses[course].length
    department = problem.departments[group.department]
    allowed = group.working.sitting_starts(length, problem.axis.slots_per_hour).copy()
    allowed[: problem.as_of] = False
    window = problem.training_days(course, group.department)
    if window is not None:
        days = problem.days[department.zone]
        first, last = days.midnight(window[0]), days.midnight(window[1] + 1)
        allowed[: max(0, first)] = False
        allowed[max(0, last - length + 1) :] = False
    blocked = _peak(department.blocked.astype(np.int32), length)
    return np.asarray(allowed & (blocked == 0))


def _members_at(situation: Situation, audience: int, course: int, *, booked: bool) -> IntArray:
    problem, what = situation.problem, situation.problem.courses[course]
    heads = np.zeros(problem.horizon, dtype=np.int32)
    for person in missing_members(situation, audience, course):
        working = problem.people[person].working
        ends = working_ends(problem, working, what.length, splittable=False)
        free = ends != NEVER
        if booked:
            free = attends(situation, audience, course, person, ends)
        heads += free
    return heads


def attends(
    situation: Situation, audience: int, course: int, person: int, ends: IntArray
) -> BoolArray:
    """Starts at which a named learner can come beside what the plan has them do already."""
    problem = situation.problem
    site = problem.departments[problem.audiences[audience].department].site
    there = None if problem.courses[course].virtual else site
    free = clear_of(ends, situation.held_or_travelling(person, there))
    free &= within_limits(situation, person, ends, trainer=False, loaded=True)
    for earlier in courses_before(problem, audience, course):
        ended = _ended_by_member(situation, audience, earlier).get(person)
        free[: problem.horizon if ended is None else max(0, ended)] = False
    return free


def _ended_by_member(situation: Situation, audience: int, course: int) -> dict[int, int]:
    ended: dict[int, int] = {}
    for record in situation.problem.audiences[audience].trained:
        if record.course == course:
            for person in record.members:
                ended[person] = min(record.at, ended.get(person, record.at))
    for session in situation.plan.sessions:
        if session.course == course:
            for group in session.groups:
                for person in group.members:
                    ended[person] = min(session.end, ended.get(person, session.end))
    return ended


def _heads(situation: Situation, audience: int, course: int, *, begun: bool) -> IntArray:
    """Heads that have begun (or ended) a course by each slot."""
    changes: defaultdict[int, int] = defaultdict(int)
    for record in situation.problem.audiences[audience].trained:
        if record.course == course:
            changes[record.at] += record.heads
    for session in situation.plan.sessions:
        if session.course == course:
            for group in session.groups:
                if group.audience == audience:
                    changes[session.start if begun else session.end] += group.heads
    heads = np.zeros(situation.problem.horizon, dtype=np.int32)
    for slot, number in changes.items():
        heads[max(0, slot) :] += number
    return heads


def _peak(present: IntArray, length: int) -> IntArray:
    """The most in any of the `length` slots from each slot on, as far as the rollout goes."""
    highest = present.copy()
    for shift in range(1, length):
        highest[:-shift] = np.maximum(highest[:-shift], present[shift:])
    return highest

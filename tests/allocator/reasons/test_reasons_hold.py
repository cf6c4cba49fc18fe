"""Reasons hold: what is said to be impossible is tried in every way, and the check refuses all."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from allocator.check import check
from allocator.plan import Group, OpenWork, Plan, Seat, Session, Shift, TaskBooking
from allocator.problem import Problem, ShiftNeed
from allocator.reasons.open_work import open_work
from allocator.timeline import NEVER
from tests.support.small import (
    index,
    problem_of,
)
from tests.support.tight import tight_parts

ROLLOUTS = 12

POSSIBLE = ("nothing stands in its way", "it would fit")
NO_CLAIM = "it is not planned"
"""What is said of one way that the check refuses; it claims nothing of other ways."""


def random_rollout(dice: random.Random) -> Problem:
    """Three days with a few people, tasks, classes and shifts, and something of every rule."""
    return problem_of(**tight_parts(dice))


def random_plan(problem: Problem, dice: random.Random) -> Plan:
    """A plan without violations, made of what the dice put first."""
    plan = Plan()
    for _ in range(25):
        kind = dice.choice(["task", "class", "shift"])
        if kind == "task":
            number = dice.randrange(len(problem.tasks))
            ways = list(_task_ways(problem, plan, number))
        elif kind == "class":
            number, at = dice.randrange(len(problem.courses)), dice.randrange(2)
            ways = list(_class_ways(problem, plan, at, number, heads=dice.randint(1, 4)))
        else:
            ways = [way for need in problem.shifts for way in _shift_ways(problem, plan, need)]
        for way in dice.sample(ways, min(5, len(ways))):
            if not check(problem, way).violations:
                plan = way
                break
    return plan


def _task_ways(problem: Problem, plan: Plan, number: int) -> Iterator[Plan]:
    """Every crew from every start, as working time has it."""
    task_ = problem.tasks[number]
    if any(booking.task == number for booking in plan.tasks):
        return
    lines = [line for line, asked in enumerate(task_.crew) for _ in range(asked.people)]
    for crew in itertools.permutations(range(len(problem.people)), len(lines)):
        for start in range(problem.horizon):
            ends = []
            for line, who in zip(lines, crew, strict=True):
                work, working = task_.crew[line].work, problem.people[who].working
                end = working.split_end(start, work) if task_.splittable else start + work
                ends.append(end)
            if NEVER in ends:
                continue
            seats = tuple(
                Seat(line, who, start, end)
                for line, who, end in zip(lines, crew, ends, strict=True)
            )
            booking = TaskBooking(number, start, max(ends), seats)
            yield replace(plan, tasks=(*plan.tasks, booking))


def _class_ways(
    problem: Problem, plan: Plan, audience_: int, course_: int, heads: int = 1
) -> Iterator[Plan]:
    """Every new class with these heads, alone or with some of another audience; every free seat."""
    members = problem.audiences[audience_].members[:1]
    group = Group(audience_, len(members) or heads, members)
    length = problem.courses[course_].length
    if course_ not in problem.audiences[audience_].courses:
        return
    for start in range(problem.horizon - length + 1):
        for who in range(len(problem.people)):
            for groups in _with_companions(problem, course_, group):
                new = Session(course_, 0, start, start + length, (who,), groups)
                yield replace(plan, sessions=(*plan.sessions, new))
    for at, session in enumerate(plan.sessions):
        if session.course == course_:
            same = [it for it in session.groups if it.audience == audience_]
            others = tuple(it for it in session.groups if it.audience != audience_)
            grown = Group(
                audience_,
                group.heads + sum(it.heads for it in same),
                group.members + tuple(who for it in same for who in it.members),
            )
            joined = replace(session, groups=(*others, grown))
            yield replace(plan, sessions=(*plan.sessions[:at], joined, *plan.sessions[at + 1 :]))


def _with_companions(problem: Problem, course_: int, group: Group) -> Iterator[tuple[Group, ...]]:
    yield (group,)
    for at, other in enumerate(problem.audiences):
        if at != group.audience and course_ in other.courses:
            for heads in (1, 2):
                members = other.members[:heads]
                yield (group, Group(at, len(members) or heads, members))


def _shift_ways(problem: Problem, plan: Plan, need: ShiftNeed) -> Iterator[Plan]:
    """Every further person on a shift."""
    key = (need.support, need.department, need.day)
    rest = tuple(it for it in plan.shifts if (it.support, it.department, it.day) != key)
    there = [who for it in plan.shifts if it not in rest for who in it.people]
    for who in range(len(problem.people)):
        if who not in there:
            shift = Shift(*key, need.start, need.end, (*there, who))
            yield replace(plan, shifts=(*rest, shift))


def _ways(problem: Problem, plan: Plan, entry: OpenWork) -> Iterator[Plan]:
    if entry.kind == "task":
        yield from _task_ways(problem, plan, index(problem.tasks, entry.id))
    elif entry.kind == "course":
        at = index(problem.audiences, entry.audience or "")
        course_ = index(problem.courses, entry.id)
        for heads in range(1, (entry.heads or 0) + 1):
            yield from _class_ways(problem, plan, at, course_, heads)
    else:
        (need,) = problem.shifts
        yield from _shift_ways(problem, plan, need)


@pytest.mark.parametrize("seed", range(ROLLOUTS))
def test_work_is_said_to_be_possible_or_impossible_as_it_is(seed: int) -> None:
    dice = random.Random(seed)
    problem = random_rollout(dice)
    plan = random_plan(problem, dice)
    assert check(problem, plan).violations == ()
    claims = [entry for entry in open_work(problem, plan) if not entry.reason.startswith(NO_CLAIM)]
    assert claims
    for entry in claims:
        possible = any(not check(problem, way).violations for way in _ways(problem, plan, entry))
        assert entry.reason.startswith(POSSIBLE) == possible, (entry, plan)

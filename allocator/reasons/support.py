"""Why supporters are missing on a shift: who has the skill, is on duty, and is free, in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from allocator.plan import Plan, Shift
from allocator.problem import Line, ShiftNeed
from allocator.reasons.common import notice
from allocator.reasons.common.held import holders
from allocator.reasons.common.people import listed, listed_people, skill_at, those_with, too_few
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import clear_of, mastered, vendor_minimum_met, within_limits
from allocator.reasons.common.trial import verdict
from allocator.timeline import NEVER, IntArray
from allocator.wording import money, span

MOST_NAMED = 3
"""So many people are named with the work that holds them."""


def standing(plan: Plan, need: ShiftNeed) -> tuple[int, ...]:
    """The supporters that a plan has on a shift."""
    key = (need.support, need.department, need.day)
    return tuple(
        person
        for shift in plan.shifts
        if (shift.support, shift.department, shift.day) == key
        for person in shift.people
    )


def reason(situation: Situation, need: ShiftNeed) -> str:
    """One sentence for the supporters that a shift still needs: how many are left, and why."""
    problem = situation.problem
    support = problem.supports[need.support]
    zone = problem.departments[need.department].zone
    if need.start < problem.as_of:
        return f"its hours, {span(problem, need.start, need.end, zone)}, have begun already"
    line = Line(support.skill, support.level, need.people, need.end - need.start)
    lacking = too_few(situation, line)
    if lacking is not None:
        return lacking
    there = set(standing(situation.plan, need))
    people = those_with(situation, support.skill, support.level)
    said = [f"with {skill_at(problem, support.skill, support.level)}: {len(people)}"]
    for allows, phrase in _steps(situation, need, line):
        lost = [person for person in people if person not in there and not allows(person)]
        if lost:
            people = [person for person in people if person not in lost]
            what, who = phrase(lost)
            said.append(f"{what}: {len(people)} ({who})")
        if len(people) < need.people:
            return f"{need.people} are needed; {'; '.join(said)}"
    free = [person for person in people if person not in there]
    return _unaffordable(situation, need, free) or _trial(situation, need, free)


Step = tuple[Callable[[int], bool], Callable[[list[int]], tuple[str, str]]]
"""Whether a person passes; what those who do are, and a word on those who do not."""


def _steps(situation: Situation, need: ShiftNeed, line: Line) -> Iterator[Step]:
    problem = situation.problem
    site = problem.departments[need.department].site
    zone = problem.departments[need.department].zone
    ends = np.full(problem.horizon, NEVER, dtype=np.int32)
    ends[need.start : need.start + 1] = need.end
    only = _only_start(ends, need.start)

    def on_duty(person: int) -> bool:
        per_hour = problem.axis.slots_per_hour
        return problem.people[person].working.can_sit(need.start, need.end, per_hour)

    def after_lead(person: int) -> bool:
        return notice.opens(problem, person) <= need.start

    def others(text: str) -> Callable[[list[int]], tuple[str, str]]:
        return lambda lost: (text, f"not {listed_people(problem, lost)}")

    times = span(problem, need.start, need.end, zone)
    yield on_duty, others(f"on duty from {times}")
    yield after_lead, others("after the notice that they or their vendor need")
    yield (
        lambda person: only(mastered(situation, person, line, ends)),
        others("with the skill on that day, by certificate or by class"),
    )
    yield (
        lambda person: only(clear_of(ends, situation.held(person))),
        lambda lost: ("free then", _held(situation, need, lost)),
    )
    yield (
        lambda person: only(clear_of(ends, situation.held_or_travelling(person, site))),
        others(f"with time for the way to {problem.sites[site].id}"),
    )
    yield (
        lambda person: only(within_limits(situation, person, ends, trainer=False, loaded=True)),
        others("within their hours a day and a week"),
    )
    yield (
        lambda person: only(vendor_minimum_met(situation, person, ends)),
        others("with the hours a day that their vendor asks for"),
    )


def _only_start(ends: IntArray, start: int) -> Callable[[np.ndarray], bool]:
    return lambda allowed: 0 <= start < len(ends) and bool(allowed[start])


def _held(situation: Situation, need: ShiftNeed, lost: list[int]) -> str:
    named = [
        f"{situation.problem.people[person].id} is on "
        f"{holders(situation, person, need.start, need.end)}"
        for person in lost[:MOST_NAMED]
    ]
    rest = len(lost) - MOST_NAMED
    return listed(named) + (f"; {rest} more are booked too" if rest > 0 else "")


def _unaffordable(situation: Situation, need: ShiftNeed, free: list[int]) -> str | None:
    problem = situation.problem
    project = problem.supports[need.support].project
    left = situation.left(project)
    rate = min(problem.people[person].cents_per_hour for person in free)
    cost = Fraction(rate * (need.end - need.start), problem.axis.slots_per_hour)
    if left is None or cost <= left:
        return None
    return (
        f"a further supporter costs at least {money(problem, cost)}, and "
        f"{money(problem, left)} are left of the budget of {problem.projects[project].id} "
        f"({money(problem, problem.projects[project].budget or 0)})"
    )


def _trial(situation: Situation, need: ShiftNeed, free: list[int]) -> str:
    plan, problem = situation.plan, situation.problem
    person = min(free, key=lambda it: problem.people[it].cents_per_hour)
    key = (need.support, need.department, need.day)
    grown = tuple(
        replace(shift, people=(*shift.people, person))
        if (shift.support, shift.department, shift.day) == key
        else shift
        for shift in plan.shifts
    )
    if grown == plan.shifts:
        new = Shift(*key, need.start, need.end, (person,))
        grown = (*plan.shifts, new)
    extended = replace(plan, shifts=grown)
    return verdict(situation, extended, f"with {problem.people[person].id}")

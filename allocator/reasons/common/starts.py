"""When one person could begin a piece of work: arrays over all starts, narrowed step by step.

`ends[t]` is the slot at which the work ends if it begins at slot t, NEVER where it cannot.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from allocator.problem import Line, Person, Problem
from allocator.reasons.common.situation import Situation
from allocator.timeline import NEVER, BoolArray, IntArray, LocalDays, WorkingTime
from allocator.views.bookings import Booking
from allocator.views.days_off import Cap, caps, used
from allocator.views.spells import longest_spell, resting


def working_ends(
    problem: Problem, working: WorkingTime, length: int, *, splittable: bool
) -> IntArray:
    """Ends by working time alone."""
    if splittable:
        return working.split_ends(length)
    sits = working.sitting_starts(length, problem.axis.slots_per_hour)
    slots = np.arange(problem.horizon, dtype=np.int32)
    return np.where(sits, slots + length, NEVER).astype(np.int32)


def keep(ends: IntArray, allowed: BoolArray) -> IntArray:
    """The same ends where allowed, NEVER elsewhere."""
    return np.where(allowed, ends, NEVER).astype(np.int32)


def between(ends: IntArray, opens: int, closes: int) -> BoolArray:
    """Starts from which the work lies in [opens, closes)."""
    slots = np.arange(len(ends))
    return np.asarray((ends != NEVER) & (slots >= opens) & (ends <= closes))


def clear_of(ends: IntArray, blocked: BoolArray) -> BoolArray:
    """Starts from which the work meets no blocked slot."""
    return np.asarray((ends != NEVER) & (met(ends, blocked) == 0))


def met(ends: IntArray, blocked: BoolArray) -> IntArray:
    """Number of blocked slots that the work meets, for each start; 0 where it never ends."""
    counted = np.concatenate(([0], np.cumsum(blocked))).astype(np.int32)
    slots = np.arange(len(ends))
    return np.where(ends == NEVER, 0, counted[np.maximum(ends, 0)] - counted[slots])


def mastered(situation: Situation, person: int, line: Line, ends: IntArray) -> BoolArray:
    """Starts from which a person has a line's skill throughout: by document, class, or both."""
    lasting = [
        mastery.until
        for mastery in situation.problem.people[person].skills
        if mastery.skill == line.skill and mastery.level >= line.level
    ]
    if None in lasting:
        return np.asarray(ends != NEVER)
    certain = max((until for until in lasting if until is not None), default=None)
    begun = [
        moment
        for level, moment in situation.by_class.get((person, line.skill), ())
        if level >= line.level
    ]
    allowed = np.zeros(len(ends), dtype=np.bool_)
    if certain is not None:
        allowed |= ends <= certain
    if begun:
        slots = np.arange(len(ends))
        allowed |= min(begun) <= (slots if certain is None else np.maximum(certain, slots))
    return np.asarray(allowed & (ends != NEVER))


def within_limits(
    situation: Situation, person: int, ends: IntArray, *, trainer: bool, loaded: bool
) -> BoolArray:
    """Starts that keep a person's rest, limits of hours a day and a week, and of class hours a day.

    With `loaded` the hours booked already count, without it only those of this work.
    """
    situation.look()
    problem, who = situation.problem, situation.problem.people[person]
    days = problem.days[who.zone]
    nothing: Counter[int] = Counter()
    booked = situation.duty_by_day(person) if loaded else nothing
    allowed = np.asarray(ends != NEVER)
    duty = who.working.worked
    if who.hours_per_day is not None:
        allowed &= _within(days, booked, duty, ends, allowed, who.hours_per_day)
    if who.hours_per_week is not None:
        by_week: Counter[int] = Counter()
        for day, slots in booked.items():
            by_week[days.week(days.midnight(day))] += slots
        allowed &= _within(days, by_week, duty, ends, allowed, who.hours_per_week, weeks=True)
    if who.hours_per_7_days is not None:
        for first in range(days.day(0) - 6, days.day(problem.horizon - 1) + 1):
            span = days.midnight(first), days.midnight(first + 7)
            added = _added(duty, ends, *span)
            taken = sum(booked[number] for number in range(first, first + 7))
            allowed &= (added == 0) | (taken + added <= who.hours_per_7_days)
    for cap in caps(problem, who):
        allowed &= _under(situation.bookings(person) if loaded else [], who, cap, ends)
    if trainer and who.class_hours_per_day is not None:
        given = situation.class_slots_by_day(person) if loaded else nothing
        clock = np.arange(len(ends) + 1, dtype=np.int32)
        allowed &= _within(days, given, clock, ends, allowed, who.class_hours_per_day)
    if who.rest is not None:
        most = longest_spell(who.rest, problem.axis.slots_per_hour)
        beside = situation.bookings(person) if loaded else ()
        allowed &= resting(who, beside, np.where(allowed, ends, NEVER), most)
    return allowed


def _under(bookings: list[Booking], who: Person, cap: Cap, ends: IntArray) -> BoolArray:
    """Starts with which no more spans of a cap are used than it allows."""
    touching = [_added(who.working.worked, ends, *span) > 0 for span in cap.spans]
    total = sum(
        np.ones(len(ends)) if used(who, bookings, span) else touched
        for span, touched in zip(cap.spans, touching, strict=True)
    )
    return np.asarray((total <= cap.most) | ~np.any(touching, axis=0))


def vendor_minimum_met(situation: Situation, person: int, ends: IntArray) -> BoolArray:
    """Starts that bring each day they touch to a vendor's minimum hours, with what is booked."""
    problem, who = situation.problem, situation.problem.people[person]
    allowed = np.asarray(ends != NEVER)
    if who.vendor is None:
        return allowed
    days = problem.days[who.zone]
    booked = situation.duty_by_day(person, learning=False)
    least = problem.vendors[who.vendor].minimum_per_day
    for day, low, high in _touched(days, ends, allowed, weeks=False):
        added = _added(who.working.worked, ends, low, high)
        allowed &= (added == 0) | (booked[day] + added >= least)
    return allowed


def _within(
    days: LocalDays,
    booked: Counter[int],
    counted: IntArray,
    ends: IntArray,
    allowed: BoolArray,
    limit: int,
    *,
    weeks: bool = False,
) -> BoolArray:
    kept = np.ones(len(ends), dtype=np.bool_)
    for unit, low, high in _touched(days, ends, allowed, weeks=weeks):
        added = _added(counted, ends, low, high)
        kept &= (added == 0) | (booked[unit] + added <= limit)
    return kept


def _touched(
    days: LocalDays, ends: IntArray, allowed: BoolArray, *, weeks: bool
) -> list[tuple[int, int, int]]:
    """(day or week, its first slot, the slot after it) of all that the allowed starts touch."""
    starts = np.flatnonzero(allowed)
    if not len(starts):
        return []
    number, bounds = (days.week, days.week_bounds) if weeks else (days.day, days.bounds)
    first, last = number(int(starts[0])), number(int(ends[starts].max()) - 1)
    return [(unit, *bounds(unit)) for unit in range(first, last + 1)]


def _added(counted: IntArray, ends: IntArray, low: int, high: int) -> IntArray:
    """Slots that the work takes inside [low, high), for each start."""
    top = len(counted) - 1
    begin = np.clip(np.arange(len(ends)), max(0, low), top)
    finish = np.clip(ends, max(0, low), min(top, max(0, high)))
    taken = counted[finish] - counted[np.minimum(begin, finish)]
    return np.asarray(np.maximum(0, taken), dtype=np.int32)

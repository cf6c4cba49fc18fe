"""Conditions on a further class that the rollout alone decides, whatever a plan holds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from allocator.reasons.classes.learners import audience_starts, heads_at
from allocator.reasons.classes.view import Allows, ClassOptions, ClassView, Condition, only
from allocator.reasons.common import notice
from allocator.reasons.common.people import counted, duty_list, listed
from allocator.reasons.common.starts import mastered
from allocator.timeline import BoolArray, IntArray
from allocator.wording import day, hours


def facts(view: ClassView) -> Iterator[Condition]:
    """Training window, learners' and rooms' working time, trainers' duty, notice, certificates."""
    yield Condition(only(_inside_window(view)), lambda _before: _says_window(view))
    yield Condition(only(_some_learner(view)), lambda _before: _says_learners(view))
    yield Condition(only(_some_room(view)), lambda before: _says_rooms(view, before))
    yield Condition(view.each(_on_duty(view)), lambda before: _says_on_duty(view, before))
    yield Condition(view.each(_after_notice(view)), lambda before: _says_notice(view, before))
    yield Condition(view.each(_is_master(view)), lambda before: _says_mastery(view, before))


def _window(view: ClassView) -> tuple[int, int]:
    """The training window inside the rollout, as slots."""
    problem = view.situation.problem
    opens, closes = problem.as_of, problem.horizon
    window = problem.training_days(view.course, view.group.department)
    if window is not None:
        days = problem.days[problem.departments[view.group.department].zone]
        opens = max(opens, days.midnight(window[0]))
        closes = min(closes, days.midnight(window[1] + 1))
    return opens, closes


def _inside_window(view: ClassView) -> BoolArray:
    opens, closes = _window(view)
    starts = np.arange(view.situation.problem.horizon)
    return (starts >= opens) & (starts + view.what.length <= closes)


def _says_window(view: ClassView) -> str:
    problem = view.situation.problem
    window = problem.training_days(view.course, view.group.department)
    length, now = hours(problem, view.what.length), view.moment(problem.as_of)
    if window is None:
        return f"no {length} are left in the rollout from {now} on"
    return (
        f"its training window, {day(problem, window[0])} to {day(problem, window[1])}, has no "
        f"{length} inside the rollout from {now} on"
    )


def _some_learner(view: ClassView) -> BoolArray:
    heads = heads_at(view.situation, view.audience, view.course, booked=False, ordered=False)
    return heads > 0


def _says_learners(view: ClassView) -> str:
    opens, closes = (view.moment(slot) for slot in _window(view))
    sitting = f"one sitting of {hours(view.situation.problem, view.what.length)}"
    if audience_starts(view.situation, view.audience, view.course).any():
        return (
            f"none of the {view.heads} missing here works through {sitting} when the audience can "
            f"meet between {opens} and {closes}"
        )
    return (
        f"between {opens} and {closes} the working time of {view.group.id} has no {sitting} that "
        f"is clear of closed and frozen days"
    )


def _some_room(view: ClassView) -> BoolArray:
    return view.any_room(booked=False)


def _says_rooms(view: ClassView, before: ClassOptions) -> str:
    problem = view.situation.problem
    equipment = listed(sorted(view.what.equipment))
    site = problem.sites[view.site].id
    kind = f"room at {site} with {equipment}" if equipment else f"room at {site}"
    equipped = view.fitting_rooms(1)
    if not equipped:
        return f"there is no {kind}"
    if not view.fitting_rooms(view.least_heads):
        most = max(problem.rooms[room].seats for room in equipped)
        return (
            f"a further class needs at least {counted(view.least_heads, 'head')}, and the largest "
            f"{kind} has {counted(most, 'seat')}"
        )
    return (
        f"no {kind} ({listed(problem.rooms[room].id for room in equipped)}) is open for a sitting "
        f"of {hours(problem, view.what.length)} when the learners can come ({view.span(before)})"
    )


def _on_duty(view: ClassView) -> Allows:
    problem = view.situation.problem

    def allows(line: object, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG001
        working = problem.people[person].working
        return working.sitting_starts(view.what.length, problem.axis.slots_per_hour)

    return allows


def _says_on_duty(view: ClassView, before: ClassOptions) -> str:
    problem = view.situation.problem
    starts = np.flatnonzero(before.starts)
    first, last = int(starts[0]), int(starts[-1]) + view.what.length
    trainers = counted(sum(line.people for line in view.what.trainers), "trainer")
    return (
        f"of those who could teach it ({view.ids(before)}) its {trainers} cannot be on duty "
        f"through a sitting of {hours(problem, view.what.length)} when the learners can come "
        f"({view.span(before)}; on duty from first to last: "
        f"{duty_list(problem, view.who(before), first, last)})"
    )


def _after_notice(view: ClassView) -> Allows:
    problem = view.situation.problem

    def allows(line: object, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG001
        return np.arange(len(ends)) >= notice.opens(problem, person)

    return allows


def _says_notice(view: ClassView, before: ClassOptions) -> str:
    needed = notice.said(view.situation.problem, view.who(before), view.moment)
    return (
        f"{needed}, and without these people there are too few to teach when the learners can come "
        f"({view.span(before)})"
    )


def _is_master(view: ClassView) -> Allows:
    return lambda line, person, ends: mastered(view.situation, person, line, ends)


def _says_mastery(view: ClassView, before: ClassOptions) -> str:
    return (
        f"too few of those who could teach it ({view.ids(before)}) have the skill on a day on "
        f"which the learners can come ({view.span(before)}): certificates end before, or classes "
        f"that give it are later"
    )

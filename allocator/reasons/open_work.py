"""What a plan leaves open, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from allocator.plan import OpenWork, Plan
from allocator.problem import Problem
from allocator.reasons import support
from allocator.reasons.classes import why as courses
from allocator.reasons.classes.learners import missing
from allocator.reasons.common.in_time import in_time
from allocator.reasons.common.situation import Situation, never
from allocator.reasons.tasks import why as tasks

Known = Callable[[OpenWork], str | None]
"""The reason of an entry (that has none yet) if it has been worked out before."""

Piece = tuple[list[OpenWork], Callable[[], Sequence[str]]]
"""Entries that are explained together, and what explains them."""


def nothing_known(_: OpenWork) -> str | None:
    """No reason has been worked out before."""
    return None


def open_work(
    problem: Problem,
    plan: Plan,
    until: Callable[[], bool] = never,
    known: Known = nothing_known,
) -> tuple[OpenWork, ...]:
    """One entry per open task and seat line, per course and audience, per support shift.

    The reason is the first condition, from facts of the rollout to what the plan has booked, that
    nothing can meet; if all can be met, what the check says of the plan with the work in it. Once
    `until` says that the time is up, entries have no reason yet (`explained`), but for what is
    `known` already.
    """
    situation = Situation(problem, plan, until)
    pieces = (*_tasks(situation), *_courses(situation), *_shifts(situation))
    return tuple(entry for piece in pieces for entry in _explained(situation, *piece, known))


def _explained(
    situation: Situation, entries: list[OpenWork], say: Callable[[], Sequence[str]], known: Known
) -> Iterator[OpenWork]:
    before = [known(entry) for entry in entries]
    found: Sequence[str | None] | None = before
    instead = ""
    if None in before:
        found, instead = in_time(say, situation)
    if found is None:
        found = before
    for entry, reason in zip(entries, found, strict=True):
        yield replace(entry, reason=reason or instead, explained=reason is not None)


def _tasks(situation: Situation) -> Iterator[Piece]:
    for number, task in enumerate(situation.problem.tasks):
        if situation.is_open(number):
            entries = [
                OpenWork(
                    "task",
                    task.id,
                    "",
                    seat=seat,
                    hours=situation.problem.axis.hours(line.people * line.work),
                )
                for seat, line in enumerate(task.crew)
            ]
            yield entries, partial(tasks.reasons, situation, number)


def _courses(situation: Situation) -> Iterator[Piece]:
    for number, audience in enumerate(situation.problem.audiences):
        for course in audience.courses:
            heads = missing(situation, number, course)
            if heads:
                name = situation.problem.courses[course].id
                entry = OpenWork("course", name, "", audience=audience.id, heads=heads)
                yield [entry], partial(_one, courses.reason, situation, number, course)


def _shifts(situation: Situation) -> Iterator[Piece]:
    problem = situation.problem
    for need in problem.shifts:
        people = need.people - len(support.standing(situation.plan, need))
        if people > 0:
            entry = OpenWork(
                "support",
                problem.supports[need.support].id,
                "",
                department=problem.departments[need.department].id,
                day=need.day,
                people=people,
            )
            yield [entry], partial(_one, support.reason, situation, need)


def _one(reason: Callable[..., str], *of: object) -> list[str]:
    return [reason(*of)]

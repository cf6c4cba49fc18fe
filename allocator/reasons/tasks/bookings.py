"""Conditions on a task's start that come from the rest of a plan: order, partners, money, time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from allocator.reasons.common.crew import Options, able
from allocator.reasons.common.held import clash, full
from allocator.reasons.common.people import listed_people
from allocator.reasons.common.starts import between, clear_of, vendor_minimum_met, within_limits
from allocator.reasons.tasks.view import Allows, Condition, Failure, TaskView, each
from allocator.timeline import BoolArray, IntArray
from allocator.wording import hours, money


def bookings(view: TaskView) -> Iterator[Condition]:
    """What comes before, who else must be on it, what is left of the budget, who is free."""
    yield Condition(each(_after_others(view)), lambda failure: _says_after(view, failure))
    yield Condition(
        each(_paired(view)), lambda failure: _says_paired(view, failure), _same_people(view)
    )
    yield Condition(_affordable(view), lambda failure: _says_budget(view, failure))
    yield Condition(each(_not_held(view)), lambda failure: _says_held(view, failure))
    yield Condition(each(_in_reach(view)), lambda failure: _says_travel(view, failure))
    yield Condition(each(_within_load(view)), lambda failure: _says_load(view, failure))
    yield Condition(each(_enough_a_day(view)), lambda failure: _says_minimum(view, failure))


# Order and pairing --------------------------------------------------------------------------


def _after_others(view: TaskView) -> Allows:
    bounds = view.bounds()
    begin = max((slot for slot, of_start, _ in bounds if of_start), default=0)
    finish = max((slot for slot, of_start, _ in bounds if not of_start), default=0)
    # With more than one person only the last of them must end that late.
    single = sum(seat.people for seat in view.task.crew) == 1

    def allows(line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG001
        allowed = between(ends, begin, min(len(ends), view.closes()[0]))
        return allowed & (ends >= finish) if single else allowed

    return allows


def _says_after(view: TaskView, failure: Failure) -> str:
    slot, of_start, said = max(view.bounds(), key=lambda bound: bound[0])
    if of_start:
        return view.too_little_time(failure, max(slot, view.opens()[0]), said)
    closes, until = view.closes()
    return (
        f"it may not end before {view.moment(slot)} ({said}) nor after {view.moment(closes)} "
        f"({until}): {view.left(failure)}"
    )


def _partners(view: TaskView, field: str) -> list[int]:
    """Tasks that this one is paired with, from either side, and that have people."""
    tasks, mine = view.situation.problem.tasks, getattr(view.task, field)
    theirs = [it for it, task in enumerate(tasks) if getattr(task, field) == view.number]
    both = theirs if mine is None else [mine, *theirs]
    return [it for it in dict.fromkeys(both) if _crew_of(view, it)]


def _crew_of(view: TaskView, task: int) -> frozenset[int]:
    """Those who have worked on a task, and those who are planned on it."""
    booking = view.situation.planned.get(task)
    planned = () if booking is None else (seat.person for seat in booking.crew)
    return view.situation.problem.worked_on.get(task, frozenset()) | frozenset(planned)


def _same_people(view: TaskView) -> frozenset[int]:
    partners = _partners(view, "same_people_as")
    return frozenset(person for task in partners for person in _crew_of(view, task))


def _paired(view: TaskView) -> Allows:
    same = [_crew_of(view, it) for it in _partners(view, "same_people_as")]
    others = [_crew_of(view, it) for it in _partners(view, "different_people_from")]

    def allows(line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG001
        fits = all(person in crew for crew in same) and all(person not in crew for crew in others)
        return between(ends, 0, len(ends) if fits else -1)

    return allows


def _says_paired(view: TaskView, failure: Failure) -> str:
    problem = view.situation.problem
    parts = [
        f"{word} {problem.tasks[it].id} ({listed_people(problem, sorted(_crew_of(view, it)))})"
        for field, word in (
            ("same_people_as", "the same people as"),
            ("different_people_from", "other people than"),
        )
        for it in _partners(view, field)
    ]
    return f"it takes {' and '.join(parts)}; of {view.crew(failure)} {view.left(failure)}"


# Money --------------------------------------------------------------------------------------


def _affordable(view: TaskView) -> Callable[[Options], Options]:
    left = view.situation.left(view.task.project)

    def narrow(options: Options) -> Options:
        if left is None or _cheapest(view, options) <= left:
            return options
        return each(lambda _line, _person, ends: between(ends, 0, -1))(options)

    return narrow


def _cheapest(view: TaskView, options: Options) -> Fraction:
    """Cents of the cheapest people on every line, were they free."""
    problem = view.situation.problem
    total = 0
    for line, seat in enumerate(view.task.crew):
        rates = sorted(problem.people[who].cents_per_hour for who in able(options, line))
        total += sum(rates[: seat.people]) * seat.work
    return Fraction(total, problem.axis.slots_per_hour)


def _says_budget(view: TaskView, failure: Failure) -> str:
    problem = view.situation.problem
    project = problem.projects[view.task.project]
    left = view.situation.left(view.task.project) or 0
    return (
        f"its crew costs at least {money(problem, _cheapest(view, failure.before))}, and "
        f"{money(problem, left)} are left of the budget of {project.id} "
        f"({money(problem, project.budget or 0)})"
    )


# Free time ----------------------------------------------------------------------------------


def _not_held(view: TaskView) -> Allows:
    return lambda _line, person, ends: clear_of(ends, view.situation.held(person))


def _says_held(view: TaskView, failure: Failure) -> str:
    lines = view.lines(failure)
    example = clash(
        view.situation,
        tuple(failure.before[line] for line in lines),
        [view.task.crew[line] for line in lines],
        view.task.zone,
    )
    return (
        f"other work holds too many of those who could do it ({view.ids(failure)}) at every start "
        f"that has {view.crew(failure)}; {example}"
    )


def _in_reach(view: TaskView) -> Allows:
    return lambda _line, person, ends: clear_of(
        ends, view.situation.held_or_travelling(person, view.task.site)
    )


def _says_travel(view: TaskView, failure: Failure) -> str:
    site = view.situation.problem.sites[view.task.site or 0].id
    return (
        f"between their other work there is no time for the way to {site} and "
        f"{view.crew(failure)} ({view.ids(failure)})"
    )


def _within_load(view: TaskView) -> Allows:
    return lambda _line, person, ends: within_limits(
        view.situation, person, ends, trainer=False, loaded=True
    )


def _says_load(view: TaskView, failure: Failure) -> str:
    example = ""
    for line in view.lines(failure):
        for person, ends in failure.before[line].items():
            for start in np.flatnonzero(ends >= 0)[:1]:
                example = example or full(
                    view.situation, [person], int(start), int(ends[start]), trainer=False
                )
    return (
        f"with what they are booked for already, limits of hours a day and a week "
        f"({view.limits(failure)}) leave no start with {view.crew(failure)}{example}"
    )


def _enough_a_day(view: TaskView) -> Allows:
    return lambda _line, person, ends: vendor_minimum_met(view.situation, person, ends)


def _says_minimum(view: TaskView, failure: Failure) -> str:
    problem = view.situation.problem
    least = " and ".join(
        f"{problem.vendors[it].id} comes for at least "
        f"{hours(problem, problem.vendors[it].minimum_per_day)} a day"
        for it in view.vendors(failure)
    )
    return f"{least}, and no start with {view.crew(failure)} fills such days"

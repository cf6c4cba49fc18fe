"""Conditions on a further class that come from the rest of a plan: order, numbers, money, time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from allocator.reasons.classes.learners import courses_before, heads_at
from allocator.reasons.classes.view import ClassOptions, ClassView, Condition, at_starts, only
from allocator.reasons.common.crew import able
from allocator.reasons.common.held import clash, full
from allocator.reasons.common.people import counted, listed
from allocator.reasons.common.starts import clear_of, vendor_minimum_met, within_limits
from allocator.timeline import BoolArray, IntArray
from allocator.wording import hours, money


def bookings(view: ClassView) -> Iterator[Condition]:
    """Materials and courses before it, free learners, enough heads, money, room and trainers."""
    situation = view.situation
    yield Condition(only(_after_materials(view)), lambda before: _says_materials(view, before))
    yield Condition(only(_heads(view, booked=False) > 0), lambda before: _says_order(view, before))
    yield Condition(only(_heads(view, booked=True) > 0), lambda before: _says_busy(view, before))
    yield Condition(
        only(_together(view) >= view.least_heads), lambda before: _says_small(view, before)
    )
    yield Condition(_affordable(view), lambda before: _says_budget(view, before))
    yield Condition(only(_free_room(view)), lambda before: _says_rooms_taken(view, before))
    yield Condition(
        view.each(lambda _line, who, ends: clear_of(ends, situation.held(who))),
        lambda before: _says_held(view, before),
    )
    site = None if view.what.virtual else view.site
    yield Condition(
        view.each(lambda _line, who, ends: clear_of(ends, situation.held_or_travelling(who, site))),
        lambda before: _says_travel(view, before),
    )
    yield Condition(
        view.each(
            lambda _line, who, ends: within_limits(situation, who, ends, trainer=True, loaded=True)
        ),
        lambda before: _says_load(view, before),
    )
    yield Condition(
        view.each(lambda _line, who, ends: vendor_minimum_met(situation, who, ends)),
        lambda before: _says_minimum(view, before),
    )


# Order --------------------------------------------------------------------------------------


def _materials_end(view: ClassView) -> int:
    if view.what.materials is None:
        return 0
    finished = view.situation.problem.tasks[view.what.materials].finished
    return view.situation.planned[view.what.materials].end if finished is None else finished


def _after_materials(view: ClassView) -> BoolArray:
    return np.arange(view.situation.problem.horizon) >= _materials_end(view)


def _says_materials(view: ClassView, before: ClassOptions) -> str:
    task = view.situation.problem.tasks[view.what.materials or 0].id
    return (
        f"its materials {task} end at {view.moment(_materials_end(view))}, too late for learners, "
        f"room and trainers ({view.span(before)})"
    )


def _heads(view: ClassView, *, booked: bool) -> IntArray:
    return heads_at(view.situation, view.audience, view.course, booked=booked, ordered=True)


def _says_order(view: ClassView, before: ClassOptions) -> str:
    problem = view.situation.problem
    earlier = courses_before(problem, view.audience, view.course)
    return (
        f"the {view.heads} missing here end {listed(problem.courses[it].id for it in earlier)} "
        f"too late, or not at all, for the starts that room and trainers have "
        f"({view.span(before)})"
    )


# Learners -----------------------------------------------------------------------------------


def _says_busy(view: ClassView, before: ClassOptions) -> str:
    department = view.situation.problem.departments[view.group.department]
    limit = department.release_heads
    spare = (
        ""
        if limit is None
        else f", or {department.id} has the {counted(limit, 'head')} in class that it releases"
    )
    return (
        f"at every start that room and trainers have ({view.span(before)}) the {view.heads} "
        f"missing here cannot come beside the classes and work that they have{spare}"
    )


def _together(view: ClassView) -> IntArray:
    """Heads without a seat who could come at each start, of all audiences at the site."""
    problem = view.situation.problem
    by_department: dict[int, IntArray] = {}
    for audience in (view.audience, *view.companions()):
        heads = heads_at(view.situation, audience, view.course, booked=True, ordered=True)
        department = problem.audiences[audience].department
        by_department[department] = by_department.get(department, np.zeros_like(heads)) + heads
    together = np.zeros(problem.horizon, dtype=np.int32)
    for department, heads in by_department.items():
        limit = problem.departments[department].release_heads
        together += heads if limit is None else np.minimum(heads, limit)
    return together


def _says_small(view: ClassView, before: ClassOptions) -> str:
    department = view.situation.problem.departments[view.group.department]
    most = int(_together(view)[before.starts].max())
    limit = department.release_heads
    releases = ""
    if limit is not None and limit < view.least_heads:
        releases = f" ({department.id} releases at most {counted(limit, 'head')} at once)"
    return (
        f"a further class needs at least {counted(view.least_heads, 'head')}, and at most {most} "
        f"of those without a seat could come together{releases}"
    )


# Money --------------------------------------------------------------------------------------


def _affordable(view: ClassView) -> Callable[[ClassOptions], ClassOptions]:
    left = view.situation.left(view.what.project)

    def narrow(options: ClassOptions) -> ClassOptions:
        if left is None or _cheapest(view, options) <= left:
            return options
        return only(np.zeros_like(options.starts))(options)

    return narrow


def _cheapest(view: ClassView, options: ClassOptions) -> Fraction:
    """Cents of the cheapest trainers and room, were they free."""
    problem = view.situation.problem
    rate = 0
    for line, seats in enumerate(view.what.trainers):
        trainers = able(at_starts(options), line)
        rates = sorted(problem.people[who].cents_per_hour for who in trainers)
        rate += sum(rates[: seats.people])
    if not view.what.virtual:
        rooms = view.fitting_rooms(view.least_heads)
        rate += min(problem.rooms[room].cents_per_hour for room in rooms)
    return Fraction(rate * view.what.length, problem.axis.slots_per_hour)


def _says_budget(view: ClassView, before: ClassOptions) -> str:
    problem = view.situation.problem
    project = problem.projects[view.what.project]
    left = view.situation.left(view.what.project) or 0
    return (
        f"a further class costs at least {money(problem, _cheapest(view, before))}, and "
        f"{money(problem, left)} are left of the budget of {project.id} "
        f"({money(problem, project.budget or 0)})"
    )


# Rooms and trainers -------------------------------------------------------------------------


def _free_room(view: ClassView) -> BoolArray:
    return view.any_room(booked=True)


def _says_rooms_taken(view: ClassView, before: ClassOptions) -> str:
    rooms = view.fitting_rooms(view.least_heads)
    ids = listed(view.situation.problem.rooms[room].id for room in rooms)
    fitting = "the fitting room is" if len(rooms) == 1 else "the fitting rooms are"
    return (
        f"{fitting} taken by other classes ({ids}) whenever learners and trainers could meet "
        f"({view.span(before)})"
    )


def _says_held(view: ClassView, before: ClassOptions) -> str:
    example = clash(view.situation, at_starts(before), view.what.trainers, view.zone)
    return (
        f"other work holds too many of those who could teach it ({view.ids(before)}) whenever "
        f"learners and a room are free ({view.span(before)}); {example}"
    )


def _says_travel(view: ClassView, before: ClassOptions) -> str:
    site = view.situation.problem.sites[view.site].id
    return (
        f"between their other work the trainers ({view.ids(before)}) have no time for the way to "
        f"{site} and a class when learners and a room are free"
    )


def _says_load(view: ClassView, before: ClassOptions) -> str:
    start, trainers = first_left(view, before)
    example = full(view.situation, trainers, start, start + view.what.length, trainer=True)
    return (
        f"whenever learners, a room and trainers are free, a further class would go beyond the "
        f"limits of hours a day, a week or in class ({view.ids(before)}){example}"
    )


def first_left(view: ClassView, options: ClassOptions) -> tuple[int, list[int]]:
    """The first start that is left with someone to teach, and all who could."""
    trainers = at_starts(options)
    people = view.who(options)
    free = np.array([ends >= 0 for line in trainers for ends in line.values()])
    start = int(np.flatnonzero(free.any(axis=0))[0])
    here = {who for line in trainers for who, ends in line.items() if ends[start] >= 0}
    return start, [who for who in people if who in here]


def _says_minimum(view: ClassView, before: ClassOptions) -> str:
    problem = view.situation.problem
    people = (problem.people[who] for who in view.who(before))
    least = " and ".join(
        f"{problem.vendors[it].id} comes for at least "
        f"{hours(problem, problem.vendors[it].minimum_per_day)} a day"
        for it in sorted({who.vendor for who in people if who.vendor is not None})
    )
    return f"{least}, and a further class would not fill such a day"

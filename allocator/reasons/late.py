"""Why a planned task ends after its due day: the first thing its own crew could not get round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from allocator.plan import Conflict, Seat, TaskBooking
from allocator.problem import Problem, Task
from allocator.reasons.common.held import holders
from allocator.reasons.common.in_time import in_time
from allocator.reasons.common.people import listed
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import (
    between,
    clear_of,
    keep,
    mastered,
    within_limits,
    working_ends,
)
from allocator.reasons.common.trial import verdict
from allocator.reasons.tasks.facts import after_notice, at_pin, off_blocked
from allocator.reasons.tasks.view import Allows, TaskView
from allocator.timeline import NEVER, IntArray


@dataclass(frozen=True, slots=True)
class Late:
    """A planned task that ends `slots` on the clock after its due day, and what held it up.

    `working_days` are the days after the due day, up to that of the end, on which its site works.
    """

    task: int
    end: int
    slots: int
    working_days: int
    cause: str
    explained: bool = True
    """Whether the cause has been worked out; it can be asked for later."""
    conflicts: tuple[Conflict, ...] = ()
    """Each of them rules out that it is in time; none where that is not proved."""


Ends = tuple[IntArray, ...]
"""For each seat of a planned crew: the end for every start."""


@dataclass(frozen=True, slots=True)
class _Soonest:
    """The start from which a whole crew has ended first."""

    start: int
    ends: tuple[int, ...]

    @property
    def end(self) -> int:
        return max(self.ends)


def late_tasks(situation: Situation) -> tuple[Late, ...]:
    """Planned tasks that end after their due day, the latest first."""
    found = []
    for booking in situation.plan.tasks:
        due = situation.problem.tasks[booking.task].due
        if due is not None and booking.end > due:
            cause, instead = in_time(partial(_cause, situation, booking, due), situation)
            explained, slots = cause is not None, booking.end - due
            days = _working_days(situation.problem, booking, due)
            said = cause or instead
            found.append(Late(booking.task, booking.end, slots, days, said, explained))
    return tuple(sorted(found, key=lambda late: -late.slots))


def _working_days(problem: Problem, booking: TaskBooking, due: int) -> int:
    """Days after the due day on which its site works: its own, else its department's.

    Of a task without either, those on which anybody of its crew works.
    """
    task = problem.tasks[booking.task]
    site = task.site
    if site is None and task.department is not None:
        site = problem.departments[task.department].site
    calendars = (
        [problem.people[seat.person].working for seat in booking.crew]
        if site is None
        else [problem.sites[site].working]
    )
    days = problem.days[task.zone]
    after = range(days.day(due), days.day(booking.end - 1) + 1)
    return sum(any(it.on_duty(*days.bounds(day)) for it in calendars) for day in after)


def _cause(situation: Situation, booking: TaskBooking, due: int) -> str:
    """The first condition with which this crew can no longer have ended by the due day."""
    task = situation.problem.tasks[booking.task]
    moment = situation.problem.axis.moment
    crew = listed(situation.problem.people[seat.person].id for seat in booking.crew)
    soonest: _Soonest | None = None
    for ends, said in _conditions(situation, booking):
        soonest = _soonest(ends)
        if soonest is None:
            return f"{said}, and from there on {crew} find no time for it"
        if soonest.end > due:
            end = moment(soonest.end, task.zone)
            return f"{said}; its crew ({crew}) can end it at {end} at the earliest"
    assert soonest is not None
    others = _without(situation, booking)
    free = _free(others, booking, ends)
    unheld = _soonest(free)
    if unheld is None or unheld.end > due:
        held = _held(others, booking, soonest)
        end = moment(soonest.end, task.zone)
        return f"its crew ({crew}) has other work, without which it could end at {end}: {held}"
    sooner = replace(
        booking,
        start=unheld.start,
        end=unheld.end,
        crew=tuple(
            Seat(seat.seat, seat.person, unheld.start, end)
            for seat, end in zip(booking.crew, unheld.ends, strict=True)
        ),
    )
    others_tasks = (*others.plan.tasks, sooner)
    extended = replace(others.plan, tasks=others_tasks)
    start = moment(unheld.start, task.zone)
    return verdict(situation, extended, f"with the same crew ({crew}) from {start}")


def _soonest(ends: Ends) -> _Soonest | None:
    table = np.array(ends)
    together = np.where((table != NEVER).all(axis=0), table.max(axis=0), np.iinfo(np.int32).max)
    start = int(together.argmin())
    if (table[:, start] == NEVER).any():
        return None
    return _Soonest(start, tuple(int(end) for end in table[:, start]))


def _conditions(situation: Situation, booking: TaskBooking) -> Iterator[tuple[Ends, str]]:
    """What is left after one more condition, and its words."""
    problem, task = situation.problem, situation.problem.tasks[booking.task]
    view = TaskView(situation, booking.task)
    ends = tuple(_alone(situation, task, seat) for seat in booking.crew)
    opens, why = view.opens()
    ends = tuple(keep(array, between(array, opens, len(array))) for array in ends)
    yield ends, f"it may begin from {view.moment(opens)} on ({why})"
    ends = _narrowed(booking, ends, after_notice(view))
    yield ends, "the vendor of its crew needs notice"
    if task.change and task.department is not None:
        ends = _narrowed(booking, ends, off_blocked(view))
        department = problem.departments[task.department].id
        yield ends, f"closed and frozen days of {department} are in its way"
    for slot, of_start, said in sorted(view.bounds()):
        if of_start:
            ends = tuple(keep(array, between(array, slot, len(array))) for array in ends)
        elif len(ends) == 1:
            ends = (keep(ends[0], ends[0] >= slot),)
        yield ends, said
    if task.pin_start is not None:
        ends = _narrowed(booking, ends, at_pin(view))
        yield ends, f"it is pinned to {view.moment(task.pin_start)}"


def _narrowed(booking: TaskBooking, ends: Ends, allows: Allows) -> Ends:
    return tuple(
        keep(array, allows(seat.seat, seat.person, array))
        for array, seat in zip(ends, booking.crew, strict=True)
    )


def _alone(situation: Situation, task: Task, seat: Seat) -> IntArray:
    problem, line = situation.problem, task.crew[seat.seat]
    working = problem.people[seat.person].working
    ends = working_ends(problem, working, line.work, splittable=task.splittable)
    return keep(ends, mastered(situation, seat.person, line, ends))


def _without(situation: Situation, booking: TaskBooking) -> Situation:
    """The plan with the task taken out."""
    tasks = tuple(other for other in situation.plan.tasks if other is not booking)
    return Situation(situation.problem, replace(situation.plan, tasks=tasks))


def _free(others: Situation, booking: TaskBooking, ends: Ends) -> Ends:
    site = others.problem.tasks[booking.task].site
    found = []
    for array, seat in zip(ends, booking.crew, strict=True):
        unheld = keep(array, clear_of(array, others.held_or_travelling(seat.person, site)))
        allowed = within_limits(others, seat.person, unheld, trainer=False, loaded=True)
        found.append(keep(unheld, allowed))
    return tuple(found)


def _held(others: Situation, booking: TaskBooking, soonest: _Soonest) -> str:
    """The bookings of the crew at the time that would have been soonest."""
    said = []
    for seat, end in zip(booking.crew, soonest.ends, strict=True):
        held = holders(others, seat.person, soonest.start, end)
        if held:
            said.append(f"{others.problem.people[seat.person].id} is on {held}")
    return "; ".join(said) or "on the way to it, or at the limit of their hours"

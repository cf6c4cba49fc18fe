"""What has happened: who has worked on what, which classes were held, and what is left from now on.

A report says how far a task is (`progress`) or who has been trained; who did it, and when, is in
the report as well, or else in what was published. It is no part of any plan, and counts with every
plan: hours, money, journeys, who worked on what. What is left of a task lies after `as_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from allocator.frozen import session_finished
from allocator.plan import Plan, Seat, Session, Shift, TaskBooking
from allocator.problem import History, Problem, Task, Worked
from allocator.timeline import WorkingTime


def history_of(problem: Problem, published: Plan, earlier: History) -> History:
    """What has happened by the reports, and by what was published where they do not say who.

    `earlier` is what had happened already when the plan that is published was made.
    """
    booked = {booking.task: booking for booking in published.tasks}
    worked: list[Worked] = []
    for index, task in enumerate(problem.tasks):
        if task.progress is not None:
            before = [it for it in earlier.worked if it.task == index]
            worked += _of_task(problem, index, booked.get(index), before)
    classes = tuple(dict.fromkeys((*earlier.held, *published.sessions)))
    held = [
        _known(problem, session, classes)
        for session in classes
        if session.course >= 0 and session_finished(problem, session)
    ]
    return History(tuple(worked), tuple(held))


def resumed(problem: Problem, published: Plan) -> Plan:
    """The published plan with what is left of work that was reported, from now on.

    A task whose progress is reported and that was to start before `as_of` is gone on with by the
    same people from the first slot at which all of them can. On a shift that has passed stand those
    who are reported.
    """
    return replace(
        published,
        tasks=tuple(_resumed(problem, booking) for booking in published.tasks),
        shifts=tuple(_stood(problem, shift) for shift in published.shifts),
    )


@dataclass(frozen=True, slots=True)
class Unreported:
    """Published tasks and classes whose time has passed and of which nothing is reported."""

    published: Plan
    tasks: tuple[TaskBooking, ...]
    sessions: tuple[Session, ...]

    def number(self, session: Session) -> int:
        """Position of a class in what is published."""
        return self.published.sessions.index(session)


def unreported(problem: Problem) -> Unreported:
    """What somebody has to say a word on: it stays as published until then."""
    published = Plan() if problem.published is None else problem.published.plan
    tasks = (
        booking
        for booking in published.tasks
        if booking.task >= 0
        and booking.end <= problem.as_of
        and problem.tasks[booking.task].progress is None
    )
    sessions = (
        session
        for session in published.sessions
        if session.course >= 0
        and session.end <= problem.as_of
        and not session_finished(problem, session)
        and any(
            group.audience >= 0 and problem.untrained(group.audience, session.course)
            for group in session.groups
        )
    )
    return Unreported(published, tuple(tasks), tuple(sessions))


# Tasks --------------------------------------------------------------------------------------


def _of_task(
    problem: Problem, index: int, booking: TaskBooking | None, before: list[Worked]
) -> list[Worked]:
    task = problem.tasks[index]
    assert task.progress is not None  # whoever asks has looked
    limit = problem.as_of if task.finished is None else min(problem.as_of, task.finished)
    published = [] if booking is None else [seat for seat in booking.crew if seat.person >= 0]
    if task.progress.worked:
        return [
            _reported(problem, index, person, slots, [*before, *published], limit)
            for person, slots in task.progress.worked
        ]
    return [*before, *_as_published(problem, index, published, before, limit)]


def _as_published(
    problem: Problem, index: int, published: list[Seat], before: list[Worked], limit: int
) -> Iterator[Worked]:
    """What the published people have done since, beside what others had done before them."""
    task = problem.tasks[index]
    assert task.progress is not None  # whoever asks has looked
    for seat in published:
        if not 0 <= seat.seat < len(task.crew):
            continue
        line = task.crew[seat.seat]
        whole = line.work if task.finished is not None else task.progress.done
        already = sum(it.slots for it in before if it.seat == seat.seat) // line.people
        slots = whole - already
        if slots > 0:
            reported = None if before else task.progress.started
            start = seat.start if reported is None else reported
            yield _placed(problem, index, seat.seat, seat.person, slots, start, limit)


def _reported(
    problem: Problem,
    index: int,
    person: int,
    slots: int,
    known: Iterable[Worked | Seat],
    limit: int,
) -> Worked:
    """What somebody is reported to have worked, from the start that is known; all of it counts."""
    task = problem.tasks[index]
    assert task.progress is not None  # whoever asks has looked
    own = sorted((it.start, it.seat) for it in known if it.person == person and it.start < limit)
    others = sorted((it.start, it.seat) for it in known if it.start < limit)
    start, seat = (own or others or [(limit, 0)])[0]
    if task.progress.started is not None:
        start = task.progress.started
    found = _placed(problem, index, max(0, seat), person, slots, start, limit)
    there = _length(task, problem.people[person].working, found.start, found.end)
    return replace(found, extra=max(0, slots - there))


def _placed(
    problem: Problem, index: int, seat: int, person: int, slots: int, start: int, limit: int
) -> Worked:
    """So much work from a start on, or the last before the limit if it was to start later."""
    task, working = problem.tasks[index], problem.people[person].working
    stop = min(max(limit, 0), working.horizon)
    if start < limit:
        if not task.splittable:
            return Worked(index, seat, person, start, min(start + slots, limit), slots)
        rank = int(working.worked[min(max(start, 0), working.horizon)]) + slots - 1
        end = int(working.positions[rank]) + 1 if rank < len(working.positions) else limit
        return Worked(index, seat, person, start, min(end, limit), slots)
    rank = int(working.worked[stop]) - slots
    first = int(working.positions[max(0, rank)]) if working.worked[stop] else stop
    return Worked(index, seat, person, min(first, limit), limit, slots)


def _length(task: Task, working: WorkingTime, start: int, end: int) -> int:
    return working.on_duty(start, end) if task.splittable else end - start


# What is left -------------------------------------------------------------------------------


def _resumed(problem: Problem, booking: TaskBooking) -> TaskBooking:
    if booking.task < 0 or booking.start >= problem.as_of:
        return booking
    task = problem.tasks[booking.task]
    if task.progress is None or task.finished is not None:
        return booking
    there = [
        (seat, problem.people[seat.person].working, task.crew[seat.seat].work)
        for seat in booking.crew
        if seat.person >= 0 and 0 <= seat.seat < len(task.crew)
    ]
    able = np.ones(problem.horizon, dtype=np.bool_)
    able[: max(0, problem.as_of)] = False
    for _, working, work in there:
        able &= (
            working.duty
            if task.splittable
            else working.sitting_starts(work, problem.axis.slots_per_hour)
        )
    starts = np.flatnonzero(able)
    start = int(starts[0]) if len(starts) else problem.as_of
    crew = []
    for seat in booking.crew:
        end = seat.end
        for same, working, work in there:
            if same is seat:
                end = working.split_end(start, work) if task.splittable else start + work
        crew.append(replace(seat, start=start, end=max(end, start + 1)))
    return TaskBooking(booking.task, start, max(seat.end for seat in crew), tuple(crew))


# Shifts and classes -------------------------------------------------------------------------


def _stood(problem: Problem, shift: Shift) -> Shift:
    if shift.support < 0 or shift.end > problem.as_of:
        return shift
    for department, day, people in problem.supports[shift.support].worked:
        if (department, day) == (shift.department, shift.day):
            return replace(shift, people=people)
    return shift


def _known(problem: Problem, session: Session, classes: tuple[Session, ...]) -> Session:
    """A class that was held: whoever has given it, and its people who are in the document."""
    groups = tuple(
        replace(group, members=tuple(it for it in group.members if it >= 0))
        for group in session.groups
        if group.audience >= 0
    )
    given = _given(problem, session, classes)
    trainers = given or tuple(person for person in session.trainers if person >= 0)
    room = None if session.room == -1 else session.room
    return replace(session, room=room, trainers=trainers, groups=groups)


def _given(problem: Problem, session: Session, classes: tuple[Session, ...]) -> tuple[int, ...]:
    """Who is reported to have given a class, the only one of the course on a day for a group."""
    found: list[int] = []
    for group in session.groups:
        if group.audience < 0:
            continue
        audience = problem.audiences[group.audience]
        days = problem.days[problem.departments[audience.department].zone]
        day = days.day(session.start)
        that_day = [
            other
            for other in classes
            if other.course == session.course
            and days.day(other.start) == day
            and any(it.audience == group.audience for it in other.groups)
        ]
        for record in audience.trained if len(that_day) == 1 else ():
            if (record.course, record.day) == (session.course, day):
                found += record.trainers
    return tuple(dict.fromkeys(found))

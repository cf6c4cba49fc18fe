"""What is published: which published bookings must stay.

A published booking that starts before `frozen_until`, or before now (`as_of`), stays, unless its
person or room no longer works then, or the work is finished or gone from the document; nor does it
stay where other rules forbid it now whatever else is planned (`standing`). A task may still be left
open as a whole. A class is held by all its trainers or not at all, so it binds while its room and
all its trainers work; its learners bind as well while all of them can still come. If some cannot,
the class stays as long as those who can fill it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allocator.plan import Group, Session, Shift, TaskBooking
from allocator.problem import Problem, ShiftNeed


@dataclass(frozen=True, slots=True)
class FrozenSeat:
    """If the task is planned, this person fills this line of its crew from this start."""

    task: int
    seat: int
    person: int
    start: int


@dataclass(frozen=True, slots=True)
class FrozenSession:
    """A session of this course, start and room with these trainers is in the plan.

    With `keep_groups` it has exactly these groups, otherwise any.
    """

    session: Session
    keep_groups: bool


@dataclass(frozen=True, slots=True)
class FrozenShift:
    """This person stands on this support shift."""

    support: int
    department: int
    day: int
    person: int


Frozen = FrozenSeat | FrozenSession | FrozenShift


def frozen(problem: Problem) -> tuple[Frozen, ...]:
    """Everything published that must stay in every plan."""
    found: tuple[Frozen, ...] | None = vars(problem).get("_frozen")
    if found is None:
        found = vars(problem)["_frozen"] = _frozen(problem)  # kept as a cached property would be
    return found


def _frozen(problem: Problem) -> tuple[Frozen, ...]:
    if problem.published is None:
        return ()
    from allocator.standing import standing  # here, for the rules that it asks ask this module

    limit = max(problem.published.frozen_until, problem.as_of)
    published = problem.published.plan
    needs = {(need.support, need.department, need.day): need for need in problem.shifts}
    seats = [seat for booking in published.tasks for seat in _frozen_seats(problem, booking, limit)]
    kept: list[FrozenSession | FrozenShift] = []
    for session in published.sessions:
        if session.start < limit:
            kept.extend(_frozen_session(problem, session))
    for shift in published.shifts:
        need = needs.get((shift.support, shift.department, shift.day))
        if need is not None and shift.start < limit and shift.start == need.start:
            kept.extend(_frozen_supporters(problem, shift, need))
    return standing(problem, [*seats, *kept])


def session_finished(problem: Problem, session: Session) -> bool:
    """Whether a published session has been held: somebody is recorded as trained by it.

    Who did not come has heard nothing new, and needs another class.
    """
    held = [_recorded(problem, session, group) for group in session.groups]
    complete = all(heads >= group.heads for heads, group in zip(held, session.groups, strict=True))
    begun = session.start < problem.as_of
    return session.course >= 0 and any(held) and (begun or complete)


def group_set(groups: tuple[Group, ...]) -> frozenset[tuple[int, int, frozenset[int]]]:
    """Groups compared as what they are: who, and how many, in any order."""
    return frozenset((group.audience, group.heads, frozenset(group.members)) for group in groups)


def _frozen_seats(problem: Problem, booking: TaskBooking, limit: int) -> Iterator[FrozenSeat]:
    if booking.task < 0 or problem.tasks[booking.task].finished is not None:
        return
    task = problem.tasks[booking.task]
    for seat in booking.crew:
        if seat.start >= limit or seat.person < 0 or not 0 <= seat.seat < len(task.crew):
            continue
        working = problem.people[seat.person].working
        work = task.crew[seat.seat].work
        # Someone who is away for a part of it needs longer than was said: that is another booking.
        works = (
            0 <= working.split_end(seat.start, work) <= seat.end
            if task.splittable
            else working.can_sit(seat.start, seat.start + work, problem.axis.slots_per_hour)
        )
        if works:
            yield FrozenSeat(booking.task, seat.seat, seat.person, seat.start)


def _frozen_session(problem: Problem, session: Session) -> Iterator[FrozenSession]:
    if session.course < 0 or session.room == -1 or session_finished(problem, session):
        return
    course = problem.courses[session.course]
    if course.virtual != (session.room is None):
        return
    room = () if session.room is None else (problem.rooms[session.room].working,)
    trainers = (problem.people[person].working for person in session.trainers if person >= 0)
    span = (session.start, session.start + course.length, problem.axis.slots_per_hour)
    if -1 in session.trainers or not all(it.can_sit(*span) for it in (*room, *trainers)):
        return
    coming = [group for group in session.groups if _can_come(problem, session, group)]
    if len(coming) == len(session.groups):
        yield FrozenSession(session, keep_groups=True)
    elif sum(group.heads for group in coming) >= course.smallest:
        yield FrozenSession(session, keep_groups=False)


def _can_come(problem: Problem, session: Session, group: Group) -> bool:
    """Whether a group still needs the course and is at work then."""
    if group.audience < 0 or -1 in group.members:
        return False
    audience = problem.audiences[group.audience]
    course = problem.courses[session.course]
    trained = {
        person
        for record in audience.trained
        if record.course == session.course
        for person in record.members
    }
    span = (session.start, session.start + course.length, problem.axis.slots_per_hour)
    return (
        session.course in audience.courses
        and group.heads <= problem.untrained(group.audience, session.course)
        and not trained & set(group.members)
        and set(group.members) <= set(audience.members)
        and audience.working.can_sit(*span)
        and all(problem.people[person].working.can_sit(*span) for person in group.members)
    )


def _frozen_supporters(problem: Problem, shift: Shift, need: ShiftNeed) -> Iterator[FrozenShift]:
    span = (need.start, need.end, problem.axis.slots_per_hour)
    able = [
        person
        for person in shift.people
        if person >= 0 and problem.people[person].working.can_sit(*span)
    ]
    for person in able[: need.people]:
        yield FrozenShift(shift.support, shift.department, shift.day, person)


def _recorded(problem: Problem, session: Session, group: Group) -> int:
    """Heads of a group that are recorded as trained in the course on the day of the session."""
    if group.audience < 0:
        return 0
    audience = problem.audiences[group.audience]
    zone = problem.departments[audience.department].zone
    day = problem.days[zone].day(session.start)
    return sum(
        record.heads
        for record in audience.trained
        if record.course == session.course and record.day == day
    )

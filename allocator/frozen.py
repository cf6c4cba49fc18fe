"""What people have been told: which published bookings must stay, and which are exempt from now.

A published booking that starts before `frozen_until` stays, unless its person or room no longer
works then, or the work is finished or gone from the document. A task may still be left open as a
whole. A class is held by all its trainers or not at all, so it binds while its room and all its
trainers work; its learners bind as well while all of them can still come. If some cannot, the
class stays as long as those who can fill it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from allocator.plan import Group, Plan, Session, Shift, TaskBooking
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
    if problem.published is None:
        return ()
    limit = problem.published.frozen_until
    told = problem.published.plan
    needs = {(need.support, need.department, need.day): need for need in problem.shifts}
    found: list[Frozen] = []
    for booking in told.tasks:
        found.extend(_frozen_seats(problem, booking, limit))
    for session in told.sessions:
        if session.start < limit:
            found.extend(_frozen_session(problem, session))
    for shift in told.shifts:
        need = needs.get((shift.support, shift.department, shift.day))
        if need is not None and shift.start < limit and shift.start == need.start:
            found.extend(_frozen_supporters(problem, shift, need))
    return tuple(found)


def session_finished(problem: Problem, session: Session) -> bool:
    """Whether a published session has been held: all its heads are recorded as trained that day."""
    return (
        session.course >= 0
        and bool(session.groups)
        and all(_group_finished(problem, session, group) for group in session.groups)
    )


def group_set(groups: tuple[Group, ...]) -> frozenset[tuple[int, int, frozenset[int]]]:
    """Groups compared as what they are: who, and how many, in any order."""
    return frozenset((group.audience, group.heads, frozenset(group.members)) for group in groups)


class Told:
    """The published bookings, to ask whether a booking of a plan is one of them."""

    def __init__(self, problem: Problem) -> None:
        plan = Plan() if problem.published is None else problem.published.plan
        self._seats = {
            (booking.task, seat.person, seat.start)
            for booking in plan.tasks
            for seat in booking.crew
        }
        self._sessions: defaultdict[tuple[int, int | None, int], list[Session]] = defaultdict(list)
        for session in plan.sessions:
            self._sessions[session.course, session.room, session.start].append(session)
        self._supporters = {
            (shift.support, shift.department, shift.day, shift.start, person)
            for shift in plan.shifts
            for person in shift.people
        }

    def has_seat(self, task: int, person: int, start: int) -> bool:
        """The person was told to begin this task at this start."""
        return (task, person, start) in self._seats

    def has_supporter(self, shift: Shift, person: int) -> bool:
        """The person was told to stand on this shift from this start."""
        key = (shift.support, shift.department, shift.day, shift.start, person)
        return key in self._supporters

    def has_trainer(self, session: Session, person: int) -> bool:
        """The person was told to give this course in this room at this start."""
        key = (session.course, session.room, session.start)
        return any(person in told.trainers for told in self._sessions.get(key, ()))

    def has_session(self, session: Session) -> bool:
        """The session was published, and nobody in it is new."""
        key = (session.course, session.room, session.start)
        return any(_nobody_new(session, told) for told in self._sessions.get(key, ()))


def _nobody_new(session: Session, told: Session) -> bool:
    return set(session.trainers) <= set(told.trainers) and all(
        any(
            group.audience == known.audience
            and group.heads <= known.heads
            and set(group.members) <= set(known.members)
            for known in told.groups
        )
        for group in session.groups
    )


def _frozen_seats(problem: Problem, booking: TaskBooking, limit: int) -> Iterator[FrozenSeat]:
    if booking.task < 0 or problem.tasks[booking.task].finished is not None:
        return
    task = problem.tasks[booking.task]
    for seat in booking.crew:
        if seat.start >= limit or seat.person < 0 or not 0 <= seat.seat < len(task.crew):
            continue
        working = problem.people[seat.person].working
        work = task.crew[seat.seat].work
        works = (
            working.split_end(seat.start, work) >= 0
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


def _group_finished(problem: Problem, session: Session, group: Group) -> bool:
    if group.audience < 0:
        return False
    audience = problem.audiences[group.audience]
    zone = problem.departments[audience.department].zone
    day = problem.days[zone].day(session.start)
    held = sum(
        record.heads
        for record in audience.trained
        if record.course == session.course and record.day == day
    )
    return held >= group.heads

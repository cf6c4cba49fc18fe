"""Which bookings of a plan are published, and so exempt from now."""

from __future__ import annotations

from collections import defaultdict

from allocator.plan import Booked, Plan, Session, Shift
from allocator.problem import Problem


class PublishedBookings:
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

    def has(self, plan: Plan, kind: Booked, index: int, person: int, start: int) -> bool:
        """By the published plan the person was to begin this work of a plan at this start."""
        if kind == "task":
            return self.has_seat(plan.tasks[index].task, person, start)
        if kind == "session":
            return self.has_trainer(plan.sessions[index], person)
        return self.has_supporter(plan.shifts[index], person)

    def has_seat(self, task: int, person: int, start: int) -> bool:
        """By the published plan the person was to begin this task at this start."""
        return (task, person, start) in self._seats

    def has_supporter(self, shift: Shift, person: int) -> bool:
        """By the published plan the person was to stand on this shift from this start."""
        key = (shift.support, shift.department, shift.day, shift.start, person)
        return key in self._supporters

    def has_trainer(self, session: Session, person: int) -> bool:
        """By the published plan the person was to give this course in this room at this start."""
        key = (session.course, session.room, session.start)
        return any(person in published.trainers for published in self._sessions.get(key, ()))

    def has_session(self, session: Session) -> bool:
        """The session was published, and nobody in it is new."""
        key = (session.course, session.room, session.start)
        return any(_nobody_new(session, published) for published in self._sessions.get(key, ()))


def _nobody_new(session: Session, published: Session) -> bool:
    return set(session.trainers) <= set(published.trainers) and all(
        any(
            group.audience == known.audience
            and group.heads <= known.heads
            and set(group.members) <= set(known.members)
            for known in published.groups
        )
        for group in session.groups
    )

"""A plan seen by person and by room: every booking with its site, project and hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from allocator.plan import Kind, Plan, Session
from allocator.problem import Problem


@dataclass(frozen=True, slots=True)
class Booking:
    """A person or a room on one piece of work from a start to an end."""

    kind: Kind
    index: int
    """Position in the plan's tuple of that kind."""
    start: int
    end: int
    site: int | None
    project: int
    sitting: bool
    learner: bool = False
    """A named learner's class: takes time, costs nothing."""
    trainer: bool = False


def session_site(problem: Problem, session: Session) -> int | None:
    """Where a session is held: its room's site, nowhere in particular if virtual."""
    return None if session.room is None else problem.rooms[session.room].site


def person_bookings(problem: Problem, plan: Plan) -> dict[int, list[Booking]]:
    """Each person's bookings in order of time, classes attended by name among them."""
    found: defaultdict[int, list[Booking]] = defaultdict(list)
    for person, booking in _all(problem, plan):
        found[person].append(booking)
    for bookings in found.values():
        bookings.sort(key=lambda booking: (booking.start, booking.end))
    return dict(found)


def room_bookings(problem: Problem, plan: Plan) -> dict[int, list[Booking]]:
    """Each room's sessions in order of time."""
    found: defaultdict[int, list[Booking]] = defaultdict(list)
    for index, session in enumerate(plan.sessions):
        if session.room is not None:
            project = problem.courses[session.course].project
            site = problem.rooms[session.room].site
            booking = Booking("session", index, session.start, session.end, site, project, True)
            found[session.room].append(booking)
    for bookings in found.values():
        bookings.sort(key=lambda booking: (booking.start, booking.end))
    return dict(found)


def _all(problem: Problem, plan: Plan) -> Iterator[tuple[int, Booking]]:
    for index, task_booking in enumerate(plan.tasks):
        task = problem.tasks[task_booking.task]
        for seat in task_booking.crew:
            yield (
                seat.person,
                Booking(
                    "task",
                    index,
                    seat.start,
                    seat.end,
                    task.site,
                    task.project,
                    not task.splittable,
                ),
            )
    for index, session in enumerate(plan.sessions):
        project = problem.courses[session.course].project
        site = session_site(problem, session)
        span = (session.start, session.end)
        for person in session.trainers:
            yield person, Booking("session", index, *span, site, project, True, trainer=True)
        for group in session.groups:
            for person in group.members:
                yield person, Booking("session", index, *span, site, project, True, learner=True)
    for index, shift in enumerate(plan.shifts):
        site = problem.departments[shift.department].site
        project = problem.supports[shift.support].project
        for person in shift.people:
            yield person, Booking("shift", index, shift.start, shift.end, site, project, True)

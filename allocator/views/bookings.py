"""A plan seen by person and by room: every booking with its site, project and hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from allocator.plan import Booked, Kind, Plan, Session
from allocator.problem import Problem


@dataclass(frozen=True, slots=True)
class Booking:
    """A person or a room on one piece of work from a start to an end."""

    kind: Booked
    index: int
    """Position in the plan's, or the history's, tuple of that kind."""
    start: int
    end: int
    site: int | None
    project: int
    sitting: bool
    learner: bool = False
    """A named learner's class: takes time, costs nothing."""
    trainer: bool = False
    slots: int | None = None
    """What is paid for, where the report says it; None = as long as it lasts."""
    extra: int = 0
    """On-duty slots beyond those of the span, on its last day: work out of hours."""

    @property
    def past(self) -> bool:
        """Whether it is history, which no plan can change."""
        return self.kind in ("worked", "held")


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


def past_bookings(problem: Problem) -> dict[int, list[Booking]]:
    """What each person has done before any plan, in order of time."""
    found: defaultdict[int, list[Booking]] = defaultdict(list)
    for index, worked in enumerate(problem.history.worked):
        task = problem.tasks[worked.task]
        found[worked.person].append(
            Booking(
                "worked",
                index,
                worked.start,
                worked.end,
                task.site,
                task.project,
                not task.splittable,
                slots=worked.slots,
                extra=worked.extra,
            )
        )
    for person, booking in _in_class(problem, problem.history.held, "held"):
        found[person].append(booking)
    for bookings in found.values():
        bookings.sort(key=lambda booking: (booking.start, booking.end))
    return dict(found)


def all_bookings(problem: Problem, plan: Plan) -> dict[int, list[Booking]]:
    """Each person's bookings in order of time: what has happened, and what is planned."""
    planned, found = person_bookings(problem, plan), past_bookings(problem)
    for person, bookings in planned.items():
        both = [*found.get(person, ()), *bookings]
        found[person] = sorted(both, key=lambda booking: (booking.start, booking.end))
    return found


def last_journey(bookings: Iterable[Booking]) -> Booking | None:
    """Where a person was last before any plan: of the past bookings at a site the last to end."""
    sited = [it for it in bookings if it.past and it.site is not None]
    return max(sited, key=lambda it: (it.end, it.start), default=None)


def in_plan(bookings: Iterable[Booking]) -> tuple[tuple[Kind, int], ...]:
    """The bookings as a violation lists them: those of the plan."""
    found: list[tuple[Kind, int]] = []
    for it in bookings:
        if it.kind in ("task", "session", "shift"):
            found.append((it.kind, it.index))
    return tuple(found)


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
    yield from _in_class(problem, plan.sessions, "session")
    for index, shift in enumerate(plan.shifts):
        site = problem.departments[shift.department].site
        project = problem.supports[shift.support].project
        for person in shift.people:
            yield person, Booking("shift", index, shift.start, shift.end, site, project, True)


def _in_class(
    problem: Problem, sessions: Iterable[Session], kind: Literal["session", "held"]
) -> Iterator[tuple[int, Booking]]:
    for index, session in enumerate(sessions):
        project = problem.courses[session.course].project
        site = session_site(problem, session)
        span = (session.start, session.end)
        for person in session.trainers:
            yield person, Booking(kind, index, *span, site, project, True, trainer=True)
        for group in session.groups:
            for person in group.members:
                yield person, Booking(kind, index, *span, site, project, True, learner=True)

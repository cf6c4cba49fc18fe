"""The published plan as it stands today: without what is done, with the hours that are left."""

from __future__ import annotations

from dataclasses import replace

from allocator.formats.plan.read import GONE
from allocator.frozen import session_finished
from allocator.plan import Group, Plan, Seat, Session, Shift, TaskBooking
from allocator.problem import Problem
from allocator.timeline import NEVER


def as_it_stands(problem: Problem) -> tuple[Plan, list[str]]:
    """What is still to be done of what is published, and what cannot stay, in words.

    Finished tasks, classes that were held and heads who have been trained are left out, and
    bookings have the hours that are left. Whether it keeps the rules is for the check to say.
    """
    assert problem.published is not None  # whoever asks has looked
    published, broken = problem.published.plan, []
    tasks, sessions, shifts = [], [], []
    for booking in published.tasks:
        if booking.task == GONE or problem.tasks[booking.task].finished is not None:
            continue
        standing = _task(problem, booking)
        if isinstance(standing, str):
            broken.append(standing)
        else:
            tasks.append(standing)
    for session in published.sessions:
        if session.course == GONE or session_finished(problem, session):
            continue
        coming = _session(problem, session)
        if GONE in (*session.trainers, session.room):
            broken.append(
                f"A class of {problem.courses[session.course].id} has lost its trainer or its room."
            )
        elif coming is not None:
            sessions.append(coming)
    for shift in published.shifts:
        if GONE in (shift.support, shift.department):
            continue
        if GONE in shift.people:
            broken.append(
                f"Somebody of {problem.supports[shift.support].id} is not there any more."
            )
        shifts.append(_shift(shift))
    return Plan(tuple(tasks), tuple(sessions), tuple(shifts)), broken


def _task(problem: Problem, booking: TaskBooking) -> TaskBooking | str:
    """The booking with the hours that are left, or why somebody cannot do them any more."""
    task = problem.tasks[booking.task]
    crew = []
    for seat in booking.crew:
        if seat.person == GONE or seat.seat >= len(task.crew):
            return f"Somebody on {task.id} is not in the rollout any more."
        work = task.crew[seat.seat].work
        working = problem.people[seat.person].working
        end = working.split_end(seat.start, work) if task.splittable else seat.start + work
        if end == NEVER:
            moment = problem.axis.moment(seat.start, task.zone)
            return f"{problem.people[seat.person].id} cannot begin {task.id} at {moment} any more."
        crew.append(Seat(seat.seat, seat.person, seat.start, end))
    return replace(booking, end=max(seat.end for seat in crew), crew=tuple(crew))


def _session(problem: Problem, session: Session) -> Session | None:
    """The class with those of its heads who still need it; None if nobody does."""
    groups = []
    for group in session.groups:
        if group.audience == GONE:
            continue
        left = problem.untrained(group.audience, session.course)
        trained = {
            person
            for held in problem.audiences[group.audience].trained
            if held.course == session.course
            for person in held.members
        }
        members = tuple(it for it in group.members if it != GONE and it not in trained)
        heads = len(members) if group.members else min(group.heads, left)
        if heads:
            groups.append(Group(group.audience, heads, members))
    return replace(session, groups=tuple(groups)) if groups else None


def _shift(shift: Shift) -> Shift:
    return replace(shift, people=tuple(person for person in shift.people if person != GONE))

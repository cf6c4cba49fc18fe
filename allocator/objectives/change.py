"""Term change: how many people must be notified that a published booking no longer holds."""

from __future__ import annotations

from fractions import Fraction

from allocator.frozen import group_set, session_finished
from allocator.plan import Plan, Session
from allocator.problem import Problem

WEIGHTS = ((7, 3), (14, 2))
"""(days from `as_of` to the published start, weight), nearest first; beyond them 1."""

SessionKey = tuple[int, int | None, int, frozenset[int], frozenset[tuple[int, int, frozenset[int]]]]


def measure(problem: Problem, plan: Plan) -> Fraction:
    """People notified x weight, over published bookings that the plan no longer has.

    A seat or a supporter is still there with the same work, person and start: 1 person each. A
    session is still there with the same course, start, room, trainers and groups: heads +
    trainers. Weight 3 if the published start is at most 7 x 24 h after `as_of`, 2 within 14 days,
    else 1. Finished work counts nothing; what the document no longer has counts
    as a person notified.
    """
    if problem.published is None:
        return Fraction(0)
    published = problem.published.plan
    seats = {
        (booking.task, seat.person, seat.start) for booking in plan.tasks for seat in booking.crew
    }
    supporters = {
        (shift.support, shift.department, shift.day, shift.start, person)
        for shift in plan.shifts
        for person in shift.people
    }
    sessions = {_key(session) for session in plan.sessions}
    people = 0
    for booking in published.tasks:
        if booking.task >= 0 and problem.tasks[booking.task].finished is not None:
            continue
        for seat in booking.crew:
            if (booking.task, seat.person, seat.start) not in seats:
                people += weight(problem, seat.start)
    for session in published.sessions:
        if _key(session) not in sessions and not session_finished(problem, session):
            people += (session.heads + len(session.trainers)) * weight(problem, session.start)
    for shift in published.shifts:
        for person in shift.people:
            if (shift.support, shift.department, shift.day, shift.start, person) not in supporters:
                people += weight(problem, shift.start)
    return Fraction(people)


def weight(problem: Problem, start: int) -> int:
    """What one person notified about a published start counts: 3, 2 or 1 by how near it is."""
    ahead = start - problem.as_of
    for days, heavy in WEIGHTS:
        if ahead <= days * 24 * problem.axis.slots_per_hour:
            return heavy
    return 1


def _key(session: Session) -> SessionKey:
    trainers = frozenset(session.trainers)
    return session.course, session.room, session.start, trainers, group_set(session.groups)

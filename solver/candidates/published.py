"""What is published: which bookings must stay, and which may stay though now is later."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from allocator.frozen import FrozenSeat, FrozenSession, FrozenShift, frozen
from allocator.plan import Session
from allocator.problem import Problem
from solver.candidates.masks import notice, vendor_terms

Place = tuple[int, int | None, int, frozenset[int]]
"""(course, room, start, trainers): what makes a class the published one."""


@dataclass(frozen=True)
class PublishedPlan:
    """The published plan, by what is asked of it."""

    problem: Problem

    def opens(self, person: int) -> int:
        """First slot at which a person may get a new booking: `as_of`, lead days and notice."""
        lead, own = vendor_terms.opens(self.problem, person), notice.opens(self.problem, person)
        return max(self.problem.as_of, lead, own)

    @cached_property
    def published_seats(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Task -> published (person, start), which are exempt from `as_of` and lead days."""
        found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        if self.problem.published is not None:
            for booking in self.problem.published.plan.tasks:
                found[booking.task] += [(seat.person, seat.start) for seat in booking.crew]
        return {task: tuple(seats) for task, seats in found.items()}

    @cached_property
    def published_shifts(self) -> dict[int, frozenset[int]]:
        """Person -> published shifts, exempt likewise where they are still at the same time."""
        published = self.problem.published
        numbers = {
            (need.support, need.department, need.day, need.start): index
            for index, need in enumerate(self.problem.shifts)
        }
        found: defaultdict[int, set[int]] = defaultdict(set)
        for shift in () if published is None else published.plan.shifts:
            number = numbers.get((shift.support, shift.department, shift.day, shift.start))
            if number is not None:
                for person in shift.people:
                    found[person].add(number)
        return {person: frozenset(shifts) for person, shifts in found.items()}

    @cached_property
    def frozen_seats(self) -> dict[int, tuple[tuple[int, int, int], ...]]:
        """Task -> its frozen (line, person, start)."""
        found: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for seat in frozen(self.problem):
            if isinstance(seat, FrozenSeat):
                found[seat.task].append((seat.seat, seat.person, seat.start))
        return {task: tuple(seats) for task, seats in found.items()}

    @cached_property
    def frozen_sessions(self) -> tuple[FrozenSession, ...]:
        """Published classes that must stay."""
        return tuple(kept for kept in frozen(self.problem) if isinstance(kept, FrozenSession))

    @cached_property
    def frozen_supporters(self) -> dict[int, tuple[int, ...]]:
        """Shift -> the people who must stay on it."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        numbers = {(s.support, s.department, s.day): i for i, s in enumerate(self.problem.shifts)}
        for kept in frozen(self.problem):
            if isinstance(kept, FrozenShift):
                found[numbers[kept.support, kept.department, kept.day]].append(kept.person)
        return {shift: tuple(people) for shift, people in found.items()}

    def is_frozen(self, session: Session) -> bool:
        """Whether a session is published and must stay."""
        return _place(session) in self._frozen_places

    def same_place(self, one: Session, other: Session) -> bool:
        """Whether two sessions are the same class for those notified, whoever sits in it."""
        return _place(one) == _place(other)

    @cached_property
    def _frozen_places(self) -> frozenset[Place]:
        return frozenset(_place(kept.session) for kept in self.frozen_sessions)

    @cached_property
    def published_sessions(self) -> tuple[Session, ...]:
        """Published classes that are not frozen, when no new ones could be held so.

        They may stay: what is published is exempt from `as_of` and from lead days.
        """
        published = self.problem.published
        return tuple(
            session
            for session in (() if published is None else published.plan.sessions)
            if session.course >= 0
            and self.problem.courses[session.course].virtual == (session.room is None)
            and -1 not in (session.room, *session.trainers)
            and 0 <= session.start < self.problem.horizon
            and session.start < max(self.problem.as_of, *map(self.opens, session.trainers), 0)
            and not self.is_frozen(session)
        )

    def unseated(self, audience: int, course: int) -> int:
        """Heads that need a seat in a class that is not published."""
        seats = self._published_seats_of.get((audience, course), 0) + self._within_lead.get(
            course, 0
        )
        return max(0, self.problem.untrained(audience, course) - seats)

    @cached_property
    def _held_or_published(self) -> tuple[Session, ...]:
        return (*(kept.session for kept in self.frozen_sessions), *self.published_sessions)

    @cached_property
    def _published_seats_of(self) -> dict[tuple[int, int], int]:
        """(audience, course) -> seats in published classes."""
        seats: defaultdict[tuple[int, int], int] = defaultdict(int)
        for session in self._held_or_published:
            for group in session.groups:
                seats[group.audience, session.course] += group.heads
        return dict(seats)

    @cached_property
    def _within_lead(self) -> dict[int, int]:
        """Course -> seats of its published classes with a trainer within the lead days.

        Such a class may be open to others as well.
        """
        seats: defaultdict[int, int] = defaultdict(int)
        for session in self._held_or_published:
            if any(session.start < self.opens(person) for person in session.trainers):
                seats[session.course] += self.problem.courses[session.course].largest
        return dict(seats)


def _place(session: Session) -> Place:
    return session.course, session.room, session.start, frozenset(session.trainers)

"""A plan seen as the surroundings of one more piece of work: who is held when, what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from allocator.check import Checked, score
from allocator.plan import Plan, TaskBooking
from allocator.problem import Problem
from allocator.rules import RULES
from allocator.timeline import BoolArray
from allocator.views.bookings import Booking, all_bookings, room_bookings
from allocator.views.mastery import Earned, earned
from allocator.views.money import cost_by_project
from allocator.views.workload import class_slots_by_day, duty_by_day


class OutOfTime(Exception):
    """The time for explaining is up; what is being explained now stays unexplained."""


def never() -> bool:
    """The end of whoever has all the time that it takes."""
    return False


@dataclass(frozen=True)
class Situation:
    """A problem and a plan, with what is asked of them again and again."""

    problem: Problem
    plan: Plan
    until: Callable[[], bool] = never
    """Says when the time for explaining is up."""

    def look(self) -> None:
        """Raise OutOfTime if the time is up; asked between any two steps that may take long."""
        if self.until():
            raise OutOfTime

    def check(self, plan: Plan) -> Checked:
        """What the check says of another plan."""
        found = []
        for rule in RULES.values():
            self.look()
            found += rule.violations(self.problem, plan)
        self.look()
        return Checked(tuple(found), score(self.problem, plan))

    @cached_property
    def _by_person(self) -> dict[int, list[Booking]]:
        return all_bookings(self.problem, self.plan)

    @cached_property
    def _by_room(self) -> dict[int, list[Booking]]:
        return room_bookings(self.problem, self.plan)

    @cached_property
    def checked(self) -> Checked:
        """What the check says of the plan as it is."""
        return self.check(self.plan)

    @cached_property
    def by_class(self) -> Earned:
        """Skills that named learners earn in the plan's classes, or have earned already."""
        return earned(self.problem, self.plan)

    @cached_property
    def planned(self) -> dict[int, TaskBooking]:
        """The plan's booking of each planned task."""
        return {booking.task: booking for booking in self.plan.tasks}

    @cached_property
    def cost(self) -> tuple[Fraction, ...]:
        """Booked cents of each project."""
        return cost_by_project(self.problem, self.plan)

    def left(self, project: int) -> Fraction | None:
        """Cents left of a project's budget; None = it has none."""
        budget = self.problem.projects[project].budget
        return None if budget is None else budget - self.cost[project]

    def is_open(self, task: int) -> bool:
        """Whether a task is neither planned nor finished."""
        return task not in self.planned and self.problem.tasks[task].finished is None

    def bookings(self, person: int) -> list[Booking]:
        """A person's bookings in order of time, past ones too."""
        return self._by_person.get(person, [])

    def room_sessions(self, room: int) -> list[Booking]:
        """A room's sessions in order of time."""
        return self._by_room.get(room, [])

    def held(self, person: int) -> BoolArray:
        """Slots in which a person is booked."""
        return self._covered(self.bookings(person))

    def room_held(self, room: int) -> BoolArray:
        """Slots in which a room is booked, or cleared for the next class."""
        held, gap = self._covered(self.room_sessions(room)), self.problem.rooms[room].changeover
        for booking in self.room_sessions(room) if gap else ():
            held[max(0, booking.start - gap) : booking.end + gap] = True
        return held

    def held_or_travelling(self, person: int, site: int | None) -> BoolArray:
        """Slots too close to a person's bookings elsewhere for work at a site, and booked ones."""
        blocked = self.held(person)
        if site is not None:
            for booking in self.bookings(person):
                if booking.site is not None:
                    there = self.problem.travel[booking.site][site]
                    back = self.problem.travel[site][booking.site]
                    blocked[max(0, booking.start - back) : booking.end + there] = True
        return blocked

    def duty_by_day(self, person: int, *, learning: bool = True) -> Counter[int]:
        """On-duty slots booked on each local day of a person, with or without classes attended."""
        counted = [it for it in self.bookings(person) if learning or not it.learner]
        return duty_by_day(self.problem, self.problem.people[person], counted)

    def class_slots_by_day(self, person: int) -> Counter[int]:
        """Slots on the clock that a person gives classes on each local day."""
        return class_slots_by_day(self.problem, self.problem.people[person], self.bookings(person))

    def _covered(self, bookings: list[Booking]) -> BoolArray:
        covered = np.zeros(self.problem.horizon, dtype=np.bool_)
        for booking in bookings:
            covered[max(0, booking.start) : booking.end] = True
        return covered

"""A further class for an audience as its conditions see it, and the words that they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from allocator.problem import Audience, Course, Line
from allocator.reasons.classes.learners import missing, missing_members
from allocator.reasons.common.crew import Options, able, first_crew
from allocator.reasons.common.people import counted, listed_people, those_with
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import clear_of, keep, working_ends
from allocator.timeline import BoolArray, IntArray


@dataclass(frozen=True)
class ClassOptions:
    """Starts that are left for a class, and for each line of trainers the ends of each person."""

    starts: BoolArray
    trainers: Options


@dataclass(frozen=True)
class Condition:
    """What narrows the options, and its sentence (of the options before it) if nothing is left."""

    narrow: Callable[[ClassOptions], ClassOptions]
    says: Callable[[ClassOptions], str]


Allows = Callable[[Line, int, IntArray], BoolArray]
"""(line, trainer, ends) -> starts that are allowed."""


def first_class(
    options: ClassOptions, lines: tuple[Line, ...]
) -> tuple[int, tuple[int, ...]] | None:
    """The earliest start that is left with trainers for every seat, and these trainers."""
    starts = np.flatnonzero(options.starts)
    if not lines:
        return (int(starts[0]), ()) if len(starts) else None
    crew = first_crew(at_starts(options), lines)
    return None if crew is None else (crew.start, tuple(who for _, who, _ in crew.seats))


def at_starts(options: ClassOptions) -> Options:
    """The trainers' ends at the starts that are left."""
    return tuple(
        {who: keep(ends, options.starts) for who, ends in people.items()}
        for people in options.trainers
    )


def only(allowed: BoolArray) -> Callable[[ClassOptions], ClassOptions]:
    """Narrow the starts, whoever teaches."""
    return lambda options: ClassOptions(options.starts & allowed, options.trainers)


@dataclass(frozen=True)
class ClassView:
    """An audience and a course in their situation."""

    situation: Situation
    audience: int
    course: int

    @property
    def group(self) -> Audience:
        """The audience itself."""
        return self.situation.problem.audiences[self.audience]

    @property
    def what(self) -> Course:
        """The course itself."""
        return self.situation.problem.courses[self.course]

    @property
    def site(self) -> int:
        """Where its classes are: the site of the department."""
        return self.situation.problem.departments[self.group.department].site

    def moment(self, slot: int) -> str:
        """A slot in the zone of the class."""
        return self.situation.problem.axis.moment(slot, self.zone)

    @property
    def zone(self) -> int:
        """The zone of its moments."""
        return 0 if self.what.virtual else self.situation.problem.sites[self.site].zone

    @property
    def heads(self) -> str:
        """`3 heads`, `2 learners`: those that have no seat."""
        if self.group.members:
            absent = missing_members(self.situation, self.audience, self.course)
            return counted(len(absent), "learner")
        return counted(missing(self.situation, self.audience, self.course), "head")

    def speaks(self, person: int) -> bool:
        """Whether a trainer speaks the audience's language."""
        language = self.group.language
        return language is None or language in self.situation.problem.people[person].languages

    def everything(self) -> ClassOptions:
        """All starts, and all who may teach the audience by skill and language.

        Whoever is the only learner without a seat is taught, and does not teach.
        """
        horizon, length = self.situation.problem.horizon, self.what.length
        absent = missing_members(self.situation, self.audience, self.course)
        trainers = tuple(
            {
                who: np.arange(length, horizon + length, dtype=np.int32)
                for who in those_with(self.situation, line.skill, line.level)
                if self.speaks(who) and [who] != absent
            }
            for line in self.what.trainers
        )
        return ClassOptions(np.ones(horizon, dtype=np.bool_), trainers)

    def each(self, allows: Allows) -> Callable[[ClassOptions], ClassOptions]:
        """Narrow trainer by trainer."""

        def narrow(options: ClassOptions) -> ClassOptions:
            trainers = tuple(
                {who: keep(ends, allows(line, who, ends)) for who, ends in people.items()}
                for line, people in zip(self.what.trainers, options.trainers, strict=True)
            )
            return ClassOptions(options.starts, trainers)

        return narrow

    def who(self, options: ClassOptions) -> list[int]:
        """Everyone who could still teach it at some start."""
        trainers = at_starts(options)
        return sorted({who for line in range(len(trainers)) for who in able(trainers, line)})

    def ids(self, options: ClassOptions) -> str:
        """`who` as a short list of ids."""
        return listed_people(self.situation.problem, self.who(options))

    def span(self, options: ClassOptions) -> str:
        """First and last start that are left."""
        starts = np.flatnonzero(options.starts)
        return f"{self.moment(int(starts[0]))} to {self.moment(int(starts[-1]))}"

    # Rooms and companions ---------------------------------------------------------------------

    @cached_property
    def least_heads(self) -> int:
        """Fewest heads of a further class: the minimum, or 1 if it is the only one at its site."""
        problem = self.situation.problem
        for session in self.situation.plan.sessions:
            if session.course == self.course:
                for group in session.groups:
                    department = problem.audiences[group.audience].department
                    if problem.departments[department].site == self.site:
                        return self.what.smallest
        return 1

    def fitting_rooms(self, seats: int) -> list[int]:
        """Rooms at the site with the equipment and so many seats."""
        return [
            index
            for index, room in enumerate(self.situation.problem.rooms)
            if room.site == self.site
            and self.what.equipment <= room.equipment
            and room.seats >= seats
        ]

    def any_room(self, *, booked: bool) -> BoolArray:
        """Starts at which some fitting room is open, and (`booked`) not taken; all if virtual."""
        allowed = np.full(self.situation.problem.horizon, self.what.virtual)
        if not self.what.virtual:
            for room in self.fitting_rooms(self.least_heads):
                allowed |= self.room_starts(room, booked=booked)
        return allowed

    def room_starts(self, room: int, *, booked: bool) -> BoolArray:
        """Starts at which a room is open for the class, and (`booked`) not taken."""
        problem, length = self.situation.problem, self.what.length
        ends = working_ends(problem, problem.rooms[room].working, length, splittable=False)
        held = self.situation.room_held(room)
        return clear_of(ends, held if booked else np.zeros_like(held))

    def free_room(self, start: int) -> int | None:
        """The largest room that is free for a class from a start; None for a virtual one."""
        if self.what.virtual:
            return None
        rooms = [
            room
            for room in self.fitting_rooms(self.least_heads)
            if self.room_starts(room, booked=True)[start]
        ]
        return max(rooms, key=lambda room: self.situation.problem.rooms[room].seats)

    def companions(self) -> list[int]:
        """Other audiences at the site with heads that still need the course."""
        problem = self.situation.problem
        return [
            index
            for index, group in enumerate(problem.audiences)
            if index != self.audience
            and self.course in group.courses
            and problem.departments[group.department].site == self.site
            and missing(self.situation, index, self.course) > 0
        ]

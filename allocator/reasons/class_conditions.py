"""The conditions on one more class for an audience: learners, room, trainers, order, money."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from allocator.problem import Audience, Course, Line
from allocator.reasons.crew import Options, able, first_crew
from allocator.reasons.held import clash
from allocator.reasons.learners import (
    audience_starts,
    courses_before,
    heads_at,
    missing,
    missing_members,
)
from allocator.reasons.people import counted, duty_list, listed, listed_people, those_with
from allocator.reasons.situation import Situation
from allocator.reasons.starts import (
    clear_of,
    keep,
    mastered,
    vendor_minimum_met,
    within_limits,
    working_ends,
)
from allocator.timeline import BoolArray, IntArray
from allocator.wording import day, hours, money


@dataclass(frozen=True)
class ClassOptions:
    """Starts that are left for a class, and for each line of trainers the ends of each person."""

    starts: BoolArray
    trainers: Options


@dataclass(frozen=True)
class Condition:
    """What narrows the options, and its sentence if nothing is left."""

    narrow: Callable[[ClassOptions], ClassOptions]
    says: Callable[[ClassOptions, ClassOptions], str]


def first_class(
    options: ClassOptions, lines: tuple[Line, ...]
) -> tuple[int, tuple[int, ...]] | None:
    """The earliest start that is left with trainers for every seat, and these trainers."""
    starts = np.flatnonzero(options.starts)
    if not lines:
        return (int(starts[0]), ()) if len(starts) else None
    narrowed = tuple(
        {who: keep(ends, options.starts) for who, ends in people.items()}
        for people in options.trainers
    )
    crew = first_crew(narrowed, lines)
    return None if crew is None else (crew.start, tuple(who for _, who, _ in crew.seats))


@dataclass(frozen=True)
class ClassView:
    """An audience and a course, as the conditions of a further class see them."""

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

    @property
    def zone(self) -> int:
        """The zone of its moments."""
        return 0 if self.what.virtual else self.situation.problem.sites[self.site].zone

    @property
    def missing_heads(self) -> str:
        """`3 heads`, `ana and bor`."""
        if self.group.members:
            missing_people = missing_members(self.situation, self.audience, self.course)
            return counted(len(missing_people), "learner")
        return counted(missing(self.situation, self.audience, self.course), "head")

    def speaks(self, person: int) -> bool:
        """Whether a trainer speaks the audience's language."""
        language = self.group.language
        return language is None or language in self.situation.problem.people[person].languages

    def everything(self) -> ClassOptions:
        """All starts, and all who may teach the audience by skill and language."""
        problem, length = self.situation.problem, self.what.length
        trainers = tuple(
            {
                who: np.arange(length, problem.horizon + length, dtype=np.int32)
                for who in those_with(self.situation, line.skill, line.level)
                if self.speaks(who)
            }
            for line in self.what.trainers
        )
        return ClassOptions(np.ones(problem.horizon, dtype=np.bool_), trainers)

    def conditions(self) -> Iterator[Condition]:
        """All conditions on a further class, in the order in which they are blamed."""
        yield Condition(self._window, self._says_window)
        yield Condition(self._learners, self._says_learners)
        yield Condition(self._rooms(booked=False), self._says_rooms)
        yield Condition(self._each(self._on_duty), self._says_on_duty)
        yield Condition(self._each(self._after_lead), self._says_lead)
        yield Condition(self._each(self._is_master), self._says_certificate)
        yield Condition(self._materials, self._says_materials)
        yield Condition(self._order, self._says_order)
        yield Condition(self._free_learners, self._says_free_learners)
        yield Condition(self._large_enough, self._says_large_enough)
        yield Condition(self._affordable, self._says_affordable)
        yield Condition(self._rooms(booked=True), self._says_rooms_booked)
        yield Condition(self._each(self._not_held), self._says_held)
        yield Condition(self._each(self._in_reach), self._says_travel)
        yield Condition(self._each(self._within_load), self._says_load)
        yield Condition(self._each(self._enough_a_day), self._says_enough_a_day)

    # Narrowing --------------------------------------------------------------------------------

    def _at(self, allowed: BoolArray) -> Callable[[ClassOptions], ClassOptions]:
        return lambda options: ClassOptions(options.starts & allowed, options.trainers)

    def _each(
        self, allows: Callable[[Line, int, IntArray], BoolArray]
    ) -> Callable[[ClassOptions], ClassOptions]:
        def narrow(options: ClassOptions) -> ClassOptions:
            trainers = tuple(
                {who: keep(ends, allows(line, who, ends)) for who, ends in people.items()}
                for line, people in zip(self.what.trainers, options.trainers, strict=True)
            )
            return ClassOptions(options.starts, trainers)

        return narrow

    def _moment(self, slot: int) -> str:
        return self.situation.problem.axis.moment(slot, self.zone)

    def _who(self, options: ClassOptions) -> list[int]:
        return sorted(
            {who for line in range(len(options.trainers)) for who in able(options.trainers, line)}
        )

    def _seats(self) -> str:
        number = sum(line.people for line in self.what.trainers)
        return counted(number, "trainer")

    def _span(self, options: ClassOptions) -> str:
        """First and last start left."""
        starts = np.flatnonzero(options.starts)
        return f"{self._moment(int(starts[0]))} to {self._moment(int(starts[-1]))}"

    # Learners and rooms -----------------------------------------------------------------------

    def _window(self, options: ClassOptions) -> ClassOptions:
        opens, closes = self._window_bounds()
        allowed = np.zeros(len(options.starts), dtype=np.bool_)
        allowed[opens : max(opens, closes - self.what.length + 1)] = True
        return self._at(allowed)(options)

    def _window_bounds(self) -> tuple[int, int]:
        problem = self.situation.problem
        opens, closes = problem.as_of, problem.horizon
        window = problem.training_days(self.course, self.group.department)
        if window is not None:
            days = problem.days[problem.departments[self.group.department].zone]
            opens = max(opens, days.midnight(window[0]))
            closes = min(closes, days.midnight(window[1] + 1))
        return opens, closes

    def _says_window(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        window = problem.training_days(self.course, self.group.department)
        opens = self._moment(problem.as_of)
        if window is None:
            return f"no {hours(problem, self.what.length)} are left from {opens} on"
        return (
            f"its training window, {day(problem, window[0])} to {day(problem, window[1])}, has no "
            f"{hours(problem, self.what.length)} left inside the rollout from {opens} on"
        )

    def _learners(self, options: ClassOptions) -> ClassOptions:
        heads = heads_at(self.situation, self.audience, self.course, booked=False, ordered=False)
        return self._at(heads > 0)(options)

    def _says_learners(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        opens, closes = (self._moment(slot) for slot in self._window_bounds())
        problem = self.situation.problem
        sitting = f"one sitting of {hours(problem, self.what.length)}"
        whole = "the learners"
        if audience_starts(self.situation, self.audience, self.course).any():
            return (
                f"none of the {self.missing_heads} works through {sitting} together with "
                f"the audience between {opens} and {closes}"
            )
        return (
            f"between {opens} and {closes} {whole} have no {sitting} in their working time "
            f"that is clear of closed and frozen days"
        )

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

    def _fitting_rooms(self, *, seats: int) -> list[int]:
        return [
            index
            for index, room in enumerate(self.situation.problem.rooms)
            if room.site == self.site
            and self.what.equipment <= room.equipment
            and room.seats >= seats
        ]

    def _room_starts(self, room: int, *, booked: bool) -> BoolArray:
        problem = self.situation.problem
        ends = working_ends(
            problem, problem.rooms[room].working, self.what.length, splittable=False
        )
        held = self.situation.room_held(room)
        return clear_of(ends, held if booked else np.zeros_like(held))

    def _rooms(self, *, booked: bool) -> Callable[[ClassOptions], ClassOptions]:
        allowed = np.full(self.situation.problem.horizon, self.what.virtual)
        if not self.what.virtual:
            for room in self._fitting_rooms(seats=self.least_heads):
                allowed |= self._room_starts(room, booked=booked)
        return self._at(allowed)

    def free_room(self, start: int) -> int | None:
        """A room that is free for a class from a start, the one with most seats."""
        if self.what.virtual:
            return None
        rooms = [
            room
            for room in self._fitting_rooms(seats=self.least_heads)
            if self._room_starts(room, booked=True)[start]
        ]
        return max(rooms, key=lambda room: self.situation.problem.rooms[room].seats)

    def _says_rooms(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        site = problem.sites[self.site].id
        equipment = listed(sorted(self.what.equipment))
        kind = f"room at {site} with {equipment}" if equipment else f"room at {site}"
        equipped = self._fitting_rooms(seats=1)
        if not equipped:
            return f"there is no {kind}"
        if not self._fitting_rooms(seats=self.least_heads):
            most = max(problem.rooms[room].seats for room in equipped)
            return (
                f"a further class needs at least {self.least_heads} heads, and the largest {kind} "
                f"has {counted(most, 'seat')}"
            )
        return (
            f"no {kind} ({listed(problem.rooms[room].id for room in equipped)}) is open for a "
            f"sitting of {hours(problem, self.what.length)} when the learners can come "
            f"({self._span(before)})"
        )

    def _says_rooms_booked(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        rooms = self._fitting_rooms(seats=self.least_heads)
        ids = listed(self.situation.problem.rooms[room].id for room in rooms)
        return (
            f"whenever learners and trainers could meet ({self._span(before)}), the fitting "
            f"{'room is' if len(rooms) == 1 else 'rooms are'} taken by other classes ({ids})"
        )

    # Trainers ---------------------------------------------------------------------------------

    def _on_duty(self, line: Line, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        problem = self.situation.problem
        working = problem.people[person].working
        return working.sitting_starts(self.what.length, problem.axis.slots_per_hour)

    def _says_on_duty(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        people = self._who(before)
        starts = np.flatnonzero(before.starts)
        first, last = int(starts[0]), int(starts[-1]) + self.what.length
        return (
            f"when the learners can come ({self._span(before)}), its {self._seats()} "
            f"({listed_people(problem, people)}) cannot be on duty through a sitting of "
            f"{hours(problem, self.what.length)} (on duty in all that time: "
            f"{duty_list(problem, people, first, last)})"
        )

    def _after_lead(self, line: Line, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        vendor = self.situation.problem.people[person].vendor
        opens = 0 if vendor is None else self.situation.problem.vendors[vendor].available_from
        return np.arange(len(ends)) >= opens

    def _says_lead(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        vendors = sorted(
            {it for who in self._who(before) if (it := problem.people[who].vendor) is not None}
        )
        leads = " and ".join(
            f"{problem.vendors[it].id} needs {counted(problem.vendors[it].lead_days, 'day')} of "
            f"notice (until {self._moment(problem.vendors[it].available_from)})"
            for it in vendors
        )
        return f"{leads}, after the last start at which the learners can come and others teach"

    def _is_master(self, line: Line, person: int, ends: IntArray) -> BoolArray:
        return mastered(self.situation, person, line, ends)

    def _says_certificate(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        people = listed_people(self.situation.problem, self._who(before))
        return (
            f"those who could teach it ({people}) do not have the skill on a day on which the "
            f"learners can come ({self._span(before)}): it ends before or comes after"
        )

    def _not_held(self, line: Line, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return clear_of(ends, self.situation.held(person))

    def _says_held(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        options = tuple(
            {who: keep(ends, before.starts) for who, ends in people.items()}
            for people in before.trainers
        )
        example = clash(self.situation, options, self.what.trainers, self.zone)
        return (
            f"whenever learners and a room are free ({self._span(before)}), other work holds too "
            f"many of those who could teach ({listed_people(problem, self._who(before))}); "
            f"{example}"
        )

    def _in_reach(self, line: Line, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        site = None if self.what.virtual else self.site
        return clear_of(ends, self.situation.held_or_travelling(person, site))

    def _says_travel(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        return (
            f"between their other work the trainers ({listed_people(problem, self._who(before))}) "
            f"have no time for the way to {problem.sites[self.site].id} and a class when learners "
            f"and a room are free"
        )

    def _within_load(self, line: Line, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return within_limits(self.situation, person, ends, trainer=True, loaded=True)

    def _says_load(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        people = listed_people(self.situation.problem, self._who(before))
        return (
            f"whenever learners, a room and trainers are free, a further class would go beyond "
            f"the limits of hours a day, a week or in class ({people})"
        )

    def _enough_a_day(self, line: Line, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return vendor_minimum_met(self.situation, person, ends)

    def _says_enough_a_day(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        vendors = sorted(
            {it for who in self._who(before) if (it := problem.people[who].vendor) is not None}
        )
        least = " and ".join(
            f"{problem.vendors[it].id} comes for at least "
            f"{hours(problem, problem.vendors[it].minimum_per_day)} a day"
            for it in vendors
        )
        return f"{least}, and a further class would not fill such a day"

    # Order, numbers, money --------------------------------------------------------------------

    def _materials(self, options: ClassOptions) -> ClassOptions:
        allowed = np.arange(len(options.starts)) >= self._materials_end()
        return self._at(allowed)(options)

    def _materials_end(self) -> int:
        if self.what.materials is None:
            return 0
        task = self.situation.problem.tasks[self.what.materials]
        if task.finished is not None:
            return task.finished
        return self.situation.planned[self.what.materials].end

    def _says_materials(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        task = self.situation.problem.tasks[self.what.materials or 0].id
        return (
            f"its materials {task} end at {self._moment(self._materials_end())}, after the last "
            f"start at which learners, room and trainers could meet ({self._span(before)})"
        )

    def _order(self, options: ClassOptions) -> ClassOptions:
        heads = heads_at(self.situation, self.audience, self.course, booked=False, ordered=True)
        return self._at(heads > 0)(options)

    def _says_order(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        earlier = courses_before(problem, self.audience, self.course)
        return (
            f"the {self.missing_heads} missing here end "
            f"{listed(problem.courses[it].id for it in earlier)} too late, or not at all, for the "
            f"starts at which room and trainers could meet ({self._span(before)})"
        )

    def _free_learners(self, options: ClassOptions) -> ClassOptions:
        heads = heads_at(self.situation, self.audience, self.course, booked=True, ordered=True)
        return self._at(heads > 0)(options)

    def _says_free_learners(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        department = self.situation.problem.departments[self.group.department]
        limit = department.release_heads
        spare = (
            ""
            if limit is None
            else (f", or {department.id} has its {counted(limit, 'head')} in class already")
        )
        return (
            f"at every start that room and trainers would allow ({self._span(before)}) the "
            f"{self.missing_heads} missing here have other classes or work{spare}"
        )

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

    def _together(self) -> IntArray:
        audiences = [self.audience, *self.companions()]
        by_department: dict[int, IntArray] = {}
        for audience in audiences:
            heads = heads_at(self.situation, audience, self.course, booked=True, ordered=True)
            department = self.situation.problem.audiences[audience].department
            limit = self.situation.problem.departments[department].release_heads
            sofar = by_department.get(department, np.zeros_like(heads)) + heads
            by_department[department] = sofar if limit is None else np.minimum(sofar, limit)
        return np.asarray(np.sum(list(by_department.values()), axis=0), dtype=np.int32)

    def _large_enough(self, options: ClassOptions) -> ClassOptions:
        return self._at(self._together() >= self.least_heads)(options)

    def _says_large_enough(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        department = self.situation.problem.departments[self.group.department]
        most = int(self._together()[before.starts].max())
        limit = department.release_heads
        release = ""
        if limit is not None and limit < self.least_heads:
            release = f" ({department.id} releases at most {counted(limit, 'head')} at once)"
        return (
            f"a further class needs at least {counted(self.least_heads, 'head')}, and at most "
            f"{most} of those without a seat could come together{release}"
        )

    def _affordable(self, options: ClassOptions) -> ClassOptions:
        left = self.situation.left(self.what.project)
        if left is None or self._cheapest(options) <= left:
            return options
        return self._at(np.zeros_like(options.starts))(options)

    def _cheapest(self, options: ClassOptions) -> Fraction:
        problem = self.situation.problem
        rate = 0
        for line, seats in enumerate(self.what.trainers):
            rates = sorted(
                problem.people[who].cents_per_hour for who in able(options.trainers, line)
            )
            rate += sum(rates[: seats.people])
        if not self.what.virtual:
            rooms = self._fitting_rooms(seats=self.least_heads)
            rate += min(problem.rooms[room].cents_per_hour for room in rooms)
        return Fraction(rate * self.what.length, problem.axis.slots_per_hour)

    def _says_affordable(self, before: ClassOptions, after: ClassOptions) -> str:  # noqa: ARG002
        problem = self.situation.problem
        project = problem.projects[self.what.project]
        left = self.situation.left(self.what.project)
        return (
            f"a further class costs at least {money(problem, self._cheapest(before))}, and of the "
            f"budget of {project.id} ({money(problem, project.budget or 0)}) "
            f"{money(problem, left or 0)} are left"
        )

"""Who and when at all: the masks of starts and people that the first plan and the model share.

Rules that look at one booking alone (windows, working time, qualification, green lights, freezes,
lead days, pins, training windows) are folded in here once. Rules that couple bookings are not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from allocator.frozen import FrozenSeat, FrozenSession, FrozenShift, frozen
from allocator.plan import Session
from allocator.problem import Line, Problem, Task
from allocator.timeline import NEVER, BoolArray, IntArray, WorkingTime
from solver.rules import (
    green_light,
    no_freeze,
    pinned,
    precedence,
    time_window,
    training_window,
    vendor_terms,
    working_time,
)


@dataclass(frozen=True)
class Candidates:
    """Masks over one problem, computed when first asked for and kept."""

    problem: Problem
    _seat_starts: dict[tuple[int, int, int], NDArray[np.uint8]] = field(default_factory=dict)
    """Packed masks of starts: eight slots a byte, as large rollouts have tens of thousands."""
    _sittings: dict[tuple[int, int], BoolArray] = field(default_factory=dict)
    _teachers: dict[tuple[int, int, int], BoolArray] = field(default_factory=dict)
    _group_starts: dict[tuple[int, int], BoolArray] = field(default_factory=dict)

    @cached_property
    def _told_seats(self) -> dict[tuple[int, int], list[int]]:
        """(task, person) -> published starts, which are exempt from `as_of` and lead days."""
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        if self.problem.published is not None:
            for booking in self.problem.published.plan.tasks:
                for seat in booking.crew:
                    found[booking.task, seat.person].append(seat.start)
        return found

    @cached_property
    def _told_supporters(self) -> frozenset[tuple[int, int, int, int, int]]:
        """(support, department, day, start, person) of published shifts, exempt likewise."""
        published = self.problem.published
        return frozenset(
            (shift.support, shift.department, shift.day, shift.start, person)
            for shift in (published.plan.shifts if published is not None else ())
            for person in shift.people
        )

    @cached_property
    def frozen_seats(self) -> dict[int, tuple[tuple[int, int, int], ...]]:
        """Task -> its frozen (line, person, start)."""
        found: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for seat in self._frozen:
            if isinstance(seat, FrozenSeat):
                found[seat.task].append((seat.seat, seat.person, seat.start))
        return {task: tuple(seats) for task, seats in found.items()}

    @cached_property
    def frozen_sessions(self) -> tuple[FrozenSession, ...]:
        """Published classes that must stay."""
        return tuple(kept for kept in self._frozen if isinstance(kept, FrozenSession))

    @cached_property
    def frozen_supporters(self) -> dict[int, tuple[int, ...]]:
        """Shift -> the people who must stay on it."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        numbers = {(s.support, s.department, s.day): i for i, s in enumerate(self.problem.shifts)}
        for kept in self._frozen:
            if isinstance(kept, FrozenShift):
                found[numbers[kept.support, kept.department, kept.day]].append(kept.person)
        return {shift: tuple(people) for shift, people in found.items()}

    @cached_property
    def _frozen(self) -> tuple[FrozenSeat | FrozenSession | FrozenShift, ...]:
        return frozen(self.problem)

    def is_frozen(self, session: Session) -> bool:
        """Whether a session is one that people have been told of and that must stay."""
        return any(
            (kept.session.course, kept.session.room, kept.session.start)
            == (session.course, session.room, session.start)
            and set(kept.session.trainers) == set(session.trainers)
            for kept in self.frozen_sessions
        )

    @cached_property
    def learners(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Person -> (audience, course) that the person still attends by name."""
        found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for index, audience in enumerate(self.problem.audiences):
            for course in audience.courses:
                for person in self.untrained_members(index, course):
                    found[person].append((index, course))
        return {person: tuple(cells) for person, cells in found.items()}

    def untrained_members(self, audience: int, course: int) -> tuple[int, ...]:
        """Named learners of an audience who still need a course."""
        group = self.problem.audiences[audience]
        held = {p for r in group.trained if r.course == course for p in r.members}
        return tuple(person for person in group.members if person not in held)

    def sitting(self, working: WorkingTime, length: int) -> BoolArray:
        """Starts of a sitting of `length` slots in someone's working time."""
        key = (id(working), length)
        if key not in self._sittings:
            self._sittings[key] = working_time.sitting_starts(self.problem, working, length)
        return self._sittings[key]

    # Skills ---------------------------------------------------------------------------------

    def mastery(self, person: int, skill: int, level: int) -> list[tuple[int, int]]:
        """Intervals in which a person has the skill at the level without any class to come."""
        end = self.problem.horizon + 1
        spans = [
            (-(10**9), end if m.until is None else m.until)
            for m in self.problem.people[person].skills
            if m.skill == skill and m.level >= level
        ]
        spans += [(at, end) for at in self._earned.get((person, skill, level), ())]
        return spans

    @cached_property
    def _earned(self) -> dict[tuple[int, int, int], tuple[int, ...]]:
        """(person, skill, level) -> slots from which classes held already grant it."""
        found: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
        for audience in self.problem.audiences:
            for record in audience.trained:
                granted = self.problem.courses[record.course].grants
                if granted is not None:
                    for person in record.members:
                        for level in range(1, granted[1] + 1):
                            found[person, granted[0], level].append(record.at)
        return {key: tuple(slots) for key, slots in found.items()}

    def has_throughout(self, person: int, skill: int, level: int, start: int, end: int) -> bool:
        """Whether the person has the skill during all of [start, end) without a class to come."""
        reached = start
        for opens, closes in sorted(self.mastery(person, skill, level)):
            if opens <= reached:
                reached = max(reached, closes)
        return reached >= end

    def may_earn(self, person: int, skill: int, level: int) -> bool:
        """Whether a class that is still to be planned can grant the person the skill."""
        return bool(self.granting_cells(person, skill, level))

    def granting_cells(self, person: int, skill: int, level: int) -> list[tuple[int, int]]:
        """(audience, course) in which the person can earn the skill at the level."""
        found = []
        for audience, course in self.learners.get(person, ()):
            granted = self.problem.courses[course].grants
            if granted is not None and granted[0] == skill and granted[1] >= level:
                found.append((audience, course))
        return found

    def people_with(self, skill: int, level: int) -> tuple[int, ...]:
        """Everyone who has, or can still earn, the skill at the level."""
        return self._people_with[skill, level]

    @cached_property
    def _people_with(self) -> dict[tuple[int, int], tuple[int, ...]]:
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for person in range(len(self.problem.people)):
            for skill in self._skills_of(person):
                for level in range(1, 6):
                    if self.mastery(person, skill, level) or self.may_earn(person, skill, level):
                        found[skill, level].append(person)
        return defaultdict(tuple, {key: tuple(people) for key, people in found.items()})

    def _skills_of(self, person: int) -> set[int]:
        own = {mastery.skill for mastery in self.problem.people[person].skills}
        earned = {skill for who, skill, _ in self._earned if who == person}
        grants = (self.problem.courses[c].grants for _, c in self.learners.get(person, ()))
        return own | earned | {granted[0] for granted in grants if granted is not None}

    # Tasks ----------------------------------------------------------------------------------

    @cached_property
    def open_tasks(self) -> tuple[int, ...]:
        """Tasks that can be booked at all: not finished, no refusal, nothing before them lost."""
        lost: set[int] = set()
        for index in self.task_order:
            task = self.problem.tasks[index]
            after_lost = any(link.task in lost for link in task.after)
            if task.finished is None and (after_lost or green_light.refused(self.problem, task)):
                lost.add(index)
        return tuple(
            index
            for index, task in enumerate(self.problem.tasks)
            if task.finished is None and index not in lost
        )

    @cached_property
    def plannable(self) -> frozenset[int]:
        """`open_tasks`, to ask for membership."""
        return frozenset(self.open_tasks)

    @cached_property
    def task_order(self) -> tuple[int, ...]:
        """All tasks, each after those it comes `after`."""
        order: list[int] = []
        seen: set[int] = set()
        for root in range(len(self.problem.tasks)):
            stack = [(root, False)]
            while stack:
                index, ready = stack.pop()
                if ready:
                    order.append(index)
                elif index not in seen:
                    seen.add(index)
                    stack.append((index, True))
                    stack += [(link.task, False) for link in self.problem.tasks[index].after]
        return tuple(order)

    def latest_end(self, task: Task) -> int:
        """Slot at which the deadline, or the rollout, ends."""
        return time_window.latest_end(self.problem, task)

    def seat_people(self, task: int, line: int) -> tuple[int, ...]:
        """People who could take a seat of a crew line at some time."""
        need = self.problem.tasks[task].crew[line]
        return tuple(
            person
            for person in self.people_with(need.skill, need.level)
            if (self.ends(task, line, person) != NEVER).any()
        )

    def ends(self, task: int, line: int, person: int) -> IntArray:
        """End of a person's booking for each start; NEVER where some rule forbids the start.

        Where the skill is still to be earned the start counts as possible: see `needs_class`.
        """
        key = (task, line, person)
        what, who = self.problem.tasks[task], self.problem.people[person]
        ends = working_time.seat_ends(self.problem, what, what.crew[line], who.working)
        if key not in self._seat_starts:
            self._seat_starts[key] = np.packbits(self._narrowed(task, line, person, ends))
        allowed = np.unpackbits(self._seat_starts[key], count=len(ends)).view(np.bool_)
        return np.where(allowed, ends, np.int32(NEVER))

    def _narrowed(self, task_index: int, line: int, person: int, ends: IntArray) -> BoolArray:
        """Starts of a booking that no rule about one booking alone forbids."""
        problem, task = self.problem, self.problem.tasks[task_index]
        need = task.crew[line]
        allowed: BoolArray = ends != NEVER
        time_window.narrow_seat(problem, task, ends, allowed)
        allowed[: max(0, green_light.opens(problem, task))] = False
        precedence.narrow_seat(problem, task, allowed)
        time_window.narrow_to_now(allowed, self.opens(person), self._told_seats[task_index, person])
        pinned.narrow_seat(
            task, [start for _, _, start in self.frozen_seats.get(task_index, ())], allowed
        )
        no_freeze.narrow_seat(problem, task, ends, allowed)
        if not self.may_earn(person, need.skill, need.level):
            uncertain = ends > self._certain_until(person, need)
            for begin in np.flatnonzero(allowed & uncertain):
                allowed[begin] = self.has_throughout(
                    person, need.skill, need.level, int(begin), int(ends[begin])
                )
        return allowed

    def _certain_until(self, person: int, need: Line) -> int:
        """Everything that ends by this slot is covered by a mastery without a beginning."""
        spans = self.mastery(person, need.skill, need.level)
        return max((closes for opens, closes in spans if opens < 0), default=0)

    # Classes --------------------------------------------------------------------------------

    def needs(self) -> list[tuple[int, int]]:
        """(audience, course) with heads that still need a seat."""
        return [
            (index, course)
            for index, audience in enumerate(self.problem.audiences)
            for course in audience.courses
            if self.problem.untrained(index, course) > 0
        ]

    @cached_property
    def told_sessions(self) -> tuple[Session, ...]:
        """Published classes that are not frozen, when no new ones could be held so.

        They may stay: what people have been told is exempt from `as_of` and from lead days.
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
        """Heads that need a seat in a class which people have not been told of."""
        told = [kept.session for kept in self.frozen_sessions] + list(self.told_sessions)
        seats = sum(
            group.heads
            for session in told
            if session.course == course
            for group in session.groups
            if group.audience == audience
        )
        # With a trainer within the lead days a class may be open to others as well.
        seats += sum(
            self.problem.courses[course].largest
            for session in told
            if session.course == course
            and any(session.start < self.opens(person) for person in session.trainers)
        )
        return max(0, self.problem.untrained(audience, course) - seats)

    def group_starts(self, audience: int, course: int) -> BoolArray:
        """Starts at which an audience may be in a class of a course."""
        key = (audience, course)
        if key not in self._group_starts:
            starts = self.meeting_starts(audience, course)
            time_window.narrow_to_now(starts, self.problem.as_of, ())
            self._group_starts[key] = starts
        return self._group_starts[key]

    def meeting_starts(self, audience: int, course: int) -> BoolArray:
        """`group_starts` without regard to now: where a published class may stay."""
        problem = self.problem
        what = problem.courses[course]
        starts = self.sitting(problem.audiences[audience].working, what.length).copy()
        no_freeze.narrow_group(problem, audience, what.length, starts)
        training_window.narrow_group(problem, audience, course, starts)
        if what.materials is not None:
            done = problem.tasks[what.materials].finished
            if done is not None:
                starts[: max(0, done)] = False
        return starts

    def teachers(self, course: int, line: int) -> tuple[int, ...]:
        """People who could train a course in a seat of a line at some time."""
        need = self.problem.courses[course].trainers[line]
        return tuple(
            person
            for person in self.people_with(need.skill, need.level)
            if self.teacher_starts(course, line, person).any()
        )

    def teacher_starts(self, course: int, line: int, person: int) -> BoolArray:
        """Starts at which a person may train a course, skills still to be earned counting."""
        key = (course, line, person)
        if key not in self._teachers:
            starts = self._able_to_train(course, line, person)
            time_window.narrow_to_now(starts, self.opens(person), ())
            self._teachers[key] = starts
        return self._teachers[key]

    def _able_to_train(self, course: int, line: int, person: int) -> BoolArray:
        what, who = self.problem.courses[course], self.problem.people[person]
        starts = self.sitting(who.working, what.length).copy()
        need = what.trainers[line]
        if not self.may_earn(person, need.skill, need.level):
            certain = max(0, self._certain_until(person, need) - what.length + 1)
            for start in certain + np.flatnonzero(starts[certain:]):
                starts[start] = self.has_throughout(
                    person, need.skill, need.level, int(start), int(start) + what.length
                )
        return starts

    def trainers(self, course: int, line: int, room: int | None, start: int) -> tuple[int, ...]:
        """People who may fill a line of a class there and then, told ones within lead days too."""
        told = {
            person
            for session in self.told_sessions
            if (session.course, session.room, session.start) == (course, room, start)
            for person in session.trainers
        }
        need = self.problem.courses[course].trainers[line]
        return tuple(
            person
            for person in self.people_with(need.skill, need.level)
            if self.teacher_starts(course, line, person)[start]
            or (person in told and self._able_to_train(course, line, person)[start])
        )

    def opens(self, person: int) -> int:
        """First slot at which a person may get a new booking: `as_of` and lead days."""
        return max(self.problem.as_of, vendor_terms.opens(self.problem, person))

    def speaks(self, person: int, audience: int) -> bool:
        """Whether a trainer speaks an audience's language."""
        language = self.problem.audiences[audience].language
        return language is None or language in self.problem.people[person].languages

    def rooms(self, course: int, site: int) -> tuple[int, ...]:
        """Rooms at a site with the equipment for a course; none for a virtual one."""
        what = self.problem.courses[course]
        return tuple(
            index
            for index, room in enumerate(self.problem.rooms)
            if not what.virtual and room.site == site and what.equipment <= room.equipment
        )

    def site_of(self, audience: int) -> int:
        """The site of an audience's department, where its classes are."""
        return self.problem.departments[self.problem.audiences[audience].department].site

    # Support --------------------------------------------------------------------------------

    def supporters(self, shift: int) -> tuple[int, ...]:
        """People who could stand a support shift, skills still to be earned counting."""
        need = self.problem.shifts[shift]
        support = self.problem.supports[need.support]
        found = []
        for person in self.people_with(support.skill, support.level):
            working = self.problem.people[person].working
            if not self.sitting(working, need.end - need.start)[need.start]:
                continue
            key = (need.support, need.department, need.day, need.start, person)
            told = key in self._told_supporters
            has = self.has_throughout(person, support.skill, support.level, need.start, need.end)
            earns = self.may_earn(person, support.skill, support.level)
            if (told or need.start >= self.opens(person)) and (has or earns):
                found.append(person)
        return tuple(found)

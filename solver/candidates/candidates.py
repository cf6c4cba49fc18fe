"""Who and when at all: the masks of starts and people that the first plan and the model share.

Rules that look at one booking alone (windows, working time, qualification, green lights, freezes,
lead days, pins, training windows) are folded in here once. Rules that couple bookings are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from allocator.problem import Line, Task
from allocator.timeline import NEVER, BoolArray, IntArray, WorkingTime
from allocator.views.days_off import Cap, caps
from allocator.views.spells import longest_spell
from solver.candidates import bits
from solver.candidates.duty import Duty
from solver.candidates.masks import (
    green_light,
    no_freeze,
    pinned,
    precedence,
    rest,
    time_window,
    training_window,
    work_limits,
    working_time,
)
from solver.candidates.published import PublishedPlan
from solver.candidates.skills import Skills
from solver.candidates.spells import Spells, spells_of
from solver.candidates.steps import Steps
from solver.candidates.ways import has_detours
from solver.settings import Stop
from solver.stopping import Stopped, never

Run = tuple[int, int, int]
"""Starts in [first, beyond) whose work must end by a slot: (first, beyond, closes)."""

Alike = tuple[int, int, int, bool, tuple[tuple[int, int], ...], tuple[Run, ...]]
"""(skill, level, work, splittable, published seats, runs) of a crew line."""

LineKind = tuple[int, int, int, int, bool]
"""(skill, level, people, work, splittable) of a crew line."""


@dataclass(frozen=True)
class Candidates(Skills, PublishedPlan):
    """Masks over one problem, computed when first asked for and kept.

    Once the solve is `overdue`, what is not known of tasks yet is not computed any more: `Stopped`.
    """

    overdue: Stop = never
    hurried: Stop = never
    """So much of the time is gone that a first plan comes before what makes it better."""
    _duties: dict[int, Duty] = field(default_factory=dict)
    _sittings: dict[tuple[int, int], BoolArray] = field(default_factory=dict)
    _sitting_bits: dict[tuple[int, int], int] = field(default_factory=dict)
    _limited: dict[tuple[int | None, ...], int] = field(default_factory=dict)
    _caps: dict[int, tuple[Cap, ...]] = field(default_factory=dict)
    _spells: dict[tuple[int, int], Spells | None] = field(default_factory=dict)
    _runs: dict[int, tuple[Run, ...]] = field(default_factory=dict)
    _seat_people: dict[Alike, tuple[int, ...]] = field(default_factory=dict)
    _teachers: dict[tuple[int, int, int], BoolArray] = field(default_factory=dict)
    _group_starts: dict[tuple[int, int], BoolArray] = field(default_factory=dict)
    _supporters: dict[tuple[int, int], dict[int, tuple[int, ...]]] = field(default_factory=dict)
    line_ends: dict[LineKind, IntArray] = field(default_factory=dict)
    """What `quickest` has found for crew lines."""
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    """What `earliest` has found; empty until then."""
    class_steps: dict[int | None, Steps] = field(default_factory=dict)
    """What `capacity.materials` has found; empty until then."""

    def duty(self, person: int) -> Duty:
        """When a person is on duty; people with one calendar between them share it."""
        working = self.problem.people[person].working
        if id(working) not in self._duties:
            self._duties[id(working)] = Duty(working)
        return self._duties[id(working)]

    def spells(self, person: int) -> Spells | None:
        """What the calendar says of a person's rest; None where it alone gives the rest."""
        who = self.problem.people[person]
        if who.rest is None:
            return None
        key = (id(who.working), who.rest)
        if key not in self._spells:
            most = longest_spell(who.rest, self.problem.axis.slots_per_hour)
            found = spells_of(who.working, who.rest, most)
            self._spells[key] = found if found.binds else None
        return self._spells[key]

    def caps(self, person: int) -> tuple[Cap, ...]:
        """Of which days, nights and weekends a person may work only so many."""
        if person not in self._caps:
            self._caps[person] = caps(self.problem, self.problem.people[person])
        return self._caps[person]

    def sitting(self, working: WorkingTime, length: int) -> BoolArray:
        """Starts of a sitting of `length` slots in someone's working time."""
        key = (id(working), length)
        if key not in self._sittings:
            self._sittings[key] = working_time.sitting_starts(self.problem, working, length)
        return self._sittings[key]

    def sitting_bits(self, working: WorkingTime, length: int) -> int:
        """`sitting` as bits."""
        key = (id(working), length)
        if key not in self._sitting_bits:
            self._sitting_bits[key] = bits.from_mask(self.sitting(working, length))
        return self._sitting_bits[key]

    # Tasks ----------------------------------------------------------------------------------

    @cached_property
    def open_tasks(self) -> tuple[int, ...]:
        """Tasks that can be booked at all: not finished, no refusal, nothing before them lost."""
        lost: set[int] = set()
        for index in self.task_order:
            task = self.problem.tasks[index]
            after_lost = any(
                link.task in lost and self.problem.known(link) is None for link in task.after
            )
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
        key = self.alike(task, line)
        if key not in self._seat_people:
            need = self.problem.tasks[task].crew[line]
            self._seat_people[key] = tuple(
                person
                for person in self.people_with(need.skill, need.level)
                if self.seat_starts(task, line, person)
            )
        return self._seat_people[key]

    def alike(self, task: int, line: int) -> Alike:
        """What `seat_starts` depends on: crew lines that share it have the same for everybody."""
        what = self.problem.tasks[task]
        need = what.crew[line]
        published = self.published_seats.get(task, ())
        runs = self.task_runs(task)
        return (need.skill, need.level, need.work, what.splittable, published, runs)

    def ends(self, task: int, line: int, person: int) -> IntArray:
        """End of a person's booking for each start; NEVER where some rule forbids the start.

        Where the skill is still to be earned the start counts as possible: see `may_earn`.
        """
        return self.ends_of(task, line, person, self.seat_starts(task, line, person))

    def ends_of(self, task: int, line: int, person: int, starts: int) -> IntArray:
        """End of a person's booking for each of some possible starts, NEVER for the others."""
        what, horizon = self.problem.tasks[task], self.problem.horizon
        working, work = self.problem.people[person].working, what.crew[line].work
        at = np.flatnonzero(bits.to_mask(starts, horizon)).astype(np.int32)
        ends = np.full(horizon, NEVER, dtype=np.int32)
        ends[at] = working_time.seat_ends(working, work, at, splittable=what.splittable)
        return ends

    def seat_starts(self, task: int, line: int, person: int) -> int:
        """The starts of `ends`, as bits."""
        what = self.problem.tasks[task]
        need = what.crew[line]
        published = [start for who, start in self.published_seats.get(task, ()) if who == person]
        starts = self._able_starts(person, need, need.work, what.splittable, published)
        if not starts:
            return 0
        inside = 0
        for first, beyond, closes in self.task_runs(task):
            last = self._latest_start(person, closes, need.work, what.splittable)
            inside |= bits.span(first, min(beyond, last + 1))
        return starts & inside

    def _present_starts(self, person: int, length: int, splittable: bool) -> int:
        """Starts at which a person is there throughout."""
        if splittable:
            return working_time.split_starts(self.duty(person), length)
        return self.sitting_bits(self.problem.people[person].working, length)

    def _limited_starts(self, person: int, length: int, splittable: bool) -> int:
        """Those of them that the person's own limits of hours allow."""
        who = self.problem.people[person]
        starts = self._present_starts(person, length, splittable)
        spells = self.spells(person)
        if not starts or not (spells or work_limits.binds(who)):
            return starts
        limits = (who.hours_per_day, who.hours_per_week, who.zone, who.rest)
        key = (id(who.working), *limits, length, splittable)
        if key not in self._limited:
            horizon = self.problem.horizon
            at = np.flatnonzero(bits.to_mask(starts, horizon)).astype(np.int32)
            ends = working_time.seat_ends(who.working, length, at, splittable=splittable)
            mask = np.zeros(horizon, dtype=np.bool_)
            kept = work_limits.within(self.problem, who, at, ends)
            if spells is not None:
                kept &= rest.within(self.problem, spells, at, ends)
            mask[at[kept]] = True
            self._limited[key] = bits.from_mask(mask)
        return self._limited[key]

    def line_starts(self, task: int, line: int, person: int) -> int:
        """Starts at which a person could take a seat of a crew line if the task had no window."""
        what = self.problem.tasks[task]
        need = what.crew[line]
        return self._able_starts(person, need, need.work, what.splittable)

    def _able_starts(
        self,
        person: int,
        need: Line,
        length: int,
        splittable: bool,
        published: Collection[int] = (),
    ) -> int:
        """Starts at which a person is there and has the skill throughout, whatever the work.

        From now and the vendor's lead days on, or at a `published` start of the person.
        """
        starts = self._limited_starts(person, length, splittable)
        for start in published:
            # What is published is kept, or found to break a limit, by the check.
            starts |= self._present_starts(person, length, splittable) & (1 << max(0, start))
        starts = time_window.from_now(starts, self.opens(person), published)
        if self.may_earn(person, need.skill, need.level):
            return starts
        covered = 0
        for opens, closes in self.mastery(person, need.skill, need.level):
            if opens <= 0 and closes >= self.problem.horizon:
                return starts
            last = self._latest_start(person, closes, length, splittable)
            covered |= bits.span(max(0, opens), last + 1)
        return starts & covered

    def _latest_start(self, person: int, end: int, length: int, splittable: bool) -> int:
        """Last start of work that ends by `end`; negative if there is none."""
        return self.duty(person).latest_start(end, length) if splittable else end - length

    def task_runs(self, index: int) -> tuple[Run, ...]:
        """When a task may run, whoever does it: stretches of starts with the end they must keep."""
        if index not in self._runs:
            if self.overdue():
                raise Stopped
            problem, task = self.problem, self.problem.tasks[index]
            latest = np.full(problem.horizon, problem.horizon, dtype=np.int32)
            time_window.narrow_task(problem, task, latest)
            latest[: max(0, green_light.opens(problem, task))] = NEVER
            precedence.narrow_task(problem, task, latest)
            frozen_starts = [start for _, _, start in self.frozen_seats.get(index, ())]
            pinned.narrow_task(task, frozen_starts, latest)
            no_freeze.narrow_task(problem, task, latest)
            self._runs[index] = _runs(latest)
        return self._runs[index]

    # Classes --------------------------------------------------------------------------------

    def needs(self) -> list[tuple[int, int]]:
        """(audience, course) with heads that still need a seat."""
        return [
            (index, course)
            for index, audience in enumerate(self.problem.audiences)
            for course in audience.courses
            if self.problem.untrained(index, course) > 0
        ]

    def group_starts(self, audience: int, course: int) -> BoolArray:
        """Starts at which an audience may be in a class of a course."""
        key = (audience, course)
        if key not in self._group_starts:
            starts = self.meeting_starts(audience, course)
            time_window.narrow_to_now(starts, self.problem.as_of)
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
                starts[max(0, problem.as_of) : max(0, done)] = False
        return starts

    def teachers(self, course: int, line: int) -> tuple[int, ...]:
        """People who could train a course in a seat of a line at some time."""
        need = self.problem.courses[course].trainers[line]
        return tuple(
            person
            for person in self.people_with(need.skill, need.level)
            if self.teacher_bits(course, line, person)
        )

    def teacher_starts(self, course: int, line: int, person: int) -> BoolArray:
        """Starts at which a person may train a course, skills still to be earned counting."""
        key = (course, line, person)
        if key not in self._teachers:
            starts = self.teacher_bits(course, line, person)
            self._teachers[key] = bits.to_mask(starts, self.problem.horizon)
        return self._teachers[key]

    def teacher_bits(
        self, course: int, line: int, person: int, published: Collection[int] = ()
    ) -> int:
        """`teacher_starts` as bits, with the person's `published` ones."""
        what = self.problem.courses[course]
        return self._able_starts(person, what.trainers[line], what.length, False, published)

    def trainers(self, course: int, line: int, room: int | None, start: int) -> tuple[int, ...]:
        """People for a line of a class there and then, published ones within lead days too."""
        published = {
            person
            for session in self.published_sessions
            if (session.course, session.room, session.start) == (course, room, start)
            for person in session.trainers
        }
        need = self.problem.courses[course].trainers[line]
        return tuple(
            person
            for person in self.people_with(need.skill, need.level)
            if self.teacher_starts(course, line, person)[start]
            or (
                person in published
                and self.teacher_bits(course, line, person, (start,)) >> start & 1
            )
        )

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

    def pace(self, course: int, site: int) -> int:
        """Slots from the start of a class to that of the next one in its room, back to back."""
        gaps = (self.problem.rooms[room].changeover for room in self.rooms(course, site))
        return self.problem.courses[course].length + min(gaps, default=0)

    @cached_property
    def has_detours(self) -> bool:
        """Whether work at a third site can make up for a direct way that is too long."""
        return has_detours(self.problem.travel)

    def site_of(self, audience: int) -> int:
        """The site of an audience's department, where its classes are."""
        return self.problem.departments[self.problem.audiences[audience].department].site

    # Support --------------------------------------------------------------------------------

    def supporters(self, shift: int) -> tuple[int, ...]:
        """People who could stand a support shift, skills still to be earned counting."""
        support = self.problem.supports[self.problem.shifts[shift].support]
        key = (support.skill, support.level)
        if key not in self._supporters:
            self._supporters[key] = self._stand_ins(*key)
        return self._supporters[key][shift]

    def _stand_ins(self, skill: int, level: int) -> dict[int, tuple[int, ...]]:
        """`supporters` of every shift that asks for a skill at a level, at once."""
        problem = self.problem
        found: defaultdict[int, list[int]] = defaultdict(list)
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for index, shift in enumerate(problem.shifts):
            support = problem.supports[shift.support]
            if (support.skill, support.level) == (skill, level):
                by_length[shift.end - shift.start].append(index)
        for length, shifts in by_length.items():
            need = Line(skill, level, 1, length)
            starts = np.array([problem.shifts[index].start for index in shifts])
            for person in self.people_with(skill, level):
                published, opens = (
                    self.published_shifts.get(person, frozenset()),
                    self.opens(person),
                )
                published_starts = [problem.shifts[index].start for index in published]
                able = self._able_starts(person, need, length, False, published_starts)
                for at in np.flatnonzero(bits.to_mask(able, problem.horizon)[starts]):
                    if starts[at] >= opens or shifts[at] in published:
                        found[shifts[at]].append(person)
        return defaultdict(tuple, {index: tuple(people) for index, people in found.items()})


def _runs(latest: IntArray) -> tuple[Run, ...]:
    """Stretches of starts with the same latest end, those that cannot end in time left out."""
    latest = np.where(latest > np.arange(len(latest)), latest, NEVER)
    firsts = np.flatnonzero(np.diff(latest, prepend=NEVER - 1))
    beyonds = np.append(firsts[1:], len(latest))
    return tuple(
        (int(first), int(beyond), int(latest[first]))
        for first, beyond in zip(firsts, beyonds, strict=True)
        if latest[first] != NEVER
    )

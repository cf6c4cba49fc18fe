"""Who offers which starts for each seat, as bit sets, and how soon a task could end at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.timeline import NEVER, IntArray
from solver.candidates import bits
from solver.candidates.candidates import Alike, Candidates


@dataclass(frozen=True, slots=True)
class Offer:
    """One person for one line of a crew, or of a course's trainers, at any of these starts."""

    person: int
    starts: int
    earns: bool
    """Whether the skill may have to be earned in a class first."""


class Offers:
    """Masks of the candidates as bit sets, computed when first asked for."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.problem = candidates.problem
        self._seats: dict[int, tuple[tuple[Offer, ...], ...]] = {}
        self._first_ends: dict[int, IntArray] = {}
        self._alike: dict[
            tuple[tuple[Alike, int], ...], tuple[tuple[tuple[Offer, ...], ...], IntArray]
        ] = {}
        self._line_ends: dict[tuple[int, int, int, int, bool], IntArray] = {}
        self._never = 2 * candidates.problem.horizon
        self._teachers: dict[int, tuple[tuple[Offer, ...], ...]] = {}
        self._groups: dict[tuple[int, int], int] = {}

    def seats(self, task: int) -> tuple[tuple[Offer, ...], ...]:
        """Line by line, who could fill a seat of a task and from when."""
        if task not in self._seats:
            self._collect(task)
        return self._seats[task]

    def first_ends(self, task: int) -> IntArray:
        """The earliest end of a task that starts at each slot or later, if all were free.

        One longer than the rollout; a slot beyond the rollout means never.
        """
        if task not in self._first_ends:
            self._collect(task)
        return self._first_ends[task]

    def _collect(self, task: int) -> None:
        """Tasks that are alike in all that counts share what is found: there may be thousands."""
        what = self.problem.tasks[task]
        key = tuple(
            (self.candidates.alike(task, index), line.people)
            for index, line in enumerate(what.crew)
        )
        if key not in self._alike:
            self._alike[key] = self._collected(task)
        self._seats[task], self._first_ends[task] = self._alike[key]

    def _collected(self, task: int) -> tuple[tuple[tuple[Offer, ...], ...], IntArray]:
        candidates, what = self.candidates, self.problem.tasks[task]
        crew_end = np.zeros(self.problem.horizon, dtype=np.int32)
        lines = []
        for index, line in enumerate(what.crew):
            offers = tuple(
                Offer(person, starts, candidates.may_earn(person, line.skill, line.level))
                for person in candidates.people_with(line.skill, line.level)
                if (starts := candidates.seat_starts(task, index, person))
            )
            lines.append(offers)
            ends = self._quickest(task, index)
            if task in candidates.told_seats:
                ends = self._with_told(task, index, offers, ends)
            np.maximum(crew_end, ends, out=crew_end)
        inside = np.full_like(crew_end, self._never)
        for first, beyond, closes in candidates.task_runs(task):
            span = crew_end[first:beyond]
            inside[first:beyond] = np.where(span <= closes, span, self._never)
        first_ends = np.minimum.accumulate(inside[::-1])[::-1]
        return tuple(lines), np.append(first_ends, np.int32(self._never))

    def _quickest(self, task: int, index: int) -> IntArray:
        """For each start, when a crew line filled by the quickest is done; windows do not count.

        Lines that ask for the same share it.
        """
        candidates, what = self.candidates, self.problem.tasks[task]
        line = what.crew[index]
        key = (line.skill, line.level, line.people, line.work, what.splittable)
        if key not in self._line_ends:
            starts = [
                (person, candidates.line_starts(task, index, person))
                for person in candidates.people_with(line.skill, line.level)
            ]
            found = np.full(self.problem.horizon, self._never, dtype=np.int32)
            if what.splittable and len(starts) >= line.people:
                ends = np.stack([candidates.ends_of(task, index, *each) for each in starts])
                ends[ends == NEVER] = self._never
                found = np.partition(ends, line.people - 1, axis=0)[line.people - 1]
            elif not what.splittable:
                enough = bits.at_least([each for _, each in starts], line.people)
                at = np.flatnonzero(bits.to_mask(enough, self.problem.horizon))
                found[at] = at + line.work
            self._line_ends[key] = found
        return self._line_ends[key]

    def _with_told(
        self, task: int, index: int, offers: tuple[Offer, ...], ends: IntArray
    ) -> IntArray:
        """`_quickest`, with starts that only those may keep who have been told of them."""
        line, splittable = self.problem.tasks[task].crew[index], self.problem.tasks[task].splittable
        ends = ends.copy()
        for offer in offers:
            early = offer.starts & ~self.candidates.line_starts(task, index, offer.person)
            for start in bits.each(early):
                duty = self.candidates.duty(offer.person)
                end = duty.end(start, line.work) if splittable else start + line.work
                ends[start] = min(int(ends[start]), end)
        return ends

    def teachers(self, course: int) -> tuple[tuple[Offer, ...], ...]:
        """Line by line, who could train a course and from when."""
        if course not in self._teachers:
            lines = []
            for index, line in enumerate(self.problem.courses[course].trainers):
                offers = []
                for person in self.candidates.teachers(course, index):
                    starts = self.candidates.teacher_bits(course, index, person)
                    earns = self.candidates.may_earn(person, line.skill, line.level)
                    offers.append(Offer(person, starts, earns))
                lines.append(tuple(offers))
            self._teachers[course] = tuple(lines)
        return self._teachers[course]

    def group(self, audience: int, course: int) -> int:
        """Starts at which an audience may be in a class of a course."""
        key = (audience, course)
        if key not in self._groups:
            self._groups[key] = bits.from_mask(self.candidates.group_starts(audience, course))
        return self._groups[key]

    def room(self, room: int, length: int) -> int:
        """Starts at which a room is open for a sitting."""
        return self.candidates.sitting_bits(self.problem.rooms[room].working, length)

    def learner(self, person: int, length: int) -> int:
        """Starts at which a named learner is on duty for a sitting."""
        return self.candidates.sitting_bits(self.problem.people[person].working, length)

"""Who offers which starts for each seat, as bit sets, and how soon a task could end at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.timeline import NEVER, IntArray
from solver.candidates import bits
from solver.candidates.candidates import Alike, Candidates
from solver.candidates.quickest import quickest_ends


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
        lines = []
        for index, line in enumerate(what.crew):
            offers = tuple(
                Offer(person, starts, candidates.may_earn(person, line.skill, line.level))
                for person in candidates.people_with(line.skill, line.level)
                if (starts := candidates.seat_starts(task, index, person))
            )
            lines.append(offers)
        ends = quickest_ends(candidates, task)
        ends[ends == NEVER] = self._never
        first_ends = np.minimum.accumulate(ends[::-1])[::-1]
        return tuple(lines), np.append(first_ends, np.int32(self._never))

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

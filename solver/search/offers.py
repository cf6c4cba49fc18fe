"""Who offers which starts for each seat, as bit sets, and how soon a task could end at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.timeline import NEVER, IntArray
from solver.candidates import Candidates
from solver.search import bits


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
        self._teachers: dict[int, tuple[tuple[Offer, ...], ...]] = {}
        self._groups: dict[tuple[int, int], int] = {}
        self._rooms: dict[tuple[int, int], int] = {}
        self._learners: dict[tuple[int, int], int] = {}

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
        candidates, problem = self.candidates, self.problem
        never = 2 * problem.horizon
        crew_end = np.zeros(problem.horizon, dtype=np.int64)
        lines = []
        for index, line in enumerate(problem.tasks[task].crew):
            offers, ends = [], []
            for person in candidates.people_with(line.skill, line.level):
                reached = candidates.ends(task, index, person)
                possible = reached != NEVER
                starts = bits.from_mask(possible)
                if starts:
                    earns = candidates.may_earn(person, line.skill, line.level)
                    offers.append(Offer(person, starts, earns))
                    ends.append(np.where(possible, reached, never))
            lines.append(tuple(offers))
            if len(ends) < line.people:
                crew_end[:] = never
            elif line.people == 1:
                np.maximum(crew_end, np.minimum.reduce(ends), out=crew_end)
            else:
                ranked = np.partition(np.stack(ends), line.people - 1, axis=0)
                np.maximum(crew_end, ranked[line.people - 1], out=crew_end)
        first = np.minimum.accumulate(crew_end[::-1])[::-1]
        self._seats[task] = tuple(lines)
        self._first_ends[task] = np.append(first, never).astype(np.int32)

    def teachers(self, course: int) -> tuple[tuple[Offer, ...], ...]:
        """Line by line, who could train a course and from when."""
        if course not in self._teachers:
            lines = []
            for index, line in enumerate(self.problem.courses[course].trainers):
                offers = []
                for person in self.candidates.teachers(course, index):
                    starts = self.candidates.teacher_starts(course, index, person)
                    earns = self.candidates.may_earn(person, line.skill, line.level)
                    offers.append(Offer(person, bits.from_mask(starts), earns))
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
        key = (room, length)
        if key not in self._rooms:
            working = self.problem.rooms[room].working
            self._rooms[key] = bits.from_mask(self.candidates.sitting(working, length))
        return self._rooms[key]

    def learner(self, person: int, length: int) -> int:
        """Starts at which a named learner is on duty for a sitting."""
        key = (person, length)
        if key not in self._learners:
            working = self.problem.people[person].working
            self._learners[key] = bits.from_mask(self.candidates.sitting(working, length))
        return self._learners[key]

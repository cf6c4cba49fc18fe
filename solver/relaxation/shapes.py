"""What bookings of tasks look like on the grid, worked out once for all models of times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from allocator.timeline import NEVER, IntArray
from solver.candidates.candidates import Candidates
from solver.candidates.earliest import crew_ends
from solver.model.grid import Grid
from solver.relaxation.makespan_bound import earliest_finish
from solver.relaxation.pools import Pool, pools_of


@dataclass(frozen=True, slots=True)
class Shape:
    """Grid positions at which something may start, and how long it then takes."""

    starts: IntArray
    lengths: IntArray

    @property
    def uniform(self) -> bool:
        """Whether it takes equally long from every start."""
        return bool((self.lengths == self.lengths[0]).all())


@dataclass(frozen=True, slots=True)
class TaskShape(Shape):
    """A task with the fastest crew; the end may be later where a slower one can come."""

    latest_end: int
    slower: bool


class Shapes:
    """The shapes of all tasks and seats of a problem, with its pools."""

    def __init__(self, candidates: Candidates, grid: Grid) -> None:
        self.candidates = candidates
        self.grid = grid
        self._tasks: dict[int, TaskShape | None] = {}
        self._seats: dict[tuple[int, int, int], Shape] = {}
        self._shortest: dict[tuple[int, int], int] = {}
        self._finish: int | None = None

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """The pools of the tasks, the most loaded first."""
        return pools_of(self.candidates)

    @property
    def earliest_finish(self) -> int:
        """A slot before which the last task cannot end, if all are planned."""
        if self._finish is None:
            self._finish = earliest_finish(self.candidates, self.pools)
        return self._finish

    def prove_finish(self, slot: int) -> None:
        """Take a later such slot, if it is later."""
        self._finish = max(self.earliest_finish, slot)

    def task(self, index: int) -> TaskShape | None:
        """Of a task; None if it cannot be planned."""
        if index not in self._tasks:
            ends, latest = crew_ends(self.candidates, index)
            slots = np.flatnonzero(ends != NEVER).astype(np.int32)
            if len(slots):
                starts = self.grid.starts(slots)
                self._tasks[index] = TaskShape(
                    starts,
                    self.grid.ends(ends[slots]) - starts,
                    int(self.grid.ends(latest[slots]).max()),
                    not np.array_equal(ends[slots], latest[slots]),
                )
            else:
                self._tasks[index] = None
        return self._tasks[index]

    def seat(self, task: int, line: int, person: int) -> Shape:
        """Of a person's booking."""
        key = (task, line, person)
        if key not in self._seats:
            ends = self.candidates.ends(task, line, person)
            slots = np.flatnonzero(ends != NEVER).astype(np.int32)
            starts = self.grid.starts(slots)
            self._seats[key] = Shape(starts, self.grid.ends(ends[slots]) - starts)
        return self._seats[key]

    def shortest(self, task: int, line: int) -> int:
        """The least that a seat of a crew line takes of anybody."""
        if (task, line) not in self._shortest:
            people = self.candidates.seat_people(task, line)
            lengths = [int(self.seat(task, line, person).lengths.min()) for person in people]
            self._shortest[task, line] = min(lengths)
        return self._shortest[task, line]

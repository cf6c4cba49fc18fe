"""The model's time: only the slots in which somebody who can do tasks is on duty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.timeline import IntArray
from solver.candidates.candidates import Candidates


@dataclass(frozen=True, eq=False)
class Grid:
    """Worked slots in order; grid position g stands for the slot `slots[g]`.

    A start is the position of its first slot, an end the position of its last slot plus one, so
    that nights and weekends in which nobody works take no room in the model.
    """

    slots: IntArray

    def __len__(self) -> int:
        return len(self.slots)

    def start_at_or_after(self, slot: int) -> int:
        """First position whose slot is not before `slot`; len(grid) if there is none."""
        return int(np.searchsorted(self.slots, slot))

    def end_at_or_after(self, slot: int) -> int:
        """First end position that lies at or after `slot` on the clock."""
        return int(np.searchsorted(self.slots, slot - 1)) + 1

    def end_at_or_before(self, slot: int) -> int:
        """Last end position that lies at or before `slot` on the clock; 0 if there is none."""
        return int(np.searchsorted(self.slots, slot))

    def starts(self, slots: IntArray) -> IntArray:
        """Positions of slots that are worked."""
        return np.searchsorted(self.slots, slots).astype(np.int32)

    def ends(self, slots: IntArray) -> IntArray:
        """End positions of ends on the clock that follow a worked slot."""
        return (np.searchsorted(self.slots, slots - 1) + 1).astype(np.int32)

    def start_slot(self, position: int) -> int:
        """The slot at which work begun at a position starts."""
        return int(self.slots[position])

    def end_slot(self, position: int) -> int:
        """The slot at which work that ends at a position is over."""
        return int(self.slots[position - 1]) + 1


def grid_of(candidates: Candidates) -> Grid:
    """The slots in which anyone who could fill a seat of a task is on duty."""
    problem = candidates.problem
    asked = {
        (line.skill, line.level)
        for task in candidates.open_tasks
        for line in problem.tasks[task].crew
    }
    able = {person for skill, level in asked for person in candidates.people_with(skill, level)}
    worked = np.zeros(problem.horizon, dtype=np.bool_)
    for person in able:
        worked |= problem.people[person].working.duty
    return Grid(np.flatnonzero(worked).astype(np.int32))

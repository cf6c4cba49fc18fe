"""What a calendar says of rest: which on-duty slots have too little of it in between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from allocator.timeline import BoolArray, IntArray, WorkingTime


@dataclass(frozen=True, eq=False)
class Spells:
    """The runs of on-duty slots of a calendar with less than the rest between any two in order.

    All that a person works lies on duty: where no run is longer than a spell of work may be, the
    calendar alone gives the rest.
    """

    rest: int
    most: int
    """Slots that a spell of work may last."""
    first: IntArray
    """Slot -> first slot of its run; of a slot off duty, of the run before it."""
    beyond: IntArray
    """Slot -> the slot after the last one of its run."""

    @property
    def binds(self) -> bool:
        """Whether a booking could break the rest at all."""
        return bool(len(self.first)) and int((self.beyond - self.first).max()) > self.most

    def within(self, starts: IntArray, ends: IntArray) -> BoolArray:
        """Bookings [start, end), on duty at both ends, that have the rest within themselves."""
        heads = np.minimum(ends, self.beyond[starts]) - starts
        tails = ends - np.maximum(starts, self.first[ends - 1])
        long = np.concatenate(([0], np.cumsum(self._is_long))).astype(np.int64)
        # Whole runs lie between the end of the first one and the start of the last one.
        low, high = self.beyond[starts], np.maximum(self.first[ends - 1], self.beyond[starts])
        inside = long[high] - long[low]
        return np.asarray((heads <= self.most) & (tails <= self.most) & (inside == 0))

    @property
    def _is_long(self) -> BoolArray:
        slots = np.arange(len(self.first))
        return np.asarray((self.first == slots) & (self.beyond - self.first > self.most))


def spells_of(working: WorkingTime, rest: int, most: int) -> Spells:
    """The runs of a calendar with less than `rest` slots off duty between two on-duty slots."""
    duty, horizon = working.positions, working.horizon
    first = np.zeros(horizon, dtype=np.int32)
    beyond = np.zeros(horizon, dtype=np.int32)
    if len(duty):
        cuts = np.flatnonzero(np.diff(duty) > rest)
        starts = duty[np.concatenate(([0], cuts + 1))]
        ends = duty[np.concatenate((cuts, [len(duty) - 1]))] + 1
        run = np.maximum(np.searchsorted(starts, np.arange(horizon), side="right") - 1, 0)
        first, beyond = starts[run].astype(np.int32), ends[run].astype(np.int32)
    return Spells(rest, most, first, beyond)

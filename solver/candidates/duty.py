"""When somebody is on duty, as plain arrays and as bits, for quick look-up."""

from __future__ import annotations

from array import array

from allocator.timeline import WorkingTime
from solver.candidates import bits


class Duty:
    """The working time of a person: on-duty slots counted, listed, and as a set."""

    def __init__(self, working: WorkingTime) -> None:
        self.worked = array("i", working.worked.tobytes())
        """On-duty slots before each slot."""
        self.positions = array("i", working.positions.tobytes())
        """The on-duty slots in order."""
        self.slots = bits.from_mask(working.duty)
        """The on-duty slots as bits."""
        self.horizon = working.horizon

    def end(self, start: int, work: int) -> int:
        """End of splittable work begun at an on-duty slot, which must be possible."""
        return self.positions[self.worked[start] + work - 1] + 1

    def starts(self, work: int) -> int:
        """Starts of splittable work that ends inside the rollout, as bits."""
        last = len(self.positions) - work
        return self.slots & bits.span(0, self.positions[last] + 1) if last >= 0 else 0

    def latest_start(self, end: int, work: int) -> int:
        """Last start of splittable work that ends by `end`; -1 if there is none."""
        rank = self.worked[max(0, min(end, self.horizon))] - work
        return self.positions[rank] if rank >= 0 else -1

    def earliest_start(self, end: int, work: int) -> int:
        """First start of splittable work that ends at `end` or later."""
        rank = self.worked[max(0, min(end - 1, self.horizon))] - work + 1
        if rank <= 0:
            return 0
        return self.positions[rank] if rank < len(self.positions) else self.horizon

"""Time on duty and local days as plain arrays, for quick look-up."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np

from allocator.timeline import LocalDays
from solver.search import bits


@dataclass(frozen=True)
class Hours:
    """When a person is on duty, as plain arrays for quick look-up."""

    worked: array[int]
    positions: array[int]
    horizon: int

    def end(self, start: int, work: int) -> int:
        """End of splittable work begun at an on-duty slot, which must be possible."""
        return self.positions[self.worked[start] + work - 1] + 1

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


class Days:
    """The local days of one zone inside the rollout, as plain lists for quick look-up."""

    def __init__(self, days: LocalDays, horizon: int) -> None:
        self.first = days.day(0)
        last = days.day(horizon)
        self.midnights = [days.midnight(day) for day in range(self.first, last + 9)]
        slots = np.searchsorted(np.array(self.midnights), np.arange(horizon), side="right")
        self.day_of: list[int] = (slots - 1 + self.first).tolist()
        self.weekday = days.weekday

    def midnight(self, day: int) -> int:
        """Slot at which a local day begins."""
        return self.midnights[day - self.first]

    def slots(self, day: int, days: int) -> int:
        """The slots of so many local days from one on, as bits."""
        low, high = max(day, self.first), day + days
        return bits.span(max(0, self.midnight(low)), self.midnight(high)) if high > low else 0

    def week(self, day: int) -> int:
        """The Monday-to-Sunday week of a local day."""
        return (day + self.weekday) // 7

"""The local days of a zone as plain lists, for quick look-up."""

from __future__ import annotations

import numpy as np

from allocator.timeline import LocalDays
from solver.candidates import bits


class Days:
    """The local days of one zone inside the rollout."""

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

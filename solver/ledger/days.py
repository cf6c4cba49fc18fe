"""The local days of a zone as plain lists, for quick look-up."""

from __future__ import annotations

import numpy as np

from allocator.timeline import LocalDays
from solver.candidates import bits
from solver.candidates.duty import Duty


class Days:
    """The local days of one zone inside the rollout."""

    def __init__(self, days: LocalDays, horizon: int) -> None:
        self.first = days.day(0)
        last = days.day(horizon)
        self.midnights = [days.midnight(day) for day in range(self.first, last + 9)]
        slots = np.searchsorted(np.array(self.midnights), np.arange(horizon), side="right")
        self.day_of: list[int] = (slots - 1 + self.first).tolist()
        self.weekday = days.weekday
        self._long_enough: dict[tuple[Duty, int, int], int] = {}

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

    def long_enough(self, duty: Duty, work: int, minimum: int) -> int:
        """Starts of splittable work that takes so many on-duty slots of each day it meets."""
        key = (duty, work, minimum)
        if key not in self._long_enough:
            self._long_enough[key] = self._compute_long_enough(duty, work, minimum)
        return self._long_enough[key]

    def _compute_long_enough(self, duty: Duty, work: int, minimum: int) -> int:
        worked, positions = np.array(duty.worked), np.array(duty.positions)
        ends = positions[work - 1 :] + 1
        starts = positions[: len(ends)]
        days = np.array(self.day_of) - self.first
        midnights = np.clip(self.midnights, 0, duty.horizon)
        begins, closes = days[starts], days[ends - 1]
        first = worked[np.minimum(ends, midnights[begins + 1])] - worked[starts]
        last = worked[ends] - worked[np.maximum(starts, midnights[closes])]
        whole = np.diff(worked[midnights])
        short = np.cumsum([0, *((whole > 0) & (whole < minimum))])
        between = short[np.maximum(closes, begins + 1)] - short[begins + 1]
        mask = np.zeros(duty.horizon, dtype=np.bool_)
        mask[starts[(first >= minimum) & (last >= minimum) & (between == 0)]] = True
        return bits.from_mask(mask)

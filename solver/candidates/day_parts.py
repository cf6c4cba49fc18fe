"""How bookings fall on local days or weeks: what each would take of those that it meets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.timeline import BoolArray, IntArray, LocalDays

Slots = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Parts:
    """On-duty slots that bookings would take of spans (days, or weeks), booking by booking.

    Arrays over bookings: the spans in which they begin and close, and their slots in these two.
    Of a span in between they take all that is on duty: `whole`, an array over spans.
    """

    begins: Slots
    closes: Slots
    first: Slots
    last: Slots
    whole: Slots

    def at_most(self, room: Slots) -> BoolArray:
        """Bookings that take no more of any span than the room that is left there."""
        ends_keep = (self.first <= room[self.begins]) & (self.last <= room[self.closes])
        return ends_keep & self._nowhere_between(self.whole > room)

    def at_least(self, minimum: int) -> BoolArray:
        """Bookings that take so many slots of each span of which they take any."""
        ends_keep = (self.first >= minimum) & (self.last >= minimum)
        return ends_keep & self._nowhere_between((self.whole > 0) & (self.whole < minimum))

    def _nowhere_between(self, bad: BoolArray) -> BoolArray:
        before = np.concatenate(([0], np.cumsum(bad)))
        after_first = np.minimum(self.begins + 1, len(bad))
        same: BoolArray = before[np.maximum(self.closes, after_first)] == before[after_first]
        return same


def parts_of(worked: IntArray, starts: IntArray, ends: IntArray, edges: Slots) -> Parts:
    """The parts of bookings [start, end) in spans whose `edges` enclose the rollout.

    `worked` are the on-duty slots before each slot.
    """
    begins = np.searchsorted(edges, starts, side="right") - 1
    closes = np.searchsorted(edges, ends - 1, side="right") - 1
    inside = np.clip(edges, 0, len(worked) - 1)
    worked = worked.astype(np.int64)
    return Parts(
        begins=begins,
        closes=closes,
        first=worked[np.minimum(ends, inside[begins + 1])] - worked[starts],
        last=worked[ends] - worked[np.maximum(starts, inside[closes])],
        whole=np.diff(worked[inside]),
    )


def day_edges(days: LocalDays, horizon: int) -> Slots:
    """The midnights that enclose the rollout."""
    return np.array([days.midnight(day) for day in range(days.day(0), days.day(horizon) + 2)])


def week_edges(days: LocalDays, horizon: int) -> Slots:
    """The midnights before the Mondays that enclose the rollout."""
    weeks = range(days.week(0), days.week(horizon) + 2)
    return np.array([days.week_bounds(week)[0] for week in weeks])

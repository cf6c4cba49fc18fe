"""The local days of a zone as plain lists, for quick look-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from allocator.timeline import BoolArray, IntArray, LocalDays
from solver.candidates import bits
from solver.candidates.day_parts import Parts, Slots, day_edges, parts_of, week_edges
from solver.candidates.duty import Duty


class Limit(NamedTuple):
    """At most so many slots of a day or a week, and what of each is booked."""

    most: int
    booked: Mapping[int, int]


class _Work(NamedTuple):
    """Splittable work at each of its starts, and how it falls on days and weeks."""

    starts: IntArray
    days: Parts
    weeks: Parts


class Days:
    """The local days of one zone inside the rollout."""

    def __init__(self, days: LocalDays, horizon: int) -> None:
        self.first = days.day(0)
        last = days.day(horizon)
        self.midnights = [days.midnight(day) for day in range(self.first, last + 9)]
        slots = np.searchsorted(np.array(self.midnights), np.arange(horizon), side="right")
        self.day_of: list[int] = (slots - 1 + self.first).tolist()
        self.weekday = days.weekday
        self._day_edges = day_edges(days, horizon)
        self._week_edges = week_edges(days, horizon)
        self._first_week = days.week(0)
        self._works: dict[tuple[Duty, int], _Work] = {}
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
            found = self._work(duty, work)
            enough = found.days.at_least(minimum)
            self._long_enough[key] = _as_bits(found.starts, enough, duty.horizon)
        return self._long_enough[key]

    def with_room(
        self, duty: Duty, work: int, per_day: Limit | None, per_week: Limit | None
    ) -> int:
        """Starts of splittable work that takes no more of a day or a week than is left of it."""
        found = self._work(duty, work)
        fits = np.ones(len(found.starts), dtype=np.bool_)
        if per_day is not None:
            fits &= found.days.at_most(_room(per_day, len(found.days.whole), self.first))
        if per_week is not None:
            fits &= found.weeks.at_most(_room(per_week, len(found.weeks.whole), self._first_week))
        return _as_bits(found.starts, fits, duty.horizon)

    def _work(self, duty: Duty, work: int) -> _Work:
        key = (duty, work)
        if key not in self._works:
            positions, worked = np.array(duty.positions), np.array(duty.worked)
            ends = positions[work - 1 :] + 1
            starts = positions[: len(ends)]
            self._works[key] = _Work(
                starts,
                parts_of(worked, starts, ends, self._day_edges),
                parts_of(worked, starts, ends, self._week_edges),
            )
        return self._works[key]


def _room(limit: Limit, spans: int, first: int) -> Slots:
    room = np.full(spans, limit.most, dtype=np.int64)
    for span, slots in limit.booked.items():
        if first <= span < first + spans:
            room[span - first] -= slots
    return room


def _as_bits(starts: IntArray, kept: BoolArray, horizon: int) -> int:
    mask = np.zeros(horizon, dtype=np.bool_)
    mask[starts[kept]] = True
    return bits.from_mask(mask)

"""Time as integers: slots on one axis, the local days of each zone, and people's working time.

A slot is `slot_minutes` long; slot 0 begins at 00:00 of the rollout's first day in the rollout's
zone. Intervals are half-open. Days are numbered from the rollout's first day (day 0), in each zone
by its own midnights. Only this module and `formats` know dates and zones.
"""

from __future__ import annotations

from calendar import monthcalendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int32]

NEVER = -1
"""In an array of ends: work that begins here never ends inside the rollout."""

LONG_SITTING_HOURS = 4
"""A sitting longer than this may run across a pause of someone's calendar."""

MARGIN_DAYS = 1100
"""Local days are listed this far around the rollout; beyond it they count as 24 hours each."""


@dataclass(frozen=True, slots=True)
class LocalDays:
    """The local days of one zone: the slot at which each of them begins."""

    first: int
    midnights: IntArray
    weekday: int
    """Weekday of day 0, Monday = 0."""
    slots_per_day: int

    def midnight(self, day: int) -> int:
        """Slot at which a local day begins."""
        index = day - self.first
        last = len(self.midnights) - 1
        inside = min(max(index, 0), last)
        return int(self.midnights[inside]) + (index - inside) * self.slots_per_day

    def bounds(self, day: int) -> tuple[int, int]:
        """A local day as a half-open interval of slots."""
        return self.midnight(day), self.midnight(day + 1)

    def day(self, slot: int) -> int:
        """The local day in which a slot begins."""
        return self.first + int(np.searchsorted(self.midnights, slot, side="right")) - 1

    def week(self, slot: int) -> int:
        """The Monday-to-Sunday week in which a slot begins; week 0 holds day 0."""
        return (self.day(slot) + self.weekday) // 7

    def week_bounds(self, week: int) -> tuple[int, int]:
        """A Monday-to-Sunday week as a half-open interval of slots."""
        monday = week * 7 - self.weekday
        return self.midnight(monday), self.midnight(monday + 7)


@dataclass(frozen=True)
class Axis:
    """The one axis of slots, and the way between it and local dates and moments."""

    start: date
    slot_minutes: int
    zones: tuple[str, ...]
    """Zone names; zone 0 is the rollout's, those of sites follow."""
    horizon: int
    """Number of slots in the rollout: nothing is planned at or after this slot."""

    @cached_property
    def origin(self) -> datetime:
        """The moment (UTC) at which slot 0 begins."""
        midnight = datetime.combine(self.start, time(0), ZoneInfo(self.zones[0]))
        return midnight.astimezone(UTC)

    @property
    def slots_per_hour(self) -> int:
        """1, 2 or 4."""
        return 60 // self.slot_minutes

    def exact_slot(self, local: datetime, zone: int) -> Fraction:
        """Position of a local moment on the axis; whole if the moment lies on the grid."""
        moment = local.replace(tzinfo=ZoneInfo(self.zones[zone])).astimezone(UTC)
        seconds = int((moment - self.origin).total_seconds())
        return Fraction(seconds, 60 * self.slot_minutes)

    def exists(self, local: datetime, zone: int) -> bool:
        """Whether clocks ever show this local moment (they skip one hour in spring)."""
        there = local.replace(tzinfo=ZoneInfo(self.zones[zone]))
        back = there.astimezone(UTC).astimezone(ZoneInfo(self.zones[zone]))
        return back.replace(tzinfo=None) == local

    def day_number(self, day: date) -> int:
        """The number of a date, the rollout's first day being 0."""
        return (day - self.start).days

    def date(self, day: int) -> date:
        """The date of a day's number."""
        return self.start + timedelta(days=day)

    def month(self, day: int) -> tuple[int, int]:
        """The year and the month of a day's number."""
        date = self.date(day)
        return date.year, date.month

    def saturdays(self, year: int, month: int) -> int:
        """How many Saturdays a month of the calendar has."""
        return sum(week[5] > 0 for week in monthcalendar(year, month))

    def local(self, slot: int, zone: int) -> datetime:
        """The local moment at which a slot begins, with its zone."""
        moment = self.origin + timedelta(minutes=slot * self.slot_minutes)
        return moment.astimezone(ZoneInfo(self.zones[zone]))

    def moment(self, slot: int, zone: int) -> str:
        """A slot as `YYYY-MM-DDTHH:MM`; the second pass of an autumn hour shows its offset."""
        there = self.local(slot, zone)
        return there.isoformat(timespec="minutes") if there.fold else f"{there:%Y-%m-%dT%H:%M}"

    def hours(self, slots: int) -> Fraction:
        """Slots as hours."""
        return Fraction(slots, self.slots_per_hour)

    @cached_property
    def days(self) -> tuple[LocalDays, ...]:
        """The local days of each zone."""
        return _local_days(self)


@lru_cache(maxsize=16)
def _local_days(axis: Axis) -> tuple[LocalDays, ...]:
    """Kept for axes that are alike, as of the same document read again and again."""
    last = axis.horizon * axis.slot_minutes // 1440 + MARGIN_DAYS
    numbers = range(-MARGIN_DAYS, last + 1)
    result = []
    for zone in range(len(axis.zones)):
        midnights = [
            axis.exact_slot(datetime.combine(axis.date(day), time(0)), zone) for day in numbers
        ]
        result.append(
            LocalDays(
                first=-MARGIN_DAYS,
                midnights=np.array([int(slot) for slot in midnights], dtype=np.int32),
                weekday=axis.start.weekday(),
                slots_per_day=1440 // axis.slot_minutes,
            )
        )
    return tuple(result)


@dataclass(frozen=True, eq=False)
class WorkingTime:
    """When someone, or a room, is on duty: calendar less holidays and absences.

    `duty` and `pause` have one entry per slot of the rollout. A pause is a gap of at most 60
    minutes between two stretches of one day of the calendar; it is not on-duty time.
    """

    duty: BoolArray
    pause: BoolArray

    @cached_property
    def worked(self) -> IntArray:
        """`worked[t]`: on-duty slots before slot t; one longer than the rollout."""
        return np.concatenate(([0], np.cumsum(self.duty))).astype(np.int32)

    @cached_property
    def positions(self) -> IntArray:
        """The on-duty slots in order."""
        return np.flatnonzero(self.duty).astype(np.int32)

    @property
    def horizon(self) -> int:
        """Number of slots in the rollout."""
        return len(self.duty)

    def on_duty(self, start: int, end: int) -> int:
        """On-duty slots in [start, end), cut to the rollout."""
        low, high = (min(max(slot, 0), self.horizon) for slot in (start, end))
        return int(self.worked[high] - self.worked[low]) if high > low else 0

    def split_end(self, start: int, work: int) -> int:
        """End of splittable work of `work` on-duty slots begun at `start`; NEVER if impossible."""
        if not (0 <= start < self.horizon and self.duty[start]):
            return NEVER
        last = int(self.worked[start]) + work - 1
        return int(self.positions[last]) + 1 if last < len(self.positions) else NEVER

    def split_ends(self, work: int) -> IntArray:
        """`split_end` for every start at once."""
        ends = np.full(self.horizon, NEVER, dtype=np.int32)
        fitting = self.positions[: max(0, len(self.positions) - work + 1)]
        ends[fitting] = self.positions[work - 1 :][: len(fitting)] + 1
        return ends

    def can_sit(self, start: int, end: int, slots_per_hour: int) -> bool:
        """Whether one sitting can take place in [start, end) without a break but for a pause."""
        if not (0 <= start < end <= self.horizon):
            return False
        present = self.duty[start:end]
        if end - start > LONG_SITTING_HOURS * slots_per_hour:
            present = present | self.pause[start:end]
        return bool(self.duty[start] and self.duty[end - 1] and present.all())

    def sitting_starts(self, length: int, slots_per_hour: int) -> BoolArray:
        """`can_sit` for every start of a sitting of `length` slots."""
        present = self.duty
        if length > LONG_SITTING_HOURS * slots_per_hour:
            present = self.duty | self.pause
        gaps = np.concatenate(([0], np.cumsum(~present)))
        starts = np.zeros(self.horizon, dtype=np.bool_)
        fitting = self.horizon - length + 1
        if fitting > 0:
            whole = gaps[length:] == gaps[:fitting]
            starts[:fitting] = whole & self.duty[:fitting] & self.duty[length - 1 :]
        return starts

"""Working hours: calendars laid over the rollout in each zone, less holidays and absences."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np

from allocator.formats.clock import Clock
from allocator.formats.models.fields import Stretch
from allocator.formats.models.people import CalendarEntry
from allocator.formats.rollout.allowance import Allowance
from allocator.formats.shape import Sheet
from allocator.timeline import BoolArray, WorkingTime

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_PAUSE_MINUTES = 60

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One calendar: the stretches of each weekday in order, and the holidays."""

    stretches: tuple[tuple[Stretch, ...], ...]
    holidays: frozenset[date]

    def on(self, day: date) -> tuple[Stretch, ...]:
        """The working stretches of a date."""
        return () if day in self.holidays else self.stretches[day.weekday()]


@dataclass(frozen=True, slots=True)
class Calendars:
    """All calendars. Those who share calendar, zone and absences share one object."""

    clock: Clock
    weeks: dict[str, Week]
    allowance: Allowance
    _laid: dict[tuple[str, int], WorkingTime] = field(default_factory=dict)
    _less: dict[tuple[str, int, Spans], WorkingTime] = field(default_factory=dict)

    def works(self, calendar: str, day: date) -> bool:
        """Whether a calendar has working hours on a date."""
        return calendar in self.weeks and bool(self.weeks[calendar].on(day))

    def working(self, calendar: str, zone: int) -> WorkingTime:
        """When a calendar works, slot by slot; never, for one that is unknown."""
        key = (calendar, zone)
        if key not in self._laid:
            self.allowance.take(self.clock.axis.horizon, "calendars")
            week = self.weeks.get(calendar, Week(((),) * 7, frozenset()))
            self._laid[key] = _laid_out(week, self.clock, zone)
        return self._laid[key]

    def less(self, calendar: str, zone: int, absences: Spans, path: str) -> WorkingTime:
        """When a calendar works, less absences; one object for all to whom the same applies."""
        spans = tuple(sorted(set(absences)))
        working = self.working(calendar, zone)
        if not spans:
            return working
        key = (calendar, zone, spans)
        if key not in self._less:
            self.allowance.take(self.clock.axis.horizon, path)
            self._less[key] = _without(working, spans)
        return self._less[key]


def _without(working: WorkingTime, spans: Spans) -> WorkingTime:
    duty, pause = working.duty.copy(), working.pause.copy()
    for start, end in spans:
        duty[max(start, 0) : max(end, 0)] = False
        pause[max(start, 0) : max(end, 0)] = False
    return WorkingTime(duty, pause)


def read_calendars(sheet: Sheet, clock: Clock) -> Calendars:
    """The calendars of a document, checked."""
    weeks = {}
    for path, entry in sheet.rows("calendars", sheet.document.calendars):
        weeks[entry.id] = Week(_weekly(path, entry, clock), frozenset(entry.holidays))
    return Calendars(clock, weeks, Allowance(clock.faults))


def _weekly(path: str, entry: CalendarEntry, clock: Clock) -> tuple[tuple[Stretch, ...], ...]:
    weekly = []
    for name in WEEKDAYS:
        listed: list[Stretch] = getattr(entry.weekly, name)
        for index, stretch in enumerate(listed):
            check_stretch(stretch, f"{path}.weekly.{name}[{index}]", clock)
        ordered = tuple(sorted(listed, key=lambda stretch: stretch.start))
        for earlier, later in pairwise(ordered):
            if later.start < earlier.end:
                message = f"{earlier.text} and {later.text} overlap."
                clock.faults.add(f"{path}.weekly.{name}", "overlap", message)
        weekly.append(ordered)
    return tuple(weekly)


def check_stretch(stretch: Stretch, path: str, clock: Clock) -> None:
    """Reports a stretch of a day that does not lie on the grid."""
    minutes = clock.axis.slot_minutes
    if stretch.start % minutes or stretch.end % minutes:
        message = f"{stretch.text} is not on the grid of {minutes} minutes."
        clock.faults.add(path, "off_grid", message)


def time_of_day(day: date, minutes: int, zone: int, clock: Clock) -> int:
    """Slot of a time of day, on days of 23 and 25 hours too.

    A time that comes twice means its first pass; one that clocks skip, the moment they go forward.
    """
    days = clock.axis.days[zone]
    start, end = days.bounds(clock.axis.day_number(day))
    if end - start == days.slots_per_day:
        return start + minutes // clock.axis.slot_minutes
    if minutes == 1440:
        return end
    local = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    slot = int(clock.axis.exact_slot(local, zone))
    if not clock.axis.exists(local, zone):
        while clock.axis.local(slot - 1, zone).replace(tzinfo=None) > local:
            slot -= 1
    return slot


def _laid_out(week: Week, clock: Clock, zone: int) -> WorkingTime:
    axis = clock.axis
    duty: BoolArray = np.zeros(axis.horizon, dtype=np.bool_)
    pause: BoolArray = np.zeros(axis.horizon, dtype=np.bool_)
    days = axis.days[zone]
    for number in range(days.day(0), days.day(axis.horizon - 1) + 1):
        day = axis.date(number)
        previous: Stretch | None = None
        for stretch in week.on(day):
            start = max(time_of_day(day, stretch.start, zone, clock), 0)
            duty[start : max(time_of_day(day, stretch.end, zone, clock), 0)] = True
            if previous is not None and stretch.start - previous.end <= LONGEST_PAUSE_MINUTES:
                pause[max(time_of_day(day, previous.end, zone, clock), 0) : start] = True
            previous = stretch
    return WorkingTime(duty, pause & ~duty)

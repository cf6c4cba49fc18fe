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
from allocator.formats.rollout.hours import DAY, WHOLE_DAY, Hours, hours_of, week_of
from allocator.formats.shape import Sheet
from allocator.timeline import BoolArray, WorkingTime

LONGEST_PAUSE_MINUTES = 60

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Calendars:
    """All calendars. Those who share calendar, zone and absences share one object."""

    clock: Clock
    hours: dict[str, Hours]
    allowance: Allowance
    _laid: dict[tuple[str, int], WorkingTime] = field(default_factory=dict)
    _less: dict[tuple[str, int, Spans], WorkingTime] = field(default_factory=dict)

    def works(self, calendar: str, day: date) -> bool:
        """Whether working hours of a calendar begin on a date."""
        return calendar in self.hours and bool(self.hours[calendar].begin_on(day))

    def working(self, calendar: str, zone: int) -> WorkingTime:
        """When a calendar works, slot by slot; never, for one that is unknown."""
        key = (calendar, zone)
        if key not in self._laid:
            self.allowance.take(self.clock.axis.horizon, "calendars")
            hours = self.hours.get(calendar, Hours())
            self._laid[key] = _laid_out(hours, self.clock, zone)
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
    hours = {}
    for path, entry in sheet.rows("calendars", sheet.document.calendars):
        _check(path, entry, clock)
        hours[entry.id] = hours_of(entry)
    return Calendars(clock, hours, Allowance(clock.faults))


def _check(path: str, entry: CalendarEntry, clock: Clock) -> None:
    """Reports hours that are off the grid or overlap, and a calendar that has none or two kinds."""
    if entry.weekly is not None and entry.rotation is not None:
        message = "A calendar has the same hours every week or weeks in rotation, not both."
        clock.faults.add(path, "contradiction", message)
    if entry.weekly is None and entry.rotation is None and not entry.roster:
        message = f'The calendar "{entry.id}" has no hours: give weekly, rotation or a roster.'
        clock.faults.add(path, "missing_field", message)
    weeks = [(f"{path}.weekly", entry.weekly)] if entry.weekly is not None else []
    if entry.rotation is not None:
        place = f"{path}.rotation.weeks"
        weeks = [(f"{place}[{index}]", it) for index, it in enumerate(entry.rotation.weeks)]
    days = [(f"{at}.{name}", listed) for at, week in weeks for name, listed in week_of(week)]
    _check_days([*days, *days[:1]], clock)
    dates: dict[date, tuple[str, list[Stretch]]] = {}
    for index, it in enumerate(entry.roster):
        if it.date in dates:
            message = f"{it.date} is in the roster twice."
            clock.faults.add(f"{path}.roster[{index}].date", "duplicate_id", message)
        dates[it.date] = f"{path}.roster[{index}].hours", it.hours
    for day, own in dates.items():
        _check_days([own, *([dates[day + DAY]] if day + DAY in dates else [])], clock)


def _check_days(days: list[tuple[str, list[Stretch]]], clock: Clock) -> None:
    """Reports stretches off the grid, and such as overlap within a day or into the next one.

    The last day is only there for the one before it, unless it is the only one.
    """
    for number, (path, listed) in enumerate(days[:-1] or days):
        for index, stretch in enumerate(listed):
            check_stretch(stretch, f"{path}[{index}]", clock)
        ordered = sorted(listed, key=lambda stretch: stretch.start)
        for earlier, later in pairwise(ordered):
            if later.start < earlier.end:
                message = f"{earlier.text} and {later.text} overlap."
                clock.faults.add(path, "overlap", message)
        following = days[number + 1][1] if number + 1 < len(days) else []
        for later in following:
            if ordered and later.start < ordered[-1].end - WHOLE_DAY:
                message = f"{ordered[-1].text} runs into {later.text} of the next day."
                clock.faults.add(path, "overlap", message)


def check_stretch(stretch: Stretch, path: str, clock: Clock) -> None:
    """Reports a stretch of a day that does not lie on the grid."""
    minutes = clock.axis.slot_minutes
    if stretch.start % minutes or stretch.end % minutes:
        message = f"{stretch.text} is not on the grid of {minutes} minutes."
        clock.faults.add(path, "off_grid", message)


def time_of_day(day: date, minutes: int, zone: int, clock: Clock) -> int:
    """Slot of a time of day, on days of 23 and 25 hours too; beyond 24:00 it is of the next day.

    A time that comes twice means its first pass; one that clocks skip, the moment they go forward.
    """
    if minutes > WHOLE_DAY:
        return time_of_day(day + DAY, minutes - WHOLE_DAY, zone, clock)
    days = clock.axis.days[zone]
    start, end = days.bounds(clock.axis.day_number(day))
    if end - start == days.slots_per_day:
        return start + minutes // clock.axis.slot_minutes
    if minutes == WHOLE_DAY:
        return end
    local = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    slot = int(clock.axis.exact_slot(local, zone))
    if not clock.axis.exists(local, zone):
        while clock.axis.local(slot - 1, zone).replace(tzinfo=None) > local:
            slot -= 1
    return slot


def _laid_out(hours: Hours, clock: Clock, zone: int) -> WorkingTime:
    axis = clock.axis
    duty: BoolArray = np.zeros(axis.horizon, dtype=np.bool_)
    pause: BoolArray = np.zeros(axis.horizon, dtype=np.bool_)
    days = axis.days[zone]
    for number in range(days.day(0), days.day(axis.horizon - 1) + 1):
        day = axis.date(number)
        previous: Stretch | None = None
        for stretch in hours.on(day):
            start = max(time_of_day(day, stretch.start, zone, clock), 0)
            duty[start : max(time_of_day(day, stretch.end, zone, clock), 0)] = True
            if previous is not None and stretch.start - previous.end <= LONGEST_PAUSE_MINUTES:
                pause[max(time_of_day(day, previous.end, zone, clock), 0) : start] = True
            previous = stretch
    return WorkingTime(duty, pause & ~duty)

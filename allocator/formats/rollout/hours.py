"""Which hours a calendar has on a date: those of its weeks in turn, its roster, its holidays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from allocator.formats.models.fields import Stretch
from allocator.formats.models.people import CalendarEntry, WeeklyEntry

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHOLE_DAY = 1440
"""Minutes of a day of 24 hours."""

DAY = timedelta(days=1)

Stretches = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """One calendar: the stretches of each weekday in order, in each of its weeks."""

    weeks: tuple[tuple[Stretches, ...], ...] = ()
    """One week that is always the same, or several that come round; none = never, but for dates."""
    first: date = date.min
    """The Monday of the first of the weeks."""
    roster: Mapping[date, Stretches] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()

    def begin_on(self, day: date) -> Stretches:
        """The stretches that begin on a date; one that ends after 24:00 runs into the next day."""
        if day in self.roster:
            return self.roster[day]
        if day in self.holidays or not self.weeks:
            return ()
        week = (day - self.first).days // 7 % len(self.weeks)
        return self.weeks[week][day.weekday()]

    def on(self, day: date) -> Stretches:
        """The working stretches within a date, with what runs into it from the day before."""
        rest = [
            Stretch(0, night.end - WHOLE_DAY, night.text)
            for night in self.begin_on(day - DAY)
            if night.end > WHOLE_DAY
        ]
        own = [Stretch(it.start, min(it.end, WHOLE_DAY), it.text) for it in self.begin_on(day)]
        return (*rest, *own)


def hours_of(entry: CalendarEntry) -> Hours:
    """The hours of a calendar as it is written; what is wrong with it is not looked at."""
    weeks, first = [entry.weekly] if entry.weekly is not None else [], date.min
    if entry.rotation is not None:
        start = entry.rotation.from_
        weeks, first = entry.rotation.weeks, start - DAY * start.weekday()
    return Hours(
        weeks=tuple(tuple(_ordered(listed) for _, listed in week_of(week)) for week in weeks),
        first=first,
        roster={it.date: _ordered(it.hours) for it in entry.roster},
        holidays=frozenset(entry.holidays),
    )


def week_of(week: WeeklyEntry) -> list[tuple[str, list[Stretch]]]:
    """The weekdays, Monday first, each with its stretches as they are listed."""
    return [(name, getattr(week, name)) for name in WEEKDAYS]


def _ordered(listed: Sequence[Stretch]) -> Stretches:
    return tuple(sorted(listed, key=lambda stretch: stretch.start))

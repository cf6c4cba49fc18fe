"""The zones of a calendar file: their changes as the zone database has them (RFC 5545, 3.6.5).

A zone whose clocks change by a rule has that rule; of any other zone the changes are listed. Each
change begins at the time that the clocks showed until then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from allocator.formats.zone_database import Change, Observance, Turn, Zone, zone

YEARS_BEFORE, YEARS_AFTER = 1, 5
"""So many years around the events are described."""

_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_ALWAYS = datetime(1970, 1, 1)
_CYCLE = range(2001, 2029)
"""After 28 years dates fall on the same weekdays again."""

Part = TimezoneStandard | TimezoneDaylight


def vtimezone(name: str, first_year: int, last_year: int) -> Timezone:
    """The zone of that name, right for all moments of those years and some years around them."""
    found = Timezone()
    found.add("tzid", name)
    for part in _parts(zone(name), first_year - YEARS_BEFORE, last_year + YEARS_AFTER):
        found.add_component(part)
    return found


def _parts(it: Zone, first: int, last: int) -> list[Part]:
    years = range(first, last + 1)
    changes = [change for year in years for change in it.changes(year)]
    if it.rule and changes == [change for year in years for change in it.by_rule(year)]:
        return [part for turn in it.rule for part in _by_rule(turn, first)]
    # What holds when the first of these years begins has begun in some year before.
    before = [change for change in it.listed if change.at.year < first][-1:]
    if not before:
        begun = changes[0].before if changes else it.first
        before = [Change(_ALWAYS - begun.offset, begun, begun)]
    return _listed([*before, *changes])


def _by_rule(turn: Turn, first: int) -> list[Part]:
    """A turn as a rule; as two, where it falls now into one month and now into the next."""
    days = {(it.month, it.day) for it in map(turn.on.in_year, _CYCLE)}
    found = []
    for month in sorted({month for month, _ in days}):
        start = next(
            it
            for it in (turn.in_year(year) for year in range(first, first + 28))
            if it.local.month == month
        )
        weekday = _WEEKDAYS[start.local.isoweekday() % 7]
        rule: dict[str, object] = {"freq": "yearly", "bymonth": month}
        if start.local - turn.on.time == start.local.replace(hour=0, minute=0, second=0):
            rule["byday"] = f"{-1 if turn.on.week == 5 else turn.on.week}{weekday}"
        else:
            rule["byday"] = weekday
            rule["bymonthday"] = sorted(day for its, day in days if its == month)
        part = _part(start)
        part.add("rrule", rule)
        found.append(part)
    return found


def _listed(changes: Iterable[Change]) -> list[Part]:
    """Changes one by one; those between the same two observances together."""
    alike: defaultdict[tuple[Observance, Observance], list[Change]] = defaultdict(list)
    for change in changes:
        alike[change.before, change.after].append(change)
    found = []
    for same in alike.values():
        part = _part(same[0])
        if same[1:]:
            part.add("rdate", [it.local for it in same[1:]])
        found.append(part)
    return found


def _part(change: Change) -> Part:
    before, after = change.before, change.after
    # Where winter is the exception (Dublin), what is called summer time is still the later clock.
    daylight = after.offset > before.offset and after.summer != before.summer
    part = TimezoneDaylight() if daylight else TimezoneStandard()
    part.add("dtstart", change.local)
    part.add("tzoffsetfrom", before.offset)
    part.add("tzoffsetto", after.offset)
    part.add("tzname", after.name)
    return part

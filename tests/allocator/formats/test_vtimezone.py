"""The zones of calendar files: two readers find in them what the zone database says."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from allocator.formats.vtimezone import vtimezone
from allocator.formats.zone_database import zone

HARD = {
    "Africa/Cairo": "ends in October or, some years, on 1 November",
    "Africa/Casablanca": "an hour less during Ramadan, by no rule",
    "America/Havana": "changes at midnight",
    "America/Nuuk": "changes an hour before midnight of the day of the rule",
    "America/Phoenix": "never changes",
    "America/Santiago": "changes at 24:00, summer over the turn of the year",
    "Asia/Gaza": "changes 50 hours after the midnight of the rule",
    "Asia/Jerusalem": "changes 26 hours after the midnight of the rule",
    "Australia/Lord_Howe": "changes by half an hour",
    "Europe/Dublin": "winter is the exception in the database",
    "Europe/Ljubljana": "the rule of the European Union",
    "Pacific/Chatham": "an offset of 12:45, changes at 02:45",
}
"""Zones of which calendar files go wrong easily, and why."""

FIRST, LAST = datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)


def file_of(name):
    calendar = Calendar()
    calendar.add("prodid", "-//test//EN")
    calendar.add("version", "2.0")
    calendar.add_component(vtimezone(name, 2027, 2028))
    return calendar.to_ical().decode()


def lines_of(name):
    return file_of(name).replace("\r\n ", "").split("\r\n")


def by_icalendar(name):
    (found,) = Calendar.from_ical(file_of(name)).walk("VTIMEZONE")
    return found.to_tz(lookup_tzid=False)


def by_dateutil(name):
    return tzical(io.StringIO(file_of(name).replace("\r\n", "\n"))).get(name)


def moments(name):
    """Each change of two years hour by hour for two days around it, and one hour of each week."""
    found = {FIRST + timedelta(weeks=week) for week in range(104)}
    for year in (2027, 2028):
        for change in zone(name).changes(year):
            at = change.at.replace(tzinfo=UTC)
            found |= {at + timedelta(minutes=30 * half) for half in range(-96, 96)}
    return sorted(it for it in found if FIRST <= it < LAST)


@pytest.mark.parametrize("read", [by_icalendar, by_dateutil])
@pytest.mark.parametrize("name", sorted(HARD))
def test_both_readers_find_the_offsets_of_the_database(name, read):
    place, there = read(name), ZoneInfo(name)
    found = {it: it.astimezone(place).utcoffset() for it in moments(name)}
    assert found == {it: it.astimezone(there).utcoffset() for it in moments(name)}


def test_the_database_is_read_as_python_reads_it():
    # All zones, all changes of three years: just before, and from then on.
    wrong = []
    for name in sorted(available_timezones()):
        for change in [it for year in (2026, 2027, 2028) for it in zone(name).changes(year)]:
            at = change.at.replace(tzinfo=UTC)
            before = (at - timedelta(seconds=1)).astimezone(ZoneInfo(name))
            after = at.astimezone(ZoneInfo(name))
            reported = (
                change.before.offset,
                change.before.name,
                change.after.offset,
                change.after.name,
            )
            if reported != (before.utcoffset(), before.tzname(), after.utcoffset(), after.tzname()):
                wrong.append((name, change))
    assert wrong == []


def test_no_change_of_any_zone_is_stepped_over():
    # Hour by hour over a year, every offset that Python finds is one that the changes lead to.
    hours = [FIRST + timedelta(hours=hour) for hour in range(24 * 365)]
    found, known = {}, {}
    for name in HARD:
        there = ZoneInfo(name)
        offsets = [it.astimezone(there).utcoffset() for it in hours]
        found[name] = len(zone(name).changes(2027))
        known[name] = sum(a != b for a, b in pairwise(offsets))
    assert found == known
    assert found["Europe/Ljubljana"] == 2


def test_a_change_begins_in_the_offset_before_it():
    # Ljubljana: from 02:00 at +01:00 to 03:00 at +02:00 on the last Sunday of March.
    found = lines_of("Europe/Ljubljana")
    at = found.index("BEGIN:DAYLIGHT")
    assert set(found[at : found.index("END:DAYLIGHT")]) >= {
        "DTSTART:20260329T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
    }


def test_summer_time_is_the_later_clock_in_dublin_too():
    found = lines_of("Europe/Dublin")
    at = found.index("BEGIN:DAYLIGHT")
    summer = found[at : found.index("END:DAYLIGHT")]
    assert {"TZNAME:IST", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100"} <= set(summer)


def test_a_zone_with_a_rule_has_it_and_no_list_of_dates():
    # The European Union has one rule for all years; what others decree differs by edition.
    assert "RRULE" in file_of("Europe/Ljubljana")
    assert "RDATE" not in file_of("Europe/Ljubljana")
    assert "RRULE" not in file_of("America/Phoenix")

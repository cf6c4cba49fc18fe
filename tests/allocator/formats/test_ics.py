"""Calendars as files: what is written reads back, at the right moment, in any script."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from allocator.formats.icalendar import Entry, Event, ics

ENTRY = Entry(
    key=("class", "c-basic"),
    kind="class",
    title="Finance basics",
    start="2027-01-12T08:00",
    end="2027-01-12T12:00",
    zone="Europe/Ljubljana",
    part="teaches",
    place=("Room 1", "Ljubljana"),
    people=("Bor Kos",),
    groups=((12, "Finance clerks"),),
    materials="Write the exercises",
)
FIRST, SECOND = 1_800_000_000_000, 1_800_000_090_000
"""Two moments of publishing: 2027-01-15 08:00:00 and 08:01:30 UTC (1,800,000,000 s since 1970)."""


def event(entry=ENTRY, **more):
    return replace(Event("u-1", entry, 0, FIRST, FIRST), **more)


def read(*events):
    """The calendar as a program reads it."""
    return Calendar.from_ical(ics("Ana", events))


def only(*events):
    (found,) = read(*events).walk("VEVENT")
    return found


def test_a_class_says_when_where_for_whom_and_with_whom():
    found = only(event())
    assert found["summary"] == "Finance basics (you teach)"
    assert found["location"] == "Room 1, Ljubljana"
    assert found["description"].splitlines() == [
        "For: 12 of Finance clerks",
        "With: Bor Kos",
        "Materials: Write the exercises",
    ]
    # Ljubljana is one hour ahead of UTC in winter.
    assert found["dtstart"].dt == datetime(2027, 1, 12, 7, tzinfo=UTC)
    assert found["dtend"].dt == datetime(2027, 1, 12, 11, tzinfo=UTC)
    assert found["dtstart"].params["TZID"] == "Europe/Ljubljana"
    assert (found["uid"], found["sequence"], found["status"]) == ("u-1", 0, "CONFIRMED")


@pytest.mark.parametrize(
    ("entry", "reported"),
    [
        (replace(ENTRY, part="attends"), "Finance basics"),
        (replace(ENTRY, kind="task", title="Set up", part=""), "Set up"),
        (replace(ENTRY, kind="support", title="Desk", department="Lab"), "Desk, Lab"),
        (replace(ENTRY, kind="support", title="", department="Lab"), "Floor support, Lab"),
    ],
)
def test_the_summary_is_the_work_in_a_few_words(entry, reported):
    assert only(event(entry))["summary"] == reported


def test_a_moved_booking_has_a_later_version_under_the_same_name():
    found = only(event(sequence=2, changed=SECOND))
    assert (found["uid"], found["sequence"]) == ("u-1", 2)
    assert found["last-modified"].dt - found["created"].dt == timedelta(seconds=90)
    assert found["dtstamp"].dt == found["last-modified"].dt


def test_a_cancelled_booking_says_so_in_its_title_and_leaves_the_time_free():
    found = only(event(cancelled=True))
    assert found["status"] == "CANCELLED"
    assert found["transp"] == "TRANSPARENT"
    assert found["summary"] == "Cancelled: Finance basics (you teach)"
    stands = only(event())
    assert (stands["status"], stands["transp"]) == ("CONFIRMED", "OPAQUE")


def test_eight_in_the_morning_stays_eight_when_clocks_change():
    # Clocks go forward on 2027-03-28: 08:00 is 07:00 UTC the day before, 06:00 UTC the day after.
    spans = [("2027-03-27T08:00", 7), ("2027-03-29T08:00", 6)]
    for start, hour in spans:
        end = start.replace("08:00", "12:00")
        found = only(event(replace(ENTRY, start=start, end=end)))
        assert found["dtstart"].dt.astimezone(UTC).hour == hour
        assert found["dtstart"].dt.hour == 8


def test_the_zone_that_is_written_knows_the_change_of_the_clocks():
    calendar = read(event(replace(ENTRY, start="2027-03-26T08:00", end="2027-03-30T08:00")))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Ljubljana"
    rules = zone.to_tz()
    offsets = [datetime(2027, 3, day, 8, tzinfo=rules).utcoffset() for day in (27, 29)]
    assert offsets == [timedelta(hours=1), timedelta(hours=2)]


def test_the_second_pass_of_an_autumn_hour_is_an_hour_after_the_first():
    # Clocks go back on 2027-10-31 at 03:00: 02:00 comes at 00:00 and at 01:00 UTC.
    first = only(event(replace(ENTRY, start="2027-10-31T02:00", end="2027-10-31T04:00")))
    second = only(event(replace(ENTRY, start="2027-10-31T02:00+01:00", end="2027-10-31T04:00")))
    assert first["dtstart"].dt.astimezone(UTC) == datetime(2027, 10, 31, 0, tzinfo=UTC)
    assert second["dtstart"].dt.astimezone(UTC) == datetime(2027, 10, 31, 1, tzinfo=UTC)


def test_two_sites_keep_their_own_clocks():
    away = replace(ENTRY, zone="Europe/London")
    calendar = read(event(), event(away, uid="u-2"))
    assert {it["tzid"] for it in calendar.walk("VTIMEZONE")} == {
        "Europe/Ljubljana",
        "Europe/London",
    }
    starts = [it["dtstart"].dt.astimezone(UTC).hour for it in calendar.walk("VEVENT")]
    assert starts == [7, 8]


@pytest.mark.parametrize(
    "title", ["a; b, c \\ d", "two\nlines", "वित्त " * 30, "BEGIN:VEVENT\r\nX: y", "ž" * 200]
)
def test_names_of_any_script_and_length_read_back(title):
    content = ics("Ana", [event(replace(ENTRY, title=title, part="attends"))])
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    assert found["summary"] == title.replace("\r\n", "\n")


BROKEN = [
    "a\nb",
    "a\rb",
    "a\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT",
    "a\rEND:VCALENDAR",
    "a\x0bBEGIN:VEVENT",
    "a\x85BEGIN:VEVENT",
    "a\u2028BEGIN:VEVENT",
    "a; b, c \\ d",
    "a\x00\x1b[31m\ud800b",
    "END:VCALENDAR",
]
"""Names that would begin lines of their own in a file of lines."""


@pytest.mark.parametrize("bad", BROKEN)
def test_no_name_can_plant_a_line_in_a_calendar(bad):
    entry = replace(
        ENTRY,
        title=bad,
        place=(bad, bad),
        people=(bad,),
        groups=((2, bad),),
        materials=bad,
        department=bad,
    )
    content = ics(bad, [event(entry), event(entry, uid="u-2", cancelled=True)]).decode()
    plain = ics("Ana", [event(), event(uid="u-2", cancelled=True)]).decode()
    # Neither unfolded by the standard nor cut at whatever a program takes for the end of a line.
    for lines in (content.replace("\r\n ", "").split("\r\n"), content.splitlines()):
        begun = [line for line in lines if line.startswith(("BEGIN:", "END:", "UID:"))]
        expected = [it for it in plain.splitlines() if it.startswith(("BEGIN:", "END:", "UID:"))]
        assert begun == expected
    calendar = Calendar.from_ical(content)
    assert [str(it["uid"]) for it in calendar.walk("VEVENT")] == ["u-1", "u-2"]
    for name in ("name", "x-wr-calname"):
        assert b"\r" not in calendar[name].to_ical()


def test_a_calendar_without_events_is_one_too():
    calendar = read()
    assert calendar["x-wr-calname"] == "Ana"
    assert calendar.walk("VEVENT") == []

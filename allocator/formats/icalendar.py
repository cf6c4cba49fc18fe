"""Calendars as files that calendar programs read and subscribe to (iCalendar, RFC 5545).

Escaping, folding and the rules of the zones are the library's. A moment is written in the zone of
its place, so that it stays at its hour there; only the second pass of an autumn hour, which local
time cannot name, is written in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, vDuration
from icalendar import Event as Component

MEDIA_TYPE = "text/calendar"

PRODUCT = "-//allocator//EN"

REFRESH = timedelta(hours=1)
"""How often a program that subscribes should look again."""

BEFORE, AFTER = timedelta(days=400), timedelta(days=400)
"""So far around the events the changes of the clocks are written down."""

Whose = Literal["person", "room", "audience", "department"]
Kind = Literal["task", "class", "support"]
Part = Literal["", "teaches", "attends"]


@dataclass(frozen=True, order=True, slots=True)
class Owner:
    """Whose calendar it is."""

    kind: Whose
    id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking as it stands in somebody's calendar, in names and local time."""

    key: tuple[str, ...]
    """Which work it is, in ids; the classes of a course have the same one."""
    kind: Kind
    title: str
    start: str
    end: str
    zone: str
    part: Part = ""
    place: tuple[str, ...] = ()
    """The room, if there is one, and the site."""
    people: tuple[str, ...] = ()
    """Who else is there by name."""
    groups: tuple[tuple[int, str], ...] = ()
    """Who learns in the class: heads of each audience."""
    department: str = ""
    hours: float | None = None
    """On-duty hours, where they are fewer than those between start and end."""
    materials: str = ""
    """The task that brings the materials of the course."""


@dataclass(frozen=True, slots=True)
class Event:
    """An entry under a name that stays, with what became of it since it was first told.

    Moments are milliseconds since 1970 UTC.
    """

    uid: str
    entry: Entry
    sequence: int
    """How often it has changed since it was first told."""
    created: int
    changed: int
    cancelled: bool = False


def instant(text: str, zone: str) -> datetime:
    """A moment of a document in its zone; an offset names the second pass of an autumn hour."""
    moment = datetime.fromisoformat(text)
    place = ZoneInfo(zone)
    return moment.replace(tzinfo=place) if moment.tzinfo is None else moment.astimezone(place)


def ics(name: str, events: Iterable[Event]) -> bytes:
    """A calendar of that name as a file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    days: list[date] = []
    for event in events:
        calendar.add_component(_component(event))
        days += [date.fromisoformat(it[:10]) for it in (event.entry.start, event.entry.end)]
    if days:
        calendar.add_missing_timezones(first_date=min(days) - BEFORE, last_date=max(days) + AFTER)
    content: bytes = calendar.to_ical()
    return content


def _component(event: Event) -> Component:
    entry, made = event.entry, Component()
    changed = _utc(event.changed)
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("created", _utc(event.created))
    made.add("last-modified", changed)
    made.add("dtstamp", changed)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("dtstart", _written(instant(entry.start, entry.zone)))
    made.add("dtend", _written(instant(entry.end, entry.zone)))
    made.add("summary", summary(entry))
    made.add("categories", [entry.kind])
    if entry.place:
        made.add("location", ", ".join(entry.place))
    if lines := description(entry):
        made.add("description", "\n".join(lines))
    return made


def summary(entry: Entry) -> str:
    """What it is, in a few words."""
    match entry.kind, entry.part:
        case "class", "teaches":
            return f"{entry.title} (you teach)"
        case "support", _:
            return f"{entry.title or 'Floor support'}, {entry.department}"
    return entry.title


def description(entry: Entry) -> list[str]:
    """What else there is to know, line by line."""
    lines = []
    if entry.groups:
        told = ", ".join(f"{heads} of {name}" for heads, name in entry.groups)
        lines.append(f"For: {told}")
    if entry.people:
        lines.append(f"With: {', '.join(entry.people)}")
    if entry.department and entry.kind != "support":
        lines.append(f"Department: {entry.department}")
    if entry.hours is not None:
        lines.append(f"Work: {entry.hours:g} h")
    if entry.materials:
        lines.append(f"Materials: {entry.materials}")
    return lines


def _utc(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds // 1000, UTC)


def _written(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.fold else moment

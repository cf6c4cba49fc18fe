"""Calendars as files that calendar programs read and subscribe to (iCalendar, RFC 5545).

Escaping and folding are the library's, the rules of the zones the zone database's. A moment is
written in the zone of its place, so that it stays at its hour there; only the second pass of an
autumn hour, which local time cannot name, is written in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCategory, vDuration, vText
from icalendar import Event as Component

from allocator.formats.text.yaml_tree import UNPRINTABLE
from allocator.formats.vtimezone import vtimezone

MEDIA_TYPE = "text/calendar"

PRODUCT = "-//allocator//EN"

REFRESH = timedelta(hours=1)
"""How often a program that subscribes should look again."""

Whose = Literal["person", "room", "audience", "department", "vendor"]
LISTED: tuple[Whose, ...] = get_args(Whose)
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
    days: tuple[str, ...] = field(default=(), compare=False)
    """The dates on which it goes on, where they are several."""


@dataclass(frozen=True, slots=True)
class Event:
    """An entry under a name that stays, with what became of it since it was first published.

    Moments are milliseconds since 1970 UTC.
    """

    uid: str
    entry: Entry
    sequence: int
    """How often it has changed since it was first published."""
    created: int
    changed: int
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of an event beside its names, in one language; values stand in braces."""

    cancelled: str = "Cancelled: {title}"
    """Of a cancelled booking: not every program shows its status."""
    teaches: str = "{title} (you teach)"
    support: str = "Floor support"
    learners: str = "For: {names}"
    heads: str = "{count} of {name}"
    people: str = "With: {names}"
    department: str = "Department: {name}"
    hours: str = "Work: {hours} h"
    materials: str = "Materials: {name}"


ENGLISH = Words()


def instant(text: str, zone: str) -> datetime:
    """A moment of a document in its zone; an offset names the second pass of an autumn hour."""
    moment = datetime.fromisoformat(text)
    place = ZoneInfo(zone)
    return moment.replace(tzinfo=place) if moment.tzinfo is None else moment.astimezone(place)


def ics(name: str, events: Iterable[Event]) -> bytes:
    """A calendar of that name as a file."""
    calendar = empty_calendar()
    calendar.add("name", _text(name))
    calendar.add("x-wr-calname", _text(name))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return written(calendar, list(events), ENGLISH)


def empty_calendar() -> Calendar:
    """A calendar that says who has made it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def written(
    calendar: Calendar,
    events: Sequence[Event],
    words: Words,
    finish: Callable[[Component], None] | None = None,
) -> bytes:
    """A calendar with these events and the zones that they need; each is finished as is wanted."""
    years: dict[str, set[int]] = {}
    for event in events:
        for moment in (event.entry.start, event.entry.end):
            years.setdefault(event.entry.zone, set()).add(int(moment[:4]))
    for zone, its in sorted(years.items()):
        calendar.add_component(vtimezone(zone, min(its), max(its)))
    for event in events:
        component = _component(event, words)
        if finish is not None:
            finish(component)
        calendar.add_component(component)
    content: bytes = calendar.to_ical()
    return content


def _component(event: Event, words: Words) -> Component:
    entry, made = event.entry, Component()
    changed = _utc(event.changed)
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("created", _utc(event.created))
    made.add("last-modified", changed)
    made.add("dtstamp", changed)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if event.cancelled else "OPAQUE")
    made.add("dtstart", _written(instant(entry.start, entry.zone)))
    made.add("dtend", _written(instant(entry.end, entry.zone)))
    title = summary(entry, words)
    made.add("summary", _text(words.cancelled.format(title=title) if event.cancelled else title))
    made.add("categories", vCategory([entry.kind]))
    if entry.place:
        made.add("location", _text(", ".join(entry.place)))
    if lines := description(entry, words):
        made.add("description", _text("\n".join(lines)))
    return made


def summary(entry: Entry, words: Words = ENGLISH) -> str:
    """What it is, in a few words."""
    match entry.kind, entry.part:
        case "class", "teaches":
            return words.teaches.format(title=entry.title)
        case "support", _:
            return f"{entry.title or words.support}, {entry.department}"
    return entry.title


def description(entry: Entry, words: Words = ENGLISH) -> list[str]:
    """What else there is to know, line by line."""
    lines = []
    if entry.groups:
        heads = [words.heads.format(count=count, name=name) for count, name in entry.groups]
        lines.append(words.learners.format(names=", ".join(heads)))
    if entry.people:
        lines.append(words.people.format(names=", ".join(entry.people)))
    if entry.department and entry.kind != "support":
        lines.append(words.department.format(name=entry.department))
    if entry.hours is not None:
        lines.append(words.hours.format(hours=f"{entry.hours:g}"))
    if entry.materials:
        lines.append(words.materials.format(name=entry.materials))
    return lines


def _text(text: str) -> vText:
    """Text in one line however it is broken, without characters that nobody can print."""
    return vText(UNPRINTABLE.sub("", "\n".join(text.splitlines())))


def _utc(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds // 1000, UTC)


def _written(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.fold else moment

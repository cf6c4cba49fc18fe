"""What is published, carried on from one published plan to the next.

A booking keeps its name (UID) when it moves. Tasks are known by their id. The classes of a course
have no names that stay, and neither have the shifts of a support: those at the same time and place
are the same, and the others that are still to come are taken to have moved, in order of time.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from allocator.formats.icalendar import Entry, Event, Owner, instant


def first_events(calendar: str, entries: Iterable[Entry], at: int) -> list[Event]:
    """Entries as they are published for the first time, in a calendar of that name."""
    book = _Calendar(calendar, (), at)
    return _in_order(book.new(entry) for entry in entries)


def updated_events(
    calendar: str, earlier: Sequence[Event], entries: Sequence[Entry], at: int, as_of: datetime
) -> list[Event]:
    """What is published, brought up to date with the entries of a later plan.

    What is gone is cancelled, unless it had begun by `as_of`: then it stays as what has happened.
    """
    book = _Calendar(calendar, earlier, at)
    before: defaultdict[tuple[str, ...], list[Event]] = defaultdict(list)
    after: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for event in earlier:
        before[event.entry.key].append(event)
    for entry in entries:
        after[entry.key].append(entry)
    events: list[Event] = []
    for key in before.keys() | after.keys():
        kept, moved, new, gone = _matched(before[key], after[key], as_of)
        events += [book.changed(event, entry) for event, entry in (*kept, *moved)]
        events += [book.new(entry) for entry in new]
        events += [book.gone(event, as_of) for event in gone]
    return _in_order(events)


def calendar_name(rollout: str, owner: Owner) -> str:
    """What tells the events of one calendar from those of all others."""
    return json.dumps([rollout, owner.kind, owner.id])


class _Calendar:
    """The names that a calendar has given, and the moment at which it is published."""

    def __init__(self, name: str, earlier: Sequence[Event], at: int) -> None:
        self._name = name
        self._taken = {it.uid for it in earlier}
        self._at = at

    def new(self, entry: Entry) -> Event:
        number = 0
        while (uid := self._uid(entry.key, number)) in self._taken:
            number += 1
        self._taken.add(uid)
        return Event(uid, entry, 0, self._at, self._at)

    def changed(self, event: Event, entry: Entry) -> Event:
        if event.entry == entry and not event.cancelled:
            return event
        return replace(
            event, entry=entry, sequence=event.sequence + 1, changed=self._at, cancelled=False
        )

    def gone(self, event: Event, as_of: datetime) -> Event:
        if event.cancelled or _start(event.entry) < as_of:
            return event
        return replace(event, sequence=event.sequence + 1, changed=self._at, cancelled=True)

    def _uid(self, key: tuple[str, ...], number: int) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, json.dumps([self._name, *key, number])))


Pair = tuple[Event, Entry]


def _matched(
    earlier: Sequence[Event], entries: Sequence[Entry], as_of: datetime
) -> tuple[list[Pair], list[Pair], list[Entry], list[Event]]:
    """The bookings of a key: which are where they were, have moved, are new, are gone."""
    kept: list[Pair] = []
    left, coming = list(earlier), []
    for entry in entries:
        where = _moment_and_place(entry)
        same = next((it for it in left if _moment_and_place(it.entry) == where), None)
        if same is None:
            coming.append(entry)
        else:
            left.remove(same)
            kept.append((same, entry))
    movable = [it for it in left if _may_move(it, as_of)]
    moved = list(zip(movable, coming, strict=False))
    stay = {event.uid for event, _ in moved}
    return kept, moved, coming[len(moved) :], [it for it in left if it.uid not in stay]


def _may_move(event: Event, as_of: datetime) -> bool:
    """Whether it can have gone to another time: tasks can, a class that was held cannot."""
    if event.entry.kind == "task":
        return True
    return not event.cancelled and _start(event.entry) >= as_of


def _moment_and_place(entry: Entry) -> tuple[str, str, tuple[str, ...]]:
    return entry.start, entry.end, entry.place


def _start(entry: Entry) -> datetime:
    return instant(entry.start, entry.zone)


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda it: (_start(it.entry), it.entry.key, it.uid))

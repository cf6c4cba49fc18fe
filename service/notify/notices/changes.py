"""What somebody has to be notified of: what is new, moved or cancelled since the last time.

A change counts if it is one for them: another time or place for everybody; who comes, for those who
answer for people (heads of departments, vendors); how many learn, for heads. That a colleague of a
trainer is another one is in the calendar, and no message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from allocator.formats.icalendar import Entry, Event, Owner, Whose, instant

What = Literal["new", "moved", "cancelled"]
WHATS: tuple[What, ...] = ("new", "moved", "cancelled")


@dataclass(frozen=True, slots=True)
class Change:
    """One booking that somebody has to hear of."""

    what: What
    event: Event
    before: Entry | None = None
    """What they were notified of, where it has moved."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What one recipient has to hear of, in order of time within new, moved and cancelled."""

    owner: Owner
    changes: tuple[Change, ...]

    def number(self, what: What) -> int:
        """How many bookings are new, or moved, or cancelled."""
        return sum(it.what == what for it in self.changes)


def changes(
    kind: Whose, notified: Sequence[Event], present: Sequence[Event], as_of: datetime
) -> tuple[Change, ...]:
    """What differs for a recipient of a kind, of what had not begun by `as_of`.

    What was cancelled before they heard of it is none of their business.
    """
    known = {it.uid: it for it in notified if not it.cancelled}
    found: list[Change] = []
    for event in present:
        before = known.get(event.uid)
        begun = instant(event.entry.start, event.entry.zone) < as_of
        if before is None:
            if not event.cancelled and not begun:
                found.append(Change("new", event))
        elif event.cancelled:
            found.append(Change("cancelled", event))
        elif _matters(kind, before.entry) != _matters(kind, event.entry):
            found.append(Change("moved", event, before.entry))
    return tuple(sorted(found, key=_order))


def notices(
    notified: Mapping[Owner, Sequence[Event]],
    present: Mapping[Owner, Sequence[Event]],
    as_of: datetime,
) -> list[Notice]:
    """Everybody who has to hear of something, and of what."""
    found = []
    for owner in sorted(present):
        its = changes(owner.kind, notified.get(owner, ()), present[owner], as_of)
        if its:
            found.append(Notice(owner, its))
    return found


def _matters(kind: Whose, entry: Entry) -> tuple[object, ...]:
    what = entry.start, entry.end, entry.zone, entry.place, entry.part
    match kind:
        case "vendor":
            return *what, frozenset(entry.people)
        case "department":
            return *what, frozenset(entry.people), frozenset(entry.groups)
    return what


def _order(change: Change) -> tuple[int, datetime, str]:
    entry = change.event.entry
    return WHATS.index(change.what), instant(entry.start, entry.zone), change.event.uid

"""Spells of work: what a person works with less than so many hours of rest in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from allocator.problem import Person
from allocator.timeline import NEVER, BoolArray, IntArray
from allocator.views.bookings import Booking


@dataclass(frozen=True, slots=True)
class Spell:
    """From the first to the last slot that is worked, and the bookings that it is made of."""

    start: int
    end: int
    bookings: tuple[Booking, ...]


Stretch = tuple[int, int]


def stretches(person: Person, start: int, end: int, rest: int) -> list[Stretch]:
    """The on-duty slots of a booking, cut where `rest` slots or more lie between two of them.

    Slots before the first day of the rollout are not known.
    """
    low = max(0, start)
    worked = np.flatnonzero(person.working.duty[low : max(low, end)]) + low
    if not len(worked):
        return []
    cuts = np.flatnonzero(np.diff(worked) > rest)
    starts = worked[np.concatenate(([0], cuts + 1))]
    ends = worked[np.concatenate((cuts, [len(worked) - 1]))] + 1
    return [(int(a), int(b)) for a, b in zip(starts, ends, strict=True)]


def spells(person: Person, bookings: Iterable[Booking], rest: int) -> list[Spell]:
    """The spells of some bookings of a person, in order of time."""
    parts = sorted(
        (
            (*stretch, booking)
            for booking in bookings
            for stretch in stretches(person, booking.start, booking.end, rest)
        ),
        key=lambda part: part[:2],
    )
    found: list[Spell] = []
    for start, end, booking in parts:
        last = found[-1] if found else None
        if last is not None and start - last.end < rest:
            found[-1] = Spell(last.start, max(last.end, end), (*last.bookings, booking))
        else:
            found.append(Spell(start, end, (booking,)))
    return found


def resting(person: Person, bookings: Iterable[Booking], ends: IntArray, most: int) -> BoolArray:
    """Starts whose work, with these bookings, is in no spell of more than `most` slots.

    `ends` has the end for each start, NEVER where there is none.
    """
    assert person.rest is not None  # only then is it asked
    rest, allowed = person.rest, np.asarray(ends != NEVER)
    parts = [it for each in bookings for it in stretches(person, each.start, each.end, rest)]
    for start in np.flatnonzero(allowed):
        reach = (int(start) - most - rest, int(ends[start]) + most + rest)
        own = stretches(person, int(start), int(ends[start]), rest)
        near = [it for it in parts if it[1] > reach[0] and it[0] < reach[1]]
        allowed[start] = _fits(own, near, rest, most)
    return allowed


def _fits(own: list[Stretch], others: list[Stretch], rest: int, most: int) -> bool:
    begun, until, ours = 0, 0, False
    for number, (start, end) in enumerate(sorted({*own, *others})):
        if number == 0 or start - until >= rest:
            begun, until, ours = start, end, False
        until, ours = max(until, end), ours or (start, end) in own
        if ours and until - begun > most:
            return False
    return True


def longest_spell(rest: int, slots_per_hour: int) -> int:
    """Slots that a spell of work may last: what a day of 24 hours has beside the rest."""
    return 24 * slots_per_hour - rest

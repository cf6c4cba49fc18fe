"""A person's rest: which further work would make a spell of work too long."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from allocator.views.bookings import Booking
from solver.candidates import bits
from solver.candidates.duty import Duty
from solver.candidates.spells import Spells

if TYPE_CHECKING:
    from solver.ledger.diary import Entry


Stretch = tuple[int, int]


class Rest:
    """Tells what the bookings of a person, in order of time, leave of rest."""

    def __init__(self, spells: Spells, duty: Duty, past: Sequence[Booking]) -> None:
        self.spells = spells
        self._rest, self._most = spells.rest, spells.most
        self._first: list[int] = spells.first.tolist()
        self._beyond: list[int] = spells.beyond.tolist()
        self._duty = duty
        self.past = sorted(
            stretch for booking in past for stretch in self._worked(booking.start, booking.end)
        )

    def _worked(self, start: int, end: int) -> list[Stretch]:
        """The worked stretches of a booking that may lie off duty at its ends."""
        duty, found = self._duty, list[Stretch]()
        low, high = duty.worked[max(0, start)], duty.worked[max(0, start, end)]
        for slot in duty.positions[low:high]:
            if found and slot - found[-1][1] < self._rest:
                found[-1] = (found[-1][0], slot + 1)
            else:
                found.append((slot, slot + 1))
        return found

    def _ends(self, start: int, end: int) -> list[Stretch]:
        """The first and the last worked stretch of a booking, or the one that is both."""
        head = min(end, self._beyond[start])
        if head == end:
            return [(start, end)]
        return [(start, head), (max(start, self._first[end - 1]), end)]

    def fits(self, entries: Sequence[Entry], start: int, end: int) -> bool:
        """Whether no spell is too long with [start, end) beside what is booked already."""
        reach = self._most + self._rest
        near = [it for it in self.past if it[1] > start - reach]
        at = max(0, bisect_left(entries, start - reach, key=lambda it: it.start) - 1)
        for entry in entries[at:]:
            if entry.start >= end + reach:
                break
            near += self._ends(entry.start, entry.end)
        own = self._ends(start, end)
        spell, holds = (-reach, -reach), False
        for stretch in sorted(near + own):
            if stretch[0] - spell[1] < self._rest:
                spell, holds = (spell[0], max(spell[1], stretch[1])), holds or stretch in own
            else:
                spell, holds = stretch, stretch in own
            if holds and spell[1] - spell[0] > self._most:
                return False
        return True

    def blocked(self, entries: Sequence[Entry], work: int, *, splittable: bool) -> int:
        """Starts of work that would be too long a spell with a booking beside it."""
        taken = 0
        beside = [(it, it) for it in self.past]
        for entry in entries:
            ends = self._ends(entry.start, entry.end)
            beside.append((ends[0], ends[-1]))
        for head, tail in beside:
            if splittable:
                taken |= self._split(head, tail, work)
                continue
            low = max(tail[1], tail[0] + self._most - work + 1)
            taken |= bits.span(low, tail[1] + self._rest)
            low = max(0, head[0] - work - self._rest + 1)
            taken |= bits.span(low, min(head[0] - work + 1, head[1] - self._most))
        return taken

    def _split(self, head: Stretch, tail: Stretch, work: int) -> int:
        """Starts of splittable work that is too long a spell with a booking."""
        duty, taken = self._duty, 0
        worked, positions = duty.worked, duty.positions
        last = min(tail[1] + self._rest, duty.horizon)
        fitting = max(0, len(positions) - work + 1)
        for start in positions[worked[tail[1]] : min(worked[last], fitting)]:
            end = duty.end(start, work)
            if min(end, self._beyond[start]) - tail[0] > self._most:
                taken |= 1 << start
        first = max(0, head[0] - self._rest)
        for rank in range(worked[first], worked[head[0]]):
            if rank >= work - 1:
                start, end = positions[rank - work + 1], positions[rank] + 1
                if head[1] - max(start, self._first[end - 1]) > self._most:
                    taken |= 1 << start
        return taken

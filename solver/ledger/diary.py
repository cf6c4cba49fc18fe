"""A person's diary: what they are booked for, when they could start more, what limits leave."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Literal, NamedTuple

from allocator.problem import Person, Problem
from allocator.timeline import LONG_SITTING_HOURS
from allocator.views.bookings import Booking, last_journey
from allocator.views.days_off import Cap
from allocator.views.workload import last_slot
from solver.candidates import bits
from solver.candidates.duty import Duty
from solver.candidates.spells import Spells
from solver.ledger.days import Days, Limit
from solver.ledger.days_off import DaysOff
from solver.ledger.rest import Rest
from solver.ledger.seven_days import WINDOW, full, has_room

Role = Literal["worker", "trainer", "learner"]
ANYWHERE = -1

KEPT = 4000
"""Spans whose days are remembered per person."""


class Entry(NamedTuple):
    """One booking in a diary; `site` is ANYWHERE for work without a site."""

    start: int
    end: int
    site: int
    kind: Literal["task", "session", "shift"]
    key: int
    """Task, session number or shift."""
    role: Role


class Diary:
    """All bookings of one person, with what rest and the limits of days and weeks count."""

    def __init__(
        self,
        problem: Problem,
        person: Person,
        duty: Duty,
        days: Days,
        past: Sequence[Booking] = (),
        spells: Spells | None = None,
        caps: Sequence[Cap] = (),
    ) -> None:
        self.person = person
        self.duty = duty
        self.entries: list[Entry] = []
        self.past = past
        """What the person has done before any plan."""
        self.last = last_journey(past)
        self._now = problem.as_of
        self.load = 0
        """On-duty slots booked, without classes attended by name."""
        self._travel = problem.travel
        self.unbroken = LONG_SITTING_HOURS * problem.axis.slots_per_hour
        self._days = days
        self._parts: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
        self.minimum = (
            0 if person.vendor is None else problem.vendors[person.vendor].minimum_per_day
        )
        self.per_day = self._binding(person.hours_per_day, 1)
        self.per_week = self._binding(person.hours_per_week, 7)
        self.counts_days = self.per_day is not None or self.per_week is not None or self.minimum > 0
        self.day_slots: dict[int, int] = {}
        """Per local day, classes attended by name included."""
        self.paid_day_slots: dict[int, int] = {}
        """Per local day, without classes attended by name."""
        self.week_slots: dict[int, int] = {}
        self.class_slots: dict[int, int] = {}
        self.rest = None if spells is None else Rest(spells, duty, past)
        self.days_off = DaysOff(caps, duty, past) if caps else None
        self.per_7_days = person.hours_per_7_days
        self.counts_days |= self.per_7_days is not None
        self._blocked: dict[tuple[int, int, bool, Role], int] = {}
        for booking in past:
            self._count_past(booking)

    def _binding(self, limit: int | None, days: int) -> int | None:
        """A limit, if the calendar alone does not keep it anyway."""
        if limit is None:
            return None
        loads: dict[int, int] = {}
        for day, slots in self._duty(0, self.duty.horizon):
            key = day if days == 1 else self._days.week(day)
            loads[key] = loads.get(key, 0) + slots
        if self.past or max(loads.values(), default=0) > limit:
            return limit
        return None

    # Bookings -------------------------------------------------------------------------------

    def add(self, entry: Entry) -> None:
        """Book."""
        insort(self.entries, entry)
        self._count(entry, 1)

    def remove(self, entry: Entry) -> None:
        """Take a booking out again."""
        del self.entries[bisect_left(self.entries, entry)]
        self._count(entry, -1)

    def _count(self, entry: Entry, sign: int) -> None:
        self._blocked.clear()
        if self.days_off is not None:
            self.days_off.count(entry.start, entry.end, sign)
        if entry.role != "learner":
            worked = self.duty.worked
            self.load += sign * (worked[entry.end] - worked[entry.start])
        if self.counts_days:
            for day, slots in self._duty(entry.start, entry.end):
                _bump(self.day_slots, day, sign * slots)
                if entry.role != "learner":
                    _bump(self.paid_day_slots, day, sign * slots)
                if self.per_week is not None:
                    _bump(self.week_slots, self._days.week(day), sign * slots)
        if entry.role == "trainer" and self.person.class_hours_per_day is not None:
            for day, slots in self._clock(entry.start, entry.end):
                _bump(self.class_slots, day, sign * slots)

    def _count_past(self, booking: Booking) -> None:
        """What has passed counts, and stays."""
        low, high = max(0, booking.start), min(booking.end, self.duty.horizon)
        parts = list(self._duty(low, high)) if low < high else []
        if booking.extra and 0 <= last_slot(booking) < self.duty.horizon:
            parts.append((self._days.day_of[last_slot(booking)], booking.extra))
        for day, slots in parts:
            self.load += 0 if booking.learner else slots
            _bump(self.day_slots, day, slots)
            _bump(self.week_slots, self._days.week(day), slots)
            _bump(self.paid_day_slots, day, 0 if booking.learner else slots)
        if booking.trainer and low < high:
            for day, slots in self._clock(low, high):
                _bump(self.class_slots, day, slots)

    def _duty(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """(local day, on-duty slots) of [start, end), days without any left out."""
        known = self._parts.get((start, end))
        if known is None:
            if len(self._parts) >= KEPT:
                self._parts.clear()
            known = self._parts[start, end] = self._compute_duty(start, end)
        return known

    def _compute_duty(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        worked, midnight = self.duty.worked, self._days.midnight
        first, last = self._days.day_of[start], self._days.day_of[end - 1]
        if first == last:
            slots = worked[end] - worked[start]
            return ((first, slots),) if slots else ()
        parts = []
        for day in range(first, last + 1):
            slots = worked[min(end, midnight(day + 1))] - worked[max(start, midnight(day))]
            if slots:
                parts.append((day, slots))
        return tuple(parts)

    def _clock(self, start: int, end: int) -> list[tuple[int, int]]:
        """(local day, slots on the clock) of [start, end)."""
        return [
            (
                day,
                min(end, self._days.midnight(day + 1)) - max(start, self._days.midnight(day)),
            )
            for day in range(self._days.day_of[start], self._days.day_of[end - 1] + 1)
        ]

    # Questions ------------------------------------------------------------------------------

    def blocked(self, work: int, site: int, splittable: bool, role: Role = "worker") -> int:
        """Starts at which work of `work` slots at a site would meet a booking or miss the way.

        Also those that the limits of days and weeks, and the vendor's minimum, surely forbid: see
        `fits`.
        """
        key = (work, site, splittable, role)
        known = self._blocked.get(key)
        if known is None:
            known = self._compute_blocked(work, site, splittable)
            # What ends by now breaks no limit.
            if splittable:
                known |= self._limited_work(work) & ~bits.span(0, max(0, self._now))
            else:
                known |= self._limited(work, role) & ~bits.span(0, max(0, self._now - work + 1))
            self._blocked[key] = known
        return known

    def _limited(self, length: int, role: Role) -> int:
        """Starts of a sitting on days and in weeks that have no room for it."""
        taken = 0
        if self.rest is not None:
            taken |= self.rest.blocked(self.entries, length, splittable=False)
        if self.days_off is not None:
            taken |= self.days_off.blocked(length, splittable=False)
        most = self.person.class_hours_per_day
        if role == "trainer" and most is not None:
            if length > most:
                return -1
            for day, slots in self.class_slots.items():
                if slots + length > most:
                    taken |= self._days.slots(day, 1)
        if not self.counts_days or length > self.unbroken:
            return taken
        taken |= self._full(length)
        if role != "learner" and length < self.minimum:
            enough = 0
            for day, slots in self.paid_day_slots.items():
                if slots + length >= self.minimum:
                    enough |= self._days.slots(day, 1)
            taken |= ~enough
        return taken

    def _limited_work(self, work: int) -> int:
        """Starts of splittable work for which days or weeks have no room, and short days."""
        taken = 0
        if self.rest is not None:
            taken |= self.rest.blocked(self.entries, work, splittable=True)
        if self.days_off is not None:
            taken |= self.days_off.blocked(work, splittable=True)
        if self.day_slots and (self.per_day is not None or self.per_week is not None):
            per_day = None if self.per_day is None else Limit(self.per_day, self.day_slots)
            per_week = None if self.per_week is None else Limit(self.per_week, self.week_slots)
            taken = ~self._days.with_room(self.duty, work, per_day, per_week)
        if self.minimum:
            enough = self._days.long_enough(self.duty, work, self.minimum)
            for day in self.paid_day_slots:
                # With what is booked there the day may be long enough.
                first = self.duty.earliest_start(self._days.midnight(day) + 1, work)
                enough |= bits.span(first, self._days.midnight(day + 1))
            taken |= ~enough
        return taken

    def _full(self, slots: int) -> int:
        """The slots of days and weeks that have no room for so many on-duty slots more."""
        taken = 0
        if self.per_day is not None:
            for day, booked in self.day_slots.items():
                if booked + slots > self.per_day:
                    taken |= self._days.slots(day, 1)
        if self.per_7_days is not None:
            for first in full(self.day_slots, slots, self.per_7_days):
                taken |= self._days.slots(first, WINDOW)
        if self.per_week is not None:
            for week, booked in self.week_slots.items():
                if booked + slots > self.per_week:
                    taken |= self._days.slots(week * 7 - self._days.weekday, 7)
        return taken

    def _compute_blocked(self, work: int, site: int, splittable: bool) -> int:
        taken = 0
        worked, positions = self.duty.worked, self.duty.positions
        for entry in self.entries:
            start, end = entry.start, entry.end
            if site >= 0 and entry.site >= 0 and entry.site != site:
                start -= self._travel[site][entry.site]
                end += self._travel[entry.site][site]
            if splittable:
                rank = worked[start] - work + 1 if start > 0 else 0
                start = 0 if rank <= 0 else positions[rank] if rank < len(positions) else end
            else:
                start = max(0, start - work + 1)
            if end > start:
                taken |= ((1 << (end - start)) - 1) << start
        if self.last is not None:
            taken |= bits.span(*self._on_the_way(self.last, site))
        return taken

    def _on_the_way(self, last: Booking, site: int) -> tuple[int, int]:
        """From now on, the slots that it takes to come to a site from where the person was last."""
        if site < 0 or last.site is None or last.site == site:
            return 0, 0
        if any(it.site >= 0 and last.end <= it.start < self._now for it in self.entries):
            return 0, 0
        first = max(self._now, last.end)
        return first, max(first, last.end + self._travel[last.site][site])

    def fits(self, start: int, end: int, role: Role) -> bool:
        """Whether a booking keeps the limits of days, weeks and classes, and vendor's minimum.

        What ends by now breaks none of them.
        """
        if end <= self._now:
            return True
        if self.rest is not None and not self.rest.fits(self.entries, start, end):
            return False
        if self.days_off is not None and not self.days_off.fits(start, end):
            return False
        if self.counts_days:
            if self.per_7_days is not None and not has_room(
                self.day_slots, dict(self._duty(start, end)), self.per_7_days
            ):
                return False
            weeks: dict[int, int] = {}
            for day, slots in self._duty(start, end):
                if self.per_day is not None and (self.day_slots.get(day, 0) + slots > self.per_day):
                    return False
                if self.per_week is not None:
                    weeks[self._days.week(day)] = weeks.get(self._days.week(day), 0) + slots
                if role != "learner" and (self.paid_day_slots.get(day, 0) + slots < self.minimum):
                    return False
            for week, slots in weeks.items():
                if self.per_week is not None and (
                    self.week_slots.get(week, 0) + slots > self.per_week
                ):
                    return False
        if role == "trainer" and self.person.class_hours_per_day is not None:
            for day, slots in self._clock(start, end):
                if self.class_slots.get(day, 0) + slots > self.person.class_hours_per_day:
                    return False
        return True

    @contextmanager
    def short_for_now(self) -> Iterator[None]:
        """Let bookings be made one after the other that keep the vendor's minimum only together."""
        minimum, self.minimum = self.minimum, 0
        self._blocked.clear()
        try:
            yield
        finally:
            self.minimum = minimum
            self._blocked.clear()

    def short_days(self) -> list[int]:
        """Local days on which a vendor's person is booked below the vendor's minimum."""
        if not self.minimum:
            return []
        return [
            day
            for day, slots in self.paid_day_slots.items()
            if slots < self.minimum and any(it.end > self._now for it in self.on_day(day))
        ]

    def on_day(self, day: int) -> list[Entry]:
        """Bookings that meet a local day, classes attended by name left out."""
        start, end = self._days.midnight(day), self._days.midnight(day + 1)
        return [
            entry
            for entry in self.entries
            if entry.start < end and entry.end > start and entry.role != "learner"
        ]

    def is_free(self, start: int, end: int, site: int) -> bool:
        """Whether nothing is booked in [start, end), with the way to and from other sites."""
        if self.last is not None:
            first, beyond = self._on_the_way(self.last, site)
            if first <= start < beyond:
                return False
        return not any(True for _ in self.meeting(start, end, site))

    def rushed(self) -> list[Entry]:
        """Bookings that begin before there is time for the way from the one before them."""
        sited = [entry for entry in self.entries if entry.site != ANYWHERE]
        first = [
            entry
            for entry in sited[:1]
            if self.last is not None
            and self.last.end <= entry.start
            and self._now <= entry.start < self._on_the_way(self.last, entry.site)[1]
        ]
        return first + [
            then
            for entry, then in pairwise(sited)
            if then.start < entry.end + self._travel[entry.site][then.site]
        ]

    def meeting(self, start: int, end: int, site: int) -> Iterator[Entry]:
        """What is booked in [start, end), with the way to and from other sites."""
        for entry in self.entries:
            before, after = 0, 0
            if site >= 0 and entry.site >= 0 and entry.site != site:
                before = self._travel[site][entry.site]
                after = self._travel[entry.site][site]
            if entry.start - before < end and start < entry.end + after:
                yield entry

    def wish_days(self) -> int:
        """Weight x days booked inside what the person asked to avoid."""
        total = 0
        spans = [(it.start, it.end) for it in self.entries]
        spans += [(it.start, it.end) for it in self.past]
        for wish in self.person.wishes:
            days: set[int] = set()
            for start, end in spans:
                low, high = max(start, wish.start), min(end, wish.end)
                low, high = max(low, 0), min(high, self.duty.horizon)
                if low < high:
                    days.update(day for day, _ in self._duty(low, high))
            total += wish.weight * len(days)
        return total


def _bump(counts: dict[int, int], key: int, slots: int) -> None:
    left = counts.get(key, 0) + slots
    if left:
        counts[key] = left
    else:
        counts.pop(key, None)

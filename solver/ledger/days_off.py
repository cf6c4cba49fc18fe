"""Days, nights and weekends that a person works, and what caps on them still allow."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from allocator.views.bookings import Booking
from allocator.views.days_off import Cap, Span
from solver.candidates import bits
from solver.candidates.duty import Duty


class DaysOff:
    """How many bookings are in each span of the caps of a person."""

    def __init__(self, caps: Sequence[Cap], duty: Duty, past: Sequence[Booking]) -> None:
        self._duty = duty
        self._spans: list[Span] = sorted({span for cap in caps for span in cap.spans})
        self._longest = max(end - start for start, end in self._spans)
        place = {span: at for at, span in enumerate(self._spans)}
        self._caps = [([place[span] for span in cap.spans], cap.most) for cap in caps]
        self._capped: defaultdict[int, list[int]] = defaultdict(list)
        for number, (spans, _) in enumerate(self._caps):
            for at in spans:
                self._capped[at].append(number)
        self._booked = [0] * len(self._spans)
        for booking in past:
            low, high = max(0, booking.start), min(booking.end, duty.horizon)
            if low < high:
                self.count(low, high, 1)

    def _touched(self, start: int, end: int) -> list[int]:
        """The spans in which [start, end) is on duty."""
        worked, found = self._duty.worked, []
        at = bisect_left(self._spans, (start - self._longest, 0))
        while at < len(self._spans) and self._spans[at][0] < end:
            low, high = self._spans[at]
            low, high = max(low, start, 0), min(high, end)
            if high > low and worked[high] > worked[low]:
                found.append(at)
            at += 1
        return found

    def count(self, start: int, end: int, sign: int) -> None:
        """Book, or take a booking out again."""
        for at in self._touched(start, end):
            self._booked[at] += sign

    def fits(self, start: int, end: int) -> bool:
        """Whether no cap is exceeded with [start, end) booked too."""
        touched = set(self._touched(start, end))
        for number in {number for at in touched for number in self._capped[at]}:
            spans, most = self._caps[number]
            if sum(self._booked[at] > 0 or at in touched for at in spans) > most:
                return False
        return True

    def blocked(self, work: int, *, splittable: bool) -> int:
        """Starts of work that is on duty in a span that no cap has room for."""
        full: set[int] = set()
        for spans, most in self._caps:
            taken = [at for at in spans if self._booked[at]]
            if len(taken) >= most:
                full.update(spans if len(taken) > most else set(spans) - set(taken))
        found = 0
        for at in full:
            low, high = self._spans[at]
            if splittable:
                worked, positions = self._duty.worked, self._duty.positions
                low, high = max(0, low), min(high, self._duty.horizon)
                first, last = positions[worked[low]], positions[worked[high] - 1]
                found |= bits.span(self._duty.earliest_start(first + 1, work), last + 1)
            else:
                found |= bits.span(max(0, low - work + 1), high)
        return found

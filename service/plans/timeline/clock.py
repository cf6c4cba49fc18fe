"""Dates and moments of documents as minutes on the wall clock since the rollout begins."""

from __future__ import annotations

from datetime import date
from typing import Any

DAY = 1440
"""Minutes of a day on the wall clock; the hours that clocks skip or repeat are not counted."""


class WallClock:
    """Minutes since 00:00 of the rollout's first day, each moment by the clock of its own place.

    The documents tell moments in the zone of the work. They are not turned into another zone, so
    that a day's work stands at the hours that its people read.
    """

    def __init__(self, start: str) -> None:
        self._start = date.fromisoformat(start).toordinal()
        self._midnights: dict[str, int] = {}

    def day(self, text: str) -> int:
        """The number of a date (or of a moment's date), the rollout's first day being 0."""
        return self.midnight(text) // DAY

    def midnight(self, text: str) -> int:
        """The minute at which a date begins."""
        day = text[:10]
        found = self._midnights.get(day)
        if found is None:
            found = (date.fromisoformat(day).toordinal() - self._start) * DAY
            self._midnights[day] = found
        return found

    def minute(self, text: str) -> int:
        """A moment; a date alone is its midnight."""
        if len(text) == 10:
            return self.midnight(text)
        return self.midnight(text) + int(text[11:13]) * 60 + int(text[14:16])

    def end(self, text: str) -> int:
        """Where a range ends: a date's whole day is part of it, a moment is not."""
        return self.midnight(text) + DAY if len(text) == 10 else self.minute(text)

    def ranges(self, entries: Any) -> list[list[Any]]:
        """Ranges of dates or moments with a reason: [from, to, reason]."""
        return [
            [self.minute(it["from"]), self.end(it["to"]), it.get("reason") or ""]
            for it in entries or []
        ]

"""When a room is taken, and when it could take another class."""

from __future__ import annotations

from solver.candidates import bits


class RoomBook:
    """When a room is taken."""

    def __init__(self, changeover: int = 0, now: int = 0) -> None:
        """Classes that start before now need no changeover before them."""
        self._gap = changeover
        self._now = now
        self._sessions: dict[int, tuple[int, int]] = {}
        self._blocked: dict[int, int] = {}

    def add(self, number: int, start: int, end: int) -> None:
        """Take the room."""
        self._sessions[number] = (start, end)
        self._blocked.clear()

    def remove(self, number: int) -> None:
        """Give the room back."""
        del self._sessions[number]
        self._blocked.clear()

    def blocked(self, length: int) -> int:
        """Starts at which a sitting would meet another session, or miss the changeover."""
        known = self._blocked.get(length)
        if known is None:
            known = 0
            for start, end in self._sessions.values():
                low = max(0, start - length + 1 - (self._gap if start >= self._now else 0))
                known |= bits.span(low, end) | bits.span(max(end, self._now), end + self._gap)
            self._blocked[length] = known
        return known

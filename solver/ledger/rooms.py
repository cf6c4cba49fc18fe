"""When a room is taken, and when it could take another class."""

from __future__ import annotations


class RoomBook:
    """When a room is taken."""

    def __init__(self) -> None:
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
        """Starts at which a sitting of this length would meet another session."""
        known = self._blocked.get(length)
        if known is None:
            known = 0
            for start, end in self._sessions.values():
                low = max(0, start - length + 1)
                known |= ((1 << (end - low)) - 1) << low
            self._blocked[length] = known
        return known

"""How many heads are in class at once, and where that is above a limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allocator.plan import Kind


@dataclass(frozen=True, slots=True)
class Attendance:
    """Heads in one session of the plan (its position) for [start, end)."""

    start: int
    end: int
    heads: int
    session: int


@dataclass(frozen=True, slots=True)
class Excess:
    """A stretch of time above the limit: when it begins, its highest number, its sessions."""

    start: int
    heads: int
    sessions: tuple[int, ...]

    @property
    def work(self) -> tuple[tuple[Kind, int], ...]:
        """Its sessions as a violation lists them."""
        return tuple(("session", index) for index in self.sessions)


def excesses(attendances: Iterable[Attendance], limit: int) -> list[Excess]:
    """Every stretch in which more than `limit` heads are in class at once."""
    changes: dict[int, list[tuple[int, int]]] = {}
    for attendance in attendances:
        if attendance.end > attendance.start:
            changes.setdefault(attendance.start, []).append((attendance.heads, attendance.session))
            changes.setdefault(attendance.end, []).append((-attendance.heads, attendance.session))
    found: list[Excess] = []
    present: dict[int, int] = {}
    begun: int | None = None
    peak = 0
    involved: set[int] = set()
    for moment in sorted(changes):
        for heads, session in changes[moment]:
            present[session] = present.get(session, 0) + heads
        total = sum(present.values())
        if total > limit:
            begun = moment if begun is None else begun
            peak = max(peak, total)
            involved.update(session for session, heads in present.items() if heads)
        elif begun is not None:
            found.append(Excess(begun, peak, tuple(sorted(involved))))
            begun, peak, involved = None, 0, set()
        present = {session: heads for session, heads in present.items() if heads}
    return found

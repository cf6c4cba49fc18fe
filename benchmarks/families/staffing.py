"""Who could staff an activity: a different person for each seat, free early if possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.families.project import Activity, Worker


def fill(
    activity: Activity, workers: Sequence[Worker], free_from: Callable[[int], int]
) -> list[int] | None:
    """A different worker (by index) for each seat, or None if there are not enough.

    Seats that few can fill choose first, and everyone chooses who is free earliest.
    """
    choices = [
        sorted(
            (index for index, worker in enumerate(workers) if worker.can(need.skill, need.level)),
            key=free_from,
        )
        for need in activity.needs
        for _ in range(need.people)
    ]
    taken: dict[int, int] = {}
    for seat in sorted(range(len(choices)), key=lambda seat: len(choices[seat])):
        if not _seat(seat, choices, taken, set()):
            return None
    return list(taken)


def _seat(seat: int, choices: list[list[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Seat someone free, or someone whose own seat another can take (an augmenting path)."""
    for worker in choices[seat]:
        if worker not in tried and worker not in taken:
            taken[worker] = seat
            return True
    for worker in choices[seat]:
        if worker not in tried:
            tried.add(worker)
            if _seat(taken[worker], choices, taken, tried):
                taken[worker] = seat
                return True
    return False

"""Hours on any seven local days that follow each other: what a limit of them leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

WINDOW = 7


def has_room(booked: Mapping[int, int], added: Mapping[int, int], most: int) -> bool:
    """Whether no seven days with something added are fuller than allowed; slots by local day."""
    for first in _windows(added):
        window = range(first, first + WINDOW)
        if any(day in added for day in window) and most < sum(
            booked.get(day, 0) + added.get(day, 0) for day in window
        ):
            return False
    return True


def full(booked: Mapping[int, int], slots: int, most: int) -> set[int]:
    """First days of the seven that have no room for so many slots more."""
    return {
        first
        for first in _windows(booked)
        if slots + sum(booked.get(day, 0) for day in range(first, first + WINDOW)) > most
    }


def _windows(days: Iterable[int]) -> range:
    known = list(days)
    return range(min(known) - WINDOW + 1, max(known) + 1) if known else range(0)

"""Prices that rise in steps with the end of a task."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Steps:
    """The least price of some classes by when they may begin: it never falls."""

    slots: tuple[int, ...]
    """Ends of the materials up to which each price counts, but for the last one."""
    prices: tuple[Fraction, ...]
    """One more than slots."""

    def at(self, end: int) -> Fraction:
        """The price if the materials are ready at a slot."""
        return self.prices[bisect_left(self.slots, end)]

"""Sets of slots as the bits of one integer: a whole rollout is shifted and intersected at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from allocator.timeline import BoolArray


def from_mask(mask: BoolArray) -> int:
    """The slots at which a mask is true."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def to_mask(slots: int, horizon: int) -> BoolArray:
    """A set as a mask over the slots before the horizon."""
    packed = np.frombuffer(slots.to_bytes((horizon + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=horizon, bitorder="little").view(np.bool_)


def span(start: int, end: int) -> int:
    """The slots of [start, end)."""
    return ((1 << (end - start)) - 1) << start if end > start else 0


def lowest(slots: int) -> int:
    """The first slot of a set that is not empty."""
    return (slots & -slots).bit_length() - 1


def each(slots: int) -> Iterator[int]:
    """The slots of a set in order."""
    while slots:
        bit = slots & -slots
        yield bit.bit_length() - 1
        slots ^= bit


def run_starts(slots: int) -> int:
    """The first slot of each unbroken run."""
    return slots & ~(slots << 1)


def at_least(sets: list[int], number: int) -> int:
    """The slots that lie in at least `number` of the sets."""
    if number == 1:
        union = 0
        for slots in sets:
            union |= slots
        return union
    counts = [0] * number
    for slots in sets:
        for step in range(number - 1, 0, -1):
            counts[step] |= counts[step - 1] & slots
        counts[0] |= slots
    return counts[-1]

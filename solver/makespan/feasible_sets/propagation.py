"""Narrower windows: what the order of pieces, and pieces that never run together, leave of them.

Of two pieces that never run together one comes before the other; where only one order still fits
their windows, that is their order (Brucker and Knust, 2000). And where all would not fit if a piece
ran at one end of its window, that end is cut off (shaving: Martin and Shmoys, 1996).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from allocator.timeline import BoolArray, IntArray
from solver.makespan.feasible_sets.windows import Running, Windows

NEVER = -(1 << 29)
"""Stands for the time from one piece to another where nothing is known of their order."""


@dataclass(frozen=True, eq=False, slots=True)
class Order:
    """What is known of when pieces run, seen from each other."""

    least: IntArray
    """Piece x piece: the least time from the begin of one to that of the other, or NEVER."""
    apart: BoolArray
    """Piece x piece: they never run at the same moment."""


def order_of(lengths: IntArray, after: BoolArray, together: BoolArray, packs: BoolArray) -> Order:
    """The order of pieces that come `after` others, or begin `together` with them.

    Both are piece x piece; packs are as in `Windows`.
    """
    least: IntArray = np.full(after.shape, NEVER, dtype=np.int32)
    least[together] = 0
    least = np.where(after, np.maximum(least, lengths[:, None]), least)
    for middle in range(len(least)):
        way = least[:, middle, None] + least[None, middle, :]
        least = np.maximum(least, np.where(way < 0, NEVER, way)).astype(np.int32)
    listed = packs.astype(np.int32)
    return Order(least, (listed.T @ listed == 0) & ~together)


def narrowed(windows: Windows, order: Order) -> Windows | None:
    """The same windows without what no order of their pieces can use; None if one is too short."""
    begins, ends, lengths = windows.begins, windows.ends, windows.lengths
    while True:
        begin = np.maximum(begins, (begins[:, None] + order.least).max(axis=0))
        latest = (ends - lengths)[None, :] - order.least
        end = np.minimum(ends, latest.min(axis=1) + lengths)
        # Row after column: the other way round does not fit any more.
        follows = order.apart & ((begin + lengths)[:, None] > (end - lengths)[None, :])
        begin = np.maximum(begin, np.where(follows, (begin + lengths)[None, :], 0).max(axis=1))
        end = np.minimum(end, np.where(follows, (end - lengths)[:, None], -NEVER).min(axis=0))
        if bool((begin + lengths > end).any()):
            return None
        if np.array_equal(begin, begins) and np.array_equal(end, ends):
            return replace(windows, begins=begin, ends=end)
        begins, ends = begin, end


def too_short(
    windows: Windows, order: Order, spend: Callable[[], bool], running: Running | None = None
) -> bool:
    """Whether it is proved that not all pieces can run in their windows, see `Windows`."""
    found = narrowed(windows, order)
    return found is None or found.too_short(spend, running)


def too_short_when_shaved(windows: Windows, order: Order, spend: Callable[[], bool]) -> bool:
    """The same after ends of windows have been cut off one by one as far as that can be proved."""
    found, gained = narrowed(windows, order), True
    running: Running = {}
    while found is not None and gained and spend():
        if found.too_short(spend, running):
            return True
        gained = False
        for piece in np.argsort(found.ends - found.begins - found.lengths, kind="stable"):
            for cut in (_early, _late):
                step = 1
                while found is not None and (tried := cut(found, int(piece), step)) is not None:
                    off, rest = tried
                    if not too_short(off, order, spend, running):
                        break
                    found, gained, step = narrowed(rest, order), True, 2 * step
            if found is None:
                return True
    return found is None


def _early(windows: Windows, piece: int, step: int) -> tuple[Windows, Windows] | None:
    """Windows in which a piece begins within so much of its window, and those where it does not."""
    begin = int(windows.begins[piece]) + step
    if begin + windows.lengths[piece] > windows.ends[piece]:
        return None
    off = _with(windows.ends, piece, begin + int(windows.lengths[piece]) - 1)
    return replace(windows, ends=off), replace(windows, begins=_with(windows.begins, piece, begin))


def _late(windows: Windows, piece: int, step: int) -> tuple[Windows, Windows] | None:
    """The same at the end of its window."""
    end = int(windows.ends[piece]) - step
    if windows.begins[piece] + windows.lengths[piece] > end:
        return None
    off = _with(windows.begins, piece, end - int(windows.lengths[piece]) + 1)
    return replace(windows, begins=off), replace(windows, ends=_with(windows.ends, piece, end))


def _with(times: IntArray, piece: int, time: int) -> IntArray:
    changed = times.copy()
    changed[piece] = time
    return changed

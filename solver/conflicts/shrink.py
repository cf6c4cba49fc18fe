"""A minimal set that still proves: deletion, in halves first and then one by one.

J. W. Chinneck, E. W. Dravnieks: Locating Minimal Infeasible Constraint Sets in Linear Programs.
ORSA Journal on Computing 3, 1991; in halves after U. Junker: QuickXplain. AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def shrink(
    items: Sequence[Item], proves: Callable[[Sequence[Item]], bool], stop: Callable[[], bool]
) -> list[Item]:
    """Those of the items that are left when no more can be taken away; the first ones go first.

    All of them prove, and so does what is returned, also where there was no time to end.
    """
    kept = list(items)
    size = max(1, len(kept) // 2)
    while kept:
        at = 0
        while at < len(kept):
            if stop():
                return kept
            rest = [*kept[:at], *kept[at + size :]]
            if proves(rest):
                kept = rest
            else:
                at += size
        if size == 1:
            break
        size //= 2
    return kept

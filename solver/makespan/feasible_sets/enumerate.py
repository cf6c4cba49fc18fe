"""All packs of a problem's tasks, where there are few enough to list them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from allocator.timeline import BoolArray, IntArray


def largest_packs(
    needs: IntArray, most: IntArray, apart: BoolArray, limit: int
) -> BoolArray | None:
    """Pack x piece, packs that are part of another left out; None where there are too many.

    Pieces fit together while none of them is `apart` from another (piece x piece) and what they
    need of each pool (`needs`, piece x pool) is no more than the `most` that it has.
    """
    pieces = len(needs)
    packs: set[tuple[int, ...]] = set()
    smaller: set[tuple[int, ...]] = set()
    waiting: list[tuple[tuple[int, ...], IntArray, IntArray]] = [
        ((), np.arange(pieces, dtype=np.int32), np.zeros_like(most))
    ]
    while waiting:
        pack, others, used = waiting.pop()
        fitting = others[(used + needs[others] <= most).all(axis=1)]
        for at, piece in enumerate(fitting):
            grown = (*pack, int(piece))
            packs.add(grown)
            smaller.update(grown[:i] + grown[i + 1 :] for i in range(len(grown)))
            rest = fitting[at + 1 :]
            waiting.append((grown, rest[~apart[piece, rest]], used + needs[piece]))
        if len(packs) > limit:
            return None
    return _matrix(sorted(packs - smaller), pieces)


def _matrix(packs: Sequence[tuple[int, ...]], pieces: int) -> BoolArray:
    matrix = np.zeros((len(packs), pieces), dtype=np.bool_)
    for row, pack in enumerate(packs):
        matrix[row, list(pack)] = True
    return matrix

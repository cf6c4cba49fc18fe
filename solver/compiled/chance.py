"""Random numbers of the compiled search: xorshift64* (Vigna, 2016), with its state in the block."""

from __future__ import annotations

import numpy as np

from solver.compiled.block import RNG, Block
from solver.machine_code import compiled

_LEFT, _RIGHT, _LAST, _DOWN = np.uint64(12), np.uint64(25), np.uint64(27), np.uint64(11)
_TIMES = np.uint64(2685821657736338717)


@compiled
def chance(m: Block) -> float:
    """A number from [0, 1)."""
    state = m.w[RNG]
    state ^= state >> _LEFT
    state ^= state << _RIGHT
    state ^= state >> _LAST
    m.w[RNG] = state
    return float((state * _TIMES) >> _DOWN) * (1.0 / 9007199254740992.0)


@compiled
def below(m: Block, number: int) -> int:
    """A whole number from 0 on and below another."""
    return min(int(chance(m) * number), number - 1)


@compiled
def between(m: Block, low: int, high: int) -> int:
    """A whole number of [low, high]."""
    return low + below(m, high - low + 1)


@compiled
def shuffle_first(m: Block, table: int, size: int, most: int) -> int:
    """Bring at most so many of the numbers listed in a table to its front at random; how many."""
    base = m.i[table]
    most = min(most, size)
    for at in range(most):
        other = at + below(m, size - at)
        m.i[base + at], m.i[base + other] = m.i[base + other], m.i[base + at]
    return most

"""Sets of slots as rows of 64-bit words: ranges taken out, members found."""

from __future__ import annotations

import numpy as np

from solver.compiled.block import EFFORT, WORDS, Block
from solver.machine_code import compiled

ZERO = np.uint64(0)
ONE = np.uint64(1)
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_FACTOR = np.uint64(0x03F79D71B4CB0A89)
_SHIFT = np.uint64(58)
_PLACES = np.zeros(64, np.int64)
for _bit in range(64):
    _PLACES[((1 << _bit) * int(_FACTOR) % (1 << 64)) >> 58] = _bit


@compiled
def lowest(word: np.uint64) -> int:
    """The lowest bit of a word that is not empty (by a de Bruijn sequence)."""
    return _PLACES[((word & (~word + ONE)) * _FACTOR) >> _SHIFT]


@compiled
def has(m: Block, row: int, slot: int) -> bool:
    """Whether a slot is in a set."""
    return (m.w[row + (slot >> 6)] >> np.uint64(slot & 63)) & ONE == ONE


@compiled
def put_in(m: Block, row: int, slot: int) -> None:
    """Put a slot into a set."""
    m.w[row + (slot >> 6)] |= ONE << np.uint64(slot & 63)


@compiled
def take_out(m: Block, row: int, low: int, high: int) -> None:
    """Take the slots of [low, high) out of a set."""
    low = max(low, 0)
    high = min(high, m.i[WORDS] * 64)
    if high <= low:
        return
    first, last = low >> 6, (high - 1) >> 6
    head = ALL << np.uint64(low & 63)
    tail = ALL >> np.uint64(63 - ((high - 1) & 63))
    if first == last:
        m.w[row + first] &= ~(head & tail)
        return
    m.w[row + first] &= ~head
    for at in range(first + 1, last):
        m.w[row + at] = ZERO
    m.w[row + last] &= ~tail


@compiled
def put_back(m: Block, row: int, other: int, low: int, high: int) -> None:
    """Put those slots of [low, high) into a set that another one has."""
    low = max(low, 0)
    high = min(high, m.i[WORDS] * 64)
    if high <= low:
        return
    first, last = low >> 6, (high - 1) >> 6
    for at in range(first, last + 1):
        mask = ALL
        if at == first:
            mask &= ALL << np.uint64(low & 63)
        if at == last:
            mask &= ALL >> np.uint64(63 - ((high - 1) & 63))
        m.w[row + at] |= m.w[other + at] & mask


@compiled
def copy(m: Block, row: int, source: int) -> None:
    """Make a set the same as another."""
    m.i[EFFORT] += m.i[WORDS]
    for at in range(m.i[WORDS]):
        m.w[row + at] = m.w[source + at]


@compiled
def next_in(m: Block, row: int, slot: int) -> int:
    """The first slot of a set from one on; -1 if there is none."""
    at = slot >> 6
    if at >= m.i[WORDS]:
        return -1
    word = m.w[row + at] & (ALL << np.uint64(slot & 63))
    while word == ZERO:
        at += 1
        if at >= m.i[WORDS]:
            return -1
        word = m.w[row + at]
    return at * 64 + lowest(word)


@compiled
def add_run_starts(m: Block, events: int, part: int, starts: int) -> None:
    """Put the first slot of each unbroken run of `part` and `starts` together into `events`."""
    before = ZERO
    for at in range(m.i[WORDS]):
        both = m.w[part + at] & m.w[starts + at]
        m.w[events + at] |= both & ~((both << ONE) | before)
        before = both >> np.uint64(63)


@compiled
def add_shifted(m: Block, row: int, shift: int, starts: int) -> None:
    """Put into a set the slots so much later than its own, as far as they are in another."""
    whole, rest = shift >> 6, np.uint64(shift & 63)
    for at in range(m.i[WORDS] - 1, whole - 1, -1):
        word = m.w[row + at - whole] << rest
        if rest != ZERO and at > whole:
            word |= m.w[row + at - whole - 1] >> (np.uint64(64) - rest)
        m.w[row + at] |= word & m.w[starts + at]


@compiled
def is_empty(m: Block, row: int) -> bool:
    """Whether a set has no slot."""
    for at in range(m.i[WORDS]):
        if m.w[row + at] != ZERO:
            return False
    return True


@compiled
def fill_with(m: Block, row: int, word: np.uint64) -> None:
    """Make every word of a set the same."""
    for at in range(m.i[WORDS]):
        m.w[row + at] = word

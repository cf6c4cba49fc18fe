"""Narrower windows: ends that no order of the pieces can use are cut off, and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis.strategies import DrawFn, composite, integers, lists

from allocator.timeline import BoolArray
from solver.makespan.feasible_sets.propagation import (
    Order,
    narrowed,
    order_of,
    too_short,
    too_short_when_shaved,
)
from solver.makespan.feasible_sets.windows import Windows

Pieces = list[tuple[int, int, int]]
"""(begin, end, length)."""

Pairs = Iterable[tuple[int, int]]


def windows(pieces: Pieces, packs: list[set[int]]) -> Windows:
    begins, ends, lengths = np.array(pieces, dtype=np.int32).T
    listed = np.array([[piece in pack for piece in range(len(pieces))] for pack in packs])
    return Windows(begins, ends, lengths, listed)


def order(found: Windows, after: Pairs = (), same: Pairs = ()) -> Order:
    """The order of pieces that come after others, or are of one task."""
    size = len(found.lengths)
    together = table(size, [*same, *((b, a) for a, b in same), *((n, n) for n in range(size))])
    return order_of(found.lengths, table(size, after), together, found.packs)


def table(size: int, pairs: Pairs) -> BoolArray:
    found = np.zeros((size, size), dtype=np.bool_)
    for one, other in pairs:
        found[one, other] = True
    return found


def left(pieces: Pieces, packs: list[set[int]], **known: Pairs) -> list[tuple[int, int]] | None:
    """What is left of the windows."""
    found = windows(pieces, packs)
    rest = narrowed(found, order(found, **known))
    return (
        None if rest is None else list(zip(rest.begins.tolist(), rest.ends.tolist(), strict=True))
    )


ALL = [{0, 1, 2}]


def test_a_piece_begins_when_all_that_comes_before_could_have_ended() -> None:
    # 4 and 3 before 2 in a window until 10: the first ends by 5, the second begins at 4, ends by 8.
    pieces = [(0, 10, 4), (0, 10, 3), (0, 10, 2)]
    assert left(pieces, ALL, after=[(0, 1), (1, 2)]) == [(0, 5), (4, 8), (7, 10)]


def test_pieces_of_one_task_begin_together() -> None:
    # The second cannot begin before 3, so neither can the first, which begins by 4.
    assert left([(0, 10, 6), (3, 10, 1)], [{0, 1}], same=[(0, 1)]) == [(3, 10), (3, 5)]


def test_what_never_runs_together_runs_in_the_only_order_that_fits() -> None:
    # 4 within 0 to 6 and 3 within 1 to 8: after the second's end at 4 the first would end at 8.
    assert left([(0, 6, 4), (1, 8, 3)], [{0}, {1}]) == [(0, 5), (4, 8)]
    assert left([(0, 6, 4), (1, 8, 3)], [{0, 1}]) == [(0, 6), (1, 8)]


def test_what_fits_in_neither_order_is_too_short() -> None:
    assert left([(0, 6, 4), (0, 6, 3)], [{0}, {1}]) is None


PIECES = [(0, 6, 3), (1, 4, 3), (1, 4, 3)]
TWO_AT_A_TIME = [{0, 1}, {0, 2}, {1, 2}]


def test_a_window_is_shaved_off_where_a_piece_leaves_no_room_for_the_rest() -> None:
    # The second and third need 1 to 4 for themselves. The first has 0 to 1 and 4 to 6 in parts,
    # but in one piece of 3 it is beside both wherever it begins.
    found = windows(PIECES, TWO_AT_A_TIME)
    assert not too_short(found, order(found), lambda: True)
    assert too_short_when_shaved(found, order(found), lambda: True)


def test_given_up_it_proves_nothing() -> None:
    found = windows(PIECES, TWO_AT_A_TIME)
    assert not too_short_when_shaved(found, order(found), lambda: False)


@composite
def jobs(draw: DrawFn) -> tuple[Pieces, int]:
    """Up to four pieces, and how many of them can run at once."""
    drawn = draw(lists(integers(1, 4), min_size=2, max_size=4))
    pieces = []
    for length in drawn:
        begin = draw(integers(0, 4))
        pieces.append((begin, begin + length + draw(integers(0, 4)), length))
    return pieces, draw(integers(1, 2))


def fits(pieces: Pieces, most: int, after: Pairs) -> list[tuple[int, ...]]:
    """Every way to begin them, by brute force."""
    return [
        begins
        for begins in itertools.product(*(range(b, e - n + 1) for b, e, n in pieces))
        if all(begins[one] + pieces[one][2] <= begins[other] for one, other in after)
        and all(
            sum(at <= slot < at + n for at, (_, _, n) in zip(begins, pieces, strict=True)) <= most
            for slot in range(12)
        )
    ]


@given(jobs())
def test_no_way_to_run_all_pieces_is_cut_off(drawn: tuple[Pieces, int]) -> None:
    pieces, most = drawn
    packs = [set(pack) for pack in itertools.combinations(range(len(pieces)), most)]
    found = windows(pieces, packs)
    known = order(found, after=[(0, 1)])
    ways = fits(pieces, most, [(0, 1)])
    rest = narrowed(found, known)
    shaved = too_short_when_shaved(found, known, lambda: True)
    assert not ways or not shaved
    assert not ways or rest is not None
    lasts = [] if rest is None else (rest.ends - rest.lengths).tolist()
    firsts = [] if rest is None else rest.begins.tolist()
    assert all(
        first <= at <= last
        for way in ways
        for first, at, last in zip(firsts, way, lasts, strict=True)
    )

"""Lists of packs: all of the largest, none that rules forbid, and none at all if too long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.makespan.feasible_sets.enumerate import largest_packs

MANY = 1000


def packs(
    needs: Sequence[Sequence[int]],
    most: Sequence[int],
    apart: Sequence[tuple[int, int]] = (),
    limit: int = MANY,
) -> set[frozenset[int]] | None:
    """The largest packs as sets of numbers."""
    matrix = np.zeros((len(needs), len(needs)), dtype=np.bool_)
    for one, other in apart:
        matrix[one, other] = matrix[other, one] = True
    found = largest_packs(np.array(needs), np.array(most), matrix, limit)
    return None if found is None else {frozenset(map(int, np.flatnonzero(row))) for row in found}


def test_what_fits_together_is_one_pack() -> None:
    assert packs([[1], [1], [1]], [3]) == {frozenset({0, 1, 2})}


def test_a_pool_just_large_enough_lets_two_run_and_one_person_less_does_not() -> None:
    assert packs([[2], [2]], [4]) == {frozenset({0, 1})}
    assert packs([[2], [2]], [3]) == {frozenset({0}), frozenset({1})}


def test_each_pool_counts() -> None:
    # 0 and 1 fill the first pool, 0 and 2 the second; 1 and 2 need different ones.
    needs = [[1, 1], [1, 0], [0, 1]]
    assert packs(needs, [1, 1]) == {frozenset({0}), frozenset({1, 2})}


def test_what_follows_each_other_is_in_no_pack_together() -> None:
    assert packs([[0], [0], [0]], [1], [(0, 2)]) == {frozenset({0, 1}), frozenset({1, 2})}


def test_a_pack_within_another_is_not_listed_though_it_leaves_out_one_in_the_middle() -> None:
    assert packs([[1], [1], [1], [3]], [3]) == {frozenset({0, 1, 2}), frozenset({3})}


def test_where_there_are_more_than_the_limit_there_is_no_list() -> None:
    # Of three that fit together there are 7 packs, parts counted too.
    assert packs([[1], [1], [1]], [3], limit=7) is not None
    assert packs([[1], [1], [1]], [3], limit=6) is None

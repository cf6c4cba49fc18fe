"""Windows: work that cannot all run between its heads and tails, even if it may be interrupted."""

from __future__ import annotations

import numpy as np

from solver.makespan.feasible_sets.windows import Windows


def windows(*pieces: tuple[int, int, int], packs: list[set[int]]) -> Windows:
    """Pieces as (begin, end, length), and the packs of their numbers."""
    begins, ends, lengths = np.array(pieces, dtype=np.int32).T
    listed = np.array([[piece in pack for piece in range(len(pieces))] for pack in packs])
    return Windows(begins, ends, lengths, listed)


def too_short(*pieces: tuple[int, int, int], packs: list[set[int]]) -> bool:
    """Whether it is proved that these pieces do not fit, given all the time that takes."""
    return windows(*pieces, packs=packs).too_short(lambda: True)


def test_two_that_cannot_run_together_need_their_lengths_one_after_the_other() -> None:
    assert not too_short((0, 8, 4), (0, 8, 4), packs=[{0}, {1}])
    assert too_short((0, 7, 4), (0, 7, 4), packs=[{0}, {1}])


def test_two_that_can_run_together_need_the_longer_length() -> None:
    assert not too_short((0, 4, 4), (0, 4, 3), packs=[{0, 1}])


def test_a_later_begin_cuts_what_is_left() -> None:
    # The first needs all of 0 to 4. From 4 on the second has 3 until 7, and only 2 until 6.
    assert not too_short((0, 4, 4), (2, 7, 3), packs=[{0}, {1}])
    assert too_short((0, 4, 4), (2, 6, 3), packs=[{0}, {1}])


def test_what_could_be_interrupted_is_not_proved_too_short() -> None:
    # The second needs 1 to 4; the first has 0 to 1 and 4 to 6, which is enough in parts alone.
    assert not too_short((0, 6, 3), (1, 4, 3), packs=[{0}, {1}])
    assert too_short((0, 6, 4), (1, 4, 3), packs=[{0}, {1}])


def test_part_of_a_pack_is_a_pack_where_the_rest_is_outside_its_window() -> None:
    # Both windows share 2 to 4 only; before and after each runs alone.
    assert not too_short((0, 4, 4), (2, 6, 4), packs=[{0, 1}])


def test_a_window_shorter_than_its_piece_is_too_short() -> None:
    assert too_short((3, 5, 3), packs=[{0}])


def test_of_three_two_at_a_time_share_out_the_time() -> None:
    # 3 x 4 = 12 of work, two at a time: 6 are enough, and 5 are not.
    pairs = [{0, 1}, {0, 2}, {1, 2}]
    assert not too_short(*[(0, 6, 4)] * 3, packs=pairs)
    assert too_short(*[(0, 5, 4)] * 3, packs=pairs)


def test_given_up_it_proves_nothing() -> None:
    assert not windows((0, 7, 4), (0, 7, 4), packs=[{0}, {1}]).too_short(lambda: False)

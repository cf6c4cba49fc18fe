"""Linear programmes: their optimum by hand, and any multipliers as a bound."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, lists

from solver.capacity.programme import Programme, Solving


def two_goods() -> Programme:
    """Make at least 10 of two goods: the cheap one, at 1 each, up to 6; the dear one at 3 each."""
    programme = Programme()
    cheap, dear = programme.column(6, cost=1), programme.column(100, cost=3)
    programme.row([(cheap, 1), (dear, 1)], low=10)
    programme.row([(dear, 1)], high=50)
    return programme


def test_the_bound_is_the_optimum() -> None:
    assert float(Solving(two_goods(), 1000).bound()) == pytest.approx(6 * 1 + 4 * 3)


def test_a_closed_column_is_left_out_and_can_be_opened_again() -> None:
    solving = Solving(two_goods(), 1000)
    solving.close([0])
    assert float(solving.bound()) == pytest.approx(10 * 3)
    solving.close([])
    assert float(solving.bound()) == pytest.approx(18)


def test_without_an_iteration_the_bound_is_low_but_holds() -> None:
    assert 0 <= Solving(two_goods(), 0).bound() <= 18


@given(lists(floats(-50, 50), min_size=2, max_size=2))
def test_no_multipliers_prove_more_than_the_optimum(multipliers: list[float]) -> None:
    assert Fraction(Solving(two_goods(), 1000).worth(np.array(multipliers))) <= 18


def test_an_impossible_programme_bounds_all_the_same() -> None:
    programme = Programme()
    column = programme.column(1, cost=5)
    programme.row([(column, 1)], low=2)
    assert Solving(programme, 1000).bound() >= 0

"""Linear programmes as plain columns and rows, solved by HiGHS, with bounds that are safe.

Any multipliers of the rows prove a bound: what the rows are worth at them, plus what each column is
worth at the better end of its box (weak duality; safe in floating point after Neumaier and
Shcherbina, 2004). So a programme that was not solved to its end bounds too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

ROUNDING = 1e-9
"""Share of all that a bound adds up by which floating point may be off; taken off the bound."""


@dataclass(eq=False)
class Programme:
    """Minimise cost x columns, each column within its box, each row within its limits."""

    uppers: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def column(self, upper: float, cost: float = 0.0) -> int:
        """A new column from 0 to a finite `upper`; its number."""
        self.uppers.append(upper)
        self.costs.append(cost)
        return len(self.uppers) - 1

    def close(self, columns: Iterable[int]) -> None:
        """Let these columns be 0."""
        for column in columns:
            self.uppers[column] = 0.0

    def row(
        self, parts: Iterable[tuple[int, float]], *, low: float = -inf, high: float = inf
    ) -> None:
        """A new row: low <= sum of factor x column <= high; each column once."""
        for column, factor in parts:
            self.columns.append(column)
            self.factors.append(factor)
        self.starts.append(len(self.columns))
        self.lows.append(low)
        self.highs.append(high)


class Solving:
    """A programme in HiGHS, solved again and again with other boxes, from the last basis on.

    A large one that is solved only once is done sooner by the `interior` point method, without a
    basis at the end.
    """

    def __init__(
        self, programme: Programme, iterations: int, *, interior: bool = False, seconds: float = inf
    ) -> None:
        self._iterations = iterations
        self._interior = interior
        self._seconds = seconds
        self._uppers = self._given = np.array(programme.uppers, dtype=np.float64)
        self._costs = np.array(programme.costs, dtype=np.float64)
        self._lows = np.array(programme.lows, dtype=np.float64)
        self._highs = np.array(programme.highs, dtype=np.float64)
        self._columns = np.array(programme.columns, dtype=np.int32)
        self._factors = np.array(programme.factors, dtype=np.float64)
        self._starts = np.array(programme.starts, dtype=np.int32)
        self._highs_solver = self._passed()

    def _passed(self) -> highspy.Highs:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._uppers), len(self._lows)
        model.col_cost_ = self._costs
        model.col_lower_ = np.zeros(len(self._uppers))
        model.col_upper_ = self._uppers
        model.row_lower_, model.row_upper_ = self._lows, self._highs
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = self._starts
        model.a_matrix_.index_ = self._columns
        model.a_matrix_.value_ = self._factors
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("solver", "ipm" if self._interior else "simplex")
        solver.setOptionValue("run_crossover", "off" if self._interior else "on")
        solver.setOptionValue("time_limit", self._seconds)
        solver.setOptionValue("simplex_iteration_limit", self._iterations)
        solver.passModel(model)
        return solver

    def close(self, columns: Collection[int]) -> None:
        """Let these columns be 0, and all others up to what the programme says."""
        uppers = self._given.copy()
        uppers[list(columns)] = 0.0
        for column in np.flatnonzero(uppers != self._uppers):
            self._highs_solver.changeColBounds(int(column), 0.0, float(uppers[column]))
        self._uppers = uppers

    def bound(self) -> Fraction:
        """What no point of the programme is below: its optimum, or less where it took too long."""
        solver = self._highs_solver
        solver.run()
        duals = np.array(solver.getSolution().row_dual, dtype=np.float64)
        if len(duals) != len(self._lows):
            duals = np.zeros(len(self._lows))
        return Fraction(self.worth(duals))

    def prices(self) -> FloatArray:
        """What one more of each row's limit would save, by the last solve; 0 where it has none."""
        duals = np.array(self._highs_solver.getSolution().row_dual, dtype=np.float64)
        return -duals if len(duals) == len(self._lows) else np.zeros(len(self._lows))

    def worth(self, multipliers: FloatArray) -> float:
        """The bound that multipliers of the rows prove; any of them prove one."""
        lows, highs = self._lows, self._highs
        usable = np.where(multipliers > 0, np.isfinite(lows), np.isfinite(highs))
        weights = np.where(usable & np.isfinite(multipliers), multipliers, 0.0)
        ends = np.where(weights > 0, lows, np.where(weights < 0, highs, 0.0))
        rows = np.repeat(weights, np.diff(self._starts)) * self._factors
        reduced = self._costs - np.bincount(self._columns, rows, minlength=len(self._costs))
        of_rows, of_columns = weights * ends, np.minimum(reduced, 0.0) * self._uppers
        size = np.abs(of_rows).sum() + np.abs(of_columns).sum()
        size += (
            np.bincount(self._columns, np.abs(rows), minlength=len(self._costs)) * self._uppers
        ).sum()
        return float(of_rows.sum() + of_columns.sum() - ROUNDING * size)

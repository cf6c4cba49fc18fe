"""Windows: whether all tasks can run by a finish, each between its head and its tail.

A finish is tried out: it gives each task a window. Where windows begin and end, time is cut into
stretches; in each of them run packs of the tasks whose windows reach over it. If tasks could be
interrupted, a linear programme would say whether all of them fit. Where they do not, its prices
prove that no plan ends by then (Klein and Scholl, 1999; Brucker and Knust, 2000). The prices are
made whole numbers, so that the proof is exact.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import ortools.linear_solver.pywraplp as glop
from numpy.typing import NDArray

from allocator.timeline import BoolArray, IntArray

SCALE = 100_000
"""Prices are rounded to such a share of the highest that a piece can have."""

EACH = 3
"""So many packs are added to a stretch at most before the programme is solved again."""

TOLERANCE = 1e-7
"""What of the programme counts as nothing."""

Prices = NDArray[np.float64]


Running: TypeAlias = dict[int, set[int]]
"""By position, the packs that run from there on."""


@dataclass(frozen=True, eq=False, slots=True)
class Windows:
    """Pieces of work with the positions between which each runs, and what can run at once."""

    begins: IntArray
    ends: IntArray
    lengths: IntArray
    packs: BoolArray
    """Pack x piece. Part of a pack is a pack too, so only the largest ones are listed."""

    def too_short(self, spend: Callable[[], bool], running: Running | None = None) -> bool:
        """Whether it is proved that not all pieces can run in their windows.

        `spend` is asked before each solution of the programme; False gives up. Packs that ran in
        much the same windows are tried first; those that run in these take their place.
        """
        if bool((self.begins + self.lengths > self.ends).any()):
            return True
        if not spend():
            return False
        programme = _Programme(self, running or {})
        proved = programme.falls_short(spend)
        if running is not None:
            running.clear()
            running.update(programme.running())
        return proved


class _Programme:
    """The least work that is left over when packs run in each stretch for as long as it is."""

    def __init__(self, windows: Windows, running: Running) -> None:
        points = np.unique(np.concatenate([windows.begins, windows.ends]))
        self._begins = points[:-1]
        self._lengths = windows.lengths
        self._packs = windows.packs.astype(np.float64).T
        self._stretches = np.diff(points)
        self._open = (windows.begins <= points[:-1, None]) & (points[1:, None] <= windows.ends)
        self._lp = glop.Solver.CreateSolver("GLOP")
        infinity = self._lp.infinity()
        self._done = [self._lp.Constraint(float(length), infinity) for length in windows.lengths]
        self._room = [self._lp.Constraint(0.0, float(length)) for length in self._stretches]
        self._missing = self._lp.Objective()
        for done in self._done:
            left = self._lp.NumVar(0.0, infinity, "")
            done.SetCoefficient(left, 1.0)
            self._missing.SetCoefficient(left, 1.0)
        self._known: set[tuple[int, bytes]] = set()
        self._prices: Prices = np.zeros(len(self._done))
        self._worth: Prices = np.zeros(len(self._room))
        self._runs: list[tuple[int, int, glop.Variable]] = []
        """(stretch, pack, for how long it runs there)."""
        known = sorted(running)
        for stretch, begin in enumerate(self._begins):
            if at := bisect_right(known, int(begin)):
                for pack in sorted(running[known[at - 1]]):
                    self._add(stretch, pack)

    def falls_short(self, spend: Callable[[], bool]) -> bool:
        """Whether it is proved that some work is left over whatever runs."""
        while self._solve() > TOLERANCE:
            if self._proves():
                return True
            if not spend() or not self._grow():
                break
        return False

    def _solve(self) -> float:
        """Solve it with the packs so far; the work that is left over."""
        if self._lp.Solve() != glop.Solver.OPTIMAL:
            return 0.0
        self._prices = np.array([row.dual_value() for row in self._done])
        self._worth = -np.array([row.dual_value() for row in self._room])
        return float(self._missing.Value())

    def _proves(self) -> bool:
        """Whether all packs that there are leave some work over, by the prices in whole numbers."""
        prices = np.floor(np.clip(self._prices, 0.0, 1.0) * SCALE).astype(np.int64)
        most = self._values(prices.astype(np.float64)).max(axis=1).astype(np.int64)
        return int(prices @ self._lengths) > int(most @ self._stretches)

    def _grow(self) -> bool:
        """Add the packs that pay; False if none does."""
        grown = False
        values = self._values(self._prices)
        for stretch in map(int, np.flatnonzero(values.max(axis=1) > self._worth + TOLERANCE)):
            own, least = values[stretch], self._worth[stretch] + TOLERANCE
            best = np.argpartition(-own, min(EACH, len(own)) - 1)[:EACH]
            for pack in best[own[best] > least]:
                grown = self._add(stretch, int(pack)) or grown
        return grown

    def running(self) -> Running:
        """The packs that run by the last solution."""
        found: Running = {}
        for stretch, pack, time in self._runs:
            if time.solution_value() > TOLERANCE:
                found.setdefault(int(self._begins[stretch]), set()).add(pack)
        return found

    def _values(self, prices: Prices) -> Prices:
        """Stretch x pack: what the pack's pieces that may run there are worth."""
        values: Prices = (self._open * prices) @ self._packs
        return values

    def _add(self, stretch: int, pack: int) -> bool:
        """Let a pack run in a stretch, as far as its pieces may; False if it does already."""
        pieces = (self._packs[:, pack] > 0) & self._open[stretch]
        key = (stretch, pieces.tobytes())
        if key in self._known or not pieces.any():
            return False
        self._known.add(key)
        running = self._lp.NumVar(0.0, self._lp.infinity(), "")
        self._room[stretch].SetCoefficient(running, 1.0)
        for piece in np.flatnonzero(pieces):
            self._done[piece].SetCoefficient(running, 1.0)
        self._runs.append((stretch, pack, running))
        return True

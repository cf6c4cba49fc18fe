"""Packs: tasks that can run at the same moment, and how long it takes at least to run them all.

At each moment one pack runs. If tasks could be interrupted, a linear programme would say how long
each pack runs so that all is done soonest; its packs are found one by one where they pay
(Mingozzi, Maniezzo, Ricciardelli and Bianco, 1998; Brucker and Knust, 2000). What is left of it
are weights: no pack weighs more than its limit, so tasks need their weight times their lengths,
between a head and a tail too. The weights are whole numbers, so the bound is exact. Where all packs
can be listed, a finish is tried out by the windows that it gives to tasks, which proves more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver.python import model_builder as mb
from ortools.sat.python import cp_model

from allocator.timeline import BoolArray, IntArray
from solver.incumbent import Incumbent
from solver.makespan.feasible_sets.activities import Piece, Pieces
from solver.makespan.feasible_sets.destructive import DestructiveBound
from solver.makespan.feasible_sets.enumerate import largest_packs
from solver.model.run import solver_of
from solver.relaxation.shapes import Shapes

MOST_PIECES = 150
"""Beyond so many pieces there would be too many packs."""

MOST_LISTED = 25_000
"""Up to so many packs are listed, those that are part of another counted too."""

MOST_PACKS = 400
"""So many packs are sought at most for one set of pieces."""

ROUNDS = 4
"""So often the pieces of the latest head and tail are weighed anew."""

SCALE = 10_000
"""Weights are rounded to such a share of what a moment is worth."""

SECONDS = 2.0
"""The search for one pack is given up after so long; its bound still counts."""

PACK_WORK = 0.02
"""Deterministic units that a pack counts as beside its search, about the seconds."""

LIST_WORK = 4e-5
"""Deterministic units that listing a pack counts as, about its seconds."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of pieces, and what no pack of them weighs more than."""

    of: Mapping[Piece, int]
    limit: int

    def need(self, pieces: Collection[Piece]) -> int:
        """Grid positions that these pieces take at least, one after another or in packs."""
        return -(-sum(self.of.get(piece, 0) * piece[1] for piece in pieces) // self.limit)


class Packing:
    """The packs of a problem's tasks, as far as they are known."""

    def __init__(self, shapes: Shapes, incumbent: Incumbent) -> None:
        self._incumbent = incumbent
        self._own = Pieces(shapes, incumbent.ended)
        self.pieces = self._own.all
        self._packs: list[frozenset[Piece]] = [frozenset([piece]) for piece in self.pieces]
        self._cp = cp_model.CpModel()
        self._taken = {piece: self._cp.new_bool_var("") for piece in self.pieces}
        self.destructive: DestructiveBound | None = None
        """Where all packs can be listed."""
        if 0 < len(self.pieces) <= MOST_PIECES:
            needs, most = self._own.needs()
            after = self._own.after()
            apart = np.logical_or(after, after.T)
            listed = largest_packs(needs, most, apart, MOST_LISTED)
            if listed is None:
                self._post(needs, most, apart)
            else:
                incumbent.spend(LIST_WORK * len(listed))
                self.destructive = DestructiveBound(self._own, listed, incumbent)

    def earliest_finish(self, seconds: float) -> int:
        """A slot by which not every task can have ended, if all of them are planned.

        0 where there are too many tasks. `seconds` count in deterministic units.
        """
        if not self.pieces or len(self.pieces) > MOST_PIECES:
            return 0
        if self.destructive is not None:
            return self.destructive.earliest_finish(seconds)
        best, chosen = 0, self.pieces
        for _ in range(ROUNDS):
            weights = self._weigh(chosen, seconds / ROUNDS)
            finish, chosen = self._between(weights)
            if finish <= best or self._incumbent.ended():
                return max(best, finish)
            best = finish
        return best

    def _post(self, needs: IntArray, most: IntArray, apart: BoolArray) -> None:
        """A pack needs of no pool more people than it has, and no two of it are apart."""
        taken = [self._taken[piece] for piece in self.pieces]
        for column, people in enumerate(most):
            uses = [
                int(needs[row, column]) * taken[row] for row in np.flatnonzero(needs[:, column])
            ]
            self._cp.add(sum(uses) <= int(people))
        for one, other in np.argwhere(np.triu(apart)):
            self._cp.add_at_most_one(taken[one], taken[other])

    def _weigh(self, pieces: Collection[Piece], units: float) -> Weights:
        """Weights by which these pieces need as long as is known."""
        wanted, spent = frozenset(pieces), 0.0
        best = Weights({}, 1)
        for _ in range(MOST_PACKS):
            weights = _duals(wanted, {pack & wanted for pack in self._packs})
            pack, limit, work = self._heaviest(weights)
            spent += work
            found = Weights(weights, max(1, limit))
            if not best.of or found.need(pieces) > best.need(pieces):
                best = found
            pays = sum(weights.get(piece, 0) for piece in pack) > SCALE + len(pack)
            if not pays or spent > units or self._incumbent.ended():
                break
            self._packs.append(pack)
        return best

    def _heaviest(self, weights: Mapping[Piece, int]) -> tuple[frozenset[Piece], int, float]:
        """A heavy pack, what no pack weighs more than, and the work it took."""
        self._cp.maximize(sum(weight * self._taken[piece] for piece, weight in weights.items()))
        solver = solver_of(self._incumbent, SECONDS)
        status = solver.solve(self._cp)
        work = PACK_WORK + solver.response_proto.deterministic_time
        self._incumbent.spend(work)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return frozenset(), sum(weights.values()), work
        pack = frozenset(piece for piece, taken in self._taken.items() if solver.value(taken))
        return pack, int(solver.best_objective_bound + 1e-6), work

    def _between(self, weights: Weights) -> tuple[int, tuple[Piece, ...]]:
        """The latest finish that the weights prove, and the pieces between its head and tail."""
        grid, spans, after = self._own.shapes.grid, self._own.spans, self._own.tails
        by_tail = sorted(self.pieces, key=lambda piece: -after[piece[0]])
        latest, chosen = 0, self.pieces
        for head in sorted({spans[task][0] for task, _ in self.pieces}):
            begin, inside = grid.start_at_or_after(head), []
            for piece in by_tail:
                if spans[piece[0]][0] < head:
                    continue
                inside.append(piece)
                need = weights.need(inside)
                end = grid.end_slot(min(begin + need, len(grid))) if need else head
                finish = end + after[piece[0]]
                if finish > latest:
                    latest, chosen = finish, tuple(inside)
        return latest, chosen


def _duals(wanted: Collection[Piece], packs: Collection[frozenset[Piece]]) -> dict[Piece, int]:
    """What a moment more of each piece is worth when only these packs are known."""
    lp = mb.Model()
    runs = [(lp.new_num_var(0.0, float("inf"), ""), pack) for pack in sorted(packs, key=sorted)]
    running: defaultdict[Piece, list[mb.Variable]] = defaultdict(list)
    for variable, pack in runs:
        for piece in pack:
            running[piece].append(variable)
    rows = {
        piece: lp.add(mb.LinearExpr.sum(running[piece]) >= piece[1]) for piece in sorted(wanted)
    }
    lp.minimize(mb.LinearExpr.sum([variable for variable, _ in runs]))
    solver = mb.Solver("glop")
    if solver.solve(lp) != mb.SolveStatus.OPTIMAL:
        return dict.fromkeys(wanted, SCALE)
    return {piece: max(0, round(SCALE * solver.dual_value(row))) for piece, row in rows.items()}

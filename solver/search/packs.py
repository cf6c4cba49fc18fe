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
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from ortools.linear_solver.python import model_builder as mb
from ortools.sat.python import cp_model

from allocator.timeline import BoolArray, IntArray
from solver.search.cp import solver_of
from solver.search.incumbent import Incumbent
from solver.search.narrow import order_of, too_short, too_short_when_shaved
from solver.search.packlist import largest_packs
from solver.search.shapes import Shapes
from solver.search.spans import earliest_spans, ended_before, tails
from solver.search.windows import Windows

Piece: TypeAlias = tuple[int, int]
"""(task, grid positions): the seats of a task that nobody fills in less."""

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

PROGRAMME_WORK = 0.005
"""Deterministic units that a programme of windows counts as beside its packs, about its seconds."""

LIST_WORK = 4e-5
"""Deterministic units that listing a pack counts as, about its seconds."""

VALUE_WORK = 1e-9
"""Deterministic units that one piece of one pack in one stretch counts as, about its seconds."""


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
        self._shapes = shapes
        self._incumbent = incumbent
        self._spans = earliest_spans(shapes.candidates, incumbent.ended)
        self._tails = tails(shapes.candidates)
        self.pieces = tuple(sorted(set(self._pieces())))
        self._packs: list[frozenset[Piece]] = [frozenset([piece]) for piece in self.pieces]
        self._cp = cp_model.CpModel()
        self._taken = {piece: self._cp.new_bool_var("") for piece in self.pieces}
        self._listed: BoolArray | None = None
        if len(self.pieces) <= MOST_PIECES:
            needs, most = self._needs()
            after = self._after()
            apart = np.logical_or(after, after.T)
            self._listed = largest_packs(needs, most, apart, MOST_LISTED)
            if self._listed is not None:
                self._order = order_of(self._lengths(), after, self._together(), self._listed)
            self._post(needs, most, apart)

    def earliest_finish(self, seconds: float) -> int:
        """A slot by which not every task can have ended, if all of them are planned.

        0 where there are too many tasks. `seconds` count in deterministic units.
        """
        if not self.pieces or len(self.pieces) > MOST_PIECES:
            return 0
        if self._listed is not None:
            return self._by_windows(self._listed, seconds)
        best, chosen = 0, self.pieces
        for _ in range(ROUNDS):
            weights = self._weigh(chosen, seconds / ROUNDS)
            finish, chosen = self._between(weights)
            if finish <= best or self._incumbent.ended():
                return max(best, finish)
            best = finish
        return best

    def _pieces(self) -> Iterator[Piece]:
        tasks = self._shapes.candidates.problem.tasks
        for task in self._spans:
            if task in self._tails and self._shapes.task(task) is not None:
                for line in range(len(tasks[task].crew)):
                    yield task, self._shapes.shortest(task, line)

    def _needs(self) -> tuple[IntArray, IntArray]:
        """Piece x pool: seats that only the pool can fill; and the people of each pool."""
        tasks, pools = self._shapes.candidates.problem.tasks, self._shapes.pools
        numbers = {piece: number for number, piece in enumerate(self.pieces)}
        needs = np.zeros((len(self.pieces), len(pools)), dtype=np.int32)
        for column, pool in enumerate(pools):
            for task, lines in pool.lines.items():
                for line in lines:
                    piece = (task, self._shapes.shortest(task, line))
                    if piece in numbers:
                        needs[numbers[piece], column] += tasks[task].crew[line].people
        return needs, np.array([len(pool.people) for pool in pools], dtype=np.int32)

    def _after(self) -> BoolArray:
        """Piece x piece: the other comes after the end of the one's task."""
        before = ended_before(self._shapes.candidates)
        return np.array(
            [[one in before[other] for other, _ in self.pieces] for one, _ in self.pieces]
        )

    def _together(self) -> BoolArray:
        """Piece x piece: they are of the same task."""
        tasks = np.array([task for task, _ in self.pieces])
        together: BoolArray = tasks[:, None] == tasks[None, :]
        return together

    def _lengths(self) -> IntArray:
        return np.array([length for _, length in self.pieces])

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

    def _by_windows(self, packs: BoolArray, units: float) -> int:
        """The latest finish that is proved by windows: the step doubles, then it is halved."""
        self._incumbent.spend(LIST_WORK * len(packs))
        spend = self._spender(packs, units)
        proved, step, possible = self._shapes.earliest_finish, 1, self._possible()
        while proved < possible:
            slot = min(proved + step, possible) - 1
            if too_short(self._windows(slot, packs), self._order, spend):
                proved, step = slot + 1, 2 * step
            else:
                possible, step = slot, 1 if step == 1 else (slot - proved) // 2 or 1
        return proved

    def shaved_finish(self, seconds: float, on_proved: Callable[[int], None]) -> None:
        """Prove later finishes, one slot after the other, with ends of windows shaved off."""
        if self._listed is None:
            return
        spend, proved = self._spender(self._listed, seconds), self._shapes.earliest_finish
        while proved < self._possible():
            windows = self._windows(proved, self._listed)
            if not too_short_when_shaved(windows, self._order, spend):
                return
            proved += 1
            on_proved(proved)

    def _spender(self, packs: BoolArray, units: float) -> Callable[[], bool]:
        """Asked before each programme: counts its work and says whether there is time for it."""
        work, spent = PROGRAMME_WORK + VALUE_WORK * 2 * len(self.pieces) * packs.size, 0.0

        def spend() -> bool:
            nonlocal spent
            spent += work
            self._incumbent.spend(work)
            return spent <= units and not self._incumbent.ended()

        return spend

    def _possible(self) -> int:
        """The finish of the best plan so far."""
        problem, plan = self._incumbent.problem, self._incumbent.plan
        ends = [booking.end for booking in plan.tasks] if plan is not None else []
        return max(ends, default=problem.horizon)

    def _windows(self, finish: int, packs: BoolArray) -> Windows:
        """The windows of the pieces where all is to end by a finish."""
        grid, spans, after = self._shapes.grid, self._spans, self._tails
        return Windows(
            begins=np.array([grid.start_at_or_after(spans[task][0]) for task, _ in self.pieces]),
            ends=np.array([grid.end_at_or_before(finish - after[task]) for task, _ in self.pieces]),
            lengths=self._lengths(),
            packs=packs,
        )

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
        grid, spans, after = self._shapes.grid, self._spans, self._tails
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

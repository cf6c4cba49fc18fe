"""Finishes tried out: whether all pieces fit the windows that a finish gives them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from allocator.timeline import BoolArray
from solver.incumbent import Incumbent
from solver.makespan.feasible_sets.activities import Pieces
from solver.makespan.feasible_sets.propagation import order_of, too_short, too_short_when_shaved
from solver.makespan.feasible_sets.windows import Windows

PROGRAMME_WORK = 0.005
"""Deterministic units that a programme of windows counts as beside its packs, about its seconds."""

VALUE_WORK = 1e-9
"""Deterministic units that one piece of one pack in one stretch counts as, about its seconds."""


class DestructiveBound:
    """Destructive bound on the finish by all packs of the pieces that there are (pack x piece)."""

    def __init__(self, pieces: Pieces, packs: BoolArray, incumbent: Incumbent) -> None:
        self._pieces = pieces
        self._packs = packs
        self._incumbent = incumbent
        self._lengths = pieces.lengths()
        self._order = order_of(self._lengths, pieces.after(), pieces.of_one_task(), packs)

    def earliest_finish(self, units: float) -> int:
        """The latest finish that is proved by windows: the step doubles, then it is halved."""
        spend, proved, step = self._spender(units), self._pieces.shapes.earliest_finish, 1
        possible = self._possible()
        while proved < possible:
            slot = min(proved + step, possible) - 1
            if too_short(self._windows(slot), self._order, spend):
                proved, step = slot + 1, 2 * step
            else:
                possible, step = slot, 1 if step == 1 else (slot - proved) // 2 or 1
        return proved

    def shave(self, units: float, on_proved: Callable[[int], None]) -> None:
        """Prove later finishes, one slot after the other, with ends of windows shaved off."""
        spend, proved = self._spender(units), self._pieces.shapes.earliest_finish
        while proved < self._possible():
            if not too_short_when_shaved(self._windows(proved), self._order, spend):
                return
            proved += 1
            on_proved(proved)

    def _spender(self, units: float) -> Callable[[], bool]:
        """Asked before each programme: counts its work and says whether there is time for it."""
        work = PROGRAMME_WORK + VALUE_WORK * 2 * len(self._lengths) * self._packs.size
        spent = 0.0

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

    def _windows(self, finish: int) -> Windows:
        """The windows of the pieces where all is to end by a finish."""
        grid, own = self._pieces.shapes.grid, self._pieces
        begins = [grid.start_at_or_after(own.spans[task][0]) for task, _ in own.all]
        ends = [grid.end_at_or_before(finish - own.tails[task]) for task, _ in own.all]
        return Windows(np.array(begins), np.array(ends), self._lengths, self._packs)

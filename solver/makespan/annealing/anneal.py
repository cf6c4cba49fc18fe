"""Annealing: the tasks of a plan and their people as a list, improved by many quick moves.

What a list is stands in `lists.py`, the moves are in `moves.py`. Each cycle begins with the best
plan and cools from hot to cold; the next one takes longer.
"""

from __future__ import annotations

import numpy as np

from solver.incumbent import Incumbent
from solver.makespan.annealing.encoding import Listed, listed, lists_of, plan_of_list
from solver.relaxation.shapes import Shapes

CHUNK = 10_000
"""Moves between two looks at whether the search should end."""

CYCLE, LONGER, LONGEST = 0.4, 2.0, 6.0
"""Deterministic units of the first cycle, how much longer the next one is, and at most."""

MOVE_WORK, PLACE_WORK = 4e-7, 4e-9
"""Deterministic units that a move counts as, and for each place of the list; about its seconds."""

HOT, COLD = 0.04, 0.001
"""By how much later one person may be done, in mean lengths of a task, at first and last."""


class Annealing:
    """Cycles of quick moves, where the tasks of a problem can be put in lists."""

    def __init__(self, shapes: Shapes, incumbent: Incumbent, seed: int) -> None:
        self._shapes = shapes
        self._incumbent = incumbent
        self._seed = seed
        self._cycle = CYCLE
        self._pace = 1.0
        """Seconds that a deterministic unit takes here and now."""
        self._lists = lists_of(shapes)

    @property
    def useful(self) -> bool:
        """Whether lists leave out no rule of the problem."""
        return self._lists is not None

    @property
    def single(self) -> bool:
        """Whether each task takes one person."""
        return self._lists is not None and len(self._lists.lines) == len(self._lists.tasks)

    def turn(self) -> bool:
        """One cycle from the best plan on; better plans are offered. True if there were any."""
        # It takes a second to load, so only where it is of use.
        from solver.makespan.annealing.moves import POWER, anneal

        incumbent, lists, plan = self._incumbent, self._lists, self._incumbent.base
        begin = None if lists is None else listed(lists, plan)
        if lists is None or begin is None:
            incumbent.spend(MOVE_WORK)
            return False
        work = CHUNK * (MOVE_WORK + PLACE_WORK * len(lists.tasks))
        units, began = min(self._cycle, incumbent.left / self._pace), incumbent.seconds
        chunks = max(1, round(units / work))
        grid, gained = self._shapes.grid, False
        finish = max(grid.end_at_or_before(booking.end) for booking in plan.tasks)
        order, who = begin
        best, ends = Listed(order.copy(), who.copy()), np.zeros(len(order), dtype=np.int32)
        mean = POWER * float(lists.length.mean())
        for chunk in range(chunks):
            heats = [mean * HOT * (COLD / HOT) ** (at / chunks) for at in (chunk, chunk + 1)]
            self._seed += 2
            found = anneal(lists, order, who, *best, ends, finish, self._seed, CHUNK, *heats)
            incumbent.spend(work)
            if found < finish:
                finish = found
                gained |= incumbent.try_out(plan_of_list(self._shapes, lists, best, plan))
            if incumbent.ended():
                return gained
            # The same plan in the order of its starts: near places are near in time then.
            order = order[np.argsort(ends[order] - lists.length[order], kind="stable")]
        self._cycle = min(LONGEST, LONGER * self._cycle)
        if incumbent.work_left is None:
            self._pace = (incumbent.seconds - began) / (chunks * work)
        return gained

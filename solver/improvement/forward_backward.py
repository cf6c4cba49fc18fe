"""Forward-backward improvement: tasks placed anew, in an order learned from a plan or good times.

Tasks pushed as late as the finish, their successors and their people allow show which of them
cannot wait; placed in that order, from the beginning again, they often end earlier
(forward-backward improvement: Li and Willis, 1992; Valls, Ballestin and Quintanilla, 2005).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from allocator.plan import TaskBooking
from solver.candidates.ties import fixed_in_time
from solver.incumbent import Incumbent
from solver.insertion.inserter import Inserter, usual_policy
from solver.insertion.latest_starts import latest_starts
from solver.insertion.repair import repair_and_reinsert

PLACEMENTS = 2000
"""About so many tasks are placed in one turn; at least all of them once."""

PLACE_WORK = 2e-4
"""Deterministic units that one placement counts as, about its seconds."""

DELAYS = (0.0, 0.0, 0.01, 0.03, 0.1)
"""Noise on the order, as a share of the time until the finish."""

NOISE = (0.0, 0.0, 0.05, 0.2)
"""Noise on prices."""

SCARCE = (0.0, 0.5, 1.0, 2.0)
"""How much scarce people are spared, against the usual."""

WORSE = (0.0, 0.0, 0.005)
"""By which share a plan may be worse that the next order is learned from."""


class ForwardBackward:
    """Rebuilds the tasks of plans on an inserter; classes and support stay where they can."""

    def __init__(self, inserter: Inserter, incumbent: Incumbent) -> None:
        self._inserter = inserter
        self._incumbent = incumbent
        self._rng = random.Random(incumbent.settings.seed)
        self._usual = usual_policy(inserter, self._rng)
        self._fixed = fixed_in_time(inserter.candidates)
        self._plan = incumbent.base
        self._total = float("inf")
        self._times: Sequence[TaskBooking] = ()

    def learn(self, times: Sequence[TaskBooking]) -> None:
        """Take good times into account from now on."""
        self._times = times

    def turn(self) -> None:
        """Rebuild a few times; better plans are offered."""
        tasks = len(self._inserter.ledger.order.possible)
        if self._incumbent.total is not None and self._incumbent.total < self._total:
            self._plan, self._total = self._incumbent.base, float(self._incumbent.total)
        for _ in range(max(1, PLACEMENTS // max(1, tasks))):
            self._justify()
            self._incumbent.spend(PLACE_WORK * tasks)
            if self._incumbent.ended():
                break

    def _justify(self) -> None:
        inserter, ledger, rng = self._inserter, self._inserter.ledger, self._rng
        keys = self._keys()
        policy = replace(
            self._usual,
            noise=rng.choice(NOISE),
            scarce=self._usual.scarce * rng.choice(SCARCE),
        )
        ledger.load(self._plan)
        free = ledger.order.possible - self._fixed
        for task in free:
            if ledger.tasks[task] is not None:
                ledger.remove_task(task)
        inserter.place_tasks(free, keys, policy)
        repair_and_reinsert(inserter, keys, policy)
        if ledger.total <= self._total * (1 + rng.choice(WORSE)):
            better = ledger.total < self._total - 1e-6
            self._plan, self._total = ledger.plan(), ledger.total
            if better:
                self._incumbent.try_out(self._plan)

    def _keys(self) -> dict[int, float]:
        rng = self._rng
        tasks = self._times if self._times and rng.random() < 0.5 else self._plan.tasks
        finish = max((booking.end for booking in tasks), default=0)
        noise = rng.choice(DELAYS) * finish
        latest = latest_starts(self._inserter, tasks)
        return {
            task: latest.get(task, finish) + noise * rng.random()
            for task in sorted(self._inserter.ledger.order.possible)
        }

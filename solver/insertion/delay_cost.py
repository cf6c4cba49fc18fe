"""What a task's end brings with it: lateness of all that comes after, if everybody were free.

tail(i, e) = sum over what comes after i of lateness price x (earliest end of it - due), with the
price of leaving it open once it cannot keep its deadline any more. Kept on a coarse grid of ends
and interpolated; the task's own lateness is exact.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.candidates.candidates import Candidates
from solver.candidates.steps import Steps
from solver.capacity.materials import class_steps
from solver.insertion.offers import Offers
from solver.ledger.precedence import Order
from solver.ledger.score import Running
from solver.stopping import Stopped

STEP_HOURS = 4
"""Grid of ends."""

PAIRS = 60_000
"""Above so many pairs of a task and one after it, only the next ones after a task count."""

MARGIN_DAYS = (0, 2, 5)
"""Classes are priced as if materials came so many days later, on average."""

FloatArray = NDArray[np.float64]


def _steps_in_time(candidates: Candidates) -> dict[int | None, Steps]:
    """What classes cost by the end of their materials; nothing where a first plan cannot wait."""
    try:
        return class_steps(candidates, candidates.hurried)
    except Stopped:
        return {}


class DelayCost:
    """Lateness and open work that follow from the end of each task."""

    def __init__(
        self, candidates: Candidates, offers: Offers, order: Order, running: Running
    ) -> None:
        self.problem = candidates.problem
        self._candidates = candidates
        self._offers = offers
        self._order = order
        self._prices = running.prices
        self._running = running
        self.step = STEP_HOURS * self.problem.axis.slots_per_hour
        self._grid = np.arange(0, self.problem.horizon + 2 * self.step, self.step)
        self._own = [
            (
                self.problem.horizon if task.due is None else task.due,
                0.0 if task.due is None else self._prices.late * task.priority,
            )
            for task in self.problem.tasks
        ]
        self.earliest = self._earliest()
        """Earliest (start, end) of each task if everybody were free."""
        self.length = self._lengths()
        """Least clock slots from each task's end to the end of the last work after it."""
        self.after_prices: dict[int, list[float]] = {}
        self._classes: dict[int, FloatArray] = {}
        for task, steps in _steps_in_time(candidates).items():
            if task is not None and task in order.courses:
                self._classes[task] = self._class_price(steps)
        self._compute()

    # Look-up --------------------------------------------------------------------------------

    def own(self, task: int, end: int) -> float:
        """Price of a task's own lateness."""
        due, price = self._own[task]
        return price * (end - due) if end > due else 0.0

    def classes(self, task: int, end: int | None) -> float:
        """Price of the classes that are lost if a task ends at `end`, or never (None)."""
        values = self._classes.get(task)
        if values is None:
            return 0.0
        return float(
            values[-1] if end is None else values[min(end // self.step + 1, len(values) - 1)]
        )

    def after(self, task: int, end: int) -> float:
        """Price of what comes after a task that ends at `end`."""
        values = self.after_prices.get(task)
        if values is None:
            return 0.0
        index, rest = divmod(min(end, self.problem.horizon), self.step)
        low = values[index]
        return low + (values[index + 1] - low) * rest / self.step

    # Passes ---------------------------------------------------------------------------------

    def _reach(self, task: int, start_from: int, end_from: int) -> tuple[int, int]:
        """Earliest (start, end) of a task from a start and an end on; the start is a bound."""
        ends = self._offers.first_ends(task)
        start = min(max(start_from, 0), self.problem.horizon)
        end = int(ends[start])
        if end < end_from:
            start = int(np.searchsorted(ends, end_from))
            end = int(ends[min(start, self.problem.horizon)])
        return start, end

    def _earliest(self) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for task in self._candidates.task_order:
            if task not in self._order.possible:
                continue
            start_from, end_from = 0, self._order.end_from[task]
            for link in self._order.predecessors[task]:
                start, end = found[link.task]
                moment = (end if link.type in ("FS", "FF") else start) + link.lag
                if link.type in ("FS", "SS"):
                    start_from = max(start_from, moment)
                else:
                    end_from = max(end_from, moment)
            found[task] = self._reach(task, start_from, end_from)
        return found

    def _lengths(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for task in reversed(self._candidates.task_order):
            if task not in self.earliest:
                continue
            longest = 0
            for later, link in self._order.successors[task]:
                if later in self.earliest:
                    start, end = self.earliest[later]
                    work = max((line.work for line in self.problem.tasks[later].crew), default=0)
                    least = min(work, end - start) if link.type == "FS" else 0
                    longest = max(longest, link.lag + least + found.get(later, 0))
            found[task] = longest
        return found

    def _class_price(self, steps: Steps) -> FloatArray:
        """What classes lose if their materials are ready only so late, priced."""
        slots = np.array([0, *steps.slots], dtype=np.float64)
        prices = np.array([float(price) for price in steps.prices]) - float(steps.prices[0])
        total = np.zeros(len(self._grid))
        for days in MARGIN_DAYS:
            ends = self._grid + days * 24 * self.problem.axis.slots_per_hour
            total += np.interp(ends, slots, prices) / len(MARGIN_DAYS)
        return total

    def _compute(self) -> None:
        below: dict[int, set[int]] = {}
        priced: set[int] = set()
        count = 0
        for task in reversed(self._candidates.task_order):
            if task not in self.earliest:
                continue
            later = {s for s, _ in self._order.successors[task] if s in self.earliest}
            below[task] = later.union(*(below[s] for s in later)) if count < PAIRS else later
            count += len(below[task])
            what = self.problem.tasks[task]
            if what.due is not None or what.deadline is not None or task in self._classes:
                priced.add(task)
        rank = {task: at for at, task in enumerate(self._candidates.task_order)}
        for task, later in below.items():
            wanted = sorted(later, key=rank.__getitem__)
            values = self._classes.get(task)
            if priced & later:
                spread = self._spread(task, wanted)
                values = spread if values is None else values + spread
            if values is not None:
                self.after_prices[task] = values.tolist()

    def _spread(self, task: int, later: list[int]) -> FloatArray:
        """Price of everything after a task, for each end of it on the grid."""
        horizon = self.problem.horizon
        ends = self._offers.first_ends(task)
        # The latest start with which the task can end by each grid point.
        last = np.searchsorted(ends, self._grid, side="right") - 1
        last = np.maximum(last, self.earliest[task][0])
        spans = {task: (last, self._grid)}
        total = np.zeros(len(self._grid))
        for each in later:
            start_from = np.full(len(self._grid), self.earliest[each][0])
            end_from = np.zeros(len(self._grid), dtype=np.int64)
            for link in self._order.predecessors[each]:
                if link.task in spans:
                    start, end = spans[link.task]
                    moment = (end if link.type in ("FS", "FF") else start) + link.lag
                    if link.type in ("FS", "SS"):
                        start_from = np.maximum(start_from, moment)
                    else:
                        end_from = np.maximum(end_from, moment)
            reach = self._offers.first_ends(each)
            start_from = np.minimum(start_from, horizon)
            reached = np.maximum(reach[start_from], end_from)
            spans[each] = (start_from, reached)
            due, price = self._own[each]
            lost = reached > self._candidates.latest_end(self.problem.tasks[each])
            open_price = self._running.task_open[each] * self._prices.open
            total += np.where(lost, open_price, price * np.maximum(reached - due, 0))
            if each in self._classes:
                at = np.minimum(reached // self.step + 1, len(self._grid) - 1)
                total += np.where(lost, self._classes[each][-1], self._classes[each][at])
        return total

"""Ruin and recreate: take related work out, place it anew, keep what is better or nearly as good.

After Schrimpf et al. (2000), with noise and people overlooked at random in insertion as in
Christiaens and Vanden Berghe (2020), neighbourhoods chosen by what has paid off (Ropke and
Pisinger, 2006) and simulated annealing that reheats from the best plan.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from allocator.plan import Plan
from solver.candidates.candidates import Candidates
from solver.insertion.inserter import Inserter, Work, usual_policy
from solver.insertion.policy import InsertionPolicy
from solver.insertion.repair import drop_session, drop_task, repair
from solver.ledger.frozen_violations import Touched
from solver.ruin_recreate.operators import OPEN_RUINS, RUINS

CYCLE = 2500
"""Iterations from hot to cold; then again from the best plan."""

HOT, COLD = 2e-4, 5e-6
"""Temperatures, as shares of the total at which a cycle begins."""

MEMORY = 0.98
"""How much of a neighbourhood's weight is kept at each use."""

REWARDS = (1.0, 0.3, 0.05)
"""For a new best plan, a better one than before, a worse one that is accepted."""

LEAST_WEIGHT = 0.02

OPEN_SHARE = 0.4
"""How often open work is tried first, while there is any."""


def improve(
    candidates: Candidates,
    plan: Plan,
    seed: int,
    stop: Callable[[], bool],
    on_better: Callable[[Plan], None],
    iterations: int | None = None,
) -> Plan:
    """The best plan found from a plan on, until `stop` says so or after so many iterations.

    `on_better` is called with every better plan. Without a stop, the same seed and number of
    iterations give the same plan.
    """
    inserter = Inserter(candidates)
    inserter.ledger.load(plan)
    search = RuinAndRecreate(inserter, seed)
    done = 0
    while not stop() and (iterations is None or done < iterations):
        if search.step():
            on_better(search.best)
        done += 1
    return search.best


class RuinAndRecreate:
    """One run of ruin and recreate on an inserter."""

    def __init__(self, inserter: Inserter, seed: int) -> None:
        self.inserter = inserter
        self.rng = random.Random(seed)
        self.best = inserter.ledger.plan()
        self.least = self.total = inserter.ledger.total
        self._usual = usual_policy(inserter, self.rng)
        self._weights = [1.0] * len(RUINS)
        self._done = 0
        self._scale = 1.0

    def step(self) -> bool:
        """One ruin and recreate; True if the plan is the best so far."""
        ledger, rng = self.inserter.ledger, self.rng
        phase = self._done % CYCLE
        if phase == 0:
            if self._done and self.total > self.least:
                ledger.load(self.best)
                self.total = ledger.total
            repair(self.inserter)
            self._scale = max(self.total, 1.0)
        self._done += 1
        heat = self._scale * HOT * (COLD / HOT) ** (phase / CYCLE)
        kind = self._choose()
        size = self._rebuild(kind)
        total = ledger.total
        better = total < self.total - 1e-6
        accepted = total < self.total - heat * math.log(max(rng.random(), 1e-12))
        reward = 0.0
        found = False
        if accepted and size:
            ledger.commit()
            reward = REWARDS[1] if better else REWARDS[2] if total > self.total + 1e-6 else 0.0
            self.total = total
            if total < self.least - 1e-6:
                self.least, self.best = total, ledger.plan()
                reward, found = REWARDS[0], True
        else:
            ledger.rollback(0)
            ledger.touched = Touched()
        weight = self._weights[kind]
        gain = reward * 10 / (5 + size)
        self._weights[kind] = max(LEAST_WEIGHT, MEMORY * weight + (1 - MEMORY) * 10 * gain)
        return found

    def adopt(self, plan: Plan) -> None:
        """Go on from a plan that was found elsewhere; the best so far stays if it is better."""
        self.inserter.ledger.load(plan)
        self.total = self.inserter.ledger.total
        if self.total < self.least - 1e-6:
            self.least, self.best = self.total, self.inserter.ledger.plan()

    def _choose(self) -> int:
        """A neighbourhood: often one for open work while there is any, else what has paid off."""
        if self.inserter.ledger.running.open and self.rng.random() < OPEN_SHARE:
            return RUINS.index(self.rng.choice(OPEN_RUINS))
        return self.rng.choices(range(len(RUINS)), self._weights)[0]

    def _rebuild(self, kind: int) -> int:
        """Take a neighbourhood out and place it anew; returns how much was placed."""
        inserter, rng = self.inserter, self.rng
        keys = {
            task: float(booking.start)
            for task, booking in enumerate(inserter.ledger.tasks)
            if booking is not None
        }
        work = RUINS[kind](inserter, rng)
        if not work:
            return 0
        if rng.random() < 0.5:
            work.add(repair(inserter, waiting=work.tasks))
        return self.put_back(work, keys, self._policy())

    def put_back(self, work: Work, starts: dict[int, float], policy: InsertionPolicy) -> int:
        """Place work that waits, and what thereby loses its ground; how much has been placed.

        `starts` is when tasks began before, as far as they did.
        """
        inserter = self.inserter
        self._place(work, self._keys(work, starts), policy)
        size = work.size
        inserter.ledger.touched.tasks |= work.tasks
        dropped = repair(inserter)
        if dropped:
            self._place(dropped, self._keys(dropped, starts), policy)
            inserter.ledger.touched.tasks |= dropped.tasks
            repair(inserter)
            size += dropped.size
        return size

    def _place(self, work: Work, keys: dict[int, float], policy: InsertionPolicy) -> None:
        """Place work; what stands in the way of a task after it makes room and is placed again."""
        pushed = Work()
        waiting = set(work.tasks)
        self.inserter.place_tasks(waiting, keys, policy)
        for task in sorted(waiting, key=lambda it: (keys[it], it)):
            if self.inserter.ledger.tasks[task] is None and self._make_room(task, pushed):
                self.inserter.tasks.place(task, policy)
        if pushed:
            self.inserter.place_tasks(pushed.tasks, self._keys(pushed, {}), policy)
            work.add(pushed)
        if work.in_time:
            self.inserter.dispatch_classes(work.in_time, policy)
        self.inserter.place_classes(work.classes, policy, work.urgent)
        self.inserter.place_shifts(work.shifts, policy)

    def _make_room(self, task: int, pushed: Work) -> bool:
        """Take out what is planned after an open task; False if nothing is."""
        inserter = self.inserter
        order = inserter.ledger.order
        if order.window(task, inserter.ledger.tasks) is None:
            return False
        before = pushed.size
        stack = [task]
        while stack:
            for later, _ in order.successors[stack.pop()]:
                if inserter.ledger.tasks[later] is not None:
                    drop_task(inserter, later, pushed)
                    stack.append(later)
        for course in order.courses.get(task, ()):
            for number in sorted(inserter.ledger.classes.of_course[course]):
                drop_session(inserter, number, pushed)
        return pushed.size > before

    def _keys(self, work: Work, starts: dict[int, float]) -> dict[int, float]:
        """The order in which tasks are placed: the first ones, then as they were, or by slack."""
        keys = self._usual_keys(work, starts)
        return keys | {task: keys[task] - 2 * self.inserter.problem.horizon for task in work.first}

    def _usual_keys(self, work: Work, starts: dict[int, float]) -> dict[int, float]:
        rng, day = self.rng, 24 * self.inserter.problem.axis.slots_per_hour
        pick = rng.random()
        slack = self.inserter.slack
        if pick < 0.45:
            spread = rng.choice((0, 2, 6)) * day
            return {
                task: starts.get(task, slack[task]) + spread * rng.random()
                for task in sorted(work.tasks)
            }
        if pick < 0.9:
            spread = rng.choice((1, 5, 10)) * day
            return {task: slack[task] + spread * rng.random() for task in sorted(work.tasks)}
        return {task: rng.random() for task in sorted(work.tasks)}

    def _policy(self) -> InsertionPolicy:
        """How to weigh this time."""
        rng, usual = self.rng, self._usual
        return InsertionPolicy(
            rng,
            noise=rng.choice((0.0, 0.0, 0.05, 0.2)),
            blink=rng.choice((0.0, 0.0, 0.05, 0.15)),
            scarce=usual.scarce * rng.choice((0.0, 0.0, 0.3, 1.0)),
            scarcity=usual.scarcity,
            patience=rng.choice((0.03, 0.1, 0.3)),
            finish=usual.finish,
        )

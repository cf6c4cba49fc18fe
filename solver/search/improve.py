"""Improvement: ruin and recreate and exact parts in turns, by what each has paid off lately."""

from __future__ import annotations

import random
from dataclasses import dataclass

from allocator.plan import Plan
from solver.candidates import Candidates
from solver.grid import Grid
from solver.search.bench import Bench
from solver.search.complete import plan_around
from solver.search.incumbent import Incumbent
from solver.search.recreate import Search
from solver.search.together import Neighbourhoods

IDEA_STEPS = 200
"""Ruin-and-recreate steps that a plan around new task times gets before it is judged."""

TURN_STEPS = 200
"""Ruin-and-recreate steps in one turn."""

STEP_WORK = 0.004
"""Deterministic units that one such step counts as, about its seconds."""

CURIOSITY = 0.15
"""How often the turn goes to the way that has paid off less."""

MEMORY = 0.7
"""How much of what paid off before is kept at each turn."""


@dataclass(slots=True)
class Way:
    """A way of searching and what a deterministic unit of it has gained lately."""

    rate: float | None = None

    def learn(self, gain: float, work: float) -> None:
        """Count a turn."""
        paid = gain / max(work, 1e-6)
        self.rate = paid if self.rate is None else MEMORY * self.rate + (1 - MEMORY) * paid


def improve(candidates: Candidates, grid: Grid, incumbent: Incumbent, ideas: list[Plan]) -> None:
    """Search on until the end; task times that the proof hands over are tried as they come."""
    bench = Bench(candidates)
    rng = random.Random(incumbent.settings.seed)
    bench.ledger.load(incumbent.base)
    recreate = Search(bench, incumbent.settings.seed)
    neighbourhoods = Neighbourhoods(candidates, grid, incumbent)
    ruin, exact = Way(), Way()
    while not incumbent.ended():
        if ideas:
            idea = ideas.pop()
            ideas.clear()
            bench.ledger.load(plan_around(candidates, idea.tasks, incumbent.settings.seed))
            trial = Search(bench, incumbent.settings.seed)
            _steps(trial, incumbent, IDEA_STEPS)
            incumbent.offer(trial.best)
            recreate.adopt(incumbent.base)
        before, spent = incumbent.total, incumbent.deterministic_time
        way = _next(rng, ruin, exact)
        if way is ruin:
            if _steps(recreate, incumbent, TURN_STEPS):
                incumbent.offer(recreate.best)
        elif neighbourhoods.step(incumbent.base) is not None:
            recreate.adopt(incumbent.base)
        gain = 0.0 if before is None or incumbent.total is None else float(before - incumbent.total)
        way.learn(gain, incumbent.deterministic_time - spent)


def _next(rng: random.Random, ruin: Way, exact: Way) -> Way:
    """The way that has paid off more, now and then the other; each is tried once at first."""
    if ruin.rate is None or exact.rate is None:
        return ruin if ruin.rate is None else exact
    better, other = (ruin, exact) if ruin.rate >= exact.rate else (exact, ruin)
    return other if rng.random() < CURIOSITY else better


def _steps(recreate: Search, incumbent: Incumbent, steps: int) -> bool:
    """So many steps, fewer if the search ends; True if one of them found a better plan."""
    found = False
    for _ in range(steps):
        found = recreate.step() or found
        incumbent.spend(STEP_WORK)
        if incumbent.ended():
            break
    return found

"""Improvement: ruin and recreate, exact parts and changes of hands, by what has paid off lately."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from allocator.plan import Plan
from allocator.problem import Problem
from solver.bounds.quick import PRICED
from solver.first_plan.around_tasks import plan_around
from solver.improvement.class_counts import ClassCounts
from solver.improvement.exchange import with_tasks
from solver.improvement.forward_backward import ForwardBackward
from solver.improvement.large_neighbourhood import Neighbourhoods
from solver.improvement.partial_order import PartialOrderRelaxation
from solver.improvement.reassignment.search import Reassignment
from solver.improvement.recreation import Recreation
from solver.incumbent import Incumbent
from solver.insertion.inserter import Inserter
from solver.makespan.annealing.anneal import Annealing
from solver.makespan.rolling_window import RollingWindow
from solver.relaxation.shapes import Shapes

TIGHT_STEPS = 6
"""Stretches that are tightened in one turn: their gain often shows only after some."""

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


def improve(shapes: Shapes, incumbent: Incumbent, ideas: list[Plan], patience: float = inf) -> None:
    """Search on until the end; task times that the proof hands over are tried as they come.

    After so many seconds without a better plan it is given up.
    """
    candidates, grid = shapes.candidates, shapes.grid
    annealing = annealing_of(shapes, incumbent, incumbent.settings.seed)
    quick = Way()
    if annealing is not None:
        _anneal(annealing, quick, incumbent)
    inserter = Inserter(candidates)
    rng = random.Random(incumbent.settings.seed)
    inserter.ledger.load(incumbent.base)
    recreation = Recreation(inserter, incumbent)
    neighbourhoods = Neighbourhoods(candidates, grid, incumbent)
    relaxation = PartialOrderRelaxation(shapes, incumbent, incumbent.settings.seed)
    who = Reassignment(candidates, incumbent)
    forward_backward = ForwardBackward(inserter, incumbent)
    rolling = RollingWindow(shapes, inserter, incumbent, incumbent.settings.seed)
    counts = ClassCounts(inserter, incumbent, incumbent.settings.seed)
    ruin, exact, loose, tight, hands, anew = Way(), Way(), Way(), Way(), Way(), Way()
    counted = Way()
    prices = incumbent.problem.goals.price
    ways = [ruin, exact]
    if candidates.needs():
        ways.insert(1, counted)
    if prices("finish") or prices("lateness"):
        ways.append(loose)
    if only_finish(incumbent.problem):
        ways.append(tight)
    if prices("finish"):
        ways.insert(0, anew)
    single = annealing is not None and annealing.single
    if single:
        # Hardly anything else gains as much there: other ways only have their turn now and then.
        for way in ways:
            way.rate = 0.0
    if annealing is not None:
        ways.append(quick)
    gained = incumbent.seconds
    while not incumbent.ended() and incumbent.seconds - gained < patience:
        if ideas and not single:
            idea = ideas.pop()
            ideas.clear()
            forward_backward.learn(idea.tasks)
            trial = recreation.around(_plan_of(inserter, incumbent, relaxation, idea))
            incumbent.try_out(trial)
            if candidates.needs():
                counts.step(trial)  # what these times allow shows only with their classes
        before, spent = incumbent.total, incumbent.deterministic_time
        way = next_way(rng, [*ways, hands] if who.useful(incumbent.base) else ways)
        if way is hands:
            who.step(incumbent.base)
        elif way is quick and annealing is not None:
            annealing.turn()
        elif way is counted:
            counts.step(incumbent.base)
        elif way is anew:
            forward_backward.turn()
        elif way is ruin:
            recreation.turn()
        elif way is exact:
            neighbourhoods.step(incumbent.base)
        elif way is tight:
            _roll(rolling, incumbent)
        else:
            _relax_order(relaxation, inserter, incumbent)
        gain = _gain(before, incumbent.total)
        if gain:
            gained = incumbent.seconds
        way.learn(gain, incumbent.deterministic_time - spent)


def improve_beside_search(shapes: Shapes, incumbent: Incumbent) -> None:
    """Relax orders, roll a window and anneal in turn, beside the search and by other choices."""
    seed = incumbent.settings.seed + 1
    annealing = annealing_of(shapes, incumbent, seed)
    relaxation = PartialOrderRelaxation(shapes, incumbent, seed)
    inserter = Inserter(shapes.candidates)
    rolling = RollingWindow(shapes, inserter, incumbent, seed)
    rng, loose, tight, quick = random.Random(seed), Way(), Way(), Way()
    ways = [loose, tight] if annealing is None else [quick, loose, tight]
    if annealing is not None and annealing.single:
        ways = [quick]
    while not incumbent.ended():
        before, spent = incumbent.total, incumbent.deterministic_time
        way = next_way(rng, ways)
        if way is quick and annealing is not None:
            annealing.turn()
        elif way is tight:
            _roll(rolling, incumbent)
        else:
            _relax_order(relaxation, inserter, incumbent)
        way.learn(_gain(before, incumbent.total), incumbent.deterministic_time - spent)


def annealing_of(shapes: Shapes, incumbent: Incumbent, seed: int) -> Annealing | None:
    """Quick moves, where only the finish counts and lists leave out no rule."""
    if not only_finish(incumbent.problem):
        return None
    annealing = Annealing(shapes, incumbent, seed)
    return annealing if annealing.useful else None


def _anneal(annealing: Annealing, way: Way, incumbent: Incumbent) -> None:
    """Cycles as long as each of them gains."""
    gained = True
    while gained and not incumbent.ended():
        before, spent = incumbent.total, incumbent.deterministic_time
        gained = annealing.turn()
        way.learn(_gain(before, incumbent.total), incumbent.deterministic_time - spent)


def _roll(rolling: RollingWindow, incumbent: Incumbent) -> None:
    """One turn of the rolling window, cut short by the end."""
    for _ in range(TIGHT_STEPS):
        if not incumbent.ended():
            rolling.step()


def only_finish(problem: Problem) -> bool:
    """Whether the finish has a price, and nothing else that work on tasks can change has one."""
    prices = problem.goals.price
    return bool(prices("finish")) and not any(prices(term) for term in PRICED)


def _relax_order(
    relaxation: PartialOrderRelaxation, inserter: Inserter, incumbent: Incumbent
) -> bool:
    """One neighbourhood of a partial order; True if the inserter was used for its plan."""
    plan = incumbent.base
    tasks = relaxation.step(plan)
    if tasks is not None:
        incumbent.try_out(with_tasks(inserter, plan, tasks, incumbent.settings.seed))
    return tasks is not None


def _plan_of(
    inserter: Inserter, incumbent: Incumbent, relaxation: PartialOrderRelaxation, idea: Plan
) -> Plan:
    """A whole plan around an idea: tasks with their people, or times for which they are sought."""
    seed = incumbent.settings.seed
    if all(booking.crew for booking in idea.tasks):
        return plan_around(inserter.candidates, idea.tasks, seed)
    tasks = relaxation.staffed(idea.tasks)
    return with_tasks(inserter, incumbent.base, tasks or idea.tasks, seed)


def _gain(before: Fraction | None, after: Fraction | None) -> float:
    """What a turn has gained; a first plan where there was none counts as its own total."""
    if after is None:
        return 0.0
    return float(after + 1 if before is None else before - after)


def next_way(rng: random.Random, ways: list[Way]) -> Way:
    """The way that has paid off most, now and then another; each is tried once at first."""
    for way in ways:
        if way.rate is None:
            return way
    best = max(ways, key=lambda way: (way.rate, rng.random()))
    others = [way for way in ways if way is not best]
    return rng.choice(others) if others and rng.random() < CURIOSITY else best

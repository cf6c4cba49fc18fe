"""Compiled insertion and repair find what the readable ones find, on drawn rollouts."""

from __future__ import annotations

from random import Random

import pytest

from allocator.plan import Plan
from solver.candidates.candidates import Candidates
from solver.compiled import block as b
from solver.compiled.bookings import remove_class, remove_supporter, remove_task, rollback
from solver.compiled.classes import place_classes
from solver.compiled.core import Core
from solver.compiled.score import total
from solver.compiled.shifts import place_supporters
from solver.compiled.tasks import place_task
from solver.first_plan.build import first_plan
from solver.insertion.inserter import Inserter
from solver.insertion.policy import InsertionPolicy
from tests.solver.compiled.rollouts import drawn

SEEDS = range(300, 330)


class Pair:
    """The same plan in a ledger and in a block."""

    def __init__(self, seed: int) -> None:
        self.problem = drawn(seed)
        candidates = Candidates(self.problem)
        self.plan = first_plan(candidates, seed)
        self.inserter = Inserter(candidates)
        self.core = Core(self.inserter, seed)
        self.inserter.ledger.load(self.plan)
        self.core.load(self.plan)
        finish = self.inserter.ledger.running.prices.finish
        self.policy = InsertionPolicy(Random(seed), finish=finish)

    def agrees(self) -> bool:
        """Whether both have the same bookings, and the same total of the terms."""
        same = _bookings(self.core.now()) == _bookings(self.inserter.ledger.plan())
        price = total(self.core.block)
        return same and price == pytest.approx(self.inserter.ledger.running.total(), rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_tasks_are_placed_and_refused_alike(seed: int) -> None:
    pair, dice = Pair(seed), Random(seed)
    ledger, block = pair.inserter.ledger, pair.core.block
    planned = [task for task, booking in enumerate(ledger.tasks) if booking is not None]
    taken = dice.sample(planned, min(len(planned), 4))
    for task in taken:
        ledger.remove_task(task)
        remove_task(block, task)
    assert pair.agrees()
    for task in (*dice.sample(taken, len(taken)), *range(len(ledger.tasks))):
        if ledger.tasks[task] is None:
            placed = pair.inserter.tasks.place(task, pair.policy)
            assert place_task(block, task) == placed
    assert pair.agrees()


@pytest.mark.parametrize("seed", SEEDS)
def test_classes_are_placed_alike(seed: int) -> None:
    pair, dice = Pair(seed), Random(seed)
    ledger, block = pair.inserter.ledger, pair.core.block
    keys = list(pair.inserter.classes.sites)
    chosen = dice.sample(keys, min(len(keys), 2))
    for number, session in sorted(ledger.classes.sessions.items()):
        if (session.course, ledger.classes.site(session)) in chosen:
            ledger.remove_session(number)
            remove_class(block, number)
    assert pair.agrees()
    for key in chosen:
        pair.inserter.classes.place(*key, pair.policy)
        place_classes(block, keys.index(key))
    assert pair.agrees()


@pytest.mark.parametrize("seed", SEEDS)
def test_shifts_are_filled_alike(seed: int) -> None:
    pair, dice = Pair(seed), Random(seed)
    ledger, block = pair.inserter.ledger, pair.core.block
    for shift, people in enumerate(ledger.shifts):
        for person in list(people):
            if dice.random() < 0.6:
                ledger.remove_supporter(shift, person)
                remove_supporter(block, shift, person)
    for shift in range(len(ledger.shifts)):
        pair.inserter.shifts.place(shift, pair.policy)
        place_supporters(block, shift)
    assert pair.agrees()


@pytest.mark.parametrize("seed", range(330, 340))
def test_going_back_leaves_everything_as_it_was(seed: int) -> None:
    pair = Pair(seed)
    block, ledger = pair.core.block, pair.inserter.ledger
    for number in sorted(ledger.classes.sessions):
        remove_class(block, number)
    for task, booking in enumerate(ledger.tasks):
        if booking is not None:
            remove_task(block, task)
            place_task(block, task)
    for key in range(len(pair.inserter.classes.sites)):
        place_classes(block, key)
    rollback(block)
    assert block.i[b.LOGGED] == 0
    assert pair.agrees()


def _bookings(plan: Plan) -> object:
    """A plan without the order in which things are listed."""
    tasks = {(it.task, it.start, it.end, frozenset(it.crew)) for it in plan.tasks}
    sessions = {
        (it.course, it.room, it.start, it.end, frozenset(it.trainers), frozenset(it.groups))
        for it in plan.sessions
    }
    return tasks, sessions, plan.shifts

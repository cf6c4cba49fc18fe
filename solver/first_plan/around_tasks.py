"""A whole plan around given tasks: their times and people stay, classes and support are added."""

from __future__ import annotations

import random

from allocator.plan import Plan, TaskBooking
from solver.candidates.candidates import Candidates
from solver.first_plan.build import place_classes, place_fixed
from solver.insertion.inserter import Inserter, usual_policy
from solver.insertion.repair import repair_and_reinsert
from solver.insertion.replay import published_plan, replay_classes, replay_supporters


def plan_around(candidates: Candidates, tasks: tuple[TaskBooking, ...], seed: int) -> Plan:
    """Keep the tasks as far as the rules allow, then place classes and support as usual."""
    inserter = Inserter(candidates)
    ledger, policy = inserter.ledger, usual_policy(inserter, random.Random(seed))
    place_fixed(inserter, policy)
    for index, booking in enumerate(ledger.tasks):
        if booking is not None:
            ledger.remove_task(index)
    given = {booking.task: booking for booking in tasks}
    for index in candidates.task_order:
        if index in given:
            ledger.add_task(given[index])
    replay_classes(inserter, published_plan(inserter))
    place_classes(inserter, policy)
    replay_supporters(inserter, published_plan(inserter))
    inserter.place_shifts(range(len(ledger.shifts)), policy)
    repair_and_reinsert(inserter, inserter.slack, policy)
    return ledger.plan()

"""A whole plan around given tasks: their times and people stay, classes and support are added."""

from __future__ import annotations

import random

from allocator.plan import Plan, TaskBooking
from solver.candidates.candidates import Candidates
from solver.first_plan.build import place_classes, place_fixed
from solver.insertion.inserter import Bench, usual_taste
from solver.insertion.keep import keep_classes, keep_supporters, told_plan
from solver.insertion.repair import resettle


def plan_around(candidates: Candidates, tasks: tuple[TaskBooking, ...], seed: int) -> Plan:
    """Keep the tasks as far as the rules allow, then place classes and support as usual."""
    bench = Bench(candidates)
    ledger, taste = bench.ledger, usual_taste(bench, random.Random(seed))
    place_fixed(bench, taste)
    for index, booking in enumerate(ledger.tasks):
        if booking is not None:
            ledger.remove_task(index)
    given = {booking.task: booking for booking in tasks}
    for index in candidates.task_order:
        if index in given:
            ledger.add_task(given[index])
    keep_classes(bench, told_plan(bench))
    place_classes(bench, taste)
    keep_supporters(bench, told_plan(bench))
    bench.place_shifts(range(len(ledger.shifts)), taste)
    resettle(bench, bench.slack, taste)
    return ledger.plan()

"""Other bookings for the tasks of a plan: what then no longer fits is placed anew."""

from __future__ import annotations

import random
from collections.abc import Sequence

from allocator.plan import Plan, TaskBooking
from solver.search.bench import Bench, usual_taste
from solver.search.settle import settle


def with_tasks(bench: Bench, plan: Plan, tasks: Sequence[TaskBooking], seed: int) -> Plan:
    """The plan with these bookings of its tasks; classes and support stay where they can.

    Tasks without people are placed in the order of their starts. The plan may break rules that
    the ledger knows nothing of.
    """
    ledger, taste = bench.ledger, usual_taste(bench, random.Random(seed))
    ledger.load(plan)
    for booking in plan.tasks:
        ledger.remove_task(booking.task)
    keys = {**bench.slack, **{booking.task: float(booking.start) for booking in tasks}}
    for booking in sorted(tasks, key=lambda booking: booking.start):
        if booking.crew:
            ledger.add_task(booking)
    dropped = settle(bench)
    dropped.tasks |= {b.task for b in (*plan.tasks, *tasks) if ledger.tasks[b.task] is None}
    if dropped:
        bench.place(dropped, keys, taste)
        settle(bench)
    ledger.commit()
    return ledger.plan()

"""Other bookings for the tasks of a plan: what then no longer fits is placed anew."""

from __future__ import annotations

import random
from collections.abc import Sequence

from allocator.plan import Plan, TaskBooking
from solver.insertion.inserter import Inserter, Work, usual_policy
from solver.insertion.repair import drop_session, drop_supporter, repair_and_reinsert
from solver.ledger.diary import ANYWHERE, Entry
from solver.ruin_recreate.task_operators import movable


def with_tasks(inserter: Inserter, plan: Plan, tasks: Sequence[TaskBooking], seed: int) -> Plan:
    """The plan with these bookings of its tasks; classes and support stay where they can.

    A class or a shift in which somebody of a crew is booked makes room, and is placed anew. Tasks
    without people are placed in the order of their starts, and so are those whose crews cannot be
    had: there a class or a shift must stay, or another task takes somebody too far away. The plan
    may break rules that the ledger knows nothing of.
    """
    ledger, policy = inserter.ledger, usual_policy(inserter, random.Random(seed))
    ledger.load(plan)
    for booking in plan.tasks:
        ledger.remove_task(booking.task)
    keys = {**inserter.slack, **{booking.task: float(booking.start) for booking in tasks}}
    free, moved = set(movable(inserter)), Work()
    for booking in sorted(tasks, key=lambda booking: (booking.task in free, booking.start)):
        if booking.crew and _make_room(inserter, booking, moved):
            ledger.add_task(booking)
    moved.tasks |= {b.task for b in (*plan.tasks, *tasks) if ledger.tasks[b.task] is None}
    repair_and_reinsert(inserter, keys, policy, moved)
    return ledger.plan()


def _make_room(inserter: Inserter, booking: TaskBooking, moved: Work) -> bool:
    """Take out the classes and shifts that a crew is booked in; False if something must stay."""
    ledger, site = inserter.ledger, inserter.problem.tasks[booking.task].site
    found = [
        (seat.person, entry)
        for seat in booking.crew
        for entry in ledger.diaries[seat.person].meeting(
            seat.start, seat.end, ANYWHERE if site is None else site
        )
    ]
    if any(_stays(inserter, person, entry) for person, entry in found):
        return False
    for person, entry in found:
        if entry.kind == "session":
            drop_session(inserter, entry.key, moved)
        else:
            drop_supporter(inserter, entry.key, person, moved)
    return True


def _stays(inserter: Inserter, person: int, entry: Entry) -> bool:
    """Whether a booking does not make room: a task, or what is frozen."""
    if entry.kind == "session":
        return entry.key in inserter.ledger.fixed_sessions
    return entry.kind == "task" or (entry.key, person) in inserter.ledger.fixed_supporters

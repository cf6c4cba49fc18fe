"""How late the tasks of a plan could start without a later finish."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.plan import TaskBooking
from solver.insertion.inserter import Inserter


def latest_starts(inserter: Inserter, tasks: Sequence[TaskBooking]) -> dict[int, int]:
    """Starts of the tasks pushed to the end, each before what follows it and its people's next."""
    finish = max((booking.end for booking in tasks), default=0)
    starts: dict[int, int] = {}
    then: dict[int, int] = {}
    for booking in sorted(tasks, key=lambda each: (-each.end, each.task)):
        limits = [finish]
        for later, link in inserter.ledger.order.successors[booking.task]:
            if later in starts and link.type == "FS":
                limits.append(starts[later] - link.lag)
        limits += [then[seat.person] for seat in booking.crew if seat.person in then]
        starts[booking.task] = min(limits) - (booking.end - booking.start)
        then.update((seat.person, starts[booking.task]) for seat in booking.crew)
    return starts

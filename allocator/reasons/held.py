"""Which booking stands in the way: the start with the least in it, and the work that holds whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from allocator.problem import Line
from allocator.reasons.crew import Options
from allocator.reasons.situation import Situation
from allocator.reasons.starts import met
from allocator.timeline import NEVER
from allocator.wording import until

FAR = 10**6


def clash(situation: Situation, options: Options, lines: Sequence[Line], zone: int) -> str:
    """An example of what holds people: `from .. to .., for example, ana is on t-config until ..`.

    Of all starts with enough people on each line it takes the one at which the least booked time
    is in the way, counting for each line the people who are held least.
    """
    horizon = situation.problem.horizon
    total = np.zeros(horizon, dtype=np.int64)
    held: list[tuple[list[int], np.ndarray]] = []
    for line, people in zip(lines, options, strict=True):
        who = list(people)
        slots = np.array(
            [
                np.where(ends == NEVER, FAR, met(ends, situation.held(person)))
                for person, ends in people.items()
            ]
        )
        total += np.sort(slots, axis=0)[: line.people].sum(axis=0)
        held.append((who, slots))
    start = int(total.argmin())
    for line, people, (who, slots) in zip(lines, options, held, strict=True):
        nearest = np.argsort(slots[:, start], kind="stable")[: line.people]
        for index in nearest:
            person = who[int(index)]
            if slots[int(index), start]:
                return _example(situation, person, start, int(people[person][start]), zone)
    moment = situation.problem.axis.moment(start, zone)
    return f"at {moment}, for example, those who are free are too few for all seats together"


def holders(situation: Situation, person: int, start: int, end: int) -> str:
    """The work that a person has in [start, end), with its end."""
    problem, plan = situation.problem, situation.plan
    return " and ".join(
        until(problem, plan, booking.kind, booking.index, booking.end)
        for booking in situation.bookings(person)
        if booking.start < end and booking.end > start
    )


def _example(situation: Situation, person: int, start: int, end: int, zone: int) -> str:
    moment = situation.problem.axis.moment
    who = situation.problem.people[person].id
    return (
        f"from {moment(start, zone)} to {moment(end, zone)}, for example, {who} is on "
        f"{holders(situation, person, start, end)}"
    )

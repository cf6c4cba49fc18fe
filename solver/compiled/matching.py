"""Different people for seats in the block: a matching by augmenting paths, as in `insertion`."""

from __future__ import annotations

from solver.compiled.block import (
    FILLED,
    HOLDER,
    SEAT_OPTIONS,
    TRIED,
    WAY,
    Block,
    at,
    at2,
    put,
    put2,
)
from solver.machine_code import compiled


@compiled
def fill(m: Block, seats: int) -> bool:
    """One person for each seat of `SEAT_OPTIONS`, all different, into `FILLED`; False if none."""
    for seat in range(seats):
        for each in range(at2(m, SEAT_OPTIONS, seat, 0)):
            put(m, HOLDER, at2(m, SEAT_OPTIONS, seat, 1 + each), -1)
    for seat in range(seats):
        for each in range(seats):
            for other in range(at2(m, SEAT_OPTIONS, each, 0)):
                put(m, TRIED, at2(m, SEAT_OPTIONS, each, 1 + other), 0)
        if not _seated(m, seat):
            return False
    for seat in range(seats):
        for each in range(at2(m, SEAT_OPTIONS, seat, 0)):
            person = at2(m, SEAT_OPTIONS, seat, 1 + each)
            if at(m, HOLDER, person) == seat:
                put(m, FILLED, seat, person)
    return True


@compiled
def _seated(m: Block, seat: int) -> bool:
    """Find somebody for one seat more; who holds another may move to a third, and so on.

    `WAY` has by step the seat, how far its people have been asked, and who was asked last.
    """
    depth = 0
    put2(m, WAY, 0, 0, seat)
    put2(m, WAY, 0, 1, 0)
    while depth >= 0:
        own, asked = at2(m, WAY, depth, 0), at2(m, WAY, depth, 1)
        if asked >= at2(m, SEAT_OPTIONS, own, 0):
            depth -= 1
            continue
        put2(m, WAY, depth, 1, asked + 1)
        person = at2(m, SEAT_OPTIONS, own, 1 + asked)
        if at(m, TRIED, person):
            continue
        put(m, TRIED, person, 1)
        put2(m, WAY, depth, 2, person)
        if at(m, HOLDER, person) < 0:
            for step in range(depth + 1):
                put(m, HOLDER, at2(m, WAY, step, 2), at2(m, WAY, step, 0))
            return True
        depth += 1
        put2(m, WAY, depth, 0, at(m, HOLDER, person))
        put2(m, WAY, depth, 1, 0)
    return False

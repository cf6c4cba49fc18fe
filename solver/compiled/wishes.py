"""Days booked inside what a person asked to avoid, in the block."""

from __future__ import annotations

from solver.compiled.block import (
    BEGINS,
    DAY_OF,
    ENDS,
    ENTRIES,
    HORIZON,
    MIDNIGHT,
    PAST_AT,
    PAST_FROM,
    PAST_TO,
    WISH_AT,
    WISH_FROM,
    WISH_TO,
    WISH_WEIGHT,
    ZONE,
    Block,
    at,
    at2,
    row_of,
)
from solver.compiled.diary import on_duty
from solver.machine_code import compiled


@compiled
def wish_days(m: Block, person: int) -> int:
    """Weight x days booked inside what the person asked to avoid."""
    total, zone = 0, at(m, ZONE, person)
    for wish in range(at(m, WISH_AT, person), at(m, WISH_AT, person + 1)):
        low = max(0, at(m, WISH_FROM, wish))
        high = min(m.i[HORIZON], at(m, WISH_TO, wish))
        if low >= high:
            continue
        for day in range(at2(m, DAY_OF, zone, low), at2(m, DAY_OF, zone, high - 1) + 1):
            first = max(low, at2(m, MIDNIGHT, zone, day))
            beyond = min(high, at2(m, MIDNIGHT, zone, day + 1))
            if _works(m, person, first, beyond):
                total += at(m, WISH_WEIGHT, wish)
    return total


@compiled
def _works(m: Block, person: int, low: int, high: int) -> bool:
    """Whether a booking, or what has passed, meets on-duty slots of [low, high)."""
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    for each in range(at(m, ENTRIES, person)):
        first, beyond = max(low, m.i[begins + each]), min(high, m.i[ends + each])
        if first < beyond and on_duty(m, person, first, beyond):
            return True
    for each in range(at(m, PAST_AT, person), at(m, PAST_AT, person + 1)):
        first, beyond = max(low, at(m, PAST_FROM, each)), min(high, at(m, PAST_TO, each))
        if first < beyond and on_duty(m, person, first, beyond):
            return True
    return False

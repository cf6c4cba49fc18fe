"""A person's rest in the block: which further work would make a spell of work too long.

The compiled counterpart of `solver.ledger.rest`.
"""

from __future__ import annotations

from solver.compiled.block import (
    BEGINS,
    CALENDAR,
    ENDS,
    ENTRIES,
    HORIZON,
    NOW,
    ON_DUTY,
    POSITIONS,
    RESTED,
    RESTED_AT,
    RESTED_FROM,
    RESTED_TO,
    SPELL_BEYOND,
    SPELL_FIRST,
    SPELL_MOST,
    SPELL_REST,
    STRETCH_FROM,
    STRETCH_OWN,
    STRETCH_TO,
    WORKED,
    Block,
    at,
    at2,
    put,
    row_of,
)
from solver.compiled.words import take_out
from solver.machine_code import compiled


@compiled
def _head_end(m: Block, spells: int, start: int, end: int) -> int:
    """Where the first worked stretch of a booking ends."""
    return min(end, at2(m, SPELL_BEYOND, spells, start))


@compiled
def _tail_start(m: Block, spells: int, start: int, end: int) -> int:
    """Where the last worked stretch of a booking begins; its start if it has only one."""
    if _head_end(m, spells, start, end) == end:
        return start
    return max(start, at2(m, SPELL_FIRST, spells, end - 1))


@compiled
def _add_stretch(m: Block, many: int, start: int, end: int, own: int) -> int:
    """Put a worked stretch in its place among those that are listed; how many there are then."""
    place = many
    while place > 0 and (
        at(m, STRETCH_FROM, place - 1) > start
        or (at(m, STRETCH_FROM, place - 1) == start and at(m, STRETCH_TO, place - 1) > end)
    ):
        put(m, STRETCH_FROM, place, at(m, STRETCH_FROM, place - 1))
        put(m, STRETCH_TO, place, at(m, STRETCH_TO, place - 1))
        put(m, STRETCH_OWN, place, at(m, STRETCH_OWN, place - 1))
        place -= 1
    put(m, STRETCH_FROM, place, start)
    put(m, STRETCH_TO, place, end)
    put(m, STRETCH_OWN, place, own)
    return many + 1


@compiled
def _add_booking(m: Block, spells: int, many: int, start: int, end: int, own: int) -> int:
    """List the first and the last worked stretch of a booking, or the one that is both."""
    tail = _tail_start(m, spells, start, end)
    if tail > start:
        many = _add_stretch(m, many, start, _head_end(m, spells, start, end), own)
    return _add_stretch(m, many, tail, end, own)


@compiled
def has_rest(m: Block, person: int, start: int, end: int) -> bool:
    """Whether no spell is too long with [start, end) beside what is booked already."""
    spells = at(m, RESTED, person)
    if spells < 0:
        return True
    rest, most = at(m, SPELL_REST, spells), at(m, SPELL_MOST, spells)
    reach, many = most + rest, 0
    for each in range(at(m, RESTED_AT, person), at(m, RESTED_AT, person + 1)):
        if at(m, RESTED_TO, each) > start - reach:
            many = _add_stretch(m, many, at(m, RESTED_FROM, each), at(m, RESTED_TO, each), 0)
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    size = at(m, ENTRIES, person)
    for each in range(size):
        if m.i[begins + each] >= end + reach:
            break
        last_before = each + 1 == size or m.i[begins + each + 1] >= start - reach
        if m.i[begins + each] >= start - reach or last_before:
            many = _add_booking(m, spells, many, m.i[begins + each], m.i[ends + each], 0)
    many = _add_booking(m, spells, many, start, end, 1)
    first, last, holds = -reach, -reach, False
    for each in range(many):
        if at(m, STRETCH_FROM, each) - last < rest:
            last, holds = max(last, at(m, STRETCH_TO, each)), holds or at(m, STRETCH_OWN, each) == 1
        else:
            first, last = at(m, STRETCH_FROM, each), at(m, STRETCH_TO, each)
            holds = at(m, STRETCH_OWN, each) == 1
        if holds and last - first > most:
            return False
    return True


@compiled
def keep_rest(m: Block, person: int, work: int, splittable: bool, row: int) -> None:
    """Take out of a set the starts of work too long a spell with a booking beside it."""
    spells = at(m, RESTED, person)
    if spells < 0:
        return
    for each in range(at(m, RESTED_AT, person), at(m, RESTED_AT, person + 1)):
        start, end = at(m, RESTED_FROM, each), at(m, RESTED_TO, each)
        _keep_beside(m, person, start, end, start, end, work, splittable, row)
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    for each in range(at(m, ENTRIES, person)):
        start, end = m.i[begins + each], m.i[ends + each]
        head, tail = _head_end(m, spells, start, end), _tail_start(m, spells, start, end)
        _keep_beside(m, person, start, head, tail, end, work, splittable, row)


@compiled
def _keep_beside(
    m: Block,
    person: int,
    start: int,
    head: int,
    tail: int,
    end: int,
    work: int,
    splittable: bool,
    row: int,
) -> None:
    """Starts beside a booking whose worked stretches are [start, head) first, [tail, end) last."""
    spells = at(m, RESTED, person)
    rest, most = at(m, SPELL_REST, spells), at(m, SPELL_MOST, spells)
    if splittable:
        _keep_beside_split(m, person, start, head, tail, end, work, row)
        return
    # What ends by now breaks nothing.
    asked = max(0, m.i[NOW] - work + 1)
    take_out(m, row, max(asked, end, tail + most - work + 1), end + rest)
    low, high = start - work - rest + 1, min(start - work + 1, head - most)
    take_out(m, row, max(asked, low), high)


@compiled
def _keep_beside_split(
    m: Block, person: int, start: int, head: int, tail: int, end: int, work: int, row: int
) -> None:
    """The same for splittable work."""
    spells, calendar = at(m, RESTED, person), at(m, CALENDAR, person)
    rest, most, now = at(m, SPELL_REST, spells), at(m, SPELL_MOST, spells), m.i[NOW]
    worked, positions = row_of(m, WORKED, calendar), row_of(m, POSITIONS, calendar)
    fitting = max(0, at(m, ON_DUTY, calendar) - work + 1)
    last = min(m.i[worked + min(end + rest, m.i[HORIZON])], fitting)
    for rank in range(m.i[worked + end], last):
        begin, beyond = m.i[positions + rank], m.i[positions + rank + work - 1] + 1
        if begin >= now and min(beyond, at2(m, SPELL_BEYOND, spells, begin)) - tail > most:
            take_out(m, row, begin, begin + 1)
    for rank in range(m.i[worked + max(0, start - rest)], m.i[worked + start]):
        if rank >= work - 1:
            begin, beyond = m.i[positions + rank - work + 1], m.i[positions + rank] + 1
            if begin >= now and head - max(begin, at2(m, SPELL_FIRST, spells, beyond - 1)) > most:
                take_out(m, row, begin, begin + 1)

"""Heads for a class in the block: who can sit in it at a time, and empty seats filled.

The compiled counterpart of `solver.insertion.seating`. The groups of the class that is being put
together are in `NEW_CELL`, `NEW_HEADS` and `NEW_SEATS`.
"""

from __future__ import annotations

from solver.compiled.attendance import admissible, may_attend, room_in_department
from solver.compiled.block import (
    AUDIENCE_SITE,
    CELL_AUDIENCE,
    CELL_COURSE,
    COURSE_LENGTH,
    DEPARTMENT,
    LEARNER_AT,
    LEARNER_MEETS,
    LEARNER_NEEDS,
    LEARNER_PERSON,
    NAMED,
    NEW_CELL,
    NEW_FROM,
    NEW_GROUPS,
    NEW_HEADS,
    NEW_SEATS,
    SPARE,
    SPARE_SEEN,
    STAMP,
    VIRTUAL,
    Block,
    add,
    at,
    put,
)
from solver.compiled.diary import LEARNER, allowed_on, fits, is_free
from solver.compiled.words import has
from solver.machine_code import compiled


@compiled
def begin_class(m: Block) -> None:
    """Put a new class together, from nobody on."""
    m.i[STAMP] += 1
    m.i[NEW_GROUPS] = 0
    put(m, NEW_FROM, 0, 0)


@compiled
def add_group(m: Block, cell: int, start: int, seats: int, trainers: int, many: int) -> int:
    """Seat heads of an audience that may meet at a start, at most so many; how many came.

    Of named learners none who sits in the class already, or is one of the trainers listed.
    """
    audience, course = at(m, CELL_AUDIENCE, cell), at(m, CELL_COURSE, cell)
    end = start + at(m, COURSE_LENGTH, course)
    department = at(m, DEPARTMENT, audience)
    if at(m, SPARE_SEEN, department) != m.i[STAMP]:
        put(m, SPARE_SEEN, department, m.i[STAMP])
        put(m, SPARE, department, room_in_department(m, department, start, end))
    most = min(seats, at(m, SPARE, department))
    if most <= 0:
        return 0
    group = m.i[NEW_GROUPS]
    first = at(m, NEW_FROM, group)
    heads = 0
    if at(m, NAMED, audience):
        site = -1 if at(m, VIRTUAL, course) else at(m, AUDIENCE_SITE, audience)
        for seat in range(at(m, LEARNER_AT, cell), at(m, LEARNER_AT, cell + 1)):
            if heads < most and _can_come(m, cell, seat, start, end, site, trainers, many):
                put(m, NEW_SEATS, first + heads, seat)
                heads += 1
        put(m, NEW_FROM, group + 1, first + heads)
    else:
        heads = min(most, admissible(m, cell, start, end))
        put(m, NEW_FROM, group + 1, first)
    if heads <= 0:
        return 0
    put(m, NEW_CELL, group, cell)
    put(m, NEW_HEADS, group, heads)
    m.i[NEW_GROUPS] += 1
    add(m, SPARE, department, -heads)
    return heads


@compiled
def _can_come(
    m: Block, cell: int, seat: int, start: int, end: int, site: int, trainers: int, many: int
) -> bool:
    """Whether a named learner can attend a course in [start, end)."""
    if not at(m, LEARNER_NEEDS, seat) or not has(m, at(m, LEARNER_MEETS, seat), start):
        return False
    person = at(m, LEARNER_PERSON, seat)
    for each in range(many):
        if at(m, trainers, each) == person:
            return False
    for each in range(at(m, NEW_FROM, m.i[NEW_GROUPS])):
        if at(m, LEARNER_PERSON, at(m, NEW_SEATS, each)) == person:
            return False
    return (
        is_free(m, person, start, end, site)
        and allowed_on(m, person, start, end - start, LEARNER)
        and fits(m, person, start, end, LEARNER)
        and may_attend(m, cell, seat, start, end)
    )


@compiled
def take_away(m: Block, heads: int) -> None:
    """So many heads fewer, from the last groups."""
    while heads > 0:
        group = m.i[NEW_GROUPS] - 1
        fewer = min(heads, at(m, NEW_HEADS, group))
        heads -= fewer
        add(m, NEW_HEADS, group, -fewer)
        if at(m, NEW_FROM, group + 1) > at(m, NEW_FROM, group):
            add(m, NEW_FROM, group + 1, -fewer)
        if at(m, NEW_HEADS, group) == 0:
            m.i[NEW_GROUPS] -= 1

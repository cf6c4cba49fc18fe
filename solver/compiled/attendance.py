"""Who is in class when, in the block: seats taken, course order, release limits.

The compiled counterpart of `solver.ledger.attendance`, with the same answers.
"""

from __future__ import annotations

from solver.compiled.block import (
    ATTENDS,
    CELL_AUDIENCE,
    CELL_COURSE,
    CELL_FIRST,
    CLASS_GROUPS,
    CLASS_SERIAL,
    CLASS_START,
    COURSE_LENGTH,
    CROWD,
    CROWD_OF,
    DEPARTMENT,
    EARLIER_AT,
    EARLIER_CELL,
    GROUP_CELL,
    GROUP_HEADS,
    GROUP_NEXT,
    GROUPS,
    HEADCOUNT,
    HELD_AT,
    HELD_HEADS,
    HELD_WHEN,
    HORIZON,
    LATER_AT,
    LATER_CELL,
    LEARNER_AT,
    LEARNER_HELD,
    LEARNER_PERSON,
    NAMED,
    NEED,
    NOW,
    PRESENT,
    RELEASE,
    Block,
    add,
    at,
    row_of,
)
from solver.compiled.sessions import class_end, list_group, strike_group
from solver.machine_code import compiled

ANY_NUMBER = 1 << 30


@compiled
def count_groups(m: Block, session: int, sign: int) -> None:
    """Count a class in, or out again; who attends it by name is for whoever books them."""
    start, end = at(m, CLASS_START, session), class_end(m, session)
    for number in range(at(m, CLASS_GROUPS, session)):
        node = session * m.i[GROUPS] + number
        cell, heads = at(m, GROUP_CELL, node), sign * at(m, GROUP_HEADS, node)
        audience = at(m, CELL_AUDIENCE, cell)
        add(m, NEED, cell, -heads)
        present = row_of(m, PRESENT, at(m, DEPARTMENT, audience))
        for slot in range(start, end):
            m.i[present + slot] += heads
        if at(m, CROWD_OF, audience) >= 0:
            crowd = row_of(m, CROWD, at(m, CROWD_OF, audience))
            for slot in range(start, end):
                m.i[crowd + slot] += heads
        if sign > 0:
            list_group(m, session, number)
        else:
            strike_group(m, session, number)


@compiled
def room_in_department(m: Block, department: int, start: int, end: int) -> int:
    """Heads that a department can still spare in [start, end)."""
    limit = at(m, RELEASE, department)
    if limit < 0:
        return ANY_NUMBER
    present, most = row_of(m, PRESENT, department), 0
    for slot in range(start, end):
        most = max(most, m.i[present + slot])
    return limit - most


@compiled
def begun(m: Block, cell: int, moment: int) -> int:
    """Heads that have begun a course by a moment."""
    heads = 0
    node = at(m, CELL_FIRST, cell)
    while node >= 0:
        if at(m, CLASS_START, node // m.i[GROUPS]) <= moment:
            heads += at(m, GROUP_HEADS, node)
        node = at(m, GROUP_NEXT, node)
    return heads + _held(m, cell, moment)


@compiled
def ended(m: Block, cell: int, moment: int) -> int:
    """Heads that have ended a course by a moment."""
    heads = 0
    latest = moment - at(m, COURSE_LENGTH, at(m, CELL_COURSE, cell))
    node = at(m, CELL_FIRST, cell)
    while node >= 0:
        if at(m, CLASS_START, node // m.i[GROUPS]) <= latest:
            heads += at(m, GROUP_HEADS, node)
        node = at(m, GROUP_NEXT, node)
    return heads + _held(m, cell, moment)


@compiled
def _held(m: Block, cell: int, moment: int) -> int:
    heads = 0
    for each in range(at(m, HELD_AT, cell), at(m, HELD_AT, cell + 1)):
        if at(m, HELD_WHEN, each) <= moment:
            heads += at(m, HELD_HEADS, each)
    return heads


@compiled
def first_ended(m: Block, cell: int) -> int:
    """When the first heads have ended a course; the horizon if none do."""
    first = ANY_NUMBER
    node = at(m, CELL_FIRST, cell)
    while node >= 0:
        first = min(first, class_end(m, node // m.i[GROUPS]))
        node = at(m, GROUP_NEXT, node)
    for each in range(at(m, HELD_AT, cell), at(m, HELD_AT, cell + 1)):
        first = min(first, at(m, HELD_WHEN, each))
    return max(0, first if first < ANY_NUMBER else m.i[HORIZON])


@compiled
def admissible(m: Block, cell: int, start: int, end: int) -> int:
    """Heads without names that a class in [start, end) may take, but for the release limit."""
    audience, heads = at(m, CELL_AUDIENCE, cell), at(m, NEED, cell)
    if at(m, CROWD_OF, audience) >= 0:
        crowd, most = row_of(m, CROWD, at(m, CROWD_OF, audience)), 0
        for slot in range(start, end):
            most = max(most, m.i[crowd + slot])
        heads = min(heads, at(m, HEADCOUNT, audience) - most)
    first, beyond = at(m, EARLIER_AT, cell), at(m, EARLIER_AT, cell + 1)
    if heads <= 0 or first == beyond:
        return heads
    for each in range(first, beyond):
        earlier = at(m, EARLIER_CELL, each)
        heads = min(heads, ended(m, earlier, start) - begun(m, cell, start))
        node = at(m, CELL_FIRST, cell)
        while node >= 0 and heads > 0:
            moment = at(m, CLASS_START, node // m.i[GROUPS])
            if moment > start:
                heads = min(heads, ended(m, earlier, moment) - begun(m, cell, moment))
            node = at(m, GROUP_NEXT, node)
        if heads <= 0:
            return 0
    return heads


@compiled
def seat_of(m: Block, cell: int, person: int) -> int:
    """The number of a named learner's seat in a course; -1 if there is none."""
    for seat in range(at(m, LEARNER_AT, cell), at(m, LEARNER_AT, cell + 1)):
        if at(m, LEARNER_PERSON, seat) == person:
            return seat
    return -1


@compiled
def ended_by(m: Block, cell: int, person: int) -> int:
    """When a named learner has ended a course; a far slot if it is not planned."""
    seat = seat_of(m, cell, person)
    if seat < 0:
        return ANY_NUMBER
    session, held = at(m, ATTENDS, seat), at(m, LEARNER_HELD, seat)
    end = ANY_NUMBER if session < 0 else class_end(m, session)
    return end if held < 0 else min(end, held)


@compiled
def may_attend(m: Block, cell: int, seat: int, start: int, end: int) -> bool:
    """Whether a named learner without a seat keeps the order of courses in [start, end)."""
    if at(m, ATTENDS, seat) >= 0:
        return False
    person = at(m, LEARNER_PERSON, seat)
    for each in range(at(m, EARLIER_AT, cell), at(m, EARLIER_AT, cell + 1)):
        if ended_by(m, at(m, EARLIER_CELL, each), person) > start:
            return False
    for each in range(at(m, LATER_AT, cell), at(m, LATER_AT, cell + 1)):
        other = seat_of(m, at(m, LATER_CELL, each), person)
        session = at(m, ATTENDS, other) if other >= 0 else -1
        if session >= 0 and at(m, CLASS_START, session) < end:
            return False
    return True


@compiled
def out_of_order(m: Block, cell: int, fixed: int) -> int:
    """A class in which heads sit too early, -1 if there is none: the latest, or the first by name.

    Those for which `fixed` is true are passed over.
    """
    found, audience = -1, at(m, CELL_AUDIENCE, cell)
    earlier, beyond = at(m, EARLIER_AT, cell), at(m, EARLIER_AT, cell + 1)
    if earlier == beyond:
        return -1
    if at(m, NAMED, audience):
        for seat in range(at(m, LEARNER_AT, cell), at(m, LEARNER_AT, cell + 1)):
            session = at(m, ATTENDS, seat)
            if session < 0 or at(m, fixed, session) or at(m, CLASS_START, session) < m.i[NOW]:
                continue
            start = at(m, CLASS_START, session)
            for each in range(earlier, beyond):
                late = ended_by(m, at(m, EARLIER_CELL, each), at(m, LEARNER_PERSON, seat)) > start
                if late and (found < 0 or _older(m, session, found)):
                    found = session
        return found
    node = at(m, CELL_FIRST, cell)
    while node >= 0:
        session = node // m.i[GROUPS]
        start = at(m, CLASS_START, session)
        if start >= m.i[NOW] and not at(m, fixed, session):
            sat = begun(m, cell, start)
            for each in range(earlier, beyond):
                if sat > ended(m, at(m, EARLIER_CELL, each), start):
                    known = -1 if found < 0 else at(m, CLASS_START, found)
                    if start > known or (start == known and _older(m, session, found)):
                        found = session
        node = at(m, GROUP_NEXT, node)
    return found


@compiled
def _older(m: Block, session: int, other: int) -> bool:
    return at(m, CLASS_SERIAL, session) < at(m, CLASS_SERIAL, other)


@compiled
def audience_in(m: Block, session: int, number: int) -> int:
    """The audience of a group of a class."""
    return at(m, CELL_AUDIENCE, at(m, GROUP_CELL, session * m.i[GROUPS] + number))

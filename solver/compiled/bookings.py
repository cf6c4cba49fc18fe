"""Bookings in the block: added and taken out one by one, each of them written down to go back.

The compiled counterpart of `solver.ledger.ledger`.
"""

from __future__ import annotations

from solver.compiled.attendance import count_groups
from solver.compiled.block import (
    ATTENDS,
    CHANGE,
    CLASS_FIXED,
    CLASS_GROUPS,
    CLASS_HEADS,
    CLASS_KEY,
    CLASS_PUBLISHED,
    CLASS_ROOM,
    CLASS_SERIAL,
    CLASS_START,
    CLASS_TRAINERS,
    COUNTS_LATE,
    COURSE_LENGTH,
    COURSE_PROJECT,
    DUE,
    END,
    FIRST_FREE,
    FREE_NEXT,
    GROUP_CELL,
    GROUP_HEADS,
    GROUPS,
    HEAD_OPEN,
    LATE,
    LEARNER_AT,
    LEARNER_PERSON,
    LINE_AT,
    LINE_WORK,
    LOAD,
    LOG,
    LOGGED,
    LOST,
    OPEN,
    PRIORITY,
    PROJECT,
    PUBLISHED_AT,
    PUBLISHED_CELL,
    PUBLISHED_GROUPS_AT,
    PUBLISHED_HEADS,
    PUBLISHED_MEMBERS,
    PUBLISHED_MEMBERS_AT,
    PUBLISHED_PEOPLE,
    PUBLISHED_PEOPLE_AT,
    PUBLISHED_ROOM,
    PUBLISHED_SEAT_AT,
    PUBLISHED_SEAT_PERSON,
    PUBLISHED_SEAT_START,
    PUBLISHED_SEAT_WEIGHT,
    PUBLISHED_STAND_AT,
    PUBLISHED_STAND_PERSON,
    PUBLISHED_STAND_WEIGHT,
    PUBLISHED_START,
    PUBLISHED_THERE,
    PUBLISHED_WEIGHT,
    RATE,
    ROOM_RATE,
    ROOM_SITE,
    SEAT_AT,
    SEAT_END,
    SEAT_LINE,
    SEAT_PERSON,
    SERIAL,
    SHIFT_END,
    SHIFT_OPEN,
    SHIFT_PROJECT,
    SHIFT_SITE,
    SHIFT_START,
    SPENT,
    STANDING,
    START,
    SUPPORTERS,
    TASK_OPEN,
    TASK_SITE,
    TOUCHED_CELL,
    TOUCHED_PERSON,
    TOUCHED_TASK,
    WISH_AT,
    WISH_DAYS,
    WISHES,
    Block,
    add,
    at,
    at2,
    put,
    put2,
    row_of,
)
from solver.compiled.diary import (
    LEARNER,
    SHIFT,
    TASK,
    TRAINER,
    delete_entry,
    insert_entry,
)
from solver.compiled.score import count_end, count_load
from solver.compiled.sessions import class_end, course_of, list_class, strike_class
from solver.compiled.sets import include
from solver.compiled.wishes import wish_days
from solver.machine_code import compiled

ADDED_TASK, REMOVED_TASK, ADDED_CLASS, REMOVED_CLASS, ADDED_SUPPORTER, REMOVED_SUPPORTER = range(6)

# One person -------------------------------------------------------------------------------------


@compiled
def _book(m: Block, person: int, start: int, end: int, site: int, kind: int, key: int) -> None:
    before = at(m, LOAD, person)
    insert_entry(m, person, start, end, site, kind, key)
    _changed(m, person, before)


@compiled
def _cancel(m: Block, person: int, kind: int, key: int) -> None:
    before = at(m, LOAD, person)
    delete_entry(m, person, kind, key)
    _changed(m, person, before)


@compiled
def _changed(m: Block, person: int, before: int) -> None:
    include(m, TOUCHED_PERSON, 0, person)
    count_load(m, person, before)
    if at(m, WISH_AT, person) < at(m, WISH_AT, person + 1):
        days = wish_days(m, person)
        m.i[WISHES] += days - at(m, WISH_DAYS, person)
        put(m, WISH_DAYS, person, days)


# Going back -------------------------------------------------------------------------------------


@compiled
def _room_in_log(m: Block, more: int) -> bool:
    """Whether so much more can be written down; if not, it cannot be taken back."""
    if m.i[LOGGED] + more > m.i[LOG + 1]:
        m.i[LOST] = 1
    return m.i[LOST] == 0


@compiled
def _log(m: Block, value: int) -> None:
    m.i[m.i[LOG] + m.i[LOGGED]] = value
    m.i[LOGGED] += 1


@compiled
def rollback(m: Block) -> None:
    """Take everything back that is written down, last first."""
    base = m.i[LOG]
    while m.i[LOGGED] > 0:
        what, length = m.i[base + m.i[LOGGED] - 1], m.i[base + m.i[LOGGED] - 2]
        m.i[LOGGED] -= 2 + length
        data = base + m.i[LOGGED]
        if what == ADDED_TASK:
            _count_task(m, m.i[data], -1)
        elif what == REMOVED_TASK:
            read_task(m, data)
            _count_task(m, m.i[data], 1)
        elif what == ADDED_CLASS:
            _count_class(m, m.i[data], -1)
            _release(m, m.i[data])
        elif what == REMOVED_CLASS:
            session = _take(m)
            read_class(m, session, data + 1)
            put(m, CLASS_SERIAL, session, m.i[data])
            _count_class(m, session, 1)
        elif what == ADDED_SUPPORTER:
            _count_supporter(m, m.i[data], m.i[data + 1], -1)
        else:
            _count_supporter(m, m.i[data], m.i[data + 1], 1)


# Tasks ------------------------------------------------------------------------------------------


@compiled
def write_task(m: Block, task: int, place: int) -> int:
    """Write a planned task at a place of the block; how long it is."""
    first = at(m, SEAT_AT, task)
    many = at(m, SEAT_AT, task + 1) - first
    m.i[place] = task
    m.i[place + 1] = at(m, START, task)
    m.i[place + 2] = at(m, END, task)
    for each in range(many):
        m.i[place + 3 + 3 * each] = at(m, SEAT_LINE, first + each)
        m.i[place + 4 + 3 * each] = at(m, SEAT_PERSON, first + each)
        m.i[place + 5 + 3 * each] = at(m, SEAT_END, first + each)
    return 3 + 3 * many


@compiled
def read_task(m: Block, place: int) -> int:
    """Take over a task written at a place, without booking anybody; how long it is."""
    task = m.i[place]
    first = at(m, SEAT_AT, task)
    many = at(m, SEAT_AT, task + 1) - first
    put(m, START, task, m.i[place + 1])
    put(m, END, task, m.i[place + 2])
    for each in range(many):
        put(m, SEAT_LINE, first + each, m.i[place + 3 + 3 * each])
        put(m, SEAT_PERSON, first + each, m.i[place + 4 + 3 * each])
        put(m, SEAT_END, first + each, m.i[place + 5 + 3 * each])
    return 3 + 3 * many


@compiled
def add_task(m: Block, task: int) -> None:
    """Book the crew of a task whose start, end and seats have been written."""
    _count_task(m, task, 1)
    if _room_in_log(m, 3):
        _log(m, task)
        _log(m, 1)
        _log(m, ADDED_TASK)


@compiled
def remove_task(m: Block, task: int) -> None:
    """Leave a planned task open."""
    length = 3 + 3 * (at(m, SEAT_AT, task + 1) - at(m, SEAT_AT, task))
    if _room_in_log(m, length + 2):
        m.i[LOGGED] += write_task(m, task, m.i[LOG] + m.i[LOGGED])
        _log(m, length)
        _log(m, REMOVED_TASK)
    _count_task(m, task, -1)


@compiled
def _count_task(m: Block, task: int, sign: int) -> None:
    include(m, TOUCHED_TASK, 0, task)
    start, end, lines = at(m, START, task), at(m, END, task), at(m, LINE_AT, task)
    cost = 0
    for seat in range(at(m, SEAT_AT, task), at(m, SEAT_AT, task + 1)):
        person = at(m, SEAT_PERSON, seat)
        if sign > 0:
            _book(m, person, start, at(m, SEAT_END, seat), at(m, TASK_SITE, task), TASK, task)
        else:
            _cancel(m, person, TASK, task)
        cost += at(m, LINE_WORK, lines + at(m, SEAT_LINE, seat)) * at(m, RATE, person)
        m.i[CHANGE] -= sign * published_seat(m, task, person, start)
    add(m, SPENT, at(m, PROJECT, task), sign * cost)
    m.i[OPEN] -= sign * at(m, TASK_OPEN, task)
    if at(m, COUNTS_LATE, task) and end > at(m, DUE, task):
        m.i[LATE] += sign * (end - at(m, DUE, task)) * at(m, PRIORITY, task)
    count_end(m, end, sign)
    if sign < 0:
        put(m, START, task, -1)


@compiled
def published_seat(m: Block, task: int, person: int, start: int) -> int:
    """Weight of a published booking of a person on a task, 0 if there is none."""
    for each in range(at(m, PUBLISHED_SEAT_AT, task), at(m, PUBLISHED_SEAT_AT, task + 1)):
        if (
            at(m, PUBLISHED_SEAT_PERSON, each) == person
            and at(m, PUBLISHED_SEAT_START, each) == start
        ):
            return at(m, PUBLISHED_SEAT_WEIGHT, each)
    return 0


# Classes ----------------------------------------------------------------------------------------


@compiled
def write_class(m: Block, session: int, place: int) -> int:
    """Write a class at a place of the block; how long it is."""
    m.i[place] = at(m, CLASS_KEY, session)
    m.i[place + 1] = at(m, CLASS_ROOM, session)
    m.i[place + 2] = at(m, CLASS_START, session)
    m.i[place + 3] = at(m, CLASS_FIXED, session)
    many = at2(m, CLASS_TRAINERS, session, 0)
    m.i[place + 4] = many
    here = place + 5
    for each in range(many):
        m.i[here + each] = at2(m, CLASS_TRAINERS, session, 1 + each)
    here += many
    groups = at(m, CLASS_GROUPS, session)
    m.i[here] = groups
    here += 1
    for number in range(groups):
        node = session * m.i[GROUPS] + number
        cell = at(m, GROUP_CELL, node)
        m.i[here] = cell
        m.i[here + 1] = at(m, GROUP_HEADS, node)
        count = here + 2
        m.i[count] = 0
        here += 3
        for seat in range(at(m, LEARNER_AT, cell), at(m, LEARNER_AT, cell + 1)):
            if at(m, ATTENDS, seat) == session:
                m.i[here] = seat
                m.i[count] += 1
                here += 1
    return here - place


@compiled
def read_class(m: Block, session: int, place: int) -> int:
    """Take over a class written at a place, without booking anybody; how long it is."""
    put(m, CLASS_KEY, session, m.i[place])
    put(m, CLASS_ROOM, session, m.i[place + 1])
    put(m, CLASS_START, session, m.i[place + 2])
    put(m, CLASS_FIXED, session, m.i[place + 3])
    many = m.i[place + 4]
    put2(m, CLASS_TRAINERS, session, 0, many)
    here = place + 5
    for each in range(many):
        put2(m, CLASS_TRAINERS, session, 1 + each, m.i[here + each])
    here += many
    groups, heads = m.i[here], 0
    put(m, CLASS_GROUPS, session, groups)
    here += 1
    for number in range(groups):
        node = session * m.i[GROUPS] + number
        put(m, GROUP_CELL, node, m.i[here])
        put(m, GROUP_HEADS, node, m.i[here + 1])
        heads += m.i[here + 1]
        members = m.i[here + 2]
        here += 3
        for each in range(members):
            put(m, ATTENDS, m.i[here + each], session)
        here += members
    put(m, CLASS_HEADS, session, heads)
    return here - place


@compiled
def _take(m: Block) -> int:
    """A free place for a class."""
    session = m.i[FIRST_FREE]
    m.i[FIRST_FREE] = at(m, FREE_NEXT, session)
    return session


@compiled
def _release(m: Block, session: int) -> None:
    put(m, FREE_NEXT, session, m.i[FIRST_FREE])
    m.i[FIRST_FREE] = session


@compiled
def add_class(m: Block, place: int) -> int:
    """Plan a class that is written at a place; its number. There must be a free place for it."""
    session = _take(m)
    put(m, CLASS_SERIAL, session, m.i[SERIAL])
    m.i[SERIAL] += 1
    read_class(m, session, place)
    _count_class(m, session, 1)
    if _room_in_log(m, 3):
        _log(m, session)
        _log(m, 1)
        _log(m, ADDED_CLASS)
    return session


@compiled
def remove_class(m: Block, session: int) -> None:
    """Take a class out."""
    if _room_in_log(
        m, 16 + m.i[GROUPS] * 3 + at(m, CLASS_HEADS, session) + m.i[CLASS_TRAINERS + 1]
    ):
        before = m.i[LOGGED]
        _log(m, at(m, CLASS_SERIAL, session))
        m.i[LOGGED] += write_class(m, session, m.i[LOG] + m.i[LOGGED])
        _log(m, m.i[LOGGED] - before)
        _log(m, REMOVED_CLASS)
    _count_class(m, session, -1)
    _release(m, session)


@compiled
def _count_class(m: Block, session: int, sign: int) -> None:
    course, room = course_of(m, session), at(m, CLASS_ROOM, session)
    start, end = at(m, CLASS_START, session), class_end(m, session)
    site, rate = -1, 0
    if room >= 0:
        site, rate = at(m, ROOM_SITE, room), at(m, ROOM_RATE, room)
    if sign > 0:
        list_class(m, session)
        put(m, CLASS_PUBLISHED, session, _published(m, session))
    else:
        strike_class(m, session)
    count_groups(m, session, sign)
    published = at(m, CLASS_PUBLISHED, session)
    if published >= 0:
        there = at(m, PUBLISHED_THERE, published)
        put(m, PUBLISHED_THERE, published, there + sign)
        now = 1 if there + sign > 0 else 0
        m.i[CHANGE] -= at(m, PUBLISHED_WEIGHT, published) * (now - (1 if there > 0 else 0))
    for each in range(at2(m, CLASS_TRAINERS, session, 0)):
        person = at2(m, CLASS_TRAINERS, session, 1 + each)
        rate += at(m, RATE, person)
        if sign > 0:
            _book(m, person, start, end, site, TRAINER, session)
        else:
            _cancel(m, person, TRAINER, session)
    for number in range(at(m, CLASS_GROUPS, session)):
        cell = at(m, GROUP_CELL, session * m.i[GROUPS] + number)
        include(m, TOUCHED_CELL, 0, cell)
        for seat in range(at(m, LEARNER_AT, cell), at(m, LEARNER_AT, cell + 1)):
            if at(m, ATTENDS, seat) == session:
                if sign > 0:
                    _book(m, at(m, LEARNER_PERSON, seat), start, end, site, LEARNER, session)
                else:
                    _cancel(m, at(m, LEARNER_PERSON, seat), LEARNER, session)
                    put(m, ATTENDS, seat, -1)
    add(m, SPENT, at(m, COURSE_PROJECT, course), sign * at(m, COURSE_LENGTH, course) * rate)
    m.i[OPEN] -= sign * at(m, CLASS_HEADS, session) * at(m, HEAD_OPEN, course)
    count_end(m, end, sign)


@compiled
def _published(m: Block, session: int) -> int:
    """The published class that a class is the same as; -1 if there is none."""
    course = course_of(m, session)
    for published in range(at(m, PUBLISHED_AT, course), at(m, PUBLISHED_AT, course + 1)):
        if (
            at(m, PUBLISHED_ROOM, published) == at(m, CLASS_ROOM, session)
            and at(m, PUBLISHED_START, published) == at(m, CLASS_START, session)
            and _same_trainers(m, session, published)
            and _same_groups(m, session, published)
        ):
            return published
    return -1


@compiled
def _same_trainers(m: Block, session: int, published: int) -> bool:
    many = at2(m, CLASS_TRAINERS, session, 0)
    first, beyond = at(m, PUBLISHED_PEOPLE_AT, published), at(m, PUBLISHED_PEOPLE_AT, published + 1)
    if many != beyond - first:
        return False
    for each in range(first, beyond):
        found = False
        for other in range(many):
            found |= at2(m, CLASS_TRAINERS, session, 1 + other) == at(m, PUBLISHED_PEOPLE, each)
        if not found:
            return False
    return True


@compiled
def _same_groups(m: Block, session: int, published: int) -> bool:
    first, beyond = at(m, PUBLISHED_GROUPS_AT, published), at(m, PUBLISHED_GROUPS_AT, published + 1)
    if at(m, CLASS_GROUPS, session) != beyond - first:
        return False
    for group in range(first, beyond):
        found = False
        for number in range(beyond - first):
            node = session * m.i[GROUPS] + number
            if at(m, GROUP_CELL, node) == at(m, PUBLISHED_CELL, group):
                found = at(m, GROUP_HEADS, node) == at(m, PUBLISHED_HEADS, group)
        if not found:
            return False
        members = range(at(m, PUBLISHED_MEMBERS_AT, group), at(m, PUBLISHED_MEMBERS_AT, group + 1))
        for each in members:
            if at(m, ATTENDS, at(m, PUBLISHED_MEMBERS, each)) != session:
                return False
    return True


# Support ----------------------------------------------------------------------------------------


@compiled
def add_supporter(m: Block, shift: int, person: int) -> None:
    """Put a person on a support shift."""
    _count_supporter(m, shift, person, 1)
    if _room_in_log(m, 4):
        _log(m, shift)
        _log(m, person)
        _log(m, 2)
        _log(m, ADDED_SUPPORTER)


@compiled
def remove_supporter(m: Block, shift: int, person: int) -> None:
    """Take a person off a support shift."""
    _count_supporter(m, shift, person, -1)
    if _room_in_log(m, 4):
        _log(m, shift)
        _log(m, person)
        _log(m, 2)
        _log(m, REMOVED_SUPPORTER)


@compiled
def _count_supporter(m: Block, shift: int, person: int, sign: int) -> None:
    start, end = at(m, SHIFT_START, shift), at(m, SHIFT_END, shift)
    standing, row = at(m, STANDING, shift), row_of(m, SUPPORTERS, shift)
    if sign > 0:
        _book(m, person, start, end, at(m, SHIFT_SITE, shift), SHIFT, shift)
        m.i[row + standing] = person
    else:
        _cancel(m, person, SHIFT, shift)
        place = 0
        while m.i[row + place] != person:
            place += 1
        for each in range(place, standing - 1):
            m.i[row + each] = m.i[row + each + 1]
    add(m, STANDING, shift, sign)
    add(m, SPENT, at(m, SHIFT_PROJECT, shift), sign * (end - start) * at(m, RATE, person))
    m.i[OPEN] -= sign * at(m, SHIFT_OPEN, shift)
    count_end(m, end, sign)
    m.i[CHANGE] -= sign * published_supporter(m, shift, person)


@compiled
def published_supporter(m: Block, shift: int, person: int) -> int:
    """Weight of a person's published stand on a shift, 0 if there is none."""
    for each in range(at(m, PUBLISHED_STAND_AT, shift), at(m, PUBLISHED_STAND_AT, shift + 1)):
        if at(m, PUBLISHED_STAND_PERSON, each) == person:
            return at(m, PUBLISHED_STAND_WEIGHT, each)
    return 0

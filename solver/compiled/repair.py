"""Take out in the block what the rules object to once other work has gone or moved.

The compiled counterpart of `solver.insertion.repair`. What is taken out waits in a work: a number
of the sets in `WAITS_TASK`, `WAITS_KEY` and `WAITS_SHIFT`.
"""

from __future__ import annotations

from solver.compiled.attendance import out_of_order
from solver.compiled.block import (
    AFTER_AT,
    AFTER_TASK,
    ALIVE,
    AUDIENCE_SITE,
    BEGINS,
    CELL_AUDIENCE,
    CELL_COURSE,
    CLASS_FIXED,
    CLASS_HEADS,
    CLASS_KEY,
    CLASS_NEXT,
    CLASS_START,
    CLASS_TRAINERS,
    DETOURS,
    END,
    ENDS,
    ENTRIES,
    KEY,
    KEY_COUNT,
    KEY_FIRST,
    KEY_OF,
    KIND,
    LAST_LEFT,
    LAST_SITE,
    LATER_AT,
    LATER_CELL,
    LEARNS,
    LINE_ASKED,
    LINE_AT,
    LIST,
    MAKES_AT,
    MAKES_COURSE,
    MIDNIGHT,
    MIDNIGHTS,
    MINIMUM,
    NEEDS_ASKED,
    NEEDS_AT,
    NEEDS_PEOPLE,
    NOW,
    OTHER_LIST,
    PAID_SLOTS,
    SEAT_AT,
    SEAT_END,
    SEAT_LINE,
    SEAT_OPTIONS,
    SEAT_PERSON,
    SHIFT_ASKED,
    SHIFT_END,
    SHIFT_FIXED,
    SHIFT_FIXED_AT,
    SHIFT_START,
    SITE,
    SMALLEST,
    START,
    TOUCHED_CELL,
    TOUCHED_PERSON,
    TOUCHED_TASK,
    TRAVEL,
    WAITS_KEY,
    WAITS_SHIFT,
    WAITS_TASK,
    ZONE,
    Block,
    at,
    at2,
    put,
    put2,
    row_of,
)
from solver.compiled.bookings import remove_class, remove_supporter, remove_task
from solver.compiled.diary import LEARNER, SHIFT, TASK, masters, way_from_before
from solver.compiled.matching import fill
from solver.compiled.order import keeps
from solver.compiled.sessions import class_end, course_of
from solver.compiled.sets import include, includes, move_sorted, size
from solver.compiled.shifts import stands
from solver.machine_code import compiled

NONE = -1


@compiled
def drop_task(m: Block, task: int, work: int) -> None:
    """Leave a task open."""
    if at(m, START, task) >= 0:
        remove_task(m, task)
        include(m, WAITS_TASK, work, task)


@compiled
def drop_class(m: Block, session: int, work: int) -> None:
    """Take a class out, unless it is frozen."""
    if at(m, ALIVE, session) and not at(m, CLASS_FIXED, session):
        include(m, WAITS_KEY, work, at(m, CLASS_KEY, session))
        remove_class(m, session)


@compiled
def drop_supporter(m: Block, shift: int, person: int, work: int) -> None:
    """Take a person off a shift, unless that is frozen."""
    for each in range(at(m, SHIFT_FIXED_AT, shift), at(m, SHIFT_FIXED_AT, shift + 1)):
        if at(m, SHIFT_FIXED, each) == person:
            return
    if stands(m, shift, person):
        remove_supporter(m, shift, person)
        include(m, WAITS_SHIFT, work, shift)


@compiled
def _drop(m: Block, kind: int, key: int, person: int, work: int) -> None:
    """Take out the work of which a person's booking is a part; of a shift, only the person."""
    if kind == TASK:
        drop_task(m, key, work)
    elif kind == SHIFT:
        drop_supporter(m, key, person, work)
    else:
        drop_class(m, key, work)


@compiled
def repair(m: Block, dropped: int, waiting: int) -> None:
    """Remove what has lost its ground, which then waits in a work.

    What comes after open tasks that wait in another one (-1: in none) stays for now.
    """
    touched = True
    while touched:
        tasks = move_sorted(m, TOUCHED_TASK, 0, LIST)
        people = size(m, TOUCHED_PERSON, 0)
        cells = size(m, TOUCHED_CELL, 0)
        touched = tasks + people + cells > 0
        _tasks(m, tasks, dropped, waiting)
        _materials(m, tasks, dropped, waiting)
        cells = move_sorted(m, TOUCHED_CELL, 0, LIST)
        _course_order(m, cells, dropped)
        _class_sizes(m, cells, dropped)
        people = move_sorted(m, TOUCHED_PERSON, 0, LIST)
        for each in range(people):
            _person(m, at(m, LIST, each), dropped)


@compiled
def _tasks(m: Block, tasks: int, dropped: int, waiting: int) -> None:
    for each in range(tasks):
        task = at(m, LIST, each)
        if not keeps(m, task, waiting):
            drop_task(m, task, dropped)
        for later in range(at(m, AFTER_AT, task), at(m, AFTER_AT, task + 1)):
            if not keeps(m, at(m, AFTER_TASK, later), waiting):
                drop_task(m, at(m, AFTER_TASK, later), dropped)


@compiled
def _materials(m: Block, tasks: int, dropped: int, waiting: int) -> None:
    for each in range(tasks):
        task = at(m, LIST, each)
        if waiting >= 0 and includes(m, WAITS_TASK, waiting, task):
            continue
        for made in range(at(m, MAKES_AT, task), at(m, MAKES_AT, task + 1)):
            for site in range(m.i[KEY_OF + 1]):
                key = at2(m, KEY_OF, at(m, MAKES_COURSE, made), site)
                session = at(m, KEY_FIRST, key) if key >= 0 else NONE
                while session >= 0:
                    following = at(m, CLASS_NEXT, session)
                    start = at(m, CLASS_START, session)
                    if at(m, START, task) < 0 or at(m, END, task) > start:
                        drop_class(m, session, dropped)
                    session = following


@compiled
def _course_order(m: Block, cells: int, dropped: int) -> None:
    for each in range(cells):
        cell = at(m, LIST, each)
        _put_in_order(m, cell, dropped)
        for later in range(at(m, LATER_AT, cell), at(m, LATER_AT, cell + 1)):
            _put_in_order(m, at(m, LATER_CELL, later), dropped)


@compiled
def _put_in_order(m: Block, cell: int, dropped: int) -> None:
    """Take out classes in which heads sit too early, the latest first: the rest may be in order."""
    session = out_of_order(m, cell, CLASS_FIXED)
    while session >= 0:
        drop_class(m, session, dropped)
        session = out_of_order(m, cell, CLASS_FIXED)


@compiled
def _class_sizes(m: Block, cells: int, dropped: int) -> None:
    for each in range(cells):
        cell = at(m, LIST, each)
        course = at(m, CELL_COURSE, cell)
        key = at2(m, KEY_OF, course, at(m, AUDIENCE_SITE, at(m, CELL_AUDIENCE, cell)))
        if key < 0 or at(m, KEY_COUNT, key) <= 1:
            continue
        session = at(m, KEY_FIRST, key)
        while session >= 0:
            following = at(m, CLASS_NEXT, session)
            if at(m, CLASS_HEADS, session) < at(m, SMALLEST, course):
                drop_class(m, session, dropped)
            session = following


# People -----------------------------------------------------------------------------------------


@compiled
def _person(m: Block, person: int, dropped: int) -> None:
    if at(m, MINIMUM, person):
        for day in range(m.i[MIDNIGHTS] - 1):
            slots = at2(m, PAID_SLOTS, person, day)
            if 0 < slots < at(m, MINIMUM, person) and has_to_last(m, person, day):
                _drop_day(m, person, day, dropped)
    if m.i[DETOURS]:
        _drop_rushed(m, person, dropped)
    if not at(m, LEARNS, person):
        return
    many = _list_entries(m, person)
    for each in range(many):
        kind, key = at(m, OTHER_LIST, 2 * each), at(m, OTHER_LIST, 2 * each + 1)
        if kind != LEARNER and not _able(m, person, kind, key):
            _drop(m, kind, key, person, dropped)


@compiled
def _list_entries(m: Block, person: int) -> int:
    """Copy kinds and keys of a person's bookings into a list; how many there are."""
    many = at(m, ENTRIES, person)
    for each in range(many):
        put(m, OTHER_LIST, 2 * each, at2(m, KIND, person, each))
        put(m, OTHER_LIST, 2 * each + 1, at2(m, KEY, person, each))
    return many


@compiled
def has_to_last(m: Block, person: int, day: int) -> bool:
    """Whether a booking of a day is not over by now."""
    zone = at(m, ZONE, person)
    low, high = at2(m, MIDNIGHT, zone, day), at2(m, MIDNIGHT, zone, day + 1)
    begins, ends, kinds = (
        row_of(m, BEGINS, person),
        row_of(m, ENDS, person),
        row_of(m, KIND, person),
    )
    for each in range(at(m, ENTRIES, person)):
        there = m.i[begins + each] < high and m.i[ends + each] > low
        if there and m.i[kinds + each] != LEARNER and m.i[ends + each] > m.i[NOW]:
            return True
    return False


@compiled
def _drop_day(m: Block, person: int, day: int, dropped: int) -> None:
    """Take out what a person is booked for on a day."""
    zone = at(m, ZONE, person)
    low, high = at2(m, MIDNIGHT, zone, day), at2(m, MIDNIGHT, zone, day + 1)
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    kinds, keys = row_of(m, KIND, person), row_of(m, KEY, person)
    many = 0
    for each in range(at(m, ENTRIES, person)):
        there = m.i[begins + each] < high and m.i[ends + each] > low
        if there and m.i[kinds + each] != LEARNER:
            put(m, OTHER_LIST, 2 * many, m.i[kinds + each])
            put(m, OTHER_LIST, 2 * many + 1, m.i[keys + each])
            many += 1
    for each in range(many):
        kind, key = at(m, OTHER_LIST, 2 * each), at(m, OTHER_LIST, 2 * each + 1)
        _drop(m, kind, key, person, dropped)


@compiled
def _drop_rushed(m: Block, person: int, dropped: int) -> None:
    """Take out bookings that begin before there is time for the way from the one before them."""
    begins, ends, sites = (
        row_of(m, BEGINS, person),
        row_of(m, ENDS, person),
        row_of(m, SITE, person),
    )
    kinds, keys = row_of(m, KIND, person), row_of(m, KEY, person)
    many, before = 0, NONE
    for each in range(at(m, ENTRIES, person)):
        start, site = m.i[begins + each], m.i[sites + each]
        if site < 0:
            continue
        rushed = False
        if before >= 0:
            way = at2(m, TRAVEL, m.i[sites + before], site)
            rushed = start < m.i[ends + before] + way
        elif at(m, LAST_SITE, person) >= 0 and at(m, LAST_LEFT, person) <= start:
            rushed = m.i[NOW] <= start < way_from_before(m, person, site)
        if rushed:
            put(m, OTHER_LIST, 2 * many, m.i[kinds + each])
            put(m, OTHER_LIST, 2 * many + 1, m.i[keys + each])
            many += 1
        before = each
    for each in range(many):
        kind, key = at(m, OTHER_LIST, 2 * each), at(m, OTHER_LIST, 2 * each + 1)
        _drop(m, kind, key, person, dropped)


@compiled
def _able(m: Block, person: int, kind: int, key: int) -> bool:
    """Whether a person still has the skill for a booking; of a class, whether it has trainers."""
    if kind == TASK:
        if at(m, START, key) < 0:
            return True  # it has been dropped meanwhile
        for seat in range(at(m, SEAT_AT, key), at(m, SEAT_AT, key + 1)):
            if at(m, SEAT_PERSON, seat) == person:
                asked = at(m, LINE_ASKED, at(m, LINE_AT, key) + at(m, SEAT_LINE, seat))
                return masters(m, person, asked, at(m, START, key), at(m, SEAT_END, seat))
        return True
    if kind == SHIFT:
        asked = at(m, SHIFT_ASKED, key)
        return masters(m, person, asked, at(m, SHIFT_START, key), at(m, SHIFT_END, key))
    if not at(m, ALIVE, key):
        return True
    return _has_trainers(m, key)


@compiled
def _has_trainers(m: Block, session: int) -> bool:
    """Whether the trainers of a class have the skills that it asks for, each for one seat."""
    course, seats = course_of(m, session), 0
    start, end = at(m, CLASS_START, session), class_end(m, session)
    for line in range(at(m, NEEDS_AT, course), at(m, NEEDS_AT, course + 1)):
        for _ in range(at(m, NEEDS_PEOPLE, line)):
            many = 0
            for each in range(at2(m, CLASS_TRAINERS, session, 0)):
                who = at2(m, CLASS_TRAINERS, session, 1 + each)
                if masters(m, who, at(m, NEEDS_ASKED, line), start, end):
                    many += 1
                    put2(m, SEAT_OPTIONS, seats, many, who)
            put2(m, SEAT_OPTIONS, seats, 0, many)
            seats += 1
    return fill(m, seats)

"""Neighbourhoods of classes and support in the block: open heads, courses, days, trainers.

The compiled counterpart of `solver.ruin_recreate.class_operators`. What is taken out waits in the
work `MAIN`.
"""

from __future__ import annotations

from solver.compiled.block import (
    ALIVE,
    CLASS_HEADS,
    CLASS_KEY,
    CLASS_NEXT,
    CLASS_START,
    CLASS_TRAINERS,
    COURSE_AFTER,
    DAY,
    FOUND,
    IN_TIME,
    KEY_CELL,
    KEY_CELL_AT,
    KEY_COURSE,
    KEY_FIRST,
    KEY_OF,
    KEY_SITE,
    KEYS,
    LIST,
    MEETS,
    SESSIONS,
    SHIFT_DEPARTMENT,
    SHIFT_PEOPLE,
    SHIFTS,
    STANDING,
    SUPPORTERS,
    URGENT,
    WAITS_KEY,
    WAITS_SHIFT,
    Block,
    at,
    at2,
    put,
)
from solver.compiled.chance import below, between, chance, shuffle_first
from solver.compiled.classes import missing
from solver.compiled.repair import drop_class, drop_supporter
from solver.compiled.sets import include
from solver.compiled.shifts import stands
from solver.compiled.task_ruins import MAIN
from solver.compiled.words import has
from solver.machine_code import compiled

SESSIONS_LOW, SESSIONS_HIGH = 2, 16
SHIFTS_LOW, SHIFTS_HIGH = 2, 14


@compiled
def _missing_keys(m: Block) -> int:
    """List courses at sites where heads have no seat in `LIST`; how many there are."""
    many = 0
    for key in range(m.i[KEYS]):
        if missing(m, key) > 0:
            put(m, LIST, many, key)
            many += 1
    return many


@compiled
def _alive(m: Block) -> int:
    """List all classes in `LIST`; how many there are."""
    many = 0
    for session in range(m.i[SESSIONS]):
        if at(m, ALIVE, session):
            put(m, LIST, many, session)
            many += 1
    return many


@compiled
def _drop_found(m: Block, many: int) -> None:
    """Take out the classes listed in `FOUND`."""
    for each in range(many):
        drop_class(m, at(m, FOUND, each), MAIN)


@compiled
def open_class(m: Block) -> None:
    """Heads without a seat, with other classes that they could have sat in or that took a room."""
    lacking = _missing_keys(m)
    if not lacking:
        few_sessions(m)
        return
    key = at(m, LIST, below(m, lacking))
    for each in range(lacking):
        include(m, WAITS_KEY, MAIN, at(m, LIST, each))
    pick = below(m, 3)
    if pick == 1:
        include(m, URGENT, 0, key)
    elif pick == 2:
        for each in range(lacking):
            include(m, URGENT, 0, at(m, LIST, each))
    site, course = at(m, KEY_SITE, key), at(m, KEY_COURSE, key)
    meets = at(m, MEETS, at(m, KEY_CELL, at(m, KEY_CELL_AT, key)))
    here = chance(m) < 0.7
    others = 0
    for session in range(m.i[SESSIONS]):
        if not at(m, ALIVE, session) or not has(m, meets, at(m, CLASS_START, session)):
            continue
        own = at(m, CLASS_KEY, session)
        if at(m, KEY_COURSE, own) != course and (not here or at(m, KEY_SITE, own) == site):
            put(m, FOUND, others, session)
            others += 1
    few = shuffle_first(m, FOUND, others, between(m, SESSIONS_LOW, SESSIONS_HIGH))
    _drop_key(m, key)
    _drop_found(m, few)


@compiled
def _drop_key(m: Block, key: int) -> None:
    """Take out all classes of a course at a site."""
    session = at(m, KEY_FIRST, key)
    while session >= 0:
        following = at(m, CLASS_NEXT, session)
        drop_class(m, session, MAIN)
        session = following


@compiled
def one_course(m: Block) -> None:
    """All classes of a course at a site, and at times of those that come after it."""
    if not m.i[KEYS]:
        return
    key = below(m, m.i[KEYS])
    course, site = at(m, KEY_COURSE, key), at(m, KEY_SITE, key)
    _drop_key(m, key)
    if chance(m) < 0.5:
        for later in range(m.i[COURSE_AFTER + 1]):
            other = at2(m, KEY_OF, later, site)
            if at2(m, COURSE_AFTER, later, course) and other >= 0:
                _drop_key(m, other)


@compiled
def window_classes(m: Block) -> None:
    """Classes at one site in the same days."""
    many = _alive(m)
    if not many:
        return
    seed = at(m, LIST, below(m, many))
    length = (1 << below(m, 3)) * m.i[DAY]
    site, near = at(m, KEY_SITE, at(m, CLASS_KEY, seed)), 0
    for each in range(many):
        session = at(m, LIST, each)
        if (
            abs(at(m, CLASS_START, session) - at(m, CLASS_START, seed)) <= length
            and at(m, KEY_SITE, at(m, CLASS_KEY, session)) == site
        ):
            put(m, FOUND, near, session)
            near += 1
    _drop_found(m, shuffle_first(m, FOUND, near, SESSIONS_HIGH))


@compiled
def few_sessions(m: Block) -> None:
    """Some classes of one trainer, or the smallest ones, or any."""
    many = _alive(m)
    if not many:
        return
    seed = at(m, LIST, below(m, many))
    pick, near = chance(m), 0
    for each in range(many):
        session = at(m, LIST, each)
        chosen = True
        if pick < 0.4:
            chosen = _share_trainer(m, session, seed)
        elif pick < 0.7:
            chosen = at(m, CLASS_KEY, session) == at(m, CLASS_KEY, seed)
        if chosen:
            put(m, FOUND, near, session)
            near += 1
    if 0.4 <= pick < 0.7:
        wanted = min(near, between(m, 2, 4))
        for place in range(wanted):
            for other in range(place + 1, near):
                one, two = at(m, FOUND, place), at(m, FOUND, other)
                if at(m, CLASS_HEADS, two) < at(m, CLASS_HEADS, one):
                    put(m, FOUND, place, two)
                    put(m, FOUND, other, one)
        near = wanted
    _drop_found(m, shuffle_first(m, FOUND, near, between(m, 1, 6)))


@compiled
def _share_trainer(m: Block, one: int, two: int) -> bool:
    for first in range(at2(m, CLASS_TRAINERS, one, 0)):
        for second in range(at2(m, CLASS_TRAINERS, two, 0)):
            if at2(m, CLASS_TRAINERS, one, 1 + first) == at2(m, CLASS_TRAINERS, two, 1 + second):
                return True
    return False


@compiled
def classes_from_a_day_on(m: Block) -> None:
    """Classes of some days at a site where heads have no seat, to be placed moment by moment."""
    lacking = _missing_keys(m)
    if not lacking:
        few_sessions(m)
        return
    site, there = at(m, KEY_SITE, at(m, LIST, below(m, lacking))), 0
    for session in range(m.i[SESSIONS]):
        if at(m, ALIVE, session) and at(m, KEY_SITE, at(m, CLASS_KEY, session)) == site:
            put(m, FOUND, there, session)
            there += 1
    if there:
        pick = below(m, 4)
        most = 8 if pick == 0 else 15 << (pick - 1)
        _drop_found(m, _from_one_on(m, there, most))
    for key in range(m.i[KEYS]):
        if at(m, KEY_SITE, key) == site:
            include(m, WAITS_KEY, MAIN, key)
            include(m, IN_TIME, 0, key)


@compiled
def _from_one_on(m: Block, many: int, most: int) -> int:
    """Keep in `FOUND` a random class and so many of those that start then or later; how many."""
    start, kept = at(m, CLASS_START, at(m, FOUND, below(m, many))), 0
    for each in range(many):
        session = at(m, FOUND, each)
        if at(m, CLASS_START, session) >= start:
            put(m, FOUND, kept, session)
            kept += 1
    most = min(most, kept)
    for place in range(most):
        for other in range(place + 1, kept):
            one, two = at(m, FOUND, place), at(m, FOUND, other)
            if at(m, CLASS_START, two) < at(m, CLASS_START, one):
                put(m, FOUND, place, two)
                put(m, FOUND, other, one)
    return most


@compiled
def few_shifts(m: Block) -> None:
    """Supporters of a few shifts of one department, or everything a few people stand."""
    held, short = 0, 0
    for shift in range(m.i[SHIFTS]):
        if at(m, STANDING, shift) < at(m, SHIFT_PEOPLE, shift):
            include(m, WAITS_SHIFT, MAIN, shift)
            put(m, FOUND, short, shift)
            short += 1
        if at(m, STANDING, shift) > 0:
            put(m, LIST, held, shift)
            held += 1
    if not held:
        return
    seed = at(m, FOUND, below(m, short)) if short else at(m, LIST, below(m, held))
    if chance(m) < 0.5:
        near, department = 0, at(m, SHIFT_DEPARTMENT, seed)
        for each in range(held):
            if at(m, SHIFT_DEPARTMENT, at(m, LIST, each)) == department:
                put(m, FOUND, near, at(m, LIST, each))
                near += 1
        for each in range(shuffle_first(m, FOUND, near, between(m, SHIFTS_LOW, SHIFTS_HIGH))):
            shift = at(m, FOUND, each)
            for place in range(at(m, STANDING, shift) - 1, -1, -1):
                drop_supporter(m, shift, at2(m, SUPPORTERS, shift, place), MAIN)
        return
    for _ in range(between(m, 1, 4)):
        shift = at(m, LIST, below(m, held))
        if at(m, STANDING, shift):
            person = at2(m, SUPPORTERS, shift, below(m, at(m, STANDING, shift)))
            for each in range(held):
                if stands(m, at(m, LIST, each), person):
                    drop_supporter(m, at(m, LIST, each), person, MAIN)

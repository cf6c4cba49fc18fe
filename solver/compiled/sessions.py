"""Classes in the block: their records, and the lists of them by course and site and by room."""

from __future__ import annotations

from solver.compiled.block import (
    ALIVE,
    CELL_FIRST,
    CLASS_KEY,
    CLASS_NEXT,
    CLASS_PREVIOUS,
    CLASS_ROOM,
    CLASS_START,
    COURSE_LENGTH,
    GROUP_CELL,
    GROUP_NEXT,
    GROUP_PREVIOUS,
    GROUPS,
    KEY_COUNT,
    KEY_COURSE,
    KEY_FIRST,
    ROOM_FIRST,
    ROOM_NEXT,
    ROOM_PREVIOUS,
    Block,
    add,
    at,
    put,
)
from solver.machine_code import compiled

NOBODY = -1


@compiled
def course_of(m: Block, session: int) -> int:
    """The course of a class."""
    return at(m, KEY_COURSE, at(m, CLASS_KEY, session))


@compiled
def class_end(m: Block, session: int) -> int:
    """When a class ends."""
    return at(m, CLASS_START, session) + at(m, COURSE_LENGTH, course_of(m, session))


@compiled
def _link(m: Block, first: int, following: int, previous: int, owner: int, item: int) -> None:
    """Put an item at the head of the list of its owner."""
    head = at(m, first, owner)
    put(m, following, item, head)
    put(m, previous, item, NOBODY)
    if head >= 0:
        put(m, previous, head, item)
    put(m, first, owner, item)


@compiled
def _unlink(m: Block, first: int, following: int, previous: int, owner: int, item: int) -> None:
    """Take an item out of the list of its owner."""
    after, before = at(m, following, item), at(m, previous, item)
    if before >= 0:
        put(m, following, before, after)
    else:
        put(m, first, owner, after)
    if after >= 0:
        put(m, previous, after, before)


@compiled
def list_class(m: Block, session: int) -> None:
    """Enter a class in the lists of its course at its site and of its room."""
    key, room = at(m, CLASS_KEY, session), at(m, CLASS_ROOM, session)
    put(m, ALIVE, session, 1)
    _link(m, KEY_FIRST, CLASS_NEXT, CLASS_PREVIOUS, key, session)
    add(m, KEY_COUNT, key, 1)
    if room >= 0:
        _link(m, ROOM_FIRST, ROOM_NEXT, ROOM_PREVIOUS, room, session)


@compiled
def strike_class(m: Block, session: int) -> None:
    """Take a class out of them again."""
    key, room = at(m, CLASS_KEY, session), at(m, CLASS_ROOM, session)
    put(m, ALIVE, session, 0)
    _unlink(m, KEY_FIRST, CLASS_NEXT, CLASS_PREVIOUS, key, session)
    add(m, KEY_COUNT, key, -1)
    if room >= 0:
        _unlink(m, ROOM_FIRST, ROOM_NEXT, ROOM_PREVIOUS, room, session)


@compiled
def list_group(m: Block, session: int, number: int) -> None:
    """Enter a group of a class in the list of its audience and course."""
    node = session * m.i[GROUPS] + number
    _link(m, CELL_FIRST, GROUP_NEXT, GROUP_PREVIOUS, at(m, GROUP_CELL, node), node)


@compiled
def strike_group(m: Block, session: int, number: int) -> None:
    """Take a group of a class out of it again."""
    node = session * m.i[GROUPS] + number
    _unlink(m, CELL_FIRST, GROUP_NEXT, GROUP_PREVIOUS, at(m, GROUP_CELL, node), node)

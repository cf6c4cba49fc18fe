"""Which tasks come after which, in the block: the window that planned neighbours leave a task.

The compiled counterpart of `solver.ledger.precedence`.
"""

from __future__ import annotations

from solver.compiled.block import (
    AFTER_AT,
    AFTER_LAG,
    AFTER_TASK,
    AFTER_TYPE,
    BEFORE_AT,
    BEFORE_LAG,
    BEFORE_TASK,
    BEFORE_TYPE,
    CLASS_NEXT,
    CLASS_START,
    DIFFERENT_AT,
    DIFFERENT_TASK,
    END,
    END_FROM,
    HORIZON,
    KEY_FIRST,
    KEY_OF,
    MAKES_AT,
    MAKES_COURSE,
    SAME_AT,
    SAME_TASK,
    SEAT_AT,
    SEAT_PERSON,
    START,
    WAITS_TASK,
    WORKED_AT,
    WORKED_PERSON,
    Block,
    at,
    at2,
)
from solver.compiled.sets import includes
from solver.machine_code import compiled

FS, SS, FF, SF = range(4)
"""Types of links."""


@compiled
def window(m: Block, task: int) -> tuple[bool, int, int, int, int]:
    """Whether all before a task is planned, and its least and most start, least and most end."""
    start_from, end_from = 0, at(m, END_FROM, task)
    start_to, end_to = m.i[HORIZON], m.i[HORIZON]
    for each in range(at(m, BEFORE_AT, task), at(m, BEFORE_AT, task + 1)):
        before = at(m, BEFORE_TASK, each)
        start, end, lag = at(m, START, before), at(m, END, before), at(m, BEFORE_LAG, each)
        if start < 0:
            return False, 0, 0, 0, 0
        kind = at(m, BEFORE_TYPE, each)
        if kind == FS:
            start_from = max(start_from, end + lag)
        elif kind == SS:
            start_from = max(start_from, start + lag)
        elif kind == FF:
            end_from = max(end_from, end + lag)
        else:
            end_from = max(end_from, start + lag)
    for each in range(at(m, AFTER_AT, task), at(m, AFTER_AT, task + 1)):
        later = at(m, AFTER_TASK, each)
        start, end, lag = at(m, START, later), at(m, END, later), at(m, AFTER_LAG, each)
        if start < 0:
            continue
        kind = at(m, AFTER_TYPE, each)
        if kind == FS:
            end_to = min(end_to, start - lag)
        elif kind == SS:
            start_to = min(start_to, start - lag)
        elif kind == FF:
            end_to = min(end_to, end - lag)
        else:
            start_to = min(start_to, end - lag)
    for each in range(at(m, MAKES_AT, task), at(m, MAKES_AT, task + 1)):
        course = at(m, MAKES_COURSE, each)
        for site in range(m.i[KEY_OF + 1]):
            key = at2(m, KEY_OF, course, site)
            session = at(m, KEY_FIRST, key) if key >= 0 else -1
            while session >= 0:
                end_to = min(end_to, at(m, CLASS_START, session))
                session = at(m, CLASS_NEXT, session)
    return True, start_from, start_to, end_from, end_to


@compiled
def has_classes(m: Block, course: int) -> bool:
    """Whether a class of a course is planned."""
    for site in range(m.i[KEY_OF + 1]):
        key = at2(m, KEY_OF, course, site)
        if key >= 0 and at(m, KEY_FIRST, key) >= 0:
            return True
    return False


@compiled
def keeps(m: Block, task: int, waiting: int) -> bool:
    """Whether a planned task comes after all it must come after.

    Open tasks that wait for a place in some work (-1: in none) do not count against it.
    """
    if at(m, START, task) < 0:
        return True
    for each in range(at(m, BEFORE_AT, task), at(m, BEFORE_AT, task + 1)):
        before = at(m, BEFORE_TASK, each)
        if at(m, START, before) < 0:
            if waiting >= 0 and includes(m, WAITS_TASK, waiting, before):
                continue
            return False
        kind = at(m, BEFORE_TYPE, each)
        moment = at(m, START, task) if kind in (FS, SS) else at(m, END, task)
        earlier = at(m, END, before) if kind in (FS, FF) else at(m, START, before)
        if moment < earlier + at(m, BEFORE_LAG, each):
            return False
    return True


# Pairs ------------------------------------------------------------------------------------------


@compiled
def is_on(m: Block, task: int, person: int) -> bool:
    """Whether a person is planned on a task."""
    if at(m, START, task) >= 0:
        for seat in range(at(m, SEAT_AT, task), at(m, SEAT_AT, task + 1)):
            if at(m, SEAT_PERSON, seat) == person:
                return True
    return False


@compiled
def was_on(m: Block, task: int, person: int) -> bool:
    """Whether a person has worked on a task."""
    for each in range(at(m, WORKED_AT, task), at(m, WORKED_AT, task + 1)):
        if at(m, WORKED_PERSON, each) == person:
            return True
    return False


@compiled
def is_paired(m: Block, task: int) -> bool:
    """Whether a task has the same people as others, or different ones."""
    pairs = at(m, SAME_AT, task + 1) - at(m, SAME_AT, task)
    return pairs + at(m, DIFFERENT_AT, task + 1) - at(m, DIFFERENT_AT, task) > 0


@compiled
def pairs_allow(m: Block, task: int, person: int) -> bool:
    """Whether a person may be planned on a task, as far as its pairs go."""
    for each in range(at(m, DIFFERENT_AT, task), at(m, DIFFERENT_AT, task + 1)):
        other = at(m, DIFFERENT_TASK, each)
        if is_on(m, other, person) or was_on(m, other, person):
            return False
    seats = at(m, SEAT_AT, task + 1) - at(m, SEAT_AT, task)
    for each in range(at(m, SAME_AT, task), at(m, SAME_AT, task + 1)):
        other = at(m, SAME_TASK, each)
        missing, somebody = 0, at(m, WORKED_AT, other + 1) > at(m, WORKED_AT, other)
        if at(m, START, other) >= 0:
            for seat in range(at(m, SEAT_AT, other), at(m, SEAT_AT, other + 1)):
                somebody = True
                missing += not was_on(m, task, at(m, SEAT_PERSON, seat))
        if not somebody:
            continue
        if missing:
            # Where some must be on it and others may, nobody may.
            if missing != seats or not is_on(m, other, person) or was_on(m, task, person):
                return False
        elif not is_on(m, other, person) and not was_on(m, other, person):
            return False
    return True

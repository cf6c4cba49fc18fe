"""Classes in the order of time in the block: at each moment those that are worth most first.

The compiled counterpart of `solver.insertion.dispatch`.
"""

from __future__ import annotations

from solver.compiled.block import (
    ALIVE,
    BEHIND,
    CELL_AUDIENCE,
    CELL_COURSE,
    CHOSEN_SEATS,
    COURSE_LENGTH,
    DRAFT,
    FIRST_FREE,
    FULLNESS,
    HEAD_OPEN,
    IN_TIME,
    KEY_CELL,
    KEY_CELL_AT,
    KEY_COURSE,
    LATER_AT,
    LATER_CELL,
    LEADS,
    LIST,
    MEETS,
    NEED,
    NEW_CELL,
    NEW_GROUPS,
    NEW_HEADS,
    NOISE,
    OTHERS,
    PRICE_OPEN,
    SESSIONS,
    SETS,
    SETTINGS,
    SUPPORT_WORTH,
    WORDS,
    Block,
    at,
    put,
    real,
    row_of,
)
from solver.compiled.bookings import add_class
from solver.compiled.chance import chance
from solver.compiled.classes import gather, missing, only_one, opens, people_of, write_draft
from solver.compiled.sessions import class_end
from solver.compiled.sets import move_sorted
from solver.compiled.teaching import MOMENTS, find_moments, see, see_again
from solver.compiled.words import ZERO, copy, fill_with, has, next_in, put_in, take_out
from solver.machine_code import compiled

ALLOWED, ALL_MOMENTS = 4, 8
"""Sets of slots that are worked with here."""


@compiled
def dispatch(m: Block) -> None:
    """Seat heads of the classes in `IN_TIME` from the first moment to the last."""
    many = _prepare(m)
    if not many:
        return
    moments = row_of(m, SETS, ALL_MOMENTS)
    for session in range(m.i[SESSIONS]):
        if at(m, ALIVE, session):
            put_in(m, moments, class_end(m, session))
    moment = next_in(m, moments, 0)
    while moment >= 0:
        while m.i[FIRST_FREE] >= 0 and _next(m, many, moment):
            session = add_class(m, row_of(m, DRAFT, 1))
            put_in(m, moments, class_end(m, session))
            people = people_of(m, session)
            for each in range(many):
                see_again(m, at(m, SETTINGS, 2 * each), session, LIST, people)
        moment = next_in(m, moments, moment + 1)


@compiled
def _prepare(m: Block) -> int:
    """See what each course at its site has, and the moments to look at; how many there are."""
    many, moments = 0, row_of(m, SETS, ALL_MOMENTS)
    allowed = row_of(m, SETS, ALLOWED)
    fill_with(m, moments, ZERO)
    for each in range(move_sorted(m, IN_TIME, 0, LIST)):
        key = at(m, LIST, each)
        ready = opens(m, key)
        if ready < 0 or missing(m, key) <= 0:
            continue
        see(m, key)
        put(m, SETTINGS, 2 * many, key)
        put(m, SETTINGS, 2 * many + 1, ready)
        many += 1
        for place in range(at(m, KEY_CELL_AT, key), at(m, KEY_CELL_AT, key + 1)):
            cell = at(m, KEY_CELL, place)
            if at(m, NEED, cell) <= 0:
                continue
            copy(m, allowed, at(m, MEETS, cell))
            take_out(m, allowed, 0, ready)
            if find_moments(m, key, at(m, CELL_AUDIENCE, cell), allowed):
                found = row_of(m, SETS, MOMENTS)
                for word in range(m.i[WORDS]):
                    m.w[moments + word] |= m.w[found + word]
    return many


@compiled
def _next(m: Block, many: int, moment: int) -> bool:
    """The class worth most that can begin at a moment as the best draft; False if there is none."""
    most = 0.0
    for each in range(many):
        key, ready = at(m, SETTINGS, 2 * each), at(m, SETTINGS, 2 * each + 1)
        if moment < ready or not _gathers(m, key, moment):
            continue
        worth = _worth(m, key)
        if worth > most:
            most = worth
            write_draft(m, key, moment, 1)
    return most > 0.0


@compiled
def _gathers(m: Block, key: int, moment: int) -> bool:
    """Whether a class full enough can be put together at a moment."""
    many = 0
    for each in range(at(m, KEY_CELL_AT, key), at(m, KEY_CELL_AT, key + 1)):
        cell = at(m, KEY_CELL, each)
        if at(m, NEED, cell) <= 0 or not has(m, at(m, MEETS, cell), moment):
            continue
        place = many
        while place > 0 and at(m, NEED, at(m, LEADS, place - 1)) < at(m, NEED, cell):
            put(m, LEADS, place, at(m, LEADS, place - 1))
            place -= 1
        put(m, LEADS, place, cell)
        many += 1
    if not many or only_one(m, key):
        return False
    for lead in range(many):
        others = 0
        for each in range(many):
            if each != lead:
                put(m, OTHERS, others, at(m, LEADS, each))
                others += 1
        if gather(m, key, at(m, LEADS, lead), others, moment) >= 0.0:
            heads = 0
            for group in range(m.i[NEW_GROUPS]):
                heads += at(m, NEW_HEADS, group)
            return heads >= m.f[FULLNESS] * m.i[CHOSEN_SEATS]
    return False


@compiled
def _worth(m: Block, key: int) -> float:
    """Price of a class's heads, and of what they can go on to, for each slot of it."""
    worth = 0.0
    for group in range(m.i[NEW_GROUPS]):
        cell, behind = at(m, NEW_CELL, group), 0.0
        for each in range(at(m, LATER_AT, cell), at(m, LATER_AT, cell + 1)):
            behind += _head(m, at(m, CELL_COURSE, at(m, LATER_CELL, each)))
        own = _head(m, at(m, CELL_COURSE, cell))
        worth += at(m, NEW_HEADS, group) * (own + m.f[BEHIND] * behind)
    worth /= at(m, COURSE_LENGTH, at(m, KEY_COURSE, key))
    return worth * (1.0 + m.f[NOISE] * chance(m))


@compiled
def _head(m: Block, course: int) -> float:
    """What a head in a course is worth, with the support that hangs on it."""
    return at(m, HEAD_OPEN, course) * m.f[PRICE_OPEN] + real(m, SUPPORT_WORTH, course)

"""Rooms and trainers of a course at a site in the block: when they are free, cheapest first.

The compiled counterpart of `solver.insertion.rooms_and_trainers`. A `key` is a course at a site.
"""

from __future__ import annotations

from solver.compiled.block import (
    ABLE,
    BLINK,
    CLASS_ROOM,
    CLASS_START,
    COURSE_LENGTH,
    FILLED,
    KEY_COURSE,
    KEY_ROOM_AT,
    KEY_SITE,
    KEY_TEACHER_AT,
    LANGUAGE,
    LEARNER_PERSON,
    NEEDS_ASKED,
    NEEDS_AT,
    NEEDS_PEOPLE,
    NEW_CREW,
    NEW_FROM,
    NEW_GROUPS,
    NEW_SEATS,
    NOW,
    PLACE_OPEN,
    PLACE_ROOM,
    PLACE_STARTS,
    ROOM_FIRST,
    ROOM_GAP,
    ROOM_NEXT,
    SEAT_OPTIONS,
    SETS,
    SPEAKS,
    TEACHER_EARNS,
    TEACHER_LINE,
    TEACHER_OFFER,
    TEACHER_ORDER,
    TEACHER_PERSON,
    TEACHER_PRICE,
    TEACHER_SEEN,
    TEACHER_STARTS,
    VIRTUAL,
    WORDS,
    Block,
    at,
    at2,
    put,
    put2,
    put_real,
    real,
    row_of,
)
from solver.compiled.chance import chance
from solver.compiled.diary import TRAINER, fits, keep_free, masters
from solver.compiled.matching import fill
from solver.compiled.prices import work_price
from solver.compiled.sessions import class_end
from solver.compiled.tasks import keep_enough
from solver.compiled.words import ZERO, add_run_starts, copy, fill_with, has, is_empty, take_out
from solver.machine_code import compiled

STARTS, MOMENTS, ROOMS = 5, 6, 7
"""Sets of slots that are worked with here."""


@compiled
def speaks(m: Block, person: int, audience: int) -> bool:
    """Whether a trainer speaks an audience's language."""
    language = at(m, LANGUAGE, audience)
    return language < 0 or at2(m, SPEAKS, person, language) == 1


@compiled
def teachers_from(m: Block, key: int, line: int) -> int:
    """Where the trainers for a line begin; those of the next one begin where they end."""
    first, beyond = at(m, KEY_TEACHER_AT, key), at(m, KEY_TEACHER_AT, key + 1)
    while first < beyond and at(m, TEACHER_LINE, first) < line:
        first += 1
    return first


@compiled
def lines_of(m: Block, key: int) -> int:
    """How many lines of trainers the course has."""
    course = at(m, KEY_COURSE, key)
    return at(m, NEEDS_AT, course + 1) - at(m, NEEDS_AT, course)


@compiled
def see(m: Block, key: int) -> None:
    """See when rooms and trainers are free; some trainers may be overlooked at random."""
    for teacher in range(at(m, KEY_TEACHER_AT, key), at(m, KEY_TEACHER_AT, key + 1)):
        put(m, TEACHER_ORDER, teacher, teacher)
        if m.f[BLINK] != 0.0 and chance(m) < m.f[BLINK]:
            fill_with(m, row_of(m, TEACHER_STARTS, teacher), ZERO)
            put(m, TEACHER_SEEN, teacher, -1)
            put_real(m, TEACHER_PRICE, teacher, 0.0)
        else:
            put(m, TEACHER_SEEN, teacher, 0)
            _see_teacher(m, key, teacher)
    _rank(m, key)
    for place in range(at(m, KEY_ROOM_AT, key), at(m, KEY_ROOM_AT, key + 1)):
        _see_room(m, key, place)


@compiled
def see_again(m: Block, key: int, session: int, people: int, many: int) -> None:
    """See anew who and what a class has taken: its room, and people listed in a table."""
    changed = False
    for teacher in range(at(m, KEY_TEACHER_AT, key), at(m, KEY_TEACHER_AT, key + 1)):
        person = at(m, TEACHER_PERSON, teacher)
        for each in range(many):
            if at(m, people, each) == person and at(m, TEACHER_SEEN, teacher) >= 0:
                _see_teacher(m, key, teacher)
                changed = True
    if changed:
        _rank(m, key)
    length = at(m, COURSE_LENGTH, at(m, KEY_COURSE, key))
    for place in range(at(m, KEY_ROOM_AT, key), at(m, KEY_ROOM_AT, key + 1)):
        if at(m, PLACE_ROOM, place) == at(m, CLASS_ROOM, session):
            _take_room(m, row_of(m, PLACE_STARTS, place), session, length)


@compiled
def _take_room(m: Block, row: int, session: int, length: int) -> None:
    """Take out the starts that meet a class in a room, or miss the changeover."""
    start, end, now = at(m, CLASS_START, session), class_end(m, session), m.i[NOW]
    gap = at(m, ROOM_GAP, at(m, CLASS_ROOM, session))
    take_out(m, row, start - length + 1 - (gap if start >= now else 0), end)
    take_out(m, row, max(end, now), end + gap)


@compiled
def _see_teacher(m: Block, key: int, teacher: int) -> None:
    course, person = at(m, KEY_COURSE, key), at(m, TEACHER_PERSON, teacher)
    length = at(m, COURSE_LENGTH, course)
    site = -1 if at(m, VIRTUAL, course) else at(m, KEY_SITE, key)
    row = row_of(m, TEACHER_STARTS, teacher)
    copy(m, row, at(m, TEACHER_OFFER, teacher))
    keep_free(m, person, length, site, False, TRAINER, row)
    put_real(m, TEACHER_PRICE, teacher, work_price(m, person, length))


@compiled
def _see_room(m: Block, key: int, place: int) -> None:
    row = row_of(m, PLACE_STARTS, place)
    length = at(m, COURSE_LENGTH, at(m, KEY_COURSE, key))
    copy(m, row, at(m, PLACE_OPEN, place))
    session = at(m, ROOM_FIRST, at(m, PLACE_ROOM, place))
    while session >= 0:
        _take_room(m, row, session, length)
        session = at(m, ROOM_NEXT, session)


@compiled
def _rank(m: Block, key: int) -> None:
    """Order the trainers of each line by price, as they were among equals."""
    first = at(m, KEY_TEACHER_AT, key)
    for place in range(first + 1, at(m, KEY_TEACHER_AT, key + 1)):
        teacher, here = at(m, TEACHER_ORDER, place), place
        line, price = at(m, TEACHER_LINE, teacher), real(m, TEACHER_PRICE, teacher)
        while here > first:
            before = at(m, TEACHER_ORDER, here - 1)
            if at(m, TEACHER_LINE, before) != line or real(m, TEACHER_PRICE, before) <= price:
                break
            put(m, TEACHER_ORDER, here, before)
            here -= 1
        put(m, TEACHER_ORDER, here, teacher)


@compiled
def find_moments(m: Block, key: int, audience: int, allowed: int) -> bool:
    """Of some starts those with a room and trainers who speak an audience's language.

    And those of them at which a room or a trainer has just become free: see `STARTS`, `MOMENTS`.
    """
    course = at(m, KEY_COURSE, key)
    starts, moments, rooms = (
        row_of(m, SETS, STARTS),
        row_of(m, SETS, MOMENTS),
        row_of(m, SETS, ROOMS),
    )
    copy(m, starts, allowed)
    if not at(m, VIRTUAL, course):
        fill_with(m, rooms, ZERO)
        for place in range(at(m, KEY_ROOM_AT, key), at(m, KEY_ROOM_AT, key + 1)):
            row = row_of(m, PLACE_STARTS, place)
            for word in range(m.i[WORDS]):
                m.w[rooms + word] |= m.w[row + word]
        for word in range(m.i[WORDS]):
            m.w[starts + word] &= m.w[rooms + word]
    able, first = 0, at(m, KEY_TEACHER_AT, key)
    for line in range(lines_of(m, key)):
        begin, people = able, at(m, NEEDS_PEOPLE, at(m, NEEDS_AT, course) + line)
        while first < at(m, KEY_TEACHER_AT, key + 1) and at(m, TEACHER_LINE, first) == line:
            teacher = at(m, TEACHER_ORDER, first)
            first += 1
            if speaks(m, at(m, TEACHER_PERSON, teacher), audience) and not is_empty(
                m, row_of(m, TEACHER_STARTS, teacher)
            ):
                put(m, ABLE, able, teacher)
                able += 1
        if able - begin < people:
            return False
        keep_enough(m, TEACHER_STARTS, ABLE, begin, able, people, starts)
    if is_empty(m, starts):
        return False
    fill_with(m, moments, ZERO)
    add_run_starts(m, moments, allowed, starts)
    if not at(m, VIRTUAL, course):
        for place in range(at(m, KEY_ROOM_AT, key), at(m, KEY_ROOM_AT, key + 1)):
            add_run_starts(m, moments, row_of(m, PLACE_STARTS, place), starts)
    for each in range(able):
        add_run_starts(m, moments, row_of(m, TEACHER_STARTS, at(m, ABLE, each)), starts)
    return True


@compiled
def speaking(m: Block, key: int, audience: int) -> int:
    """How many trainers speak an audience's language, of the line with the fewest."""
    fewest, first = 1 << 30, at(m, KEY_TEACHER_AT, key)
    for line in range(lines_of(m, key)):
        found = 0
        while first < at(m, KEY_TEACHER_AT, key + 1) and at(m, TEACHER_LINE, first) == line:
            found += speaks(m, at(m, TEACHER_PERSON, first), audience)
            first += 1
        fewest = min(fewest, found)
    return fewest if fewest < 1 << 30 else 0


@compiled
def free_speakers(m: Block, key: int, start: int, audience: int) -> bool:
    """Mark the trainers who are free at a start and speak to an audience; False if too few."""
    first = at(m, KEY_TEACHER_AT, key)
    for teacher in range(first, at(m, KEY_TEACHER_AT, key + 1)):
        if at(m, TEACHER_SEEN, teacher) >= 0:
            free = has(m, row_of(m, TEACHER_STARTS, teacher), start)
            put(m, TEACHER_SEEN, teacher, 1 if free else 0)
    return narrow(m, key, audience)


@compiled
def narrow(m: Block, key: int, audience: int) -> bool:
    """Of the trainers that are marked keep those who speak to an audience; False if too few."""
    course, first = at(m, KEY_COURSE, key), at(m, KEY_TEACHER_AT, key)
    beyond = at(m, KEY_TEACHER_AT, key + 1)
    teacher = first
    for line in range(lines_of(m, key)):
        found = 0
        while teacher < beyond and at(m, TEACHER_LINE, teacher) == line:
            if at(m, TEACHER_SEEN, teacher) == 1:
                found += speaks(m, at(m, TEACHER_PERSON, teacher), audience)
            teacher += 1
        if found < at(m, NEEDS_PEOPLE, at(m, NEEDS_AT, course) + line):
            return False
    for teacher in range(first, beyond):
        if at(m, TEACHER_SEEN, teacher) == 1 and not speaks(
            m, at(m, TEACHER_PERSON, teacher), audience
        ):
            put(m, TEACHER_SEEN, teacher, 0)
    return True


@compiled
def _fitting(m: Block, course: int, teacher: int, start: int, end: int) -> bool:
    """Whether limits, and a skill still to be earned, allow a marked trainer the class."""
    if at(m, TEACHER_SEEN, teacher) != 1:
        return False
    person = at(m, TEACHER_PERSON, teacher)
    for each in range(at(m, NEW_FROM, m.i[NEW_GROUPS])):
        if at(m, LEARNER_PERSON, at(m, NEW_SEATS, each)) == person:
            return False
    if not fits(m, person, start, end, TRAINER):
        return False
    asked = at(m, NEEDS_ASKED, at(m, NEEDS_AT, course) + at(m, TEACHER_LINE, teacher))
    return at(m, TEACHER_EARNS, teacher) == 0 or masters(m, person, asked, start, end)


@compiled
def find_trainers(m: Block, key: int, start: int) -> int:
    """The cheapest of the marked trainers, all different and none a learner of the class.

    They come into `NEW_CREW` behind the room, as teachers; how many, -1 where too few can.
    """
    course, first = at(m, KEY_COURSE, key), at(m, KEY_TEACHER_AT, key)
    beyond, end = at(m, KEY_TEACHER_AT, key + 1), start + at(m, COURSE_LENGTH, course)
    lines, needs = lines_of(m, key), at(m, NEEDS_AT, course)
    if lines == 1 and at(m, NEEDS_PEOPLE, needs) == 1:
        for place in range(first, beyond):
            teacher = at(m, TEACHER_ORDER, place)
            if _fitting(m, course, teacher, start, end):
                put(m, NEW_CREW, 1, teacher)
                return 1
        return -1
    seats, place = 0, first
    for line in range(lines):
        people, many = at(m, NEEDS_PEOPLE, needs + line), 0
        while place < beyond and at(m, TEACHER_LINE, place) == line:
            teacher = at(m, TEACHER_ORDER, place)
            if _fitting(m, course, teacher, start, end):
                many += 1
                for seat in range(people):
                    put2(m, SEAT_OPTIONS, seats + seat, many, at(m, TEACHER_PERSON, teacher))
            place += 1
        for seat in range(people):
            put2(m, SEAT_OPTIONS, seats + seat, 0, many)
        seats += people
    if not fill(m, seats):
        return -1
    seat = 0
    for line in range(lines):
        for _ in range(at(m, NEEDS_PEOPLE, needs + line)):
            for teacher in range(first, beyond):
                if at(m, TEACHER_LINE, teacher) == line and at(m, TEACHER_PERSON, teacher) == at(
                    m, FILLED, seat
                ):
                    put(m, NEW_CREW, 1 + seat, teacher)
            seat += 1
    return seats

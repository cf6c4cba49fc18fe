"""Insertion of classes in the block: heads of a site gathered, each where it costs least.

The compiled counterpart of `solver.insertion.classes`. A `key` is a course at a site, a `cell` an
audience in a course.
"""

from __future__ import annotations

import numpy as np

from solver.compiled.attendance import first_ended
from solver.compiled.block import (
    ATTENDS,
    CELL_AUDIENCE,
    CELL_FIRST,
    CHOSEN_SEATS,
    CLASS_FIXED,
    CLASS_GROUPS,
    CLASS_HEADS,
    CLASS_NEXT,
    CLASS_PUBLISHED,
    CLASS_ROOM,
    CLASS_SERIAL,
    CLASS_START,
    CLASS_TRAINERS,
    COURSE_LENGTH,
    COURSE_PROJECT,
    DAY,
    DEPARTMENT,
    DRAFT,
    EARLIER_AT,
    EARLIER_CELL,
    EFFORT,
    END,
    FIRST_FREE,
    GROUP_CELL,
    GROUP_HEADS,
    GROUP_NEXT,
    GROUPS,
    INSERTED,
    KEY_CELL,
    KEY_CELL_AT,
    KEY_COUNT,
    KEY_COURSE,
    KEY_FIRST,
    KEY_ROOM_AT,
    LANGUAGE,
    LARGEST,
    LEADS,
    LEARNER_AT,
    LEARNER_PERSON,
    LIST,
    MATERIALS,
    MEETS,
    NAMED,
    NEED,
    NEW_CELL,
    NEW_CREW,
    NEW_FROM,
    NEW_GROUPS,
    NEW_HEADS,
    NEW_SEATS,
    NEW_TRAINERS,
    NOISE,
    OTHERS,
    PATIENCE,
    PLACE_ROOM,
    PLACE_STARTS,
    PRICE_COST,
    RATE,
    ROOM_RATE,
    ROOM_SEATS,
    SCORES,
    SERIAL,
    SETS,
    SMALLEST,
    SPARE,
    START,
    TEACHER_PERSON,
    TEACHER_PRICE,
    VIRTUAL,
    Block,
    add,
    at,
    at2,
    put,
    put_real,
    real,
    row_of,
)
from solver.compiled.bookings import add_class, remove_class
from solver.compiled.chance import chance
from solver.compiled.score import affordable
from solver.compiled.seating import add_group, begin_class, take_away
from solver.compiled.sessions import class_end
from solver.compiled.teaching import (
    MOMENTS,
    STARTS,
    find_moments,
    find_trainers,
    free_speakers,
    narrow,
    see,
    see_again,
    speaking,
    speaks,
)
from solver.compiled.words import copy, has, next_in, put_in, take_out
from solver.insertion.classes import EVENTS, RARE_FIRST
from solver.machine_code import compiled

GATHERING = 64
"""Putting a class together is as much work as looking at so many words."""

ALLOWED = 4
"""A set of slots that is worked with here."""


@compiled
def missing(m: Block, key: int) -> int:
    """Heads without a seat in a course at a site."""
    heads = 0
    for each in range(at(m, KEY_CELL_AT, key), at(m, KEY_CELL_AT, key + 1)):
        heads += at(m, NEED, at(m, KEY_CELL, each))
    return heads


@compiled
def opens(m: Block, key: int) -> int:
    """When the materials of a course are ready; -1 if they are left open."""
    task = at(m, MATERIALS, at(m, KEY_COURSE, key))
    if task < 0:
        return 0
    return at(m, END, task) if at(m, START, task) >= 0 else -1


@compiled
def only_one(m: Block, key: int) -> bool:
    """Whether a class is planned that may be so small only while it is the only one."""
    smallest, session = at(m, SMALLEST, at(m, KEY_COURSE, key)), at(m, KEY_FIRST, key)
    while session >= 0:
        if at(m, CLASS_HEADS, session) < smallest:
            return True
        session = at(m, CLASS_NEXT, session)
    return False


@compiled
def place_classes(m: Block, key: int) -> None:
    """Seat as many heads of a site in a course as possible."""
    m.i[INSERTED] += 1
    if missing(m, key) <= 0:
        return
    _top_up(m, key, False)
    ready = opens(m, key)
    if ready >= 0 and missing(m, key) > 0:
        see(m, key)
        while m.i[FIRST_FREE] >= 0 and not only_one(m, key) and missing(m, key) > 0:
            if not _next(m, key, ready):
                break
            book_draft(m, key)
    if missing(m, key) > 0:
        _top_up(m, key, True)


@compiled
def book_draft(m: Block, key: int) -> int:
    """Plan the best class so far, and see anew what it has taken; its number."""
    m.i[INSERTED] += 1
    session = add_class(m, row_of(m, DRAFT, 1))
    see_again(m, key, session, LIST, people_of(m, session))
    return session


@compiled
def people_of(m: Block, session: int) -> int:
    """List the people of a class in `LIST`; how many."""
    many = at2(m, CLASS_TRAINERS, session, 0)
    for each in range(many):
        put(m, LIST, each, at2(m, CLASS_TRAINERS, session, 1 + each))
    for number in range(at(m, CLASS_GROUPS, session)):
        cell = at(m, GROUP_CELL, session * m.i[GROUPS] + number)
        many = list_members(m, session, cell, LIST, many)
    return many


# Empty seats ------------------------------------------------------------------------------------


@compiled
def _top_up(m: Block, key: int, published: bool) -> None:
    """Fill empty seats of planned classes with heads that still need one, oldest first.

    Of published classes only where there is no other way.
    """
    last, beyond = -1, m.i[SERIAL]
    while missing(m, key) > 0:
        session, found = at(m, KEY_FIRST, key), -1
        while session >= 0:
            serial = at(m, CLASS_SERIAL, session)
            if last < serial < beyond and (found < 0 or serial < at(m, CLASS_SERIAL, found)):
                found = session
            session = at(m, CLASS_NEXT, session)
        if found < 0:
            return
        last = at(m, CLASS_SERIAL, found)
        if at(m, CLASS_FIXED, found) or (not published and at(m, CLASS_PUBLISHED, found) >= 0):
            continue
        if _fuller(m, key, found):
            remove_class(m, found)
            add_class(m, row_of(m, DRAFT, 0))


@compiled
def _fuller(m: Block, key: int, session: int) -> bool:
    """Write a class with more heads down as a draft; False if nobody more can come."""
    course, room = at(m, KEY_COURSE, key), at(m, CLASS_ROOM, session)
    start, seats = at(m, CLASS_START, session), at(m, LARGEST, course)
    if room >= 0:
        seats = min(seats, at(m, ROOM_SEATS, room))
    left = seats - at(m, CLASS_HEADS, session)
    if left <= 0:
        return False
    trainers, seated = at2(m, CLASS_TRAINERS, session, 0), people_of(m, session)
    begin_class(m)
    for each in range(at(m, KEY_CELL_AT, key), at(m, KEY_CELL_AT, key + 1)):
        if left <= 0:
            break
        cell = at(m, KEY_CELL, each)
        if at(m, NEED, cell) <= 0 or not has(m, at(m, MEETS, cell), start):
            continue
        spoken = True
        for trainer in range(trainers):
            spoken &= speaks(m, at(m, LIST, trainer), at(m, CELL_AUDIENCE, cell))
        if spoken:
            left -= add_group(m, cell, start, left, LIST, seated)
    if m.i[NEW_GROUPS] == 0:
        return False
    _write_fuller(m, key, session)
    return True


@compiled
def list_members(m: Block, session: int, cell: int, table: int, many: int) -> int:
    """Append the named learners of a cell in a class to a list of people; how long it is now."""
    for seat in range(at(m, LEARNER_AT, cell), at(m, LEARNER_AT, cell + 1)):
        if at(m, ATTENDS, seat) == session:
            put(m, table, many, at(m, LEARNER_PERSON, seat))
            many += 1
    return many


@compiled
def _write_fuller(m: Block, key: int, session: int) -> None:
    """Write a class with the new heads among the old ones, by audience, as a draft."""
    place = row_of(m, DRAFT, 0)
    trainers = at2(m, CLASS_TRAINERS, session, 0)
    m.i[place] = key
    m.i[place + 1] = at(m, CLASS_ROOM, session)
    m.i[place + 2] = at(m, CLASS_START, session)
    m.i[place + 3] = 0
    m.i[place + 4] = trainers
    for each in range(trainers):
        m.i[place + 5 + each] = at2(m, CLASS_TRAINERS, session, 1 + each)
    count = place + 5 + trainers
    m.i[count] = 0
    here = count + 1
    old = at(m, CLASS_GROUPS, session)
    for number in range(old + m.i[NEW_GROUPS]):
        cell, heads = 0, 0
        if number < old:
            node = session * m.i[GROUPS] + number
            cell, heads = at(m, GROUP_CELL, node), at(m, GROUP_HEADS, node)
        else:
            cell = at(m, NEW_CELL, number - old)
            known = False
            for each in range(old):
                known |= at(m, GROUP_CELL, session * m.i[GROUPS] + each) == cell
            if known:
                continue
        m.i[count] += 1
        m.i[here] = cell
        members = here + 2
        m.i[members] = 0
        m.i[here + 1] = heads
        head = here + 1
        here += 3
        for seat in range(at(m, LEARNER_AT, cell), at(m, LEARNER_AT, cell + 1)):
            if number < old and at(m, ATTENDS, seat) == session:
                m.i[here] = seat
                m.i[members] += 1
                here += 1
        for group in range(m.i[NEW_GROUPS]):
            if at(m, NEW_CELL, group) == cell:
                m.i[head] += at(m, NEW_HEADS, group)
                for each in range(at(m, NEW_FROM, group), at(m, NEW_FROM, group + 1)):
                    m.i[here] = at(m, NEW_SEATS, each)
                    m.i[members] += 1
                    here += 1


# One class --------------------------------------------------------------------------------------


@compiled
def _next(m: Block, key: int, ready: int) -> bool:
    """One more class as the best draft, for whoever can be seated best; False if there is none."""
    many, named = 0, 1 << 40
    rare = m.f[NOISE] == 0.0 or chance(m) < RARE_FIRST
    for each in range(at(m, KEY_CELL_AT, key), at(m, KEY_CELL_AT, key + 1)):
        cell = at(m, KEY_CELL, each)
        if at(m, NEED, cell) <= 0:
            continue
        audience = at(m, CELL_AUDIENCE, cell)
        weight = at(m, NEED, cell) * (1.0 + m.f[NOISE] * chance(m))
        first = 0 if at(m, NAMED, audience) else named
        if rare:
            first += speaking(m, key, audience)
        place = many
        while place > 0 and (
            at(m, OTHERS, place - 1) > first
            or (at(m, OTHERS, place - 1) == first and real(m, SCORES, place - 1) < weight)
        ):
            put(m, LEADS, place, at(m, LEADS, place - 1))
            put(m, OTHERS, place, at(m, OTHERS, place - 1))
            put_real(m, SCORES, place, real(m, SCORES, place - 1))
            place -= 1
        put(m, LEADS, place, cell)
        put(m, OTHERS, place, first)
        put_real(m, SCORES, place, weight)
        many += 1
    for lead in range(many):
        if _best_class(m, key, at(m, LEADS, lead), ready):
            return True
    return False


@compiled
def _best_class(m: Block, key: int, lead: int, ready: int) -> bool:
    """The cheapest class for an audience and others as the best draft; False if there is none."""
    for each in range(at(m, EARLIER_AT, lead), at(m, EARLIER_AT, lead + 1)):
        ready = max(ready, first_ended(m, at(m, EARLIER_CELL, each)))
    allowed = row_of(m, SETS, ALLOWED)
    copy(m, allowed, at(m, MEETS, lead))
    take_out(m, allowed, 0, ready)
    if not find_moments(m, key, at(m, CELL_AUDIENCE, lead), allowed):
        return False
    starts, moments = row_of(m, SETS, STARTS), row_of(m, SETS, MOMENTS)
    for each in range(at(m, EARLIER_AT, lead), at(m, EARLIER_AT, lead + 1)):
        node = at(m, CELL_FIRST, at(m, EARLIER_CELL, each))
        while node >= 0:
            end = class_end(m, node // m.i[GROUPS])
            if has(m, starts, end):
                put_in(m, moments, end)
            node = at(m, GROUP_NEXT, node)
    others = _others(m, key, lead)
    least, seen, first = np.inf, 0, -1
    start = next_in(m, moments, 0)
    while start >= 0:
        price = gather(m, key, lead, others, start)
        if price >= 0.0:
            if first < 0:
                first = start
            heads = _heads(m)
            # An empty seat is worth its share of a class; so is a day of waiting, in part.
            price *= (1.0 + m.f[PATIENCE] * (start - first) / m.i[DAY]) / heads
            if m.f[NOISE] != 0.0:
                price *= 1.0 + m.f[NOISE] * chance(m)
            if price < least:
                least = price
                write_draft(m, key, start, 1)
            seen += 1
            if seen >= EVENTS or (heads >= m.i[CHOSEN_SEATS] and m.f[NOISE] == 0.0):
                break
        start = next_in(m, moments, start + 1)
    return seen > 0


@compiled
def _others(m: Block, key: int, lead: int) -> int:
    """The other audiences with heads without a seat, most first, into `OTHERS`; how many."""
    many = 0
    for each in range(at(m, KEY_CELL_AT, key), at(m, KEY_CELL_AT, key + 1)):
        cell = at(m, KEY_CELL, each)
        if cell == lead or at(m, NEED, cell) <= 0:
            continue
        place = many
        while place > 0 and at(m, NEED, at(m, OTHERS, place - 1)) < at(m, NEED, cell):
            put(m, OTHERS, place, at(m, OTHERS, place - 1))
            place -= 1
        put(m, OTHERS, place, cell)
        many += 1
    return many


@compiled
def _heads(m: Block) -> int:
    heads = 0
    for group in range(m.i[NEW_GROUPS]):
        heads += at(m, NEW_HEADS, group)
    return heads


@compiled
def gather(m: Block, key: int, lead: int, others: int, start: int) -> float:
    """Put the class together that could start at a slot; its price, below 0 if there is none.

    Of the first audience, then of those in `OTHERS`. `CHOSEN_SEATS` is how many could have come.
    """
    m.i[EFFORT] += GATHERING
    course = at(m, KEY_COURSE, key)
    virtual, seats = at(m, VIRTUAL, course) == 1, at(m, LARGEST, course)
    if not virtual:
        most = 0
        for place in range(at(m, KEY_ROOM_AT, key), at(m, KEY_ROOM_AT, key + 1)):
            if has(m, row_of(m, PLACE_STARTS, place), start):
                most = max(most, min(seats, at(m, ROOM_SEATS, at(m, PLACE_ROOM, place))))
        seats = most
    if not free_speakers(m, key, start, at(m, CELL_AUDIENCE, lead)):
        return -1.0
    begin_class(m)
    _gather_groups(m, key, lead, others, start, seats)
    if m.i[NEW_GROUPS] == 0:
        return -1.0
    total, heads, smallest = missing(m, key), _heads(m), at(m, SMALLEST, course)
    m.i[CHOSEN_SEATS] = min(seats, total)
    remains = total - heads
    if 0 < remains < smallest <= heads - (smallest - remains):
        # Nobody may be left over who could not form a class any more.
        take_away(m, smallest - remains)
        heads -= smallest - remains
    if heads < smallest and (remains or at(m, KEY_COUNT, key) > 0):
        return -1.0
    return _equip(m, key, start, heads)


@compiled
def _gather_groups(m: Block, key: int, lead: int, others: int, start: int, seats: int) -> None:
    """Heads of the first audience, then of others; trainers stay marked who speak to all."""
    spoken = at(m, LANGUAGE, at(m, CELL_AUDIENCE, lead))
    several = False
    for number in range(others + 1):
        cell = lead if number == 0 else at(m, OTHERS, number - 1)
        audience = at(m, CELL_AUDIENCE, cell)
        came, known = 0, m.i[NEW_GROUPS]
        if has(m, at(m, MEETS, cell), start):
            came = add_group(m, cell, start, seats, LIST, 0)
        if came == 0:
            if number == 0:
                return
            continue
        language = at(m, LANGUAGE, audience)
        if number > 0 and language >= 0 and (several or language != spoken):
            if not narrow(m, key, audience):
                _send_away(m, audience, known, came)
                continue
            several = several or language != spoken
        seats -= came
        if seats <= 0:
            return


@compiled
def _send_away(m: Block, audience: int, groups: int, heads: int) -> None:
    """Undo the last group."""
    m.i[NEW_GROUPS] = groups
    add(m, SPARE, at(m, DEPARTMENT, audience), heads)


@compiled
def _equip(m: Block, key: int, start: int, heads: int) -> float:
    """Find trainers and a room for the heads of a class; its price, below 0 if there is none."""
    course = at(m, KEY_COURSE, key)
    trainers = find_trainers(m, key, start)
    if trainers < 0:
        return -1.0
    price, rate, room = 0.0, 0, -1
    for each in range(trainers):
        teacher = at(m, NEW_CREW, 1 + each)
        price += real(m, TEACHER_PRICE, teacher)
        rate += at(m, RATE, at(m, TEACHER_PERSON, teacher))
    length = at(m, COURSE_LENGTH, course)
    if not at(m, VIRTUAL, course):
        for place in range(at(m, KEY_ROOM_AT, key), at(m, KEY_ROOM_AT, key + 1)):
            fitting = at(m, ROOM_SEATS, at(m, PLACE_ROOM, place)) >= heads
            if room < 0 and fitting and has(m, row_of(m, PLACE_STARTS, place), start):
                room = at(m, PLACE_ROOM, place)
        price += at(m, ROOM_RATE, room) * length * m.f[PRICE_COST]
        rate += at(m, ROOM_RATE, room)
    put(m, NEW_CREW, 0, room)
    m.i[NEW_TRAINERS] = trainers
    if not affordable(m, at(m, COURSE_PROJECT, course), rate * length):
        return -1.0
    return max(price, 0.0)


@compiled
def write_draft(m: Block, key: int, start: int, draft: int) -> None:
    """Write the class that has been put together as a draft."""
    place = row_of(m, DRAFT, draft)
    trainers = m.i[NEW_TRAINERS]
    m.i[place] = key
    m.i[place + 1] = at(m, NEW_CREW, 0)
    m.i[place + 2] = start
    m.i[place + 3] = 0
    m.i[place + 4] = trainers
    for each in range(trainers):
        person, here = at(m, TEACHER_PERSON, at(m, NEW_CREW, 1 + each)), each
        while here > 0 and m.i[place + 4 + here] > person:
            m.i[place + 5 + here] = m.i[place + 4 + here]
            here -= 1
        m.i[place + 5 + here] = person
    here = place + 5 + trainers
    m.i[here] = m.i[NEW_GROUPS]
    here += 1
    for group in range(m.i[NEW_GROUPS]):
        first, beyond = at(m, NEW_FROM, group), at(m, NEW_FROM, group + 1)
        m.i[here] = at(m, NEW_CELL, group)
        m.i[here + 1] = at(m, NEW_HEADS, group)
        m.i[here + 2] = beyond - first
        here += 3
        for each in range(first, beyond):
            m.i[here] = at(m, NEW_SEATS, each)
            here += 1

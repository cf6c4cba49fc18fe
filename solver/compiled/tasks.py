"""Insertion of a task in the block: the start and the crew of least price that is allowed.

The compiled counterpart of `solver.insertion.tasks`.
"""

from __future__ import annotations

import numpy as np

from solver.compiled.block import (
    AFTER_AT,
    AFTER_TASK,
    BEST,
    BLINK,
    CHOSEN,
    END,
    FIRST_ENDS,
    FIRST_ENDS_AT,
    HORIZON,
    INSERTED,
    LINE_AT,
    LINE_OPTIONS,
    LINE_PEOPLE,
    LINE_WORK,
    MAKES_AT,
    MAKES_COURSE,
    MINIMUM,
    NOW,
    OFFER_EARNS,
    OFFER_FROM,
    OFFER_PERSON,
    OFFER_STARTS,
    OFFER_TO,
    OPTION_EARNS,
    OPTION_END,
    OPTION_LINE,
    OPTION_ORDER,
    OPTION_PERSON,
    OPTION_PRICE,
    OPTION_SEEN,
    OPTION_STARTS,
    PLANES,
    POSSIBLE,
    PRICE_CHANGE,
    PROJECT,
    PUBLISHED_SEAT_AT,
    PUBLISHED_SEAT_START,
    RATE,
    SEAT_AT,
    SEAT_END,
    SEAT_LINE,
    SEAT_PERSON,
    SETS,
    SPLITTABLE,
    STAMP,
    START,
    TASK_SITE,
    WORDS,
    Block,
    at,
    put,
    put_real,
    real,
    row_of,
)
from solver.compiled.bookings import add_task, published_seat
from solver.compiled.chance import chance
from solver.compiled.crews import crew_at
from solver.compiled.diary import TASK, earliest_start, keep_free, latest_start
from solver.compiled.order import has_classes, is_paired, pairs_allow, window
from solver.compiled.prices import delay_price, work_price
from solver.compiled.score import affordable
from solver.compiled.words import (
    ALL,
    ZERO,
    add_run_starts,
    add_shifted,
    copy,
    fill_with,
    has,
    is_empty,
    next_in,
    put_in,
    take_out,
)
from solver.machine_code import compiled

EARLY = 1e-3
"""Price of a slot of delay that costs nothing else: among equals the earlier start."""

EVENTS = 12
"""Starts of a task that are looked at before the cheapest so far is taken."""

STARTS, MOMENTS, PART = 1, 2, 3
"""Sets of slots that are worked with here."""


@compiled
def place_task(m: Block, task: int) -> bool:
    """Book a task where its price is least; False if no place is left."""
    m.i[INSERTED] += 1
    if at(m, START, task) >= 0 or not at(m, POSSIBLE, task):
        return False
    ready, start_from, start_to, end_from, end_to = window(m, task)
    if not ready or start_from > start_to or end_from > end_to:
        return False
    if not _find_options(m, task, start_from, start_to, end_from, end_to):
        return False
    if not _find_moments(m, task):
        return False
    if not _find_best(m, task, end_from):
        return False
    add_task(m, task)
    return True


@compiled
def _find_options(
    m: Block, task: int, start_from: int, start_to: int, end_from: int, end_to: int
) -> bool:
    """Who could fill which line from when on, cheapest first; False where too few could."""
    first, beyond = at(m, LINE_AT, task), at(m, LINE_AT, task + 1)
    splittable, site, horizon = at(m, SPLITTABLE, task) == 1, at(m, TASK_SITE, task), m.i[HORIZON]
    longest = 0
    for line in range(first, beyond):
        longest = max(longest, at(m, LINE_WORK, line))
    paired, option = is_paired(m, task), 0
    bounded = end_to < horizon or end_from > 0
    for line in range(first, beyond):
        work, begin = at(m, LINE_WORK, line), option
        for offer in range(at(m, OFFER_FROM, line), at(m, OFFER_TO, line)):
            person = at(m, OFFER_PERSON, offer)
            if paired and not pairs_allow(m, task, person):
                continue
            low, high = start_from, start_to
            if bounded:
                if splittable:
                    high = min(high, latest_start(m, person, end_to, work))
                    if work == longest:
                        low = max(low, earliest_start(m, person, end_from, work))
                else:
                    high = min(high, end_to - work)
                    if work == longest:
                        low = max(low, end_from - work)
            if low > high:
                continue
            row = row_of(m, OPTION_STARTS, option)
            copy(m, row, at(m, OFFER_STARTS, offer))
            take_out(m, row, 0, low)
            take_out(m, row, high + 1, 64 * m.i[WORDS])
            keep_free(m, person, work, site, splittable, TASK, row)
            if is_empty(m, row) or (m.f[BLINK] != 0.0 and chance(m) < m.f[BLINK]):
                continue
            put(m, OPTION_PERSON, option, person)
            put(m, OPTION_LINE, option, line - first)
            put(m, OPTION_EARNS, option, at(m, OFFER_EARNS, offer))
            put(m, OPTION_SEEN, option, 0)
            put_real(m, OPTION_PRICE, option, work_price(m, person, work))
            _rank(m, option, begin)
            option += 1
        put(m, LINE_OPTIONS, 2 * (line - first), begin)
        put(m, LINE_OPTIONS, 2 * (line - first) + 1, option)
        if option - begin < at(m, LINE_PEOPLE, line):
            return False
    return True


@compiled
def _rank(m: Block, option: int, begin: int) -> None:
    """Put an option into the order of its line by price, after those of the same price."""
    place, price = option, real(m, OPTION_PRICE, option)
    while place > begin and real(m, OPTION_PRICE, at(m, OPTION_ORDER, place - 1)) > price:
        put(m, OPTION_ORDER, place, at(m, OPTION_ORDER, place - 1))
        place -= 1
    put(m, OPTION_ORDER, place, option)


@compiled
def _find_moments(m: Block, task: int) -> bool:
    """The starts at which each line could be full, and of them those worth looking at."""
    first, beyond = at(m, LINE_AT, task), at(m, LINE_AT, task + 1)
    starts, moments, part = row_of(m, SETS, STARTS), row_of(m, SETS, MOMENTS), row_of(m, SETS, PART)
    fill_with(m, starts, ALL)
    for line in range(first, beyond):
        begin, end = (
            at(m, LINE_OPTIONS, 2 * (line - first)),
            at(m, LINE_OPTIONS, 2 * (line - first) + 1),
        )
        keep_enough(m, OPTION_STARTS, OPTION_ORDER, begin, end, at(m, LINE_PEOPLE, line), starts)
        if is_empty(m, starts):
            return False
    fill_with(m, moments, ZERO)
    last = at(m, LINE_OPTIONS, 2 * (beyond - first) - 1)
    for option in range(last):
        own = row_of(m, OPTION_STARTS, option)
        least = at(m, MINIMUM, at(m, OPTION_PERSON, option))
        if not least:
            add_run_starts(m, moments, own, starts)
            continue
        fill_with(m, part, ZERO)
        add_run_starts(m, part, own, starts)
        for shift in range(1, least + 1):
            add_shifted(m, part, shift, starts)
        for word in range(m.i[WORDS]):
            m.w[moments + word] |= m.w[part + word]
    for each in range(at(m, PUBLISHED_SEAT_AT, task), at(m, PUBLISHED_SEAT_AT, task + 1)):
        start = at(m, PUBLISHED_SEAT_START, each)
        if start >= 0 and has(m, starts, start):
            put_in(m, moments, start)
    return True


@compiled
def keep_enough(
    m: Block, table: int, order: int, begin: int, end: int, number: int, starts: int
) -> None:
    """Keep of some starts those that so many of the sets listed in an order have."""
    planes = m.i[PLANES]
    for word in range(m.i[WORDS]):
        if m.w[starts + word] == ZERO:
            continue
        for plane in range(number):
            m.w[planes + plane] = ZERO
        for place in range(begin, end):
            own = m.w[row_of(m, table, at(m, order, place)) + word]
            for plane in range(number - 1, 0, -1):
                m.w[planes + plane] |= m.w[planes + plane - 1] & own
            m.w[planes] |= own
        m.w[starts + word] &= m.w[planes + number - 1]


@compiled
def _find_best(m: Block, task: int, end_from: int) -> bool:
    """The cheapest start and crew of those looked at, written down as the task's; False if none."""
    first, beyond = at(m, LINE_AT, task), at(m, LINE_AT, task + 1)
    own_only = _nothing_waits(m, task)
    floor = 0.0
    for line in range(first, beyond):
        begin = at(m, LINE_OPTIONS, 2 * (line - first))
        for place in range(begin, begin + at(m, LINE_PEOPLE, line)):
            floor += real(m, OPTION_PRICE, at(m, OPTION_ORDER, place))
    seats = at(m, SEAT_AT, task + 1) - at(m, SEAT_AT, task)
    published = at(m, PUBLISHED_SEAT_AT, task + 1) > at(m, PUBLISHED_SEAT_AT, task)
    first_ends, least, seen, best, best_end = at(m, FIRST_ENDS_AT, task), np.inf, 0, -1, 0
    moments = row_of(m, SETS, MOMENTS)
    start = next_in(m, moments, 0)
    while start >= 0:
        soonest = at(m, FIRST_ENDS, first_ends + start)
        if least <= floor + delay_price(m, task, soonest, own_only) + EARLY * start:
            break
        m.i[STAMP] += 1
        if crew_at(m, task, start, soonest, own_only):
            end, price = 0, 0.0
            for seat in range(seats):
                option = at(m, CHOSEN, seat)
                end = max(end, at(m, OPTION_END, option))
                price += real(m, OPTION_PRICE, option)
            if end >= end_from:
                price += delay_price(m, task, end, own_only) + EARLY * start
                if published:
                    for seat in range(seats):
                        person = at(m, OPTION_PERSON, at(m, CHOSEN, seat))
                        price -= published_seat(m, task, person, start) * m.f[PRICE_CHANGE]
                if price < least:
                    least, best, best_end = price, start, end
                    for seat in range(seats):
                        put(m, BEST, 2 * seat, at(m, CHOSEN, seat))
                        put(m, BEST, 2 * seat + 1, at(m, OPTION_END, at(m, CHOSEN, seat)))
                seen += 1
                if seen >= EVENTS:
                    break
        start = next_in(m, moments, start + 1)
    if best < 0 or not _in_budget(m, task, best_end, seats):
        return False
    put(m, START, task, best)
    put(m, END, task, best_end)
    for seat in range(seats):
        option, place = at(m, BEST, 2 * seat), at(m, SEAT_AT, task) + seat
        put(m, SEAT_LINE, place, at(m, OPTION_LINE, option))
        put(m, SEAT_PERSON, place, at(m, OPTION_PERSON, option))
        put(m, SEAT_END, place, at(m, BEST, 2 * seat + 1))
    return True


@compiled
def _nothing_waits(m: Block, task: int) -> bool:
    """Whether all that comes after a task is planned, and classes of all that it makes."""
    for each in range(at(m, AFTER_AT, task), at(m, AFTER_AT, task + 1)):
        if at(m, START, at(m, AFTER_TASK, each)) < 0:
            return False
    for each in range(at(m, MAKES_AT, task), at(m, MAKES_AT, task + 1)):
        if not has_classes(m, at(m, MAKES_COURSE, each)):
            return False
    return True


@compiled
def _in_budget(m: Block, task: int, end: int, seats: int) -> bool:
    if end <= m.i[NOW]:
        return True  # what has passed breaks no budget
    cents = 0
    for seat in range(seats):
        option = at(m, BEST, 2 * seat)
        line = at(m, LINE_AT, task) + at(m, OPTION_LINE, option)
        cents += at(m, LINE_WORK, line) * at(m, RATE, at(m, OPTION_PERSON, option))
    return affordable(m, at(m, PROJECT, task), cents)

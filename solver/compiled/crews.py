"""Crews for one task in the block: different people for its lines, the cheapest at a start.

The compiled counterpart of `solver.insertion.crews`.
"""

from __future__ import annotations

import numpy as np

from solver.compiled.block import (
    CHOSEN,
    FILLED,
    LINE_ASKED,
    LINE_AT,
    LINE_OPTIONS,
    LINE_PEOPLE,
    LINE_WORK,
    MISSING,
    OPTION_EARNS,
    OPTION_END,
    OPTION_LINE,
    OPTION_ORDER,
    OPTION_PERSON,
    OPTION_PRICE,
    OPTION_SEEN,
    OPTION_STARTS,
    PINNED_AT,
    PINNED_LINE,
    PINNED_PERSON,
    SEAT_OPTIONS,
    SPLITTABLE,
    STAMP,
    Block,
    add,
    at,
    put,
    put2,
    real,
    row_of,
)
from solver.compiled.diary import TASK, fits, masters, split_end
from solver.compiled.matching import fill
from solver.compiled.prices import delay_price
from solver.compiled.words import has
from solver.machine_code import compiled


@compiled
def end_of(m: Block, task: int, option: int, start: int) -> int:
    """End of a person's booking; -1 if they cannot start then, by hours or a skill to be earned."""
    if at(m, OPTION_SEEN, option) == m.i[STAMP]:
        return at(m, OPTION_END, option)
    put(m, OPTION_SEEN, option, m.i[STAMP])
    put(m, OPTION_END, option, -1)
    if not has(m, row_of(m, OPTION_STARTS, option), start):
        return -1
    person, line = at(m, OPTION_PERSON, option), at(m, LINE_AT, task) + at(m, OPTION_LINE, option)
    work = at(m, LINE_WORK, line)
    end = split_end(m, person, start, work) if at(m, SPLITTABLE, task) else start + work
    if not fits(m, person, start, end, TASK):
        return -1
    if at(m, OPTION_EARNS, option) and not masters(m, person, at(m, LINE_ASKED, line), start, end):
        return -1
    put(m, OPTION_END, option, end)
    return end


@compiled
def _is_taken(m: Block, person: int, chosen: int) -> bool:
    for seat in range(chosen):
        if at(m, OPTION_PERSON, at(m, CHOSEN, seat)) == person:
            return True
    return False


@compiled
def crew_at(m: Block, task: int, start: int, soonest: int, own_only: bool) -> bool:
    """A cheap crew for a start into `CHOSEN`, pinned people among them; False if there is none.

    As no crew ends before the `soonest`, nobody is asked to.
    """
    first = at(m, LINE_AT, task)
    lines = at(m, LINE_AT, task + 1) - first
    for line in range(lines):
        put(m, MISSING, line, at(m, LINE_PEOPLE, first + line))
        put(m, MISSING, lines + line, 0)
    chosen, latest = 0, soonest
    for each in range(at(m, PINNED_AT, task), at(m, PINNED_AT, task + 1)):
        option = _pinned(m, task, each, lines, start)
        if option < 0:
            return False
        put(m, CHOSEN, chosen, option)
        latest = max(latest, at(m, OPTION_END, option))
        chosen += 1
    for _ in range(lines):
        line = _scarcest(m, lines)
        put(m, MISSING, lines + line, 1)
        begin, beyond = at(m, LINE_OPTIONS, 2 * line), at(m, LINE_OPTIONS, 2 * line + 1)
        for _ in range(at(m, MISSING, line)):
            best, least = -1, np.inf
            for place in range(begin, beyond):
                option = at(m, OPTION_ORDER, place)
                price = real(m, OPTION_PRICE, option)
                if price >= least:
                    break
                if _is_taken(m, at(m, OPTION_PERSON, option), chosen):
                    continue
                end = end_of(m, task, option, start)
                if end < 0:
                    continue
                if end > latest:
                    price += delay_price(m, task, end, own_only)
                    price -= delay_price(m, task, latest, own_only)
                if price < least:
                    best, least = option, price
            if best < 0:
                return _matched(m, task, lines, start)
            put(m, CHOSEN, chosen, best)
            latest = max(latest, at(m, OPTION_END, best))
            chosen += 1
    return True


@compiled
def _scarcest(m: Block, lines: int) -> int:
    """Of the lines that are not full yet the one with the fewest to spare."""
    found, fewest = -1, 1 << 40
    for line in range(lines):
        if not at(m, MISSING, lines + line):
            options = at(m, LINE_OPTIONS, 2 * line + 1) - at(m, LINE_OPTIONS, 2 * line)
            if options - at(m, MISSING, line) < fewest:
                found, fewest = line, options - at(m, MISSING, line)
    return found


@compiled
def _pinned(m: Block, task: int, pin: int, lines: int, start: int) -> int:
    """The option of a seat for someone who must be in the crew; -1 if there is none."""
    person, asked = at(m, PINNED_PERSON, pin), at(m, PINNED_LINE, pin)
    for line in range(lines):
        if (asked >= 0 and line != asked) or at(m, MISSING, line) == 0:
            continue
        for place in range(at(m, LINE_OPTIONS, 2 * line), at(m, LINE_OPTIONS, 2 * line + 1)):
            option = at(m, OPTION_ORDER, place)
            if at(m, OPTION_PERSON, option) == person and end_of(m, task, option, start) >= 0:
                add(m, MISSING, line, -1)
                return option
    return -1


@compiled
def _matched(m: Block, task: int, lines: int, start: int) -> bool:
    """A crew by augmenting paths, where taking the cheapest line by line got stuck."""
    if at(m, PINNED_AT, task + 1) > at(m, PINNED_AT, task):
        return False
    seats, first = 0, at(m, LINE_AT, task)
    for line in range(lines):
        for _ in range(at(m, LINE_PEOPLE, first + line)):
            many = 0
            for place in range(at(m, LINE_OPTIONS, 2 * line), at(m, LINE_OPTIONS, 2 * line + 1)):
                option = at(m, OPTION_ORDER, place)
                if end_of(m, task, option, start) >= 0:
                    many += 1
                    put2(m, SEAT_OPTIONS, seats, many, at(m, OPTION_PERSON, option))
            put2(m, SEAT_OPTIONS, seats, 0, many)
            seats += 1
    if not fill(m, seats):
        return False
    seat = 0
    for line in range(lines):
        for _ in range(at(m, LINE_PEOPLE, first + line)):
            for place in range(at(m, LINE_OPTIONS, 2 * line), at(m, LINE_OPTIONS, 2 * line + 1)):
                option = at(m, OPTION_ORDER, place)
                if at(m, OPTION_PERSON, option) == at(m, FILLED, seat):
                    put(m, CHOSEN, seat, option)
            seat += 1
    return True

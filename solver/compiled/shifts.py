"""Insertion of supporters in the block: the cheapest who are free, fair among equals.

The compiled counterpart of `solver.insertion.shifts`.
"""

from __future__ import annotations

import numpy as np

from solver.compiled.block import (
    BEST,
    BLINK,
    INSERTED,
    NOISE,
    PRICE_CHANGE,
    PRICE_COST,
    RATE,
    SCARCE,
    SCARCITY,
    SCORES,
    SHIFT_ASKED,
    SHIFT_END,
    SHIFT_PEOPLE,
    SHIFT_PROJECT,
    SHIFT_SITE,
    SHIFT_START,
    STAND_AT,
    STAND_PERSON,
    STAND_PUBLISHED,
    STANDING,
    SUPPORTERS,
    Block,
    at,
    at2,
    put,
    put_real,
    real,
)
from solver.compiled.bookings import add_supporter
from solver.compiled.chance import chance
from solver.compiled.diary import SHIFT, allowed_on, fits, is_free, masters
from solver.compiled.score import affordable, unfair_price
from solver.machine_code import compiled


@compiled
def stands(m: Block, shift: int, person: int) -> bool:
    """Whether a person is on a shift."""
    for each in range(at(m, STANDING, shift)):
        if at2(m, SUPPORTERS, shift, each) == person:
            return True
    return False


@compiled
def place_supporters(m: Block, shift: int) -> None:
    """Fill a shift as far as people are free for it."""
    m.i[INSERTED] += 1
    missing = at(m, SHIFT_PEOPLE, shift) - at(m, STANDING, shift)
    if missing <= 0:
        return
    length = at(m, SHIFT_END, shift) - at(m, SHIFT_START, shift)
    chosen = 0
    for each in range(at(m, STAND_AT, shift), at(m, STAND_AT, shift + 1)):
        person, published = at(m, STAND_PERSON, each), at(m, STAND_PUBLISHED, each)
        floor = length * at(m, RATE, person) * m.f[PRICE_COST]
        dearest = real(m, SCORES, chosen - 1) if chosen >= missing else np.inf
        if not published and floor >= dearest:
            break
        if stands(m, shift, person) or (m.f[BLINK] != 0.0 and chance(m) < m.f[BLINK]):
            continue
        price = floor + unfair_price(m, person, length)
        if m.f[SCARCE] != 0.0:
            price += m.f[SCARCE] * length * real(m, SCARCITY, person)
        if m.f[NOISE] != 0.0:
            price *= 1.0 + m.f[NOISE] * chance(m)
        price -= published * m.f[PRICE_CHANGE]
        if price < dearest and _may(m, person, shift, length):
            place = min(chosen, missing - 1)
            while place > 0 and (
                real(m, SCORES, place - 1) > price
                or (real(m, SCORES, place - 1) == price and at(m, BEST, place - 1) > person)
            ):
                put_real(m, SCORES, place, real(m, SCORES, place - 1))
                put(m, BEST, place, at(m, BEST, place - 1))
                place -= 1
            put_real(m, SCORES, place, price)
            put(m, BEST, place, person)
            chosen = min(chosen + 1, missing)
    for each in range(chosen):
        person = at(m, BEST, each)
        if affordable(m, at(m, SHIFT_PROJECT, shift), length * at(m, RATE, person)):
            m.i[INSERTED] += 1
            add_supporter(m, shift, person)


@compiled
def _may(m: Block, person: int, shift: int, length: int) -> bool:
    start, end = at(m, SHIFT_START, shift), at(m, SHIFT_END, shift)
    return (
        is_free(m, person, start, end, at(m, SHIFT_SITE, shift))
        and allowed_on(m, person, start, length, SHIFT)
        and fits(m, person, start, end, SHIFT)
        and masters(m, person, at(m, SHIFT_ASKED, shift), start, end)
    )

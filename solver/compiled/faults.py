"""Breaches in the block at bookings that must stay, so that other work has to go.

As `solver.ledger.frozen_violations`, counted anew: few bookings must stay.
"""

from __future__ import annotations

from solver.compiled.attendance import begun, ended, ended_by
from solver.compiled.block import (
    ALIVE,
    ATTENDS,
    CELL_AUDIENCE,
    CLASS_FIXED,
    CLASS_GROUPS,
    CLASS_START,
    CLASS_TRAINERS,
    EARLIER_AT,
    EARLIER_CELL,
    END,
    GROUP_CELL,
    GROUPS,
    HAS_FIXED,
    LEARNER_AT,
    LEARNER_PERSON,
    MATERIALS,
    MIDNIGHTS,
    MINIMUM,
    NAMED,
    NOW,
    PAID_SLOTS,
    SESSIONS,
    SHIFT_FIXED,
    SHIFT_FIXED_AT,
    SHIFTS,
    START,
    Block,
    at,
    at2,
)
from solver.compiled.repair import has_to_last
from solver.compiled.score import total
from solver.compiled.sessions import course_of
from solver.ledger.score import FORBIDDEN
from solver.machine_code import compiled


@compiled
def total_with_faults(m: Block) -> float:
    """All terms at their prices, forbidden ones and faults far above the others."""
    found = total(m)
    return found + FORBIDDEN * faults(m) if m.i[HAS_FIXED] else found


@compiled
def faults(m: Block) -> int:
    """Breaches at classes, and at people on shifts, that must stay."""
    found = 0
    for session in range(m.i[SESSIONS]):
        if at(m, ALIVE, session) and at(m, CLASS_FIXED, session):
            task = at(m, MATERIALS, course_of(m, session))
            start = at(m, CLASS_START, session)
            found += task >= 0 and (at(m, START, task) < 0 or at(m, END, task) > start)
            found += _early(m, session)
            for each in range(at2(m, CLASS_TRAINERS, session, 0)):
                found += short_days(m, at2(m, CLASS_TRAINERS, session, 1 + each))
    for shift in range(m.i[SHIFTS]):
        for each in range(at(m, SHIFT_FIXED_AT, shift), at(m, SHIFT_FIXED_AT, shift + 1)):
            found += short_days(m, at(m, SHIFT_FIXED, each))
    return found


@compiled
def short_days(m: Block, person: int) -> int:
    """Days on which a vendor's person is booked below the vendor's minimum."""
    found, least = 0, at(m, MINIMUM, person)
    if least:
        for day in range(m.i[MIDNIGHTS] - 1):
            slots = at2(m, PAID_SLOTS, person, day)
            found += 0 < slots < least and has_to_last(m, person, day)
    return found


@compiled
def _early(m: Block, session: int) -> int:
    """Groups of a class that sit in it before they may."""
    found, start = 0, at(m, CLASS_START, session)
    if start < m.i[NOW]:
        return 0
    for number in range(at(m, CLASS_GROUPS, session)):
        cell = at(m, GROUP_CELL, session * m.i[GROUPS] + number)
        early = False
        for each in range(at(m, EARLIER_AT, cell), at(m, EARLIER_AT, cell + 1)):
            earlier = at(m, EARLIER_CELL, each)
            if not at(m, NAMED, at(m, CELL_AUDIENCE, cell)):
                early |= begun(m, cell, start) > ended(m, earlier, start)
                continue
            for seat in range(at(m, LEARNER_AT, cell), at(m, LEARNER_AT, cell + 1)):
                if at(m, ATTENDS, seat) == session:
                    early |= ended_by(m, earlier, at(m, LEARNER_PERSON, seat)) > start
        found += early
    return found

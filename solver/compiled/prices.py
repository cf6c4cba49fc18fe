"""What insertion weighs, in the block: ends of tasks and hours of people at their prices."""

from __future__ import annotations

from solver.compiled.block import (
    DELAY_AT,
    DELAY_PRICES,
    DELAY_STEP,
    DUE,
    FINISH,
    HORIZON,
    LATE_PRICE,
    LENGTH,
    NOISE,
    PRICE_COST,
    RATE,
    SCARCE,
    SCARCITY,
    Block,
    at,
    real,
)
from solver.compiled.chance import chance
from solver.compiled.score import unfair_price
from solver.machine_code import compiled


@compiled
def delay_price(m: Block, task: int, end: int, own_only: bool) -> float:
    """Price of an end of a task: its lateness, and that of what still has to come after it."""
    due = at(m, DUE, task)
    found = real(m, LATE_PRICE, task) * (end - due) if end > due else 0.0
    if m.f[FINISH] != 0.0:
        found += m.f[FINISH] * (end + at(m, LENGTH, task))
    if not own_only:
        found += after_price(m, task, end)
    return found


@compiled
def after_price(m: Block, task: int, end: int) -> float:
    """Price of what comes after a task that ends at a slot."""
    first = at(m, DELAY_AT, task)
    if first < 0:
        return 0.0
    end = min(end, m.i[HORIZON])
    step = m.i[DELAY_STEP]
    place = end // step
    low = real(m, DELAY_PRICES, first + place)
    return low + (real(m, DELAY_PRICES, first + place + 1) - low) * (end - place * step) / step


@compiled
def work_price(m: Block, person: int, work: int) -> float:
    """Cost and unfairness of a person's hours, dearer for those others need."""
    price = work * at(m, RATE, person) * m.f[PRICE_COST] + unfair_price(m, person, work)
    if m.f[SCARCE] != 0.0:
        price += m.f[SCARCE] * work * real(m, SCARCITY, person)
    if m.f[NOISE] != 0.0:
        price *= 1.0 + m.f[NOISE] * chance(m)
    return price

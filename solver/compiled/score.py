"""The running total of the priced terms in the block, as `solver.ledger.score` has it."""

from __future__ import annotations

from solver.compiled.block import (
    BUDGET,
    CHANGE,
    LAST_END,
    LAST_ENDS,
    LATE,
    LOAD,
    MOST_CHANGE,
    OPEN,
    PRICE_CHANGE,
    PRICE_COST,
    PRICE_FINISH,
    PRICE_LATE,
    PRICE_OPEN,
    PRICE_UNFAIR,
    PRICE_WISH,
    PROJECTS,
    SPENT,
    SPENT_BEFORE,
    TEAM,
    TEAM_ABOVE,
    TEAM_AT,
    TEAM_LOAD,
    TEAM_PEOPLE,
    TEAM_STALE,
    TEAMS,
    WISHES,
    Block,
    add,
    at,
    put,
    put_real,
    real,
)
from solver.ledger.score import FORBIDDEN, TOLERATED
from solver.machine_code import compiled


@compiled
def count_load(m: Block, person: int, before: int) -> None:
    """A person's load is another one than before."""
    team = at(m, TEAM, person)
    if team >= 0 and at(m, LOAD, person) != before:
        add(m, TEAM_LOAD, team, at(m, LOAD, person) - before)
        put(m, TEAM_STALE, team, 1)


@compiled
def count_end(m: Block, end: int, sign: int) -> None:
    """Some work ends here (or no longer does)."""
    if m.f[PRICE_FINISH] == 0.0:
        return
    end = max(0, end)
    add(m, LAST_ENDS, end, sign)
    if sign > 0:
        m.i[LAST_END] = max(m.i[LAST_END], end)
    else:
        while m.i[LAST_END] > 0 and at(m, LAST_ENDS, m.i[LAST_END]) == 0:
            m.i[LAST_END] -= 1


@compiled
def affordable(m: Block, project: int, cents: int) -> bool:
    """Whether a project's budget has room for more cost."""
    limit = at(m, BUDGET, project)
    if limit < 0 or at(m, SPENT, project) + cents <= limit:
        return True
    return cents == 0 and at(m, SPENT, project) == at(m, SPENT_BEFORE, project)


@compiled
def _fair(m: Block, team: int) -> float:
    people = at(m, TEAM_AT, team + 1) - at(m, TEAM_AT, team)
    return TOLERATED * at(m, TEAM_LOAD, team) / people


@compiled
def unfair_price(m: Block, person: int, slots: int) -> float:
    """About what more hours of a person add to unfairness, with the mean as it is."""
    team = at(m, TEAM, person)
    if team < 0 or m.f[PRICE_UNFAIR] == 0.0:
        return 0.0
    above = at(m, LOAD, person) + slots - _fair(m, team)
    return m.f[PRICE_UNFAIR] * min(above, float(slots)) if above > 0 else 0.0


@compiled
def total(m: Block) -> float:
    """All terms at their prices; faults at bookings that must stay are not counted here."""
    found = m.i[OPEN] * m.f[PRICE_OPEN] + m.i[LATE] * m.f[PRICE_LATE]
    found += m.i[CHANGE] * m.f[PRICE_CHANGE] + m.i[WISHES] * m.f[PRICE_WISH]
    spent = 0
    for project in range(m.i[PROJECTS]):
        spent += at(m, SPENT, project)
    found += spent * m.f[PRICE_COST]
    if m.f[PRICE_UNFAIR] != 0.0:
        above = 0.0
        for team in range(m.i[TEAMS]):
            if at(m, TEAM_STALE, team):
                _count_above(m, team)
            above += real(m, TEAM_ABOVE, team)
        found += above * m.f[PRICE_UNFAIR]
    if m.i[MOST_CHANGE] >= 0:
        found += max(0, m.i[CHANGE] - m.i[MOST_CHANGE]) * FORBIDDEN
    return found + m.i[LAST_END] * m.f[PRICE_FINISH]


@compiled
def _count_above(m: Block, team: int) -> None:
    """Slots of a team's people above what is fair."""
    fair, above = _fair(m, team), 0.0
    for each in range(at(m, TEAM_AT, team), at(m, TEAM_AT, team + 1)):
        load = at(m, LOAD, at(m, TEAM_PEOPLE, each))
        if load > fair:
            above += load - fair
    put_real(m, TEAM_ABOVE, team, above)
    put(m, TEAM_STALE, team, 0)

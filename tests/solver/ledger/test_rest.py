"""The rest that a diary leaves is the one that the rule means."""

from __future__ import annotations

import random

import pytest

from allocator.plan import Plan
from allocator.rules import rest
from allocator.timeline import NEVER
from solver.candidates.candidates import Candidates
from solver.ledger.ledger import Ledger
from tests.support.small import OFFICE, booked, person, problem_of, task

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROUND = {"id": "own", "weekly": {key: ["00:00-24:00"] for key in DAYS}}
TURNS = {"id": "own", "weekly": {key: ["04:00-12:00", "14:00-22:00"] for key in DAYS}}
WORKS = (1, 2, 6, 8)
MEANT = 12


def drawn(seed, calendar, *, splittable):
    """A problem with tasks of each length, and some bookings of Ana that keep her rest."""
    dice = random.Random(seed)
    limits = {"rest_hours": dice.choice((8, 11, 14))}
    tasks = [task(f"t-{work}", hours=work, splittable=splittable) for work in WORKS]
    tasks += [task(f"b-{n}", hours=dice.choice(WORKS), splittable=splittable) for n in range(MEANT)]
    problem = problem_of(
        calendars=[OFFICE, calendar],
        people=[person("ana", calendar="own", limits=limits)],
        tasks=tasks,
        end="2027-01-17",
    )
    working, kept = problem.people[0].working, []
    for n in range(MEANT):
        ends = ends_of(problem, problem.tasks[len(WORKS) + n].crew[0].work, splittable)
        start = dice.choice([it for it, end in enumerate(ends) if end != NEVER])
        more = booked(problem, f"b-{n}", ("ana", start, int(ends[start])))
        free = all(it.end <= more.start or more.end <= it.start for it in kept)
        if free and not rest.violations(problem, Plan((*kept, more))):
            kept.append(more)
    assert working.duty.any()
    return problem, kept


def ends_of(problem, work, splittable):
    working = problem.people[0].working
    if splittable:
        return working.split_ends(work).tolist()
    starts = working.sitting_starts(work, 1)
    return [slot + work if sits else NEVER for slot, sits in enumerate(starts)]


@pytest.mark.parametrize("splittable", [True, False])
@pytest.mark.parametrize("calendar", [ROUND, TURNS])
@pytest.mark.parametrize("seed", range(6))
def test_work_fits_just_where_the_rule_allows_it_and_is_blocked_only_where_not(
    seed, calendar, splittable
):
    problem, kept = drawn(seed, calendar, splittable=splittable)
    ledger = Ledger(Candidates(problem))
    for booking in kept:
        ledger.add_task(booking)
    diary, asked, forbidden = ledger.diaries[0], 0, 0
    for work in WORKS:
        blocked = diary.blocked(work, -1, splittable)
        for start, end in enumerate(ends_of(problem, work, splittable)):
            if end == NEVER or any(it.start < end and start < it.end for it in kept):
                continue
            more = booked(problem, f"t-{work}", ("ana", start, end))
            allowed = not rest.violations(problem, Plan((*kept, more)))
            assert diary.fits(start, end, "worker") == allowed
            assert not (allowed and blocked >> start & 1)
            asked, forbidden = asked + 1, forbidden + (not allowed)
    assert asked >= 20
    assert forbidden >= 1


def test_a_calendar_that_gives_the_rest_asks_for_nothing():
    problem = problem_of(people=[person("ana", limits={"rest_hours": 15}), person("bor")])
    # The office closes at 17:00 and opens at 08:00: 15 hours, and 9 hours from first to last.
    assert Candidates(problem).spells(0) is None
    problem = problem_of(people=[person("ana", limits={"rest_hours": 16}), person("bor")])
    assert Candidates(problem).spells(0) is not None

"""A diary: what it blocks is what its limits and bookings forbid."""

from __future__ import annotations

import random

import pytest

from allocator.timeline import NEVER
from solver.candidates.candidates import Candidates
from solver.first_plan.build import build
from solver.insertion.inserter import Inserter
from solver.ledger.diary import ANYWHERE
from solver.ledger.ledger import Ledger
from tests.support.drawn import draw
from tests.support.small import at, index, person, problem_of

WORKS = (2, 5, 9)


def vendors_people(ledger: Ledger) -> list[int]:
    """Those whose vendor asks for a minimum a day."""
    return [index for index, diary in enumerate(ledger.diaries) if diary.minimum]


@pytest.mark.parametrize("seed", range(12))
def test_blocked_starts_of_work_meet_a_booking_or_break_a_limit(seed: int) -> None:
    inserter = Inserter(Candidates(draw(seed)))
    build(inserter, random.Random(seed))
    for number, diary in enumerate(inserter.ledger.diaries):
        working = inserter.problem.people[number].working
        for work in WORKS:
            blocked = diary.blocked(work, ANYWHERE, True)
            for start, end in enumerate(working.split_ends(work).tolist()):
                if end != NEVER and blocked >> start & 1:
                    free = diary.is_free(start, end, ANYWHERE)
                    assert not free or not diary.fits(start, end, "worker")


@pytest.mark.parametrize("seed", range(12))
def test_with_an_empty_diary_no_start_is_left_on_which_a_day_is_short(seed: int) -> None:
    problem = draw(seed)
    ledger = Ledger(Candidates(problem))
    for number in vendors_people(ledger):
        diary = ledger.diaries[number]
        if diary.person.hours_per_day is not None:
            continue  # work that is too long for a day is not blocked
        for work in WORKS:
            blocked = diary.blocked(work, ANYWHERE, True)
            ends = problem.people[number].working.split_ends(work).tolist()
            for start in range(problem.as_of, problem.horizon):
                if ends[start] != NEVER:
                    fits = diary.fits(start, ends[start], "worker")
                    assert fits != bool(blocked >> start & 1)


def test_work_longer_than_the_rollout_has_no_start() -> None:
    vendors = [{"id": "acme", "name": "Acme", "minimum_hours_per_day": 4}]
    problem = problem_of(people=[person("ana", vendor="acme")], vendors=vendors)
    diary = Ledger(Candidates(problem)).diaries[index(problem.people, "ana")]
    assert diary.blocked(problem.horizon, ANYWHERE, True) >> at(0, 9) & 1

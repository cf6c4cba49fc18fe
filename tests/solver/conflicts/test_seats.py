"""Where seats cannot be enough, all groups that are out have one finding with its arithmetic."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.formats.document import problem_from_tree
from allocator.outcome import Feasible, Optimal
from allocator.plan import OpenWork
from allocator.reasons.open_work import open_work
from solver.candidates.candidates import Candidates
from solver.capacity.seats import one_after_another, short_of_seats
from solver.conflicts.entries import prove_open
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import W1, audience, course, person, rollout, room

SETTINGS = Settings(seconds=20, workers=1, deterministic_limit=0.5)
SECONDS = 60.0

WEEK: dict[str, Any] = {
    "end": "2027-01-15",
    "people": [person("ana"), person("bor")],
    "waves": [W1],
    "courses": [course(hours=4)],
    "audiences": [audience("clerks", headcount=100), audience("heads", headcount=80)],
}
"""Five days with two classes of four hours each in the one room: 10 classes of 12, 120 seats."""


def proved(**parts: Any) -> tuple[OpenWork, ...]:
    tree = rollout(**(WEEK | parts))
    problem = problem_from_tree(tree)
    outcome = solve(problem, SETTINGS)
    assert isinstance(outcome, (Optimal, Feasible))
    entries = open_work(problem, outcome.plan)
    return prove_open(tree, problem, outcome.plan, entries, lambda: SECONDS)


def test_all_groups_that_are_out_have_the_same_finding() -> None:
    """180 are asked for: 15 classes, so 2 rooms or 8 days, which are 2 weeks."""
    entries = proved()
    assert sum(it.heads or 0 for it in entries) == 180 - 120
    (finding,) = {it.conflicts for it in entries}
    (fact,) = finding[0].facts
    assert (fact.path, fact.code) == ("rooms", "seats_rooms")
    assert dict(fact.values) == {
        "course": "c-basic",
        "site": "lj",
        "asked": 180,
        "number": 1,
        "classes": 10,
        "heads": 12,
        "seats": 120,
        "planned": 120,
        "needed": 2,
        "weeks": 2,
    }
    assert "120 seats, 120 of them planned; 2 such rooms would do, or 2 weeks" in entries[0].reason


def test_trainers_are_counted_where_they_are_the_fewest() -> None:
    """Ana gives four hours a day, one class: 5 classes in two large rooms, 60 seats."""
    entries = proved(
        people=[person("ana", limits={"class_hours_per_day": 4})], rooms=[room(), room("r2")]
    )
    (finding,) = {it.conflicts for it in entries}
    values = dict(finding[0].facts[0].values)
    assert finding[0].facts[0].code == "seats_trainers"
    assert (values["number"], values["classes"], values["seats"]) == (1, 5, 60)
    assert (values["needed"], values["weeks"]) == (3, 3)


def test_where_seats_are_enough_nothing_is_counted() -> None:
    enough = rollout(**(WEEK | {"audiences": [audience(headcount=120)]}))
    assert list(short_of_seats(Candidates(problem_from_tree(enough)))) == []
    (short,) = short_of_seats(
        Candidates(problem_from_tree(enough | {"audiences": [audience(headcount=121)]}))
    )
    assert (short.asked, short.seats) == (121, 120)


@pytest.mark.parametrize(
    ("starts", "pace", "count"),
    [([0, 1, 2, 3, 4], 2, 3), ([0, 1, 5], 4, 2), ([], 3, 0), ([2], 3, 1), ([0, 2, 4], 3, 2)],
)
def test_the_earliest_that_is_left_gives_the_most(starts: list[int], pace: int, count: int) -> None:
    mask = problem_from_tree(rollout()).people[0].working.duty[:8].copy()
    mask[:] = False
    mask[starts] = True
    assert one_after_another(mask, pace) == count

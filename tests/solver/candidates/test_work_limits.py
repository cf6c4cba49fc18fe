"""Limits of hours as a mask: the starts at which one booking alone keeps them."""

from __future__ import annotations

import random

import pytest

from allocator.check import check
from solver.candidates import bits
from solver.candidates.candidates import Candidates
from solver.insertion.inserter import Inserter
from solver.insertion.policy import InsertionPolicy
from tests.support.small import at, booked, person, plan_of, problem_of, task

LIMITS = [
    {"hours_per_day": 6},
    {"hours_per_week": 18},
    {"hours_per_day": 7, "hours_per_week": 30},
]


@pytest.mark.parametrize("splittable", [True, False])
@pytest.mark.parametrize("hours", [3, 7, 12, 20, 36])
@pytest.mark.parametrize("limits", LIMITS)
def test_a_start_is_offered_if_the_check_has_nothing_against_it(
    limits: dict[str, int], hours: int, splittable: bool
) -> None:
    problem = problem_of(
        people=[person("ana", limits=limits)],
        tasks=[task("t-a", hours=hours, splittable=splittable)],
    )
    working = problem.people[0].working
    offered = Candidates(problem).seat_starts(0, 0, 0)
    ends = working.split_ends(hours) if splittable else range(hours, problem.horizon + hours)
    for start in range(problem.horizon):
        end = int(ends[start])
        allowed = (
            end <= problem.horizon
            and not check(problem, plan_of(booked(problem, "t-a", ("ana", start, end)))).violations
        )
        assert bool(offered >> start & 1) == allowed, start


def test_work_longer_than_the_hours_of_a_week_begins_where_two_weeks_share_it() -> None:
    # 8 to 12 and 13 to 17 on five days: the last 18 hours of a week begin on Wednesday at 15:00.
    problem = problem_of(
        people=[person("ana", limits={"hours_per_week": 18})],
        tasks=[task("t-a", hours=36, deadline="2027-01-22")],
    )
    assert list(bits.each(Candidates(problem).seat_starts(0, 0, 0))) == [at(2, 15)]


def test_what_is_booked_in_a_week_leaves_starts_that_are_found() -> None:
    # Two of the 18 hours of the first week are taken on Monday: 16 are left, from Thursday on;
    # the other 18 of 34 take the second week until Wednesday at 10:00.
    problem = problem_of(
        people=[person("ana", limits={"hours_per_week": 18})],
        tasks=[task("t-a", hours=34, deadline="2027-01-22"), task("t-b")],
    )
    inserter = Inserter(Candidates(problem))
    inserter.ledger.load(plan_of(booked(problem, "t-b", ("ana", at(0, 8), at(0, 10)))))
    found = inserter.tasks.find(0, InsertionPolicy(random.Random(1)))
    assert found is not None
    assert (found.start, found.end) == (at(3, 8), at(9, 10))

"""A change budget: only plans that tell so many people at most count, or the nearest to it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.check import check, score
from allocator.outcome import Feasible, Optimal
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.terms import TERMS
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.settings import Settings
from solver.solve import solve
from tests.support.drawn import draw, with_published
from tests.support.small import OFFICE_DAY, at, booked, person, plan_of, problem_of, published, task

QUICK = Settings(seconds=60, workers=1, deterministic_limit=2)

NEAR = 3
"""What one person counts who is notified of a change within seven days."""

GOALS = {"prices": {"cost": 0, "unfairness": 0, "finish": 0, "wishes": 0, "change": 1}}


def late(**parts: object) -> Problem:
    """Two tasks that are due on Monday, published for Thursday with Ana and Friday with Bor.

    One hour less late is worth 10 for the first and 20 for the second: both should move to Monday.
    """
    tasks = [
        task("t0", hours=OFFICE_DAY, due="2027-01-11", priority=1),
        task("t1", hours=OFFICE_DAY, due="2027-01-11", priority=2),
    ]
    people = [person("ana"), person("bor")]
    problem = problem_of(**({"tasks": tasks, "people": people, "goals": GOALS} | parts))
    day = (("ana", at(3, 8), at(3, 17)),), (("bor", at(4, 8), at(4, 17)),)
    plan = plan_of(booked(problem, "t0", *day[0]), booked(problem, "t1", *day[1]))
    return published(problem, plan)


def within(problem: Problem, most: int) -> Problem:
    return replace(problem, goals=replace(problem.goals, most_people=most))


def starts(plan: Plan) -> dict[int, int]:
    return {booking.task: booking.start for booking in plan.tasks}


@pytest.mark.parametrize(
    ("most", "first", "second"),
    [
        (2 * NEAR, at(0, 8), at(0, 8)),
        (2 * NEAR - 1, at(3, 8), at(0, 8)),  # one of them: the one that is worth more
        (NEAR, at(3, 8), at(0, 8)),
        (NEAR - 1, at(3, 8), at(4, 8)),
        (0, at(3, 8), at(4, 8)),
    ],
)
def test_the_best_plan_within_the_budget_is_found_and_proved(most, first, second) -> None:
    outcome = solve(within(late(), most), QUICK)
    assert isinstance(outcome, Optimal)
    assert starts(outcome.plan) == {0: first, 1: second}


def test_where_more_has_to_change_the_nearest_plan_is_handed_out() -> None:
    # Ana leaves: t0 cannot stay with her. That tells one person, and t1 stays as published.
    away = [{"from": "2027-01-11", "to": "2027-02-07"}]
    problem = within(late(people=[person("ana", absences=away), person("bor")]), 0)
    outcome = solve(problem, QUICK)
    assert isinstance(outcome, Feasible)
    assert outcome.score.amount("change") == NEAR
    assert starts(outcome.plan)[1] == at(4, 8)
    assert outcome.bound <= outcome.score.total


@pytest.mark.parametrize("seed", range(0, 60, 6))
def test_search_keeps_within_the_budget_where_all_may_stay(seed: int) -> None:
    # The published plan is one of this very rollout, so it may stay as it is; with a price of
    # nothing for a change the search would leave it at once.
    drawn = draw(seed)
    own = first_plan(Candidates(drawn), seed)
    prices = [
        Fraction(0) if term == "change" else price
        for term, price in zip(TERMS, drawn.goals.prices, strict=True)
    ]
    problem = with_published(
        replace(drawn, goals=replace(drawn.goals, prices=tuple(prices))), own, 0
    )
    assert check(problem, own).violations == ()
    outcome = solve(within(problem, 2), Settings(seconds=60, workers=1, deterministic_limit=1))
    assert isinstance(outcome, (Optimal, Feasible))
    assert score(problem, outcome.plan).amount("change") <= 2

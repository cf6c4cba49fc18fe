"""Loosened times: the orders that are kept, and better plans found by deciding a few tasks anew."""

from __future__ import annotations

import random
from typing import Any

import pytest

from allocator.check import check
from allocator.plan import Plan, TaskBooking
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.improvement.partial_order import PartialOrderRelaxation, in_time_order, in_turn
from solver.incumbent import Incumbent
from solver.model.grid import grid_of
from solver.relaxation.shapes import Shapes
from solver.settings import Settings
from tests.support.small import at, booked, person, plan_of, problem_of, task

SETTINGS = Settings(seconds=600, workers=1, seed=3, deterministic_limit=60)
NOTHING_ELSE = {"open_work": "forbidden", "cost": 0, "finish": 0, "unfairness": 0}


def priced(*tasks: dict[str, Any], people: list[dict[str, Any]], **prices: int) -> Problem:
    """Tasks that must all be planned where only some terms have a price."""
    goals = {"prices": NOTHING_ELSE | prices}
    return problem_of(people=people, tasks=list(tasks), goals=goals)


def relaxation(problem: Problem, plan: Plan | None, seed: int = 1) -> PartialOrderRelaxation:
    """Neighbourhoods of a plan that is the best so far."""
    incumbent = Incumbent(problem, SETTINGS, None, None)
    if plan is not None:
        assert incumbent.offer(plan)
    candidates = Candidates(problem)
    return PartialOrderRelaxation(Shapes(candidates, grid_of(candidates)), incumbent, seed)


def anew(problem: Problem, plan: Plan, seed: int) -> Plan:
    """What one step makes of a plan, after the check has found nothing against it."""
    found = relaxation(problem, plan, seed).step(plan)
    assert found is not None
    better = Plan(found)
    assert check(problem, better).violations == ()
    return better


# Orders -------------------------------------------------------------------------------------


def span(task: int, start: int, end: int) -> TaskBooking:
    return TaskBooking(task, start, end, ())


def test_the_order_of_times_leaves_out_what_follows_from_others() -> None:
    # 0, 1 and 2 in a row: 0 before 2 follows. 3 runs beside 0 and 1.
    row = [span(0, 8, 9), span(1, 9, 10), span(2, 10, 11)]
    assert in_time_order(row) == [(0, 1), (1, 2)]
    assert set(in_time_order([*row, span(3, 8, 10)])) == {(0, 1), (1, 2), (3, 2)}


def test_tasks_at_once_are_in_no_order() -> None:
    assert in_time_order([span(0, 8, 10), span(1, 9, 11)]) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_times_says_all_there_is_and_nothing_twice(seed: int) -> None:
    rng = random.Random(seed)
    starts = [rng.randint(0, 12) for _ in range(12)]
    spans = [span(n, start, start + rng.randint(1, 4)) for n, start in enumerate(starts)]
    before = {(a.task, b.task) for a in spans for b in spans if a.end <= b.start}
    implied = {(a, c) for a, b in before for other, c in before if other == b}
    pairs = in_time_order(spans)
    assert len(set(pairs)) == len(pairs)
    assert set(pairs) == before - implied


def test_turns_are_pairs_that_follow_each_other_in_somebodys_calendar() -> None:
    # Ana has a, b and c in a row, Bor a and then c: of Ana's, a before c follows; of Bor's it is
    # the next one.
    problem = problem_of(tasks=[task("a", 1, 2), task("b", 1), task("c", 1, 2)])
    a = booked(problem, "a", ("ana", at(0, 8), at(0, 9)), ("bor", at(0, 8), at(0, 9)))
    b = booked(problem, "b", ("ana", at(0, 9), at(0, 10)))
    c = booked(problem, "c", ("ana", at(0, 10), at(0, 11)), ("bor", at(0, 10), at(0, 11)))
    assert in_turn([c, b, a]) == [(0, 1), (0, 2), (1, 2)]
    assert in_turn([c, b]) == [(1, 2)]


# Steps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_a_step_shares_out_what_one_person_does(seed: int) -> None:
    # Ana does two tasks of 4 h until 17:00; with Bor both end at 12:00.
    problem = priced(task("a", 4), task("b", 4), people=[person("ana"), person("bor")], finish=1)
    a = booked(problem, "a", ("ana", at(0, 8), at(0, 12)))
    b = booked(problem, "b", ("ana", at(0, 13), at(0, 17)))
    better = anew(problem, plan_of(a, b), seed)
    assert max(booking.end for booking in better.tasks) == at(0, 12)


def test_nothing_is_found_where_the_plan_is_the_best() -> None:
    problem = priced(task("a", 4), task("b", 4), people=[person("ana"), person("bor")], finish=1)
    a = booked(problem, "a", ("ana", at(0, 8), at(0, 12)))
    b = booked(problem, "b", ("bor", at(0, 8), at(0, 12)))
    assert relaxation(problem, plan_of(a, b)).step(plan_of(a, b)) is None
    assert relaxation(problem, plan_of(a, b)).step(Plan()) is None


@pytest.mark.parametrize("seed", range(4))
def test_tasks_whose_people_are_tied_keep_them(seed: int) -> None:
    # Everything costs less with Bor, 40 an hour against 60, but a and b belong to the same
    # people and p is pinned to Ana: only c changes hands.
    people = [person("ana"), person("bor", cost_per_hour=40)]
    pin = {"start": "2027-01-12T08:00", "people": ["ana"]}
    tasks = [task("a"), task("b", same_people_as="a"), task("p", pin=pin), task("c")]
    problem = priced(*tasks, people=people, cost=1)
    plan = plan_of(
        booked(problem, "a", ("ana", at(0, 8), at(0, 10))),
        booked(problem, "b", ("ana", at(0, 10), at(0, 12))),
        booked(problem, "p", ("ana", at(1, 8), at(1, 10))),
        booked(problem, "c", ("ana", at(0, 13), at(0, 15))),
    )
    better = anew(problem, plan, seed)
    assert [booking.crew[0].person for booking in better.tasks] == [0, 0, 0, 1]


def test_times_for_which_too_few_are_free_are_kept_in_order_but_later() -> None:
    # Ana alone cannot do a and b at 08:00: one of them waits until 10:00, and c, which was to
    # come after both, until 13:00 after lunch.
    tasks = [task("a"), task("b"), task("c")]
    problem = priced(*tasks, people=[person("ana")], finish=1)
    times = [span(0, at(0, 8), at(0, 10)), span(1, at(0, 8), at(0, 10)), span(2, at(0, 10), 12)]
    found = relaxation(problem, None).staffed(times)
    assert found is not None
    starts = {booking.task: booking.start for booking in found}
    assert sorted((starts[0], starts[1])) == [at(0, 8), at(0, 10)]
    assert starts[2] == at(0, 13)
    assert check(problem, Plan(found)).violations == ()


def test_times_for_which_people_are_free_stay() -> None:
    problem = priced(task("a"), task("b"), people=[person("ana"), person("bor")], finish=1)
    times = [span(0, at(1, 8), at(1, 10)), span(1, at(1, 9), at(1, 11))]
    found = relaxation(problem, None).staffed(times)
    assert found is not None
    assert [(booking.start, booking.end) for booking in found] == [(32, 34), (33, 35)]

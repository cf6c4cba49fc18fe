"""Ruin and recreate: never worse, the same for the same seed, nothing the check objects to."""

from __future__ import annotations

from random import Random

import pytest

from allocator.check import check, score
from allocator.plan import Plan
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.insertion.inserter import Inserter
from solver.ruin_recreate.search import improve
from solver.ruin_recreate.task_operators import late_materials
from tests.support.drawn import draw, with_published
from tests.support.small import (
    at,
    audience,
    booked,
    class_problem,
    course,
    person,
    plan_of,
    problem_of,
    task,
)


def never() -> bool:
    return False


@pytest.mark.parametrize("seed", range(100, 120))
def test_better_plans_come_in_order_and_break_no_rule(seed: int) -> None:
    problem = draw(seed)
    problem = with_published(problem, first_plan(Candidates(problem), seed), days=4)
    candidates = Candidates(problem)
    plan = first_plan(candidates, seed)
    better: list[Plan] = []
    best = improve(candidates, plan, seed, never, better.append, iterations=60)
    totals = [score(problem, each).total for each in (plan, *better)]
    assert totals == sorted(totals, reverse=True)
    assert score(problem, best).total == totals[-1]
    assert [check(problem, each).violations for each in better] == [()] * len(better)


def test_same_seed_and_iterations_give_the_same_plan() -> None:
    problem = draw(3)
    plans = []
    for _ in range(2):
        candidates = Candidates(problem)
        plan = first_plan(candidates, 5)
        plans.append(improve(candidates, plan, 5, never, lambda _: None, iterations=120))
    assert plans[0] == plans[1]


def test_stop_ends_it_with_the_plan_so_far() -> None:
    problem = draw(4)
    candidates = Candidates(problem)
    plan = first_plan(candidates, 1)
    assert improve(candidates, plan, 1, lambda: True, lambda _: None) == plan


def test_late_task_trades_places_with_one_that_has_time() -> None:
    # Ana has 8 hours until the due day ends: t2 must go first, though t1 was placed so.
    problem = problem_of(
        people=[person("ana")],
        tasks=[task("t1", 8), task("t2", 8, due="2027-01-11")],
    )
    candidates = Candidates(problem)
    plan = first_plan(Candidates(problem_of(people=[person("ana")], tasks=[task("t1", 8)])), 1)
    best = improve(candidates, plan, 1, never, lambda _: None, iterations=50)
    assert score(problem, best).amount("lateness") == 0
    assert len(best.tasks) == 2


def test_materials_change_places_with_what_keeps_their_writer_from_heads_without_a_seat() -> None:
    # Cid writes for two days and works on something else for two; Ana teaches on Friday only if the
    # materials come first. Both tasks are planned, so that no task is open.
    problem = class_problem(
        end="2027-01-14",
        people=[
            person("ana", skills=[{"skill": "teach", "level": 3}]),
            person("cid", skills=[{"skill": "sap", "level": 3}]),
        ],
        courses=[course(materials="t-materials")],
        audiences=[audience(headcount=12)],
        tasks=[task("t-materials", 16), task("t-other", 16)],
    )
    plan = plan_of(
        booked(problem, "t-other", ("cid", at(0, 8), at(1, 17))),
        booked(problem, "t-materials", ("cid", at(2, 8), at(3, 17))),
    )
    inserter = Inserter(Candidates(problem))
    inserter.ledger.load(plan)
    work = late_materials(inserter, Random(1))
    assert work.tasks == {0, 1}
    assert work.classes == {(0, 0)}
    best = improve(Candidates(problem), plan, 1, never, lambda _: None, iterations=50)
    assert score(problem, best).amount("open_work") == 0

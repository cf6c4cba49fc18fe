"""Annealing: quick moves on lists find better plans, each of them checked, and the same twice."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.improvement.portfolio import Way, improve_beside_search, next_way
from solver.incumbent import Incumbent
from solver.makespan.annealing.anneal import Annealing
from solver.makespan.annealing.encoding import listed, lists_of
from solver.makespan.annealing.moves import anneal
from solver.model.grid import grid_of
from solver.relaxation.shapes import Shapes
from solver.settings import Settings
from tests.support.small import Tree, at, booked, person, plan_of, problem_of, task

SETTINGS = Settings(seconds=600, workers=1, seed=3, deterministic_limit=20)
PRICES: dict[str, Any] = {
    "open_work": "forbidden",
    "lateness": 0,
    "cost": 0,
    "unfairness": 0,
    "wishes": 0,
    "finish": 1,
}


def hurried(tasks: list[Tree], people: list[Tree]) -> Problem:
    """Tasks that must all be planned where only the finish has a price."""
    return problem_of(tasks=tasks, people=people, goals={"prices": PRICES})


def annealed(problem: Problem, plan: Plan, turns: int = 1) -> Incumbent:
    """The best plan after some cycles from a plan; each plan on the way has been checked."""
    incumbent = Incumbent(problem, SETTINGS, None, None)
    assert incumbent.offer(plan)
    candidates = Candidates(problem)
    annealing = Annealing(Shapes(candidates, grid_of(candidates)), incumbent, SETTINGS.seed)
    for _ in range(turns):
        annealing.turn()
    return incumbent


def drawn(seed: int) -> Problem:
    """Thirty tasks of one or two people, some after others, for six people of three skills."""
    rng = random.Random(seed)
    skills = ("sap", "teach")
    tasks = [
        {
            "id": f"t{number}",
            "project": "erp",
            "crew": [
                {"skill": skill, "level": 3, "people": rng.choice((1, 1, 2)), "hours": hours}
                for hours in [rng.randint(1, 6)]
                for skill in rng.sample(skills, rng.choice((1, 1, 2)))
            ],
            "after": [f"t{each}" for each in range(number) if rng.random() < 0.05],
        }
        for number in range(30)
    ]
    people = [
        person(f"p{number}", skills=[{"skill": skill, "level": 3} for skill in own])
        for number, own in enumerate((skills, skills, skills, skills[:1], skills[1:], skills))
    ]
    return hurried(tasks, people)


def test_work_is_shared_out_evenly() -> None:
    # 12 h for two people are 3 + 3 and 2 + 2 + 2: from 08:00 to 15:00 with an hour of lunch.
    tasks = [task(f"t{number}", hours) for number, hours in enumerate((2, 2, 2, 3, 3))]
    problem = hurried(tasks, [person("ana"), person("bor")])
    plan = plan_of(
        booked(problem, "t0", ("ana", at(0, 8), at(0, 10))),
        booked(problem, "t1", ("bor", at(0, 8), at(0, 10))),
        booked(problem, "t2", ("ana", at(0, 10), at(0, 12))),
        booked(problem, "t3", ("bor", at(0, 10), at(0, 14))),
        booked(problem, "t4", ("ana", at(0, 13), at(0, 16))),
    )
    assert annealed(problem, plan).total == at(0, 15)


def test_a_chain_comes_before_what_can_wait() -> None:
    # c after b after a, 2 h each, and d and e of 3 h: Ana a, b, c and Bor d, e end at 15:00.
    tasks = [
        task("a"),
        task("b", after=["a"]),
        task("c", after=["b"]),
        task("d", 3),
        task("e", 3),
    ]
    problem = hurried(tasks, [person("ana"), person("bor")])
    plan = plan_of(
        booked(problem, "d", ("ana", at(0, 8), at(0, 11))),
        booked(problem, "e", ("bor", at(0, 8), at(0, 11))),
        booked(problem, "a", ("ana", at(0, 11), at(0, 14))),
        booked(problem, "b", ("ana", at(0, 14), at(0, 16))),
        booked(problem, "c", ("ana", at(0, 16), at(1, 9))),
    )
    assert annealed(problem, plan).total == at(0, 15)


@pytest.mark.parametrize("seed", range(1, 5))
def test_plans_of_crews_are_checked_and_never_worse(seed: int) -> None:
    problem = drawn(seed)
    first = first_plan(Candidates(problem), seed)
    # Each better plan is offered as it is found; one that broke a rule would not be taken.
    before = annealed(problem, first, turns=0).total
    after = annealed(problem, first).total
    assert before is not None
    assert after is not None
    assert after < before


def test_the_same_seed_finds_the_same_plan() -> None:
    problem = drawn(1)
    first = first_plan(Candidates(problem), 1)
    assert annealed(problem, first).plan == annealed(problem, first).plan


@pytest.mark.parametrize(("seed", "heat"), [*product(range(3), (0.5, 50.0))])
def test_the_ends_that_moves_keep_are_those_of_the_list_read_anew(seed: int, heat: float) -> None:
    problem = drawn(seed)
    candidates = Candidates(problem)
    lists = lists_of(Shapes(candidates, grid_of(candidates)))
    assert lists is not None
    begin = listed(lists, first_plan(candidates, seed))
    assert begin is not None
    order, who = begin
    ends, again = np.zeros_like(order), np.zeros_like(order)
    copies = order.copy(), who.copy()
    anneal(lists, order, who, *copies, ends, 40, seed, 5000, heat, heat)
    anneal(lists, order, who, *copies, again, 40, seed, 0, heat, heat)
    assert sorted(order.tolist()) == list(range(30))
    assert ends.tolist() == again.tolist()
    for seat, chosen in enumerate(who):
        assert lists.can[seat, chosen]


def test_both_cores_anneal_where_each_task_takes_one_person() -> None:
    # 30 tasks of 1 to 3 h take two people 30 h each at least; 40 h are in a week.
    tasks = [task(f"t{number}", 1 + number % 3) for number in range(30)]
    problem = hurried(tasks, [person("ana"), person("bor")])
    incumbent = Incumbent(problem, replace(SETTINGS, deterministic_limit=0.5), None, None)
    candidates = Candidates(problem)
    assert incumbent.offer(first_plan(candidates, SETTINGS.seed))
    improve_beside_search(Shapes(candidates, grid_of(candidates)), incumbent)
    # Three days of eight hours and six more: Thursday at 15:00, lunch between.
    assert incumbent.total == at(3, 15)


def test_a_way_that_has_no_other_beside_it_has_every_turn() -> None:
    rng, alone = random.Random(1), Way(rate=0.5)
    assert all(next_way(rng, [alone]) is alone for _ in range(100))

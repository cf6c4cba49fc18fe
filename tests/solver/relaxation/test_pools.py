"""Pools: the seats that only some people can fill, by unions of who can fill what."""

from __future__ import annotations

from math import comb
from typing import Any

import pytest

from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.relaxation.pools import FEW, MANY, Pool, pools_of
from tests.support.drawn import draw
from tests.support.small import person, problem_of


def skilled(name: str, *skills: str) -> dict[str, Any]:
    """Somebody with these skills alone."""
    return person(name, skills=[{"skill": skill, "level": 1} for skill in skills])


def needs(name: str, **lines: tuple[int, int]) -> dict[str, Any]:
    """A task with a crew line for each skill: (people, hours)."""
    crew = [
        {"skill": skill, "level": 1, "people": people, "hours": hours}
        for skill, (people, hours) in lines.items()
    ]
    return {"id": name, "project": "erp", "crew": crew}


def rollout_of(people: list[dict[str, Any]], tasks: list[dict[str, Any]]) -> Problem:
    skills = sorted(
        {each["skill"] for who in people for each in who["skills"]}
        | {line["skill"] for task in tasks for line in task["crew"]}
    )
    return problem_of(people=people, tasks=tasks, skills=[{"id": skill} for skill in skills])


def specialists(count: int) -> Problem:
    """So many people with a skill and a task each: as many different sets of candidates."""
    return rollout_of(
        [skilled(f"p{number}", f"s{number}") for number in range(count)],
        [needs(f"t{number}", **{f"s{number}": (1, 1)}) for number in range(count)],
    )


def test_a_union_has_the_seats_of_both_sets_and_the_most_loaded_comes_first() -> None:
    # Only Ana can do the 6 h of t1 and only Bor the 2 h of t2; together 8 h for two people.
    problem = rollout_of(
        [skilled("ana", "a"), skilled("bor", "b")], [needs("t1", a=(1, 6)), needs("t2", b=(1, 2))]
    )
    ana, bor = frozenset({0}), frozenset({1})
    pools = pools_of(Candidates(problem))
    assert pools == (
        Pool(ana, {0: (0,)}, 6),
        Pool(ana | bor, {0: (0,), 1: (0,)}, 8),
        Pool(bor, {1: (0,)}, 2),
    )
    assert [pool.load for pool in pools] == [6, 4, 2]


def test_seats_that_somebody_else_can_fill_too_are_not_of_the_pool() -> None:
    # Line 0 of t1 takes 2 people x 3 h of Ana, Bor and Cene; line 1 takes 5 h of Ana alone.
    people = [skilled("ana", "a", "b"), skilled("bor", "a"), skilled("cene", "a")]
    problem = rollout_of(people, [needs("t1", a=(2, 3), b=(1, 5))])
    assert pools_of(Candidates(problem)) == (
        Pool(frozenset({0}), {0: (1,)}, 5),
        Pool(frozenset({0, 1, 2}), {0: (0, 1)}, 2 * 3 + 5),
    )


def test_seats_that_nobody_can_fill_are_of_no_pool() -> None:
    problem = rollout_of([skilled("ana", "a")], [needs("t1", a=(1, 2), b=(1, 2))])
    assert pools_of(Candidates(problem)) == (Pool(frozenset({0}), {0: (0,)}, 2),)
    assert pools_of(Candidates(rollout_of([skilled("ana", "a")], [needs("t1", b=(1, 2))]))) == ()


@pytest.mark.parametrize(
    ("sets", "pools"),
    [
        (FEW, 2**FEW - 1),
        (FEW + 1, (FEW + 1) + comb(FEW + 1, 2) + 1),
        (MANY + 1, (MANY + 1) + 1),
    ],
)
def test_few_sets_are_united_in_all_ways_many_in_pairs_and_more_only_all(
    sets: int, pools: int
) -> None:
    found = pools_of(Candidates(specialists(sets)))
    assert len({pool.people for pool in found}) == len(found) == pools
    assert frozenset(range(sets)) in {pool.people for pool in found}


def at_once(pool: Pool, plan: Plan) -> int:
    """Most people that the pool's lines take at any moment of a plan."""
    seats = [
        seat
        for booking in plan.tasks
        for seat in booking.crew
        if seat.seat in pool.lines.get(booking.task, ())
    ]
    return max(
        (sum(other.start <= seat.start < other.end for other in seats) for seat in seats),
        default=0,
    )


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_books_a_pool_for_more_than_its_people_at_once(seed: int) -> None:
    candidates = Candidates(draw(seed))
    plan = first_plan(candidates, seed)
    pools = pools_of(candidates)
    covered = {
        (task, line) for pool in pools for task, lines in pool.lines.items() for line in lines
    }
    assert covered >= {(booking.task, seat.seat) for booking in plan.tasks for seat in booking.crew}
    assert all(at_once(pool, plan) <= len(pool.people) for pool in pools)

"""Seats that change hands: which may, that plans keep the rules, and that fewer wishes break."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from allocator.check import check
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.improvement.reassignment.search import Reassignment
from solver.improvement.reassignment.seats import (
    WAITING,
    ReassignableSeats,
    reassignable_seats,
    staffed,
)
from solver.incumbent import Incumbent
from solver.settings import Settings
from tests.agreement.settings import EXAMPLES
from tests.support.small import LJ, MB, at, booked, person, plan_of, problem_of, task
from tests.support.strategies import problems

ALL_DAYS = [{"avoid": {"from": "2027-01-11", "to": "2027-02-07"}, "weight": 1}]
SETTINGS = Settings(seconds=600, workers=1, seed=3, deterministic_limit=60)


def pinned(name: str, hour: int, hours: int = 1, **more: Any) -> dict[str, Any]:
    """A task on the first Monday."""
    return task(name, hours, pin={"start": f"2027-01-11T{hour:02d}:00"}, splittable=False, **more)


def two(ana: dict[str, Any], bor: dict[str, Any], work: dict[str, Any], **more: Any) -> Problem:
    """Ana and Bor, one task of an hour at 08:00."""
    people = [person("ana", **ana), person("bor", **bor)]
    return problem_of(people=people, tasks=[pinned("a", 8, **work)], **more)


def open_to(problem: Problem) -> tuple[int, ...]:
    """Who could take over the task that Ana has; nobody where it stays hers."""
    plan = plan_of(booked(problem, "a", ("ana", at(0, 8), at(0, 9))))
    seats = reassignable_seats(Candidates(problem), plan).seats
    return seats[0].people if seats else ()


BUDGET = [{"id": "erp", "name": "ERP", "priority": 3, "budget": 10_000}]


@pytest.mark.parametrize(
    ("ana", "bor", "work", "more", "expected"),
    [
        ({}, {}, {}, {}, (0, 1)),
        ({}, {"limits": {"hours_per_day": 4}}, {}, {}, (0,)),
        ({"limits": {"hours_per_week": 20}}, {}, {}, {}, ()),
        ({}, {"skills": [{"skill": "teach", "level": 3}]}, {}, {}, (0,)),
        ({}, {}, {}, {"projects": BUDGET}, ()),
        (
            {},
            {},
            {},
            {"sites": [LJ, MB], "travel": [{"from": "lj", "to": "mb", "minutes": 60}]},
            (),
        ),
    ],
)
def test_only_posts_that_anybody_able_may_fill_change_hands(
    ana: dict[str, Any],
    bor: dict[str, Any],
    work: dict[str, Any],
    more: dict[str, Any],
    expected: tuple[int, ...],
) -> None:
    assert open_to(two(ana, bor, work, **more)) == expected


def test_people_that_are_pinned_stay() -> None:
    pin = {"start": "2027-01-11T08:00", "people": ["ana"]}
    tasks = [task("a", 1, pin=pin)]
    assert open_to(problem_of(tasks=tasks)) == ()


def test_nobody_takes_over_what_runs_while_they_are_held_elsewhere() -> None:
    hers = task("b", 1, pin={"start": "2027-01-11T08:00", "people": ["bor"]})
    problem = problem_of(tasks=[pinned("a", 8), hers])
    plan = plan_of(
        booked(problem, "a", ("ana", at(0, 8), at(0, 9))),
        booked(problem, "b", ("bor", at(0, 8), at(0, 9))),
    )
    assert [seat.people for seat in reassignable_seats(Candidates(problem), plan).seats] == [(0,)]


def test_a_pinned_task_that_is_open_waits_for_people() -> None:
    problem = problem_of(tasks=[pinned("a", 8, people=2)])
    seats = reassignable_seats(Candidates(problem), Plan())
    assert seats.holders == (WAITING, WAITING)
    plan = staffed(seats, (1, 0))
    assert plan == plan_of(
        booked(problem, "a", ("ana", at(0, 8), at(0, 9)), ("bor", at(0, 8), at(0, 9)))
    )


def improved(problem: Problem, steps: int) -> Incumbent:
    """After some steps from the first plan; each plan on the way has been checked."""
    incumbent = Incumbent(problem, SETTINGS, None, None)
    candidates = Candidates(problem)
    incumbent.offer(first_plan(candidates, 0))
    who = Reassignment(candidates, incumbent)
    for _ in range(steps):
        if who.useful(incumbent.base):
            who.step(incumbent.base)
    return incumbent


def drawn(seed: int) -> Problem:
    """Six people's gapless days cut into tasks, for ten people who would all rather stay away.

    Work of six people at any moment, and six can do it: just six wishes break in the best plan.
    """
    rng = random.Random(seed)
    able = [{n} | {m for m in range(60) if rng.random() < 0.3} for n in range(10)]
    tasks: list[dict[str, Any]] = []
    skills = []
    for worker in range(6):
        hour = 0
        while hour < 24:
            hours = min(rng.randint(2, 6), 24 - hour)
            name = f"t{len(tasks)}"
            able[worker].add(len(tasks))
            line = {"skill": name, "level": 1, "people": 1, "hours": hours}
            pin = {"start": f"2027-01-11T{hour:02d}:00"}
            tasks.append(
                {"id": name, "project": "erp", "crew": [line], "pin": pin, "splittable": False}
            )
            skills.append({"id": name})
            hour += hours
    always = {"id": "always", "weekly": {"mon": ["00:00-24:00"]}}
    people = [
        person(
            f"p{number}",
            calendar="always",
            wishes=ALL_DAYS,
            skills=[{"skill": f"t{n}", "level": 1} for n in sorted(own) if n < len(tasks)],
        )
        for number, own in enumerate(able)
    ]
    goals = {
        "preset": "balanced",
        "prices": {"wishes": 1, "open_work": "forbidden", "cost": 0, "unfairness": 0, "finish": 0},
    }
    site = {"id": "lj", "calendar": "always"}
    return problem_of(
        people=people,
        tasks=tasks,
        skills=skills,
        calendars=[always],
        sites=[site],
        departments=[],
        rooms=[],
        goals=goals,
    )


@pytest.mark.parametrize("seed", range(4))
def test_as_few_people_as_work_at_once_are_found(seed: int) -> None:
    incumbent = improved(drawn(seed), 60)
    assert incumbent.total == 6


def test_the_same_seed_finds_the_same_plan() -> None:
    assert improved(drawn(7), 3).plan == improved(drawn(7), 3).plan


def unbound(problem: Problem) -> Problem:
    """The same without classes and most of what keeps work from changing hands."""
    return replace(
        problem,
        audiences=(),
        travel=tuple(tuple(0 for _ in row) for row in problem.travel),
        projects=tuple(replace(each, budget=None) for each in problem.projects),
        people=tuple(
            replace(each, hours_per_day=None, hours_per_week=None, vendor=None)
            for each in problem.people
        ),
    )


def shuffled(seats: ReassignableSeats, seed: int) -> list[int]:
    """Anybody at the seats, as long as nobody has two at once; who finds no other seat stays."""
    rng = random.Random(seed)
    holders = list(seats.holders)
    for number in rng.sample(range(len(holders)), len(holders)):
        seat = seats.seats[number]
        taken = {
            holder
            for other, holder in zip(seats.seats, holders, strict=True)
            if other is not seat and other.start < seat.end and seat.start < other.end
        }
        free = [person for person in seat.people if person not in taken]
        holders[number] = rng.choice([*free, holders[number]])
    return holders


@EXAMPLES
@given(problems(), integers(0, 99))
def test_whoever_takes_over_breaks_no_rule(problem: Problem, seed: int) -> None:
    tasks_only = unbound(problem)
    candidates = Candidates(tasks_only)
    seats = reassignable_seats(candidates, first_plan(candidates, 0))
    plan = staffed(seats, shuffled(seats, seed))
    planned = {booking.task for booking in first_plan(candidates, 0).tasks}
    plan = replace(plan, tasks=tuple(it for it in plan.tasks if it.task in planned))
    assert not check(tasks_only, plan).violations

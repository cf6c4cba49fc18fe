"""A warm start begins with a plan from before: what still holds stays, the rest is placed anew."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from allocator.check import check, score
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import base_from_tree, plan_tree
from allocator.outcome import Optimal
from allocator.plan import Plan, Seat, TaskBooking
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.first_plan.warm_start import warm_plan
from solver.settings import Settings
from solver.solve import solve
from tests.support.drawn import draw, with_published
from tests.support.small import OFFICE_DAY, at, person, problem_of, rollout, task

AT_ONCE = Settings(seconds=0.0, workers=1)
QUICK = Settings(seconds=20, workers=1, deterministic_limit=2)


def day(index: int, who: int, on: int) -> TaskBooking:
    """A task of a day's work by one person on a day."""
    return TaskBooking(index, at(on, 8), at(on, 17), (Seat(0, who, at(on, 8), at(on, 17)),))


@pytest.mark.parametrize("seed", range(0, 120, 4))
def test_where_nothing_has_changed_the_plan_is_no_worse_than_the_base(seed: int) -> None:
    problem = draw(seed)
    plan = first_plan(Candidates(problem), seed)
    assert (
        score(problem, warm_plan(Candidates(problem), plan, 7)).total <= score(problem, plan).total
    )


@pytest.mark.parametrize("seed", range(0, 120, 3))
def test_the_check_has_nothing_against_a_warm_plan_after_any_change(seed: int) -> None:
    # The plan of another rollout drawn, of which the first days are frozen in this one: some of
    # what it names is not there, much does not fit.
    problem = draw(seed)
    own = first_plan(Candidates(problem), seed)
    slots = problem.axis.slots_per_hour
    others = (draw(seed + more) for more in itertools.count(1))
    other = next(it for it in others if it.axis.slots_per_hour == slots)
    theirs = base_from_tree(plan_tree(other, first_plan(Candidates(other), 1)), problem)
    now = max(problem.as_of, 7 * 24 * slots)
    later = replace(with_published(problem, own, 9), as_of=now)
    plan = warm_plan(Candidates(later), theirs, 1)
    assert check(later, plan).violations == ()


def three_days(**parts: object) -> Problem:
    """Three tasks of a day each, one after another, for Ana or Bor."""
    after = [[], ["t0"], ["t1"]]
    tasks = [task(f"t{it}", hours=OFFICE_DAY, after=after[it]) for it in range(3)]
    people = [person("ana"), person("bor")]
    return problem_of(**({"tasks": tasks, "people": people} | parts))


def test_an_optimal_base_stays_booking_by_booking_where_another_plan_is_as_good() -> None:
    # Monday, Tuesday, Wednesday is the only best time; who does which task makes no difference
    # but for fairness: Bor does the middle one. By itself the first plan lets another one do it.
    problem = three_days(goals={"prices": {"unfairness": 0}})
    for crew in ((0, 1, 0), (1, 0, 1), (1, 1, 1)):
        base = Plan(tuple(day(it, who, it) for it, who in enumerate(crew)))
        outcome = solve(problem, QUICK, base=base)
        assert isinstance(outcome, Optimal)
        assert outcome.plan == base


def test_a_better_plan_takes_the_place_of_the_base() -> None:
    # The base ends on Friday, five days after the start; Wednesday is possible.
    problem = three_days()
    base = Plan((day(0, 0, 0), day(1, 1, 2), day(2, 0, 4)))
    outcome = solve(problem, QUICK, base=base)
    assert isinstance(outcome, Optimal)
    assert max(booking.end for booking in outcome.plan.tasks) == at(2, 17)


def test_the_work_of_who_leaves_goes_where_there_is_room_and_all_else_stays() -> None:
    # Ana, who was to do t1 on Tuesday, is away from then on; Bor is free that day.
    away = [{"from": "2027-01-12", "to": "2027-02-07"}]
    problem = three_days(people=[person("ana", absences=away), person("bor")])
    base = Plan((day(0, 0, 0), day(1, 0, 1), day(2, 1, 2)))
    plan = warm_plan(Candidates(problem), base, 1)
    assert plan.tasks == (day(0, 0, 0), day(1, 1, 1), day(2, 1, 2))


def test_what_comes_after_work_that_needs_longer_now_makes_room_for_it() -> None:
    # t0 takes two days instead of one: t1 and t2 cannot stay on Tuesday and Wednesday.
    tasks = [
        task("t0", hours=2 * OFFICE_DAY),
        task("t1", hours=OFFICE_DAY, after=["t0"]),
        task("t2", hours=OFFICE_DAY, after=["t1"]),
    ]
    problem = three_days(tasks=tasks)
    base = Plan((day(0, 0, 0), day(1, 1, 1), day(2, 0, 2)))
    plan = warm_plan(Candidates(problem), base, 1)
    assert check(problem, plan).violations == ()
    assert [booking.start for booking in plan.tasks] == [at(0, 8), at(2, 8), at(3, 8)]


def test_of_a_base_for_another_revision_the_names_that_are_gone_are_left_out() -> None:
    # Task t1 and Bor are not in the rollout any more; t0 and t2 stay with Ana as they were.
    before = three_days()
    base = Plan((day(0, 0, 0), day(1, 1, 1), day(2, 0, 2)))
    tree = rollout(
        tasks=[task("t0", hours=OFFICE_DAY), task("t2", hours=OFFICE_DAY)], people=[person("ana")]
    )
    after = problem_from_tree(tree)
    known = base_from_tree(plan_tree(before, base), after)
    assert [booking.task for booking in known.tasks] == [0, -1, 1]
    outcome = solve(after, AT_ONCE, base=known)
    assert outcome.plan.tasks == (day(0, 0, 0), day(1, 0, 2))


def test_a_base_without_anything_that_holds_does_no_harm() -> None:
    problem = three_days()
    nobody = Plan((TaskBooking(-1, -5, -1, (Seat(-1, -1, -5, -1),)),))
    assert solve(problem, QUICK, base=nobody).score == solve(problem, QUICK).score

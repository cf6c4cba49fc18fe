"""Exact parts: what each kind of neighbourhood frees, and that deciding it anew pays."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.formats.document import read_problem
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.improvement.large_neighbourhood import SIZES, Neighbourhoods
from solver.incumbent import Incumbent
from solver.model.grid import grid_of
from solver.model.part import Part
from solver.settings import Settings
from tests.support.small import (
    W1,
    at,
    audience,
    booked,
    class_problem,
    held,
    person,
    plan_of,
    problem_of,
    support,
    task,
)

CLINIC = Path(__file__).parents[3] / "examples" / "clinic.yaml"
SETTINGS = Settings(seconds=600, workers=1, deterministic_limit=60)


def started(problem: Problem, plan: Plan) -> tuple[Incumbent, Neighbourhoods]:
    candidates = Candidates(problem)
    incumbent = Incumbent(problem, SETTINGS, None, None)
    incumbent.offer(plan)
    return incumbent, Neighbourhoods(candidates, grid_of(candidates), incumbent)


def everything() -> Problem:
    """Two tasks in a row, one course for 20 clerks, and two days of support."""
    return class_problem(
        tasks=[task("a", due="2027-01-11"), task("b", after=["a"], due="2027-01-11")],
        waves=[W1],
        support=[support()],
    )


@pytest.mark.parametrize("kind", sorted(SIZES))
def test_nothing_is_freed_where_there_is_nothing_of_a_kind(kind: str) -> None:
    _, neighbourhoods = started(problem_of(), Plan())
    assert neighbourhoods.choose(kind, Plan(), 10) == Part()


def test_open_work_of_every_kind_is_gone_for() -> None:
    problem = everything()
    _, neighbourhoods = started(problem, Plan())
    parts = [neighbourhoods.choose("open", Plan(), 10) for _ in range(30)]
    assert {0, 1} in [set(part.tasks) for part in parts]
    assert {(0, 0)} in [set(part.needs) for part in parts]
    assert any(part.shifts for part in parts)


def test_a_late_task_is_freed_with_what_it_comes_after_and_its_rivals() -> None:
    problem = problem_of(
        people=[person("ana")],
        tasks=[task("a"), task("b", after=["a"], due="2027-01-11"), task("rival"), task("later")],
    )
    plan = plan_of(
        booked(problem, "a", ("ana", at(0, 8), at(0, 10))),
        booked(problem, "rival", ("ana", at(0, 10), at(0, 12))),
        booked(problem, "b", ("ana", at(1, 8), at(1, 10))),
        booked(problem, "later", ("ana", at(2, 8), at(2, 10))),
    )
    _, neighbourhoods = started(problem, plan)
    assert neighbourhoods.choose("late", plan, 10).tasks == {0, 1, 2}


def test_whole_sessions_are_freed_with_all_who_sit_in_them() -> None:
    problem = class_problem(
        audiences=[audience("clerks", headcount=8), audience("keys", headcount=4)]
    )
    plan = plan_of(held(problem, at(0, 8), {"clerks": 8, "keys": 4}))
    _, neighbourhoods = started(problem, plan)
    assert neighbourhoods.choose("classes", plan, 1).needs == {(0, 0), (1, 0)}


def test_tasks_near_in_time_and_tasks_of_people_alike_are_freed() -> None:
    problem = problem_of(tasks=[task("a"), task("b"), task("c")])
    plan = plan_of(
        booked(problem, "a", ("ana", at(0, 8), at(0, 10))),
        booked(problem, "b", ("ana", at(0, 10), at(0, 12))),
        booked(problem, "c", ("bor", at(9, 8), at(9, 10))),
    )
    _, neighbourhoods = started(problem, plan)
    near = [neighbourhoods.choose("tasks", plan, 2).tasks for _ in range(20)]
    assert {0, 1} in near
    assert {0, 2} not in near
    own = [neighbourhoods.choose("people", plan, 2).tasks for _ in range(20)]
    assert {0, 1} in own
    assert {2} in own


def test_steps_fill_an_empty_plan_and_never_worsen_it() -> None:
    incumbent, neighbourhoods = started(everything(), Plan())
    totals = [incumbent.total]
    for _ in range(40):
        neighbourhoods.step(incumbent.base)
        totals.append(incumbent.total)
    assert totals == sorted(totals, reverse=True)
    assert incumbent.score is not None
    assert incumbent.score.amount("open_work") == 0


def test_steps_improve_the_first_plan_of_a_clinic() -> None:
    problem = read_problem(CLINIC.read_bytes())
    plan = first_plan(Candidates(problem), 1)
    incumbent, neighbourhoods = started(problem, plan)
    before = incumbent.total
    assert before is not None
    for _ in range(6):
        neighbourhoods.step(incumbent.base)
    assert incumbent.total is not None
    assert incumbent.total < before


def test_a_part_too_large_to_be_built_in_time_is_given_up_and_a_smaller_one_taken_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Four tasks for one person: all of them at once are more than one literal or row, two as well.
    problem = problem_of(people=[person("ana")], tasks=[task(name) for name in "abcd"])
    plan = plan_of(
        *(booked(problem, name, ("ana", at(i, 8), at(i, 10))) for i, name in enumerate("abcd"))
    )
    incumbent, neighbourhoods = started(problem, plan)
    monkeypatch.setattr("solver.improvement.large_neighbourhood.MOST_GROWN", 1)
    sizes: list[int] = []
    choose = neighbourhoods.choose

    def noted(_: str, base: Plan, size: int) -> Part:
        sizes.append(size)
        return choose("tasks", base, size)

    monkeypatch.setattr(neighbourhoods, "choose", noted)
    for _ in range(40):
        assert neighbourhoods.step(plan) is None
    assert not incumbent.defects
    assert min(sizes) == 2 < max(sizes)

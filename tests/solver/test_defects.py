"""A defect of ours never costs a plan: it is dropped, written down, and the solve goes on."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.check import check
from allocator.errors import SolverDefect
from allocator.outcome import Feasible, NoPlan, Optimal
from allocator.plan import Plan
from allocator.problem import Problem
from solver import schedule
from solver.improvement import recreation
from solver.incumbent import Incumbent
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import (
    at,
    booked,
    class_problem,
    course,
    held,
    person,
    plan_of,
    problem_of,
    published,
    task,
)

SOLVE = sys.modules["solver.solve"]
"""The module: the package gives the name `solve` to the function in it."""

SETTINGS = Settings(seconds=600, workers=1, deterministic_limit=0.2)

PROBLEM = problem_of(tasks=[task("a"), task("b")])
AT_NIGHT = booked(PROBLEM, "a", ("ana", at(0, 2), at(0, 4)))
BY_DAY = booked(PROBLEM, "b", ("bor", at(0, 8), at(0, 10)))

LARGE = problem_of(
    people=[person(f"p{number}") for number in range(8)],
    tasks=[task(f"t{number}") for number in range(8)],
)
"""Too large for the whole exact model at once: 8 people x 8 tasks x 10 are more than 400."""


def opened(problem: Problem, plan: Plan | None = None) -> Incumbent:
    incumbent = Incumbent(problem, Settings(), None, None)
    if plan is not None:
        assert incumbent.offer(plan)
    return incumbent


@pytest.mark.defective
def test_a_plan_that_breaks_a_rule_is_dropped_and_written_down() -> None:
    incumbent = opened(PROBLEM, plan_of(BY_DAY))
    assert not incumbent.offer(plan_of(AT_NIGHT, BY_DAY))
    assert incumbent.plan == plan_of(BY_DAY)
    (defect,) = incumbent.defects
    assert {violation.rule for violation in defect.violations} == {"working_time"}
    assert defect.plan == plan_of(AT_NIGHT, BY_DAY)
    assert defect.message.startswith("working_time: ")


def test_a_plan_that_is_only_tried_out_is_no_defect() -> None:
    incumbent = opened(PROBLEM, plan_of(BY_DAY))
    assert not incumbent.try_out(plan_of(AT_NIGHT, BY_DAY))
    assert incumbent.defects == []


@pytest.mark.defective
def test_a_bound_above_a_plan_is_no_bound_and_none_is_believed_after_it() -> None:
    incumbent = opened(PROBLEM, Plan())
    total = incumbent.total
    assert total is not None
    incumbent.raise_bound(total - 1)
    incumbent.raise_bound(total + 1)
    incumbent.raise_bound(total - 1)
    assert (incumbent.bound, incumbent.proved) == (Fraction(0), False)
    assert "no plan is below" in incumbent.defects[0].message


@pytest.mark.defective
def test_a_plan_below_the_bound_refutes_it() -> None:
    incumbent = opened(PROBLEM, Plan())
    total = incumbent.total
    assert total is not None
    incumbent.raise_bound(total)
    assert incumbent.offer(plan_of(BY_DAY))
    assert (incumbent.bound, incumbent.proved) == (Fraction(0), False)
    assert len(incumbent.defects) == 1


@pytest.mark.defective
@pytest.mark.parametrize("plan_first", [True, False])
def test_a_proof_of_infeasibility_beside_a_plan_is_not_believed(plan_first: bool) -> None:
    incumbent = opened(PROBLEM, Plan() if plan_first else None)
    incumbent.prove_infeasible()
    incumbent.offer(Plan())
    assert not incumbent.infeasible
    assert incumbent.plan == Plan()
    assert "one has been found" in incumbent.defects[0].message


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("broken on purpose")


@pytest.mark.defective
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("part", ["prove", "improve"])
def test_a_failure_of_search_or_proof_keeps_the_plan(
    monkeypatch: pytest.MonkeyPatch, part: str, workers: int
) -> None:
    monkeypatch.setattr(schedule, "prove", lambda *_: None)  # else it ends before the search
    monkeypatch.setattr(schedule, part, broken)
    settings = Settings(seconds=2, workers=workers)
    outcome = solve(LARGE, settings)
    assert isinstance(outcome, (Optimal, Feasible))
    assert check(LARGE, outcome.plan).violations == ()
    assert "broken on purpose" in outcome.run.defects[0].message


@pytest.mark.defective
def test_a_first_plan_that_breaks_a_rule_is_left_open_where_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SOLVE, "first_plan", lambda *_: plan_of(AT_NIGHT, BY_DAY))
    monkeypatch.setattr(SOLVE, "_search_on", broken)
    outcome = solve(PROBLEM, SETTINGS)
    assert isinstance(outcome, Feasible)
    assert outcome.plan == plan_of(BY_DAY)
    assert len(outcome.run.defects) == 2


@pytest.mark.defective
def test_a_first_plan_that_cannot_be_made_leaves_the_whole_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SOLVE, "first_plan", broken)
    outcome = solve(PROBLEM, Settings(seconds=600, workers=1))
    assert isinstance(outcome, Optimal)
    assert {booking.task for booking in outcome.plan.tasks} == {0, 1}


@pytest.mark.defective
def test_ruin_and_recreate_goes_on_from_the_best_plan_after_a_broken_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    night = plan_of(booked(LARGE, "t0", ("p0", at(0, 2), at(0, 4))))
    done = []

    class Misled(recreation.RuinAndRecreate):
        def step(self) -> bool:
            if done:
                return super().step()
            done.append(True)
            self.best, self.least = night, 0.0
            return True

    monkeypatch.setattr(recreation, "make_ready", lambda: None)
    monkeypatch.setattr(recreation, "is_ready", lambda: False)
    monkeypatch.setattr(recreation, "RuinAndRecreate", Misled)
    monkeypatch.setattr(schedule, "prove", lambda *_: None)
    outcome = solve(LARGE, replace(SETTINGS, deterministic_limit=3.0))
    assert isinstance(outcome, (Optimal, Feasible))
    assert len(outcome.plan.tasks) == len(LARGE.tasks)
    assert [defect.plan for defect in outcome.run.defects] == [night]


@pytest.mark.defective
def test_machine_code_that_is_wrong_gives_way_to_the_readable_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    night = plan_of(booked(LARGE, "t0", ("p0", at(0, 2), at(0, 4))))

    class Misled(recreation.Core):
        def run(self, effort: int) -> bool:
            return super().run(effort) or True

        def best(self) -> Plan:
            return night

    monkeypatch.setattr(recreation, "Core", Misled)
    monkeypatch.setattr(schedule, "prove", lambda *_: None)
    outcome = solve(LARGE, replace(SETTINGS, deterministic_limit=3.0))
    assert isinstance(outcome, (Optimal, Feasible))
    assert len(outcome.plan.tasks) == len(LARGE.tasks)
    assert [defect.plan for defect in outcome.run.defects] == [night]


@pytest.mark.defective
def test_only_without_any_checked_plan_does_a_solve_end_as_a_defect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SOLVE, "first_plan", broken)
    monkeypatch.setattr(SOLVE, "_search_on", broken)
    with pytest.raises(SolverDefect, match="broken on purpose") as error:
        solve(PROBLEM, SETTINGS)
    assert len(error.value.defects) == 2


def test_a_published_class_whose_materials_come_too_late_gives_way_and_is_no_defect() -> None:
    """Sixteen hours of work from Monday 08:00 end on Tuesday, and the class was to be on Monday."""
    before = class_problem()
    as_published = plan_of(held(before, at(0, 10), {"clerks": 12}))
    now = class_problem(
        tasks=[task("materials", hours=16)],
        courses=[course(materials="materials")],
    )
    outcome = solve(published(now, as_published, frozen_until=at(1, 0)), SETTINGS)
    assert isinstance(outcome, (Optimal, Feasible))
    assert [session.start >= at(1, 17) for session in outcome.plan.sessions] == [True, True]


def test_a_search_ends_with_its_best_plan_once_the_memory_is_used_up() -> None:
    outcome = solve(LARGE, Settings(seconds=600, workers=1, memory_mb=1))
    assert isinstance(outcome, (Optimal, Feasible))
    assert outcome.run.out_of_memory
    assert not isinstance(outcome, NoPlan)

"""Proof: times with people counted by kind become plans at once, and prove what is best."""

from __future__ import annotations

import pytest

from allocator.plan import Plan
from solver.bounds import proof as prove
from solver.bounds.proof import Proof
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.incumbent import Incumbent
from solver.model.grid import grid_of
from solver.settings import Settings
from tests.solver.relaxation.test_start_times import three_for_two
from tests.support.small import (
    at,
    audience,
    booked,
    class_problem,
    course,
    person,
    plan_of,
    task,
)

SETTINGS = Settings(seconds=600, workers=1, seed=1, deterministic_limit=60)


def one_a_day() -> Incumbent:
    """Ana does the three tasks on three days, though with Bor all could end on Monday at 12:00."""
    problem = three_for_two()
    incumbent = Incumbent(problem, SETTINGS, None, None)
    days = [
        booked(problem, name, ("ana", at(day, 8), at(day, 8 + hours)))
        for day, (name, hours) in enumerate((("t4", 4), ("t3", 3), ("t1", 1)))
    ]
    assert incumbent.offer(plan_of(*days))
    return incumbent


def proved(incumbent: Incumbent) -> list[Plan]:
    """What is handed on of the times that are found with people counted."""
    candidates = Candidates(incumbent.problem)
    handed: list[Plan] = []
    Proof(candidates, grid_of(candidates), incumbent).prove_staffed(30.0, handed.append)
    return handed


def test_times_with_people_become_the_best_plan_and_its_proof() -> None:
    incumbent = one_a_day()
    assert incumbent.total == 2 * 24 + 9
    proved(incumbent)
    assert (incumbent.total, incumbent.bound) == (12, 12)


def test_with_too_many_counts_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ana and Bor are of one kind: three counts, one for each task.
    monkeypatch.setattr(prove, "MOST_COUNTS", 2)
    incumbent = one_a_day()
    assert proved(incumbent) == []
    assert (incumbent.total, incumbent.bound) == (2 * 24 + 9, 0)
    monkeypatch.setattr(prove, "MOST_COUNTS", 3)
    proved(incumbent)
    assert incumbent.proved


def test_the_bound_of_tasks_counts_what_all_classes_cost_together() -> None:
    # Ana gives one class of twelve a day, and both courses need three.
    problem = class_problem(
        end="2027-01-14",
        people=[
            person("ana", limits={"class_hours_per_day": 2}),
            person("bor", skills=[{"skill": "sap", "level": 3}]),
        ],
        courses=[course("a", materials="t"), course("b", materials="u")],
        tasks=[task("t"), task("u")],
        audiences=[audience(headcount=36, courses=["a", "b"])],
    )
    candidates = Candidates(problem)
    incumbent = Incumbent(problem, SETTINGS, None, None)
    assert incumbent.offer(first_plan(candidates, 1))
    proof = Proof(candidates, grid_of(candidates), incumbent)
    proof.begin()
    proof.prove_classes()
    together = proof.bounds.classes
    assert together >= 2 * 12 * 2 * 3 * 1000
    proof.prove_tasks(10.0, None)
    assert proof.bounds.placed >= together + 2 * 2 * 60
    assert not incumbent.defects

"""Long after its time is up, a solve hands out what it has, however little that is."""

from __future__ import annotations

import pytest

from allocator.outcome import Feasible, NoPlan
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.incumbent import Incumbent
from solver.insertion.offers import Offers
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import (
    W1,
    at,
    class_problem,
    course,
    held,
    person,
    plan_of,
    problem_of,
    published,
    support,
    task,
)

MUCH = class_problem(tasks=[task("a"), task("b")], waves=[W1], support=[support()])


@pytest.fixture
def overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time has been up for long before anything is looked at."""
    monkeypatch.setattr(Incumbent, "overdue", lambda _: True)
    monkeypatch.setattr(Incumbent, "ended", lambda _: True)


@pytest.mark.usefixtures("overdue")
def test_without_any_time_everything_is_left_open() -> None:
    outcome = solve(MUCH, Settings(seconds=1, workers=1))
    assert isinstance(outcome, Feasible)
    assert outcome.plan == Plan()
    assert outcome.run.defects == ()


@pytest.mark.usefixtures("overdue")
def test_without_any_time_what_must_stay_is_no_plan_and_no_defect() -> None:
    as_published = plan_of(held(MUCH, at(1, 8), {"clerks": 12}))
    outcome = solve(
        published(MUCH, as_published, frozen_until=at(2, 0)), Settings(seconds=1, workers=1)
    )
    assert isinstance(outcome, NoPlan)
    assert outcome.run.defects == ()


def after(places: int, problem: Problem) -> Plan:
    """A first plan whose time is up after so many places have been looked for."""
    asked = []

    def up() -> bool:
        asked.append(True)
        return len(asked) > places

    return first_plan(Candidates(problem), 1, up, up)


def test_a_first_plan_keeps_what_had_a_place_when_its_time_was_up() -> None:
    problem = problem_of(people=[person("ana")], tasks=[task(f"t{n}") for n in range(6)])
    assert len(after(3, problem).tasks) == 3
    assert len(after(1000, problem).tasks) == 6


def test_tasks_that_are_alike_share_who_offers_what() -> None:
    problem = problem_of(
        tasks=[task("a"), task("b"), task("c", deadline="2027-01-12"), task("d", hours=3)]
    )
    offers = Offers(Candidates(problem))
    assert offers.seats(0) is offers.seats(1)
    assert offers.first_ends(0) is offers.first_ends(1)
    assert offers.seats(0) != offers.seats(2)
    assert offers.seats(0) != offers.seats(3)


def test_a_first_plan_comes_before_what_classes_cost_once_a_quarter_of_the_time_is_gone() -> None:
    problem = class_problem(
        tasks=[task("m")],
        courses=[course(materials="m")],
    )
    candidates = Candidates(problem, hurried=lambda: True)
    plan = first_plan(candidates, 1)
    assert candidates.class_steps == {}
    assert len(plan.tasks) == 1
    assert sum(session.heads for session in plan.sessions) == 20

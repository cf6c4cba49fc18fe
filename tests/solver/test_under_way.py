"""Rollouts that are under way are planned from now on, with what has happened in every account."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.formats.document import problem_from_tree
from allocator.outcome import Optimal
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import at, person, rollout, task

ONE = {"people": [person("ana", cost_per_hour=50)]}
WEDNESDAY_EVENING = "2027-01-13T17:00"


def published(*bookings: tuple[str, str, str, float], **more: Any) -> dict[str, Any]:
    """What is published of Ana: (task, start, end, hours)."""
    tasks = [
        {
            "task": name,
            "start": start,
            "end": end,
            "crew": [{"seat": 0, "person": "ana", "start": start, "end": end, "hours": hours}],
        }
        for name, start, end, hours in bookings
    ]
    return {"published": {"plan": {"schema": "plan/1", "tasks": tasks}} | more}


LOAD = ("t-load", "2027-01-11T08:00", "2027-01-15T17:00", 40)
CHECK = ("t-check", "2027-01-18T08:00", "2027-01-18T17:00", 8)
FIRST = ("t-one", "2027-01-11T08:00", "2027-01-13T17:00", 24)


def load(progress: dict[str, Any] | None, **parts: Any) -> Problem:
    """Forty hours from Monday on, due on Friday, and a check of eight after them."""
    reported = {} if progress is None else {"progress": progress}
    tasks = [
        task("t-load", 40, due="2027-01-15", **reported),
        task("t-check", 8, after=["t-load"]),
        *parts.pop("further", []),
    ]
    as_published = published(LOAD, CHECK, **parts.pop("published", {}))
    return problem_from_tree(
        rollout(**({"tasks": tasks, "as_of": WEDNESDAY_EVENING} | ONE | as_published | parts))
    )


def best(problem: Problem) -> tuple[Plan, dict[str, float]]:
    """The optimal plan, and its amounts by term."""
    outcome = solve(problem, Settings(seconds=20, workers=1))
    assert isinstance(outcome, Optimal)
    return outcome.plan, {it.term: float(it.amount) for it in outcome.score.terms}


def spans(problem: Problem, plan: Plan) -> dict[str, tuple[int, int]]:
    return {problem.tasks[it.task].id: (it.start, it.end) for it in plan.tasks}


@pytest.mark.parametrize("published", [{}, {"frozen_until": "2027-01-15"}])
def test_what_is_behind_schedule_ends_late_by_the_hours_that_are_left(published: Any) -> None:
    problem = load({"done_hours": 8}, published=published)
    plan, amounts = best(problem)
    # 32 hours: Thursday, Friday, Monday, Tuesday until 17; due at midnight before Saturday.
    assert spans(problem, plan)["t-load"] == (at(3, 8), at(8, 17))
    assert amounts["lateness"] == 3 * (at(8, 17) - at(5, 0))
    assert amounts["cost"] == 48 * 50


def test_what_is_on_schedule_ends_as_published() -> None:
    problem = load({"done_hours": 24})
    plan, amounts = best(problem)
    assert spans(problem, plan) == {
        "t-load": (at(3, 8), at(4, 17)),
        "t-check": (at(7, 8), at(7, 17)),
    }
    assert (amounts["lateness"], amounts["change"]) == (0, 0)


def test_what_is_left_keeps_its_person_from_other_work() -> None:
    problem = load({"done_hours": 24}, further=[task("t-next", 16, due="2027-01-15")])
    plan, amounts = best(problem)
    ends = sorted(end for _, end in spans(problem, plan).values())
    # Sixteen hours are left of this week, and forty of work.
    assert ends == [at(4, 17), at(8, 17), at(9, 17)]
    assert amounts["lateness"] == 3 * (at(8, 17) - at(5, 0))


def test_what_nobody_has_reported_stays_where_it_was() -> None:
    problem = load(None, as_of="2027-01-20T08:00")
    plan, amounts = best(problem)
    assert spans(problem, plan) == {"t-load": (8, at(4, 17)), "t-check": (at(7, 8), at(7, 17))}
    assert amounts["change"] == 0


def test_nothing_done_is_planned_anew() -> None:
    problem = load({"done_hours": 0}, as_of="2027-01-20T08:00")
    plan, _ = best(problem)
    assert spans(problem, plan)["t-load"] == (at(9, 8), at(15, 17))


def two(done: bool, **parts: Any) -> Problem:
    """Three days of work, done or to be done, and two more."""
    first = {"progress": {"finished": "2027-01-13"}} if done else {}
    tasks = [task("t-one", 24, **first), task("t-two", 16)]
    as_published = published(FIRST) | {"as_of": "2027-01-14T08:00"} if done else {}
    return problem_from_tree(rollout(**({"tasks": tasks} | ONE | as_published | parts)))


@pytest.mark.parametrize("done", [False, True])
def test_a_budget_lets_in_no_more_when_work_is_done(done: bool) -> None:
    problem = two(done, projects=[{"id": "erp", "priority": 3, "budget": 1500}])
    plan, amounts = best(problem)
    # 24 hours cost 1,200; the 800 of the next sixteen do not fit.
    assert ("t-one" in spans(problem, plan)) == (not done)
    assert "t-two" not in spans(problem, plan)
    assert (amounts["cost"], amounts["open_work"]) == (1200, 3 * 16)


@pytest.mark.parametrize("done", [False, True])
def test_a_week_that_is_worked_full_lets_in_no_more(done: bool) -> None:
    problem = two(done, people=[person("ana", limits={"hours_per_week": 24})])
    plan, _ = best(problem)
    assert spans(problem, plan)["t-two"] == (at(7, 8), at(8, 17))


@pytest.mark.parametrize("splittable", [True, False])
def test_what_has_passed_stays_although_it_is_beyond_limit_and_budget(splittable: bool) -> None:
    worked = {"finished": "2027-01-12", "worked": [{"person": "ana", "hours": 20}]}
    as_published = published(
        ("t-one", "2027-01-11T08:00", "2027-01-12T17:00", 16),
        ("t-past", "2027-01-13T08:00", "2027-01-13T12:00", 4),
    )
    problem = problem_from_tree(
        rollout(
            people=[person("ana", cost_per_hour=50, limits={"hours_per_week": 20})],
            projects=[{"id": "erp", "priority": 3, "budget": 1000}],
            tasks=[
                task("t-one", 16, progress=worked),
                task("t-past", 4, splittable=splittable),
                task("t-next", 4, splittable=splittable),
            ],
            as_of="2027-01-14T08:00",
            **as_published,
        )
    )
    plan, amounts = best(problem)
    # 20 hours were worked for 1,000, and four more have passed: nothing comes on top.
    assert spans(problem, plan) == {"t-past": (at(2, 8), at(2, 12))}
    assert amounts["cost"] == 24 * 50
    assert first_plan(Candidates(problem), 1).tasks == plan.tasks

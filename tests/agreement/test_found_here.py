"""Disagreements that these suites, or reading beside them, have brought to light."""

from __future__ import annotations

import pytest

from allocator.check import check
from allocator.outcome import Optimal
from allocator.plan import Plan
from solver.bounds.energy import energy_bound
from solver.bounds.quick import quick_bounds
from solver.candidates.candidates import Candidates
from solver.model.part import Part, whole
from solver.settings import Settings
from solver.solve import solve
from tests.agreement.fixing import model_total
from tests.agreement.test_bounds import optimum, relaxed
from tests.support.small import (
    OFFICE,
    W1,
    at,
    audience,
    booked,
    class_problem,
    course,
    held,
    person,
    plan_of,
    problem_of,
    published,
    room,
    support,
    task,
)

STRAIGHT = {"id": "straight", "weekly": {"mon": ["08:00-14:00"]}}
AFTERNOON = {"id": "afternoon", "weekly": {"mon": ["13:00-17:00"]}}


def test_linked_tasks_that_nobody_can_do_are_left_open() -> None:
    problem = problem_of(people=[], tasks=[task("t-a"), task("t-b", after=["t-a"])])
    assert model_total(problem, Plan()) == 2 * 2 * 3 * 1000


def test_only_those_who_can_come_stay_in_a_frozen_class() -> None:
    two = [audience(headcount=4), audience("sellers", headcount=3, calendar="afternoon")]
    problem = class_problem(calendars=[OFFICE, AFTERNOON], audiences=two)
    as_published = plan_of(held(problem, at(0, 9), {"clerks": 4, "sellers": 3}))
    frozen = published(problem, as_published, at(1, 0))
    without = plan_of(held(problem, at(0, 9), {"clerks": 4}))
    assert model_total(frozen, without) == check(frozen, without).score.total
    assert model_total(frozen, as_published) is None


def test_others_may_join_a_frozen_class_in_which_somebody_cannot_stay() -> None:
    two = [audience(headcount=4), audience("sellers", headcount=3, calendar="afternoon")]
    three = [*two, audience("buyers", headcount=2)]
    problem = class_problem(calendars=[OFFICE, AFTERNOON], audiences=three)
    frozen = published(
        problem, plan_of(held(problem, at(0, 9), {"clerks": 4, "sellers": 3})), at(1, 0)
    )
    plan = plan_of(held(problem, at(0, 9), {"clerks": 4, "buyers": 2}))
    checked = check(frozen, plan)
    assert checked.violations == ()
    assert model_total(frozen, plan) == checked.score.total


def test_the_bound_knows_that_a_slower_person_may_end_late_enough() -> None:
    # Ana would end at 14:00; Bor, who has lunch meanwhile, ends at 15:00, as the link asks.
    people = [person("ana", calendar="straight"), person("bor")]
    link = {"task": "t-a", "type": "FF", "lag_hours": 6}
    problem = problem_of(
        end="2027-01-11",
        calendars=[OFFICE, STRAIGHT],
        people=people,
        tasks=[
            task("t-a", 1, pin={"start": "2027-01-11T08:00", "people": ["ana"]}),
            task("t-b", 4, after=[link], pin={"start": "2027-01-11T10:00"}),
        ],
    )
    plan = plan_of(booked(problem, "t-a", ("ana", 8, 9)), booked(problem, "t-b", ("bor", 10, 15)))
    checked = check(problem, plan)
    assert checked.violations == ()
    assert quick_bounds(Candidates(problem)).total <= checked.score.total


def test_the_lateness_of_finished_tasks_is_counted_once_in_the_sum_of_bounds() -> None:
    problem = problem_of(
        tasks=[task("t-a", due="2027-01-11", progress={"finished": "2027-01-12"}), task("t-b")],
        waves=[W1],
        support=[support()],
    )
    parts = whole(Candidates(problem))
    bounds = [
        relaxed(problem, Part(tasks=parts.tasks)),
        relaxed(problem, Part(shifts=parts.shifts)),
    ]
    late = 24 * 3 * 10
    assert sum(bounds) + late <= optimum(problem)


def test_frozen_classes_are_in_no_relaxed_part() -> None:
    goals = {"preset": "balanced", "prices": {"open_work": 0}}
    problem = class_problem(tasks=[task("t-a")], goals=goals)
    frozen = published(problem, plan_of(held(problem, at(0, 9), {"clerks": 4})), at(1, 0))
    assert relaxed(frozen, Part(tasks=frozenset([0]))) == 0


def test_hours_in_a_frozen_class_may_be_what_makes_the_others_fair() -> None:
    low = [{"skill": "sap", "level": 2}, {"skill": "teach", "level": 3}]
    away = [{"from": "2027-01-11T12:00", "to": "2027-01-11T23:00"}]
    problem = class_problem(
        as_of="2027-01-11T13:00",
        end="2027-01-11",
        people=[person("ana", skills=low, absences=away), person("bor")],
        rooms=[room()],
        courses=[course(hours=4)],
        audiences=[audience(headcount=4)],
        tasks=[task("t-a", 4)],
        goals={"preset": "balanced", "prices": {"unfairness": 1000, "finish": 0}},
    )
    frozen = published(problem, plan_of(held(problem, at(0, 8), {"clerks": 4})), at(1, 0))
    bound = energy_bound(Candidates(frozen), 5, tasks=True)
    assert bound is not None
    assert bound <= optimum(frozen) == 8 * 60


@pytest.mark.parametrize("virtual", [False, True])
def test_a_course_without_trainers_is_planned(virtual: bool) -> None:
    place = {"virtual": True} if virtual else {"room": {}}
    plain = {"id": "c-basic", "project": "erp", "hours": 2, "class_size": {"max": 12}}
    problem = class_problem(courses=[plain | place], audiences=[audience(headcount=4)])
    outcome = solve(problem, Settings(seconds=20, workers=1))
    assert isinstance(outcome, Optimal)
    assert outcome.score.amount("open_work") == 0


@pytest.mark.parametrize("as_of", ["2027-01-11T08:00", "2027-01-11T10:00"])
def test_a_published_class_may_stay_before_now_and_within_lead_days(as_of: str) -> None:
    problem = class_problem(
        as_of=as_of,
        vendors=[{"id": "acme", "lead_days": 2}],
        people=[person("ana", vendor="acme")],
        audiences=[audience(headcount=4)],
    )
    plan = plan_of(held(problem, at(0, 9), {"clerks": 4}))
    as_published = published(problem, plan)
    checked = check(as_published, plan)
    assert checked.violations == ()
    assert model_total(as_published, plan) == checked.score.total
    assert model_total(problem, plan) is None
    assert quick_bounds(Candidates(as_published)).total <= checked.score.total

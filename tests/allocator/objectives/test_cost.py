"""What cost measures."""

from fractions import Fraction

from allocator.objectives.cost import measure
from allocator.views.money import cost_by_project
from tests.support.small import (
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
    room,
    stood,
    support,
    task,
)

RATE = 60
"""What Ana and Bor cost an hour."""


def test_an_empty_plan_costs_nothing() -> None:
    assert measure(problem_of(), plan_of()) == 0


def test_splittable_work_costs_its_hours_on_duty() -> None:
    problem = problem_of(tasks=[task("t-a", hours=10)])
    over_night = plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(1, 10))))
    assert measure(problem, over_night) == 10 * RATE


def test_a_sitting_costs_its_hours_on_the_clock() -> None:
    problem = problem_of(tasks=[task("t-a", hours=5, splittable=False)])
    across_lunch = plan_of(booked(problem, "t-a", ("ana", at(0, 10), at(0, 15))))
    assert measure(problem, across_lunch) == 5 * RATE


def test_everyone_costs_their_own_rate() -> None:
    people = [person("ana", cost_per_hour=62.5), person("bor", cost_per_hour=80)]
    problem = problem_of(tasks=[task("t-a", hours=2, people=2)], people=people)
    both = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)), ("bor", at(0, 8), at(0, 10)))
    assert measure(problem, plan_of(both)) == 2 * Fraction(125, 2) + 2 * 80


def test_a_class_costs_trainers_and_room_but_not_its_named_learners() -> None:
    problem = class_problem(
        courses=[course(hours=3)],
        rooms=[room(cost_per_hour=15)],
        audiences=[audience(members=["bor"])],
    )
    session = held(problem, at(0, 8), {"clerks": ["bor"]})
    assert measure(problem, plan_of(session)) == 3 * (RATE + 15)


def test_a_shift_costs_each_supporter_its_hours_on_the_clock() -> None:
    problem = problem_of(waves=[W1], support=[support()])
    assert measure(problem, plan_of(stood(problem, 14, "ana", "bor"))) == 2 * (16 - 8) * RATE


def test_the_cost_of_part_of_an_hour_is_exact() -> None:
    quarter = task("t-a", hours=0.25)
    people = [person("ana", cost_per_hour=0.01)]
    problem = problem_of(slot_minutes=15, tasks=[quarter], people=people)
    one_slot = booked(problem, "t-a", ("ana", 4 * 8, 4 * 8 + 1))
    assert measure(problem, plan_of(one_slot)) == Fraction(1, 100) / 4


def test_costs_are_distinguished_by_project_in_cents() -> None:
    problem = class_problem(
        projects=[{"id": "erp", "name": "ERP"}, {"id": "crm", "name": "CRM"}],
        tasks=[task("t-a", hours=4, project="crm")],
    )
    work = booked(problem, "t-a", ("bor", at(0, 8), at(0, 12)))
    plan = plan_of(work, held(problem, at(0, 8), {"clerks": 5}))
    assert cost_by_project(problem, plan) == (2 * RATE * 100, 4 * RATE * 100)

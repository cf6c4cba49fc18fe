"""The meaning of budget."""

from functools import partial

from tests.support.small import (
    W1,
    at,
    booked,
    breaches,
    class_problem,
    held,
    problem_of,
    room,
    stood,
    support,
    task,
)

check = partial(breaches, "budget")

RATE = 60
"""What Ana and Bor cost an hour."""


def project(budget, name="erp"):
    return {"id": name, "name": name.upper(), "budget": budget}


def test_a_project_may_cost_its_budget_and_not_a_cent_more() -> None:
    def problem_with(budget):
        return problem_of(projects=[project(budget)], tasks=[task("t-a", hours=4)])

    def whole(problem):
        return booked(problem, "t-a", ("ana", at(0, 10), at(0, 15)))

    assert 4 * RATE == 240
    enough, short = problem_with(240), problem_with(239.99)
    assert check(enough, whole(enough)) == []
    assert check(short, whole(short)) == ["erp costs 240.00 EUR, above its budget of 239.99 EUR."]


def test_the_hours_of_a_sitting_are_those_on_the_clock() -> None:
    def problem_with(budget):
        sitting = task("t-a", hours=5, splittable=False)
        return problem_of(projects=[project(budget)], tasks=[sitting])

    def whole(problem):
        return booked(problem, "t-a", ("ana", at(0, 10), at(0, 15)))

    assert 5 * RATE == 300
    assert check(problem_with(300), whole(problem_with(300))) == []
    assert len(check(problem_with(299), whole(problem_with(299)))) == 1


def test_trainer_and_room_of_a_class_count_and_its_learners_do_not() -> None:
    def problem_with(budget):
        return class_problem(projects=[project(budget)], rooms=[room(cost_per_hour=15)])

    def session(problem):
        return held(problem, at(0, 8), {"clerks": 12})

    assert 2 * (RATE + 15) == 150
    assert check(problem_with(150), session(problem_with(150))) == []
    assert len(check(problem_with(149), session(problem_with(149)))) == 1


def test_support_counts_for_the_project_of_its_wave() -> None:
    def problem_with(budget):
        return problem_of(projects=[project(budget)], waves=[W1], support=[support()])

    def shift(problem):
        return stood(problem, 14, "ana", "bor")

    assert 2 * (16 - 8) * RATE == 960
    assert check(problem_with(960), shift(problem_with(960))) == []
    assert len(check(problem_with(959), shift(problem_with(959)))) == 1


def test_each_project_has_its_own_budget() -> None:
    problem = problem_of(
        projects=[project(120), {"id": "crm", "name": "CRM"}],
        tasks=[task("t-a"), task("t-b", hours=40, project="crm")],
    )
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    assert check(problem, first, booked(problem, "t-b", ("bor", at(0, 8), at(4, 17)))) == []

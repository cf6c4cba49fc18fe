"""The energy bound: hours shared out among people and weeks, by hand on small rollouts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from allocator.problem import Problem
from solver.bounds.energy import energy_bound
from solver.candidates.candidates import Candidates
from tests.support.small import audience, class_problem, course, person, problem_of, task

NO_FAIRNESS = {"preset": "balanced", "prices": {"unfairness": 0}}


def bound(problem: Problem, *, tasks: bool = True) -> float:
    found = energy_bound(Candidates(problem), 30, tasks=tasks)
    assert found is not None
    return float(found)


def test_work_goes_to_the_cheap_until_their_hours_are_full() -> None:
    # Two tasks of 30 h in one week of 40 h: Ana at 60 takes 40 h, Bor at 100 the other 20 h.
    problem = problem_of(
        end="2027-01-17",
        people=[person("ana"), person("bor", cost_per_hour=100)],
        tasks=[task("a", hours=30), task("b", hours=30)],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx(40 * 60 + 20 * 100, rel=1e-4)


def test_what_nobody_has_hours_for_is_open_work() -> None:
    # 40 h a week for Ana alone, two tasks of 30 h at priority 3: 20 h are open at 3,000 an hour.
    problem = problem_of(
        end="2027-01-17",
        people=[person("ana")],
        tasks=[task("a", hours=30), task("b", hours=30)],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx(40 * 60 + 20 * 3 * 1000, rel=1e-4)


def test_a_limit_of_hours_a_week_counts() -> None:
    problem = problem_of(
        end="2027-01-17",
        people=[person("ana", limits={"hours_per_week": 20})],
        tasks=[task("a", hours=15), task("b", hours=15)],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx(20 * 60 + 10 * 3 * 1000, rel=1e-4)


def test_classes_are_counted_whole_and_one_seat_less_may_save_one() -> None:
    # 20 heads in rooms of 12 are two classes of 2 h at 60 an hour.
    problem = class_problem(goals=NO_FAIRNESS)
    assert bound(problem, tasks=False) == pytest.approx(2 * 2 * 60, rel=1e-4)


def test_without_tasks_only_groups_that_no_task_can_book_count_as_unfair() -> None:
    # Two trainers of one group: four classes of 2 h are shared 4 h each when both only teach.
    both = class_problem(
        courses=[course(hours=4)],
        audiences=[audience(headcount=24)],
        departments=[{"id": "finance", "site": "lj", "headcount": 24}],
        people=[person("ana"), person("bor", cost_per_hour=61)],
    )
    # 4 h each but for the 10 % that the mean allows: 0.4 h go from Bor to Ana, who is 1 cheaper.
    assert bound(both, tasks=False) == pytest.approx(4 * 60 + 4 * 61 - 0.4, rel=1e-4)
    with_task = class_problem(
        courses=[course(hours=4)],
        audiences=[audience(headcount=24)],
        departments=[{"id": "finance", "site": "lj", "headcount": 24}],
        people=[person("ana"), person("bor", cost_per_hour=61)],
        tasks=[task("t")],
    )
    assert bound(with_task, tasks=False) == pytest.approx(8 * 60, rel=1e-4)


def test_forbidden_open_work_leaves_nothing_open() -> None:
    problem = problem_of(
        tasks=[task("a", hours=8)],
        goals={"preset": "balanced", "prices": {"open_work": "forbidden", "unfairness": 0}},
    )
    assert bound(problem) == pytest.approx(8 * 60, rel=1e-4)
    assert isinstance(energy_bound(Candidates(problem), 30, tasks=True), Fraction)


def test_of_two_tasks_for_different_people_one_is_open_where_one_person_is_able() -> None:
    # Bor lacks the skill. Leaving the 2 h of b open, not the 8 h of a, costs 3,000 an hour.
    problem = problem_of(
        people=[person("ana"), person("bor", skills=[])],
        tasks=[task("a", hours=8), task("b", different_people_from="a")],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx(8 * 60 + 2 * 3 * 1000, rel=1e-4)


def test_what_comes_after_open_work_is_open_too() -> None:
    # As before, but 20 h more hang on b: now a is left open.
    problem = problem_of(
        people=[person("ana"), person("bor", skills=[])],
        tasks=[
            task("a", hours=8),
            task("b", different_people_from="a"),
            task("c", hours=20, after=["b"]),
        ],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx(22 * 60 + 8 * 3 * 1000, rel=1e-4)


def test_the_same_people_do_both_though_others_would_do_one_for_less() -> None:
    # Bor, at 30 an hour, could do the 2 h of b alone; Ana, at 60, has to do the 8 h of a.
    problem = problem_of(
        people=[
            person("ana"),
            person("bor", skills=[{"skill": "sap", "level": 1}], cost_per_hour=30),
        ],
        tasks=[
            task("a", hours=8),
            task(
                "b",
                crew=[{"skill": "sap", "level": 1, "people": 1, "hours": 2}],
                same_people_as="a",
            ),
        ],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx(10 * 60, rel=1e-4)


def test_without_the_task_of_its_materials_no_head_is_trained() -> None:
    # Nobody can write them: 8 h at priority 3, and 10 heads x 2 h, are open.
    problem = class_problem(
        courses=[course(materials="t-mat")],
        audiences=[audience(headcount=10)],
        tasks=[
            task("t-mat", hours=8, crew=[{"skill": "sap", "level": 5, "people": 1, "hours": 8}])
        ],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx((8 * 3 + 10 * 2 * 3) * 1000, rel=1e-4)


def test_classes_take_their_hours_day_by_day() -> None:
    # Two class hours a day on five days of one week are 5 classes of 2 h for 12 heads each: of 72
    # heads 12 have no seat, 2 h each at priority 3, although 40 h a week would be enough for all.
    problem = class_problem(
        end="2027-01-17",
        audiences=[audience(headcount=72)],
        departments=[{"id": "finance", "site": "lj", "headcount": 72}],
        people=[person("ana", limits={"class_hours_per_day": 2})],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx(5 * 2 * 60 + 12 * 2 * 3 * 1000, rel=1e-4)


def test_a_class_and_a_task_cannot_have_the_same_hours() -> None:
    # 4 classes of 2 h leave Ana 32 of 40 h for a task of 34 h. Two hours of it, at priority 3, are
    # less than 12 heads, 2 h each.
    problem = class_problem(
        end="2027-01-17",
        audiences=[audience(headcount=48)],
        departments=[{"id": "finance", "site": "lj", "headcount": 48}],
        people=[person("ana")],
        tasks=[task("t", hours=34)],
        goals=NO_FAIRNESS,
    )
    assert bound(problem) == pytest.approx(40 * 60 + 2 * 3 * 1000, rel=1e-4)

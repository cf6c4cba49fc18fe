"""The meaning of release_limit."""

from functools import partial

import pytest

from tests.support.small import at, audience, breaches, class_problem, department, held, room

check = partial(breaches, "release_limit")


def limited(share, headcount=20):
    given = {} if share is None else {"release_limit": share}
    return class_problem(
        departments=[department(headcount=headcount, **given), department("sales")],
        audiences=[
            audience(headcount=headcount),
            audience("bosses", headcount=headcount),
            audience("sellers", department="sales"),
        ],
        rooms=[room(), room("r2")],
    )


@pytest.mark.parametrize(
    ("share", "headcount", "heads"),
    [(0.25, 20, 5), (0.29, 100, 29), (0.34, 20, 6), (0.01, 20, 1), (0, 20, 1), (1, 20, 20)],
)
def test_the_share_of_the_headcount_is_rounded_down_but_at_least_one(
    share, headcount, heads
) -> None:
    problem = limited(share, headcount)
    assert check(problem, held(problem, at(0, 8), {"clerks": heads})) == []
    assert len(check(problem, held(problem, at(0, 8), {"clerks": heads + 1}))) == 1


def test_all_audiences_of_the_department_count_together() -> None:
    problem = limited(0.25)
    first = held(problem, at(0, 8), {"clerks": 3})
    fitting = held(problem, at(0, 9), {"bosses": 2}, trainers=["bor"], where="r2")
    too_many = held(problem, at(0, 9), {"bosses": 3}, trainers=["bor"], where="r2")
    assert check(problem, first, fitting) == []
    assert check(problem, first, too_many) == [
        "6 heads of finance are in class at once from 2027-01-11T09:00, at most 5 may."
    ]


def test_groups_of_one_session_count_together() -> None:
    problem = limited(0.25)
    assert len(check(problem, held(problem, at(0, 8), {"clerks": 3, "bosses": 3}))) == 1


def test_one_class_right_after_the_other_is_not_at_once() -> None:
    problem = limited(0.25)
    first = held(problem, at(0, 8), {"clerks": 5})
    assert check(problem, first, held(problem, at(0, 10), {"bosses": 5})) == []


def test_other_departments_do_not_count() -> None:
    problem = limited(0.25)
    mixed = held(problem, at(0, 8), {"clerks": 5, "sellers": 7})
    assert check(problem, mixed) == []


def test_a_department_without_a_limit_may_release_everybody() -> None:
    problem = limited(None)
    assert check(problem, held(problem, at(0, 8), {"clerks": 20})) == []

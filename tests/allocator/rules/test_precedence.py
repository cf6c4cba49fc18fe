"""The meaning of precedence."""

from functools import partial

import pytest

from tests.support.small import DAY, at, booked, breaches, problem_of, task

check = partial(breaches, "precedence")

BEGINS, ENDS, LAG, LENGTH = at(0, 9), at(0, 11), 3, 2
"""The earlier task runs from 9 to 11; the lag is 3 hours and the later task takes 2."""

EARLIEST = {
    "FS": ENDS + LAG,
    "SS": BEGINS + LAG,
    "FF": ENDS + LAG - LENGTH,
    "SF": BEGINS + LAG - LENGTH,
}
"""First start of the later task: from its own start or end and the earlier one's."""


def linked(link, **first):
    return problem_of(tasks=[task("t-a", **first), task("t-b", after=[link])])


def pair(problem, start):
    first = booked(problem, "t-a", ("ana", BEGINS, ENDS))
    return first, booked(problem, "t-b", ("bor", start, start + LENGTH))


@pytest.mark.parametrize("kind", EARLIEST)
def test_a_link_allows_its_first_start_and_forbids_the_slot_before(kind: str) -> None:
    problem = linked({"task": "t-a", "type": kind, "lag_hours": LAG})
    assert check(problem, *pair(problem, EARLIEST[kind])) == []
    assert len(check(problem, *pair(problem, EARLIEST[kind] - 1))) == 1


def test_a_plain_link_is_finish_to_start_without_a_lag() -> None:
    problem = linked("t-a")
    assert check(problem, *pair(problem, ENDS)) == []
    assert check(problem, *pair(problem, ENDS - 1)) == [
        "t-b starts at 2027-01-11T10:00, before the end of t-a at 2027-01-11T11:00 (FS)."
    ]


def test_a_lag_counts_hours_on_the_clock_and_is_named() -> None:
    problem = linked({"task": "t-a", "lag_hours": 22})
    assert at(1, 9) == ENDS + 22
    assert check(problem, *pair(problem, at(1, 9))) == []
    assert check(problem, *pair(problem, at(1, 8))) == [
        "t-b starts at 2027-01-12T08:00, before the end of t-a at 2027-01-11T11:00 plus 22 h (FS)."
    ]


LEADS = {
    "FS": ENDS - LAG,
    "SS": BEGINS - LAG,
    "FF": ENDS - LAG - LENGTH,
    "SF": BEGINS - LAG - LENGTH,
}
"""First start of the later task with a lead of 3 hours: by 6 hours earlier than with the lag."""


@pytest.mark.parametrize("kind", LEADS)
def test_a_lead_allows_a_start_so_long_before_and_forbids_the_slot_before_that(kind: str) -> None:
    problem = linked({"task": "t-a", "type": kind, "lag_hours": -LAG})
    assert LEADS[kind] == EARLIEST[kind] - 2 * LAG
    assert check(problem, *pair(problem, LEADS[kind])) == []
    assert len(check(problem, *pair(problem, LEADS[kind] - 1))) == 1


def test_a_lead_is_named() -> None:
    problem = linked({"task": "t-a", "lag_hours": -LAG})
    assert check(problem, *pair(problem, LEADS["FS"] - 1)) == [
        "t-b starts at 2027-01-11T07:00, before the end of t-a at 2027-01-11T11:00 less 3 h (FS)."
    ]


@pytest.mark.parametrize("kind", EARLIEST)
def test_a_lead_after_a_finished_task_counts_from_the_end_of_its_day(kind: str) -> None:
    finished = {"progress": {"finished": "2027-01-12"}}
    problem = linked({"task": "t-a", "type": kind, "lag_hours": -16}, **finished)
    # 16 hours before the end of Tuesday it is 08:00; who ends then has begun at 06:00.
    first = at(1, 8) - (LENGTH if kind in ("FF", "SF") else 0)
    _, allowed = pair(problem, first)
    _, forbidden = pair(problem, first - 1)
    assert check(problem, allowed) == []
    assert len(check(problem, forbidden)) == 1


@pytest.mark.parametrize("kind", EARLIEST)
def test_what_comes_after_a_task_left_open_is_left_open(kind: str) -> None:
    problem = linked({"task": "t-a", "type": kind, "lag_hours": -48})
    first, second = pair(problem, at(4, 8))
    assert check(problem, first) == []
    assert check(problem, second) == [
        "t-b is planned, but t-a, which it comes after, is left open."
    ]


@pytest.mark.parametrize("kind", ["FS", "SS"])
def test_a_finished_task_has_begun_and_ended_at_the_end_of_its_day(kind: str) -> None:
    finished = {"progress": {"finished": "2027-01-11"}}
    problem = linked({"task": "t-a", "type": kind, "lag_hours": 8}, **finished)
    _, allowed = pair(problem, DAY + 8)
    _, forbidden = pair(problem, DAY + 7)
    assert check(problem, allowed) == []
    assert len(check(problem, forbidden)) == 1


@pytest.mark.parametrize("kind", ["FF", "SF"])
def test_work_after_a_finished_task_may_not_end_before_its_day_did(kind: str) -> None:
    finished = {"progress": {"finished": "2027-01-11"}}
    problem = linked({"task": "t-a", "type": kind, "lag_hours": 10}, **finished)
    _, allowed = pair(problem, DAY + 10 - LENGTH)
    _, forbidden = pair(problem, DAY + 9 - LENGTH)
    assert check(problem, allowed) == []
    assert len(check(problem, forbidden)) == 1

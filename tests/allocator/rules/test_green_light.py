"""The meaning of green_light."""

from functools import partial

from tests.support.small import DAY, booked, breaches, department, problem_of, task

check = partial(breaches, "green_light")


def lit(light, **more):
    change = {"change": True, "department": "finance"} | more
    departments = [department() if light is None else department(green_light=light)]
    return problem_of(departments=departments, tasks=[task("t-a", **change)])


def begun(problem, start):
    return booked(problem, "t-a", ("ana", start, start + 2))


def test_change_work_starts_on_the_day_of_the_green_light_and_not_before() -> None:
    problem = lit({"status": "granted", "date": "2027-01-13"})
    assert check(problem, begun(problem, 2 * DAY)) == []
    assert check(problem, begun(problem, 2 * DAY - 1)) == [
        "t-a starts at 2027-01-12T23:00, before the green light of finance (granted) on "
        "2027-01-13T00:00."
    ]


def test_a_pending_green_light_counts_from_its_expected_day() -> None:
    problem = lit({"status": "pending", "date": "2027-01-13"})
    assert check(problem, begun(problem, 2 * DAY)) == []
    assert len(check(problem, begun(problem, 2 * DAY - 1))) == 1


def test_refused_change_work_is_left_open() -> None:
    problem = lit({"status": "refused"})
    assert check(problem) == []
    assert check(problem, begun(problem, 9 * DAY)) == [
        "t-a is planned, but finance has refused its green light."
    ]


def test_a_department_without_a_green_light_needs_none() -> None:
    problem = lit(None)
    assert check(problem, begun(problem, 0)) == []


def test_work_that_changes_nothing_needs_no_green_light() -> None:
    problem = lit({"status": "refused"}, change=False)
    assert check(problem, begun(problem, 0)) == []

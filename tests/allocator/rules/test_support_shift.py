"""The meaning of support_shift."""

from functools import partial

from tests.support.small import W1, breaches, department, person, problem_of, stood, support

check = partial(breaches, "support_shift")

GO_LIVE = 14
"""2027-01-25 is a Monday."""


def supported(**parts):
    people = [person(name) for name in ("ana", "bor", "eva")]
    return problem_of(**({"waves": [W1], "support": [support()], "people": people} | parts))


def test_as_many_supporters_stand_as_are_needed_and_no_more() -> None:
    problem = supported()
    assert 20 / 10 == 2
    assert check(problem, stood(problem, GO_LIVE, "ana", "bor")) == []
    assert check(problem, stood(problem, GO_LIVE, "ana", "bor", "eva")) == [
        "3 people stand on s-w1 in finance on 2027-01-25, only 2 are needed."
    ]


def test_the_number_needed_is_rounded_up() -> None:
    problem = supported(departments=[department(headcount=21)])
    assert check(problem, stood(problem, GO_LIVE, "ana", "bor", "eva")) == []


def test_a_missing_supporter_is_open_work_and_no_breach() -> None:
    problem = supported()
    assert check(problem) == []
    assert check(problem, stood(problem, GO_LIVE, "ana")) == []


def test_support_ends_with_the_last_day_of_its_curve() -> None:
    problem = supported()
    assert check(problem, stood(problem, GO_LIVE + 1, "ana")) == []
    assert check(problem, stood(problem, GO_LIVE + 2, "ana")) == [
        "s-w1 in finance on 2027-01-27 is planned, but no support is needed then."
    ]


def test_nobody_stands_before_go_live() -> None:
    problem = supported()
    assert len(check(problem, stood(problem, GO_LIVE - 3, "ana"))) == 1


def test_day_one_is_the_next_working_day_if_the_site_does_not_work_at_go_live() -> None:
    problem = supported(waves=[W1 | {"go_live": "2027-01-23"}])
    saturday = GO_LIVE - 2
    assert len(check(problem, stood(problem, saturday, "ana"))) == 1
    assert check(problem, stood(problem, GO_LIVE, "ana")) == []
    assert check(problem, stood(problem, GO_LIVE + 1, "ana")) == []


def test_a_shift_has_exactly_its_hours() -> None:
    problem = supported()
    assert check(problem, stood(problem, GO_LIVE, "ana", start=8, end=15)) == [
        "s-w1 in finance on 2027-01-25 is planned from 2027-01-25T08:00 to 2027-01-25T15:00, not "
        "from 2027-01-25T08:00 to 2027-01-25T16:00."
    ]


def test_nobody_stands_twice_on_a_shift() -> None:
    problem = supported()
    assert check(problem, stood(problem, GO_LIVE, "ana", "ana")) == [
        "Ana (ana) stands 2 times on s-w1 in finance on 2027-01-25."
    ]


def test_a_shift_is_planned_once() -> None:
    problem = supported()
    halves = [stood(problem, GO_LIVE, who) for who in ("ana", "bor")]
    assert check(problem, *halves) == ["s-w1 in finance on 2027-01-25 is planned 2 times."] * 2


def test_a_department_that_is_not_in_the_wave_needs_no_support() -> None:
    problem = supported(departments=[department(), department("sales")])
    assert len(check(problem, stood(problem, GO_LIVE, "ana", where="sales"))) == 1

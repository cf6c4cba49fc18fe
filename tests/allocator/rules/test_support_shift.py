"""The meaning of support_shift."""

from functools import partial

from tests.support.small import (
    OFFICE,
    W1,
    at,
    audience,
    breaches,
    department,
    person,
    problem_of,
    stood,
    support,
)

check = partial(breaches, "support_shift")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
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


NIGHT = {"id": "night", "weekly": {key: ["22:00-06:00"] for key in DAYS}}


def needs(**parts):
    """(day, start, end, people) of each shift that is needed."""
    shifts = supported(**parts).shifts
    return [(it.day, it.start, it.end, it.people) for it in shifts]


def test_a_night_begins_on_its_day_and_ends_on_the_next() -> None:
    nights = needs(support=[support(hours="22:00-06:00")])
    assert nights == [(day, at(day, 22), at(day + 1, 6), 2) for day in (GO_LIVE, GO_LIVE + 1)]


def test_a_supporter_stands_through_a_night_of_their_calendar() -> None:
    people = [person("ana", calendar="night"), person("bor")]
    problem = supported(
        calendars=[OFFICE, NIGHT], people=people, support=[support(hours="22:00-06:00")]
    )
    whole = stood(problem, GO_LIVE, "ana", start=22, end=30)
    assert check(problem, whole) == []
    assert breaches("working_time", problem, whole) == []
    assert len(breaches("working_time", problem, stood(problem, GO_LIVE, "bor", start=22, end=30)))
    assert len(check(problem, stood(problem, GO_LIVE, "ana", start=22, end=29))) == 1


def test_a_shift_that_would_end_after_the_rollout_is_not_needed() -> None:
    # The last day is Sunday 2027-02-07, day 27; the night of day 26 ends on it.
    wave = W1 | {"go_live": "2027-02-05"}
    night = support(
        hours="22:00-06:00", days=["every"], curve=[{"days": "1-9", "users_per_supporter": 20}]
    )
    assert [day for day, *_ in needs(waves=[wave], support=[night])] == [25, 26]


def test_the_curve_counts_the_days_of_the_support() -> None:
    # Go-live is on Friday the 29th, day 18. Day 18 has a curve for its day 1, and so on.
    wave = W1 | {"go_live": "2027-01-29"}

    def days(*words):
        chosen = support(curve=[{"days": "1-3", "users_per_supporter": 10}], days=list(words))
        return [day for day, *_ in needs(waves=[wave], support=[chosen])]

    assert days("working") == [18, 21, 22]
    assert days("every") == [18, 19, 20]
    assert days("sat", "sun") == [19, 20, 26]
    assert days("working", "sat") == [18, 19, 21]


def test_users_are_a_share_of_the_department_or_the_heads_of_some_audiences() -> None:
    audiences = [
        audience("nurses", headcount=7, courses=[]),
        audience("doctors", headcount=5, courses=[], calendar="night"),
    ]

    def people(hours="08:00-12:00", **users):
        curve = [{"days": 1, "users_per_supporter": 3}]
        published = needs(
            calendars=[OFFICE, NIGHT],
            audiences=audiences,
            support=[support(users=users, curve=curve, hours=hours)],
        )
        return [it[-1] for it in published]

    assert people() == [7]  # ceil(20 / 3)
    assert people(share=0.3) == [2]  # 6 / 3
    assert people(share=0.31) == [3]  # ceil(6.2 / 3)
    assert people(audiences=["nurses"]) == [3]  # ceil(7 / 3)
    assert people(on_duty=True) == [3]
    assert people("22:00-06:00", on_duty=True) == [2]  # ceil(5 / 3)
    assert people("16:00-22:00", on_duty=True) == [3]  # nurses are there until 17:00
    assert people("17:00-22:00", on_duty=True) == []
    assert people("22:00-06:00", audiences=["nurses"], on_duty=True) == []
    assert people("22:00-06:00", on_duty=True, share=0.6) == [1]  # 3 / 3

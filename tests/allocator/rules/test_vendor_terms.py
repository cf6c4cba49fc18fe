"""The meaning of vendor_terms."""

from functools import partial

from tests.support.small import (
    DAY,
    W1,
    at,
    audience,
    booked,
    breaches,
    class_problem,
    held,
    person,
    plan_of,
    problem_of,
    published,
    stood,
    support,
    task,
)

check = partial(breaches, "vendor_terms")


def hired(*tasks, **terms):
    return problem_of(
        vendors=[{"id": "acme", "name": "ACME"} | terms],
        people=[person("ana", vendor="acme"), person("bor")],
        tasks=list(tasks),
        as_of="2027-01-11T15:00",
    )


def test_lead_days_run_from_midnight_of_the_day_of_now() -> None:
    problem = hired(task("t-a"), lead_days=2)
    assert check(problem, booked(problem, "t-a", ("ana", 2 * DAY, 2 * DAY + 2))) == []
    assert check(problem, booked(problem, "t-a", ("ana", 2 * DAY - 1, 2 * DAY + 1))) == [
        "Ana (ana) is booked on t-a from 2027-01-12T23:00, before acme can come (2027-01-13T00:00)."
    ]


def test_own_staff_need_no_notice() -> None:
    problem = hired(task("t-a"), lead_days=2)
    assert check(problem, booked(problem, "t-a", ("bor", at(0, 15), at(0, 17)))) == []


def test_a_published_booking_with_the_same_person_and_start_needs_no_notice() -> None:
    problem = hired(task("t-a"), task("t-b"), lead_days=5)
    as_published = booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)))
    after = published(problem, plan_of(as_published))
    later = booked(problem, "t-a", ("ana", at(1, 9), at(1, 11)))
    other = booked(problem, "t-b", ("ana", at(1, 8), at(1, 10)))
    assert check(after, as_published) == []
    assert len(check(after, later)) == len(check(after, other)) == 1


def test_a_day_with_a_booking_reaches_the_minimum_hours() -> None:
    problem = hired(task("t-a", hours=4), task("t-b"), minimum_hours_per_day=4)
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 8), at(1, 12)))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 8), at(1, 11)))) == [
        "Ana (ana) is booked for 3 h on 2027-01-12, acme comes for at least 4 h a day."
    ]


def test_all_bookings_of_a_day_add_up_to_the_minimum() -> None:
    problem = hired(task("t-a"), task("t-b"), minimum_hours_per_day=4)
    morning = booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)))
    assert check(problem, morning, booked(problem, "t-b", ("ana", at(1, 13), at(1, 15)))) == []
    assert len(check(problem, morning, booked(problem, "t-b", ("ana", at(2, 13), at(2, 15))))) == 2


def test_every_day_of_splittable_work_reaches_the_minimum() -> None:
    problem = hired(task("t-a", hours=10), minimum_hours_per_day=2)
    two_and_eight = booked(problem, "t-a", ("ana", at(1, 15), at(2, 17)))
    one_and_eight = booked(problem, "t-a", ("ana", at(1, 16), at(2, 17)))
    assert check(problem, two_and_eight) == []
    assert len(check(problem, one_and_eight)) == 1


def test_days_off_within_splittable_work_ask_for_nothing() -> None:
    problem = hired(task("t-a", hours=16), minimum_hours_per_day=8)
    over_the_weekend = booked(problem, "t-a", ("ana", at(4, 8), at(7, 17)))
    assert check(problem, over_the_weekend) == []


def test_hours_on_duty_count_and_not_those_on_the_clock() -> None:
    problem = hired(task("t-a", hours=5, splittable=False), minimum_hours_per_day=5)
    across_lunch = booked(problem, "t-a", ("ana", at(1, 10), at(1, 15)))
    assert 15 - 10 - 1 == 4
    assert len(check(problem, across_lunch)) == 1


def test_a_class_attended_by_name_is_no_booking_of_the_vendor() -> None:
    problem = class_problem(
        vendors=[{"id": "acme", "lead_days": 9, "minimum_hours_per_day": 4}],
        people=[person("ana"), person("bor", vendor="acme")],
        audiences=[audience(members=["bor"])],
    )
    assert check(problem, held(problem, at(1, 8), {"clerks": ["bor"]})) == []


def test_a_published_class_of_a_vendor_s_trainer_needs_no_notice() -> None:
    problem = class_problem(
        vendors=[{"id": "acme", "lead_days": 9}], people=[person("ana", vendor="acme")]
    )
    as_published = held(problem, at(1, 8), {"clerks": 5})
    assert len(check(problem, as_published)) == 1
    assert check(published(problem, plan_of(as_published)), as_published) == []


def test_a_published_supporter_of_a_vendor_needs_no_notice() -> None:
    problem = problem_of(
        vendors=[{"id": "acme", "lead_days": 20}],
        people=[person("ana", vendor="acme")],
        waves=[W1],
        support=[support()],
    )
    as_published = stood(problem, 14, "ana")
    assert len(check(problem, as_published)) == 1
    assert check(published(problem, plan_of(as_published)), as_published) == []

"""The meaning of qualified."""

from dataclasses import replace
from functools import partial

from tests.support.small import (
    DAY,
    W1,
    at,
    audience,
    booked,
    breaches,
    class_problem,
    course,
    held,
    person,
    problem_of,
    stood,
    support,
    task,
)

check = partial(breaches, "qualified")


def with_skills(name, *skills, **more):
    return person(name, skills=list(skills), **more)


def test_the_level_asked_for_is_enough() -> None:
    problem = problem_of(
        tasks=[task("t-a")], people=[with_skills("ana", {"skill": "sap", "level": 3})]
    )
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))) == []


def test_one_level_below_is_not_enough() -> None:
    problem = problem_of(
        tasks=[task("t-a")], people=[with_skills("ana", {"skill": "sap", "level": 2})]
    )
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))) == [
        "Ana (ana) does not have sap at level 3 throughout t-a from 2027-01-11T08:00 to "
        "2027-01-11T10:00."
    ]


def test_another_skill_does_not_count() -> None:
    problem = problem_of(
        tasks=[task("t-a")], people=[with_skills("ana", {"skill": "teach", "level": 5})]
    )
    assert len(check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 10))))) == 1


def test_a_certificate_counts_through_its_last_day_and_not_beyond() -> None:
    lasting = {"skill": "sap", "level": 3, "until": "2027-01-12"}
    problem = problem_of(tasks=[task("t-a", hours=10)], people=[with_skills("ana", lasting)])
    on_the_last_day = booked(problem, "t-a", ("ana", at(0, 8), at(1, 10)))
    into_the_day_after = booked(problem, "t-a", ("ana", at(1, 8), at(2, 10)))
    assert check(problem, on_the_last_day) == []
    assert len(check(problem, into_the_day_after)) == 1


def test_a_certificate_ends_at_midnight() -> None:
    lasting = {"skill": "sap", "level": 3, "until": "2027-01-12"}
    problem = problem_of(tasks=[task("t-a", hours=10)], people=[with_skills("ana", lasting)])
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 8), 2 * DAY))) == []
    assert len(check(problem, booked(problem, "t-a", ("ana", at(1, 8), 2 * DAY + 1)))) == 1


def granting(**more):
    return class_problem(
        courses=[course(grants={"skill": "sap", "level": 3})],
        audiences=[audience(members=["bor"], **more)],
        people=[person("ana"), with_skills("bor")],
        tasks=[task("t-a")],
        waves=[W1],
        support=[support()],
    )


def test_a_class_attended_by_name_grants_its_skill_from_its_end_on() -> None:
    problem = granting()
    attended = held(problem, at(0, 8), {"clerks": ["bor"]})
    after_it = booked(problem, "t-a", ("bor", at(0, 10), at(0, 12)))
    before_its_end = booked(problem, "t-a", ("bor", at(0, 9), at(0, 11)))
    assert check(problem, attended, after_it) == []
    assert len(check(problem, attended, before_its_end)) == 1


def test_a_class_not_attended_grants_nothing() -> None:
    problem = granting()
    assert len(check(problem, booked(problem, "t-a", ("bor", at(0, 10), at(0, 12))))) == 1


def test_a_class_held_already_grants_its_skill_from_the_end_of_that_day() -> None:
    problem = granting(trained=[{"course": "c-basic", "members": ["bor"], "on": "2027-01-11"}])
    next_morning = booked(problem, "t-a", ("bor", at(1, 8), at(1, 10)))
    same_day = booked(problem, "t-a", ("bor", at(0, 15), at(0, 17)))
    assert check(problem, next_morning) == []
    assert len(check(problem, same_day)) == 1


def test_a_certificate_and_a_grant_cover_a_booking_together_where_they_meet() -> None:
    lasting = {"skill": "sap", "level": 3, "until": "2027-01-11"}

    def problem_with(trained_on):
        trained = [{"course": "c-basic", "members": ["bor"], "on": trained_on}]
        return class_problem(
            courses=[course(grants={"skill": "sap", "level": 3})],
            audiences=[audience(members=["bor"], trained=trained)],
            people=[person("ana"), with_skills("bor", lasting)],
            tasks=[task("t-a", hours=10)],
        )

    meeting, leaving_a_gap = problem_with("2027-01-11"), problem_with("2027-01-12")
    span = ("bor", at(0, 8), at(1, 10))
    assert check(meeting, booked(meeting, "t-a", span)) == []
    assert len(check(leaving_a_gap, booked(leaving_a_gap, "t-a", span))) == 1


def test_a_grant_below_the_level_asked_for_does_not_count() -> None:
    problem = class_problem(
        courses=[course(grants={"skill": "sap", "level": 2})],
        audiences=[audience(members=["bor"])],
        people=[person("ana"), with_skills("bor")],
        tasks=[task("t-a")],
    )
    attended = held(problem, at(0, 8), {"clerks": ["bor"]})
    assert len(check(problem, attended, booked(problem, "t-a", ("bor", at(1, 8), at(1, 10))))) == 1


def test_a_trainer_has_the_skill_of_the_course() -> None:
    problem = class_problem(
        people=[person("ana"), with_skills("bor", {"skill": "sap", "level": 5})]
    )
    assert check(problem, held(problem, at(0, 8), {"clerks": 5}, trainers=["ana"])) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 5}, trainers=["bor"])) == [
        "Bor (bor) has none of the skills asked of a trainer of c-basic from 2027-01-11T08:00 to "
        "2027-01-11T10:00."
    ]


def two_lines(*people):
    return class_problem(
        courses=[
            course(
                trainers=[
                    {"skill": "teach", "level": 3, "people": 1},
                    {"skill": "sap", "level": 3, "people": 1},
                ]
            )
        ],
        people=list(people),
    )


def test_trainers_can_fill_the_seats_in_any_order() -> None:
    problem = two_lines(person("ana"), with_skills("bor", {"skill": "teach", "level": 3}))
    session = held(problem, at(0, 8), {"clerks": 5}, trainers=["ana", "bor"])
    assert check(problem, session) == []


def test_two_trainers_who_fit_only_the_same_seat_do_not_fill_two() -> None:
    problem = two_lines(
        with_skills("ana", {"skill": "teach", "level": 3}),
        with_skills("bor", {"skill": "teach", "level": 3}),
    )
    assert check(problem, held(problem, at(0, 8), {"clerks": 5}, trainers=["ana", "bor"])) == [
        "Ana (ana), Bor (bor) cannot fill the trainers' seats of c-basic from 2027-01-11T08:00 to "
        "2027-01-11T10:00 with one person in each."
    ]


def test_a_trainer_speaks_the_language_of_every_audience() -> None:
    problem = class_problem(
        people=[person("ana", languages=["sl", "en"]), person("bor", languages=["sl"])],
        audiences=[audience(), audience("guests", language="en")],
    )
    both = {"clerks": 5, "guests": 5}
    assert check(problem, held(problem, at(0, 8), both, trainers=["ana"])) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 5}, trainers=["bor"])) == []
    assert check(problem, held(problem, at(0, 8), both, trainers=["bor"])) == [
        "Bor (bor) does not speak en, the language of guests in c-basic."
    ]


def test_an_audience_without_a_language_takes_any_trainer() -> None:
    guests = audience()
    del guests["language"]
    problem = class_problem(people=[person("ana", languages=[])], audiences=[guests])
    assert check(problem, held(problem, at(0, 8), {"clerks": 5})) == []


def test_a_supporter_has_the_skill_of_the_support() -> None:
    problem = granting()
    assert check(problem, stood(problem, 14, "ana")) == []
    assert check(problem, stood(problem, 14, "ana", "bor")) == [
        "Bor (bor) does not have sap at level 3 throughout s-w1 from 2027-01-25T08:00 to "
        "2027-01-25T16:00."
    ]


def test_a_seat_that_the_task_does_not_have_asks_for_no_skill() -> None:
    problem = problem_of(tasks=[task("t-a")], people=[with_skills("ana")])
    whole = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    assert len(check(problem, whole)) == 1
    assert check(problem, replace(whole, crew=(replace(whole.crew[0], seat=3),))) == []

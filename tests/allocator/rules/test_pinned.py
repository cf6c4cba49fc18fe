"""The meaning of pinned: pins, and the frozen part of what was published."""

from dataclasses import replace
from functools import partial

import pytest

from tests.support.small import (
    W1,
    at,
    audience,
    booked,
    breaches,
    class_problem,
    course,
    department,
    held,
    person,
    plan_of,
    problem_of,
    published,
    room,
    stood,
    support,
    task,
)

check = partial(breaches, "pinned")

MONDAY_EIGHT, GO_LIVE_EIGHT = at(0, 8), at(14, 8)
AWAY_MONDAY = [{"from": "2027-01-11", "to": "2027-01-11"}]


# Pins ------------------------------------------------------------------------------------------


def test_a_pinned_start_is_kept_to_the_slot() -> None:
    problem = problem_of(tasks=[task("t-a", pin={"start": "2027-01-11T09:00"})])
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 9), at(0, 11)))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 10), at(0, 12)))) == [
        "t-a starts at 2027-01-11T10:00, but is pinned to 2027-01-11T09:00."
    ]


def test_pinned_people_are_in_the_crew_and_others_may_be_too() -> None:
    problem = problem_of(
        tasks=[task("t-a", people=2, pin={"people": ["ana"]})],
        people=[person(name) for name in ("ana", "bor", "eva")],
    )

    def crew(*names):
        return booked(problem, "t-a", *((who, at(0, 8), at(0, 10)) for who in names))

    assert check(problem, crew("bor", "ana")) == []
    assert check(problem, crew("bor", "eva")) == [
        "Ana (ana) is pinned to t-a, but not in its crew."
    ]


def test_a_pinned_task_may_be_left_open() -> None:
    pin = {"start": "2027-01-11T09:00", "people": ["ana"]}
    assert check(problem_of(tasks=[task("t-a", pin=pin)])) == []


# Frozen seats ----------------------------------------------------------------------------------


def published_seat(frozen_until, people=None, **described):
    problem = problem_of(
        tasks=[task("t-a", **described)],
        people=people or [person("ana"), person("bor")],
    )
    return published(
        problem, plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))), frozen_until
    )


def test_a_booking_that_starts_before_the_frozen_moment_stays() -> None:
    problem = published_seat(frozen_until=at(0, 9))
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))) == []
    assert check(problem, booked(problem, "t-a", ("bor", at(0, 8), at(0, 10)))) == [
        "Ana (ana) was to start on t-a at 2027-01-11T08:00, which is frozen, but seat 0 of "
        "t-a is planned otherwise."
    ]
    assert len(check(problem, booked(problem, "t-a", ("ana", at(0, 9), at(0, 11))))) == 1


def test_a_booking_that_starts_at_the_frozen_moment_may_change() -> None:
    problem = published_seat(frozen_until=at(0, 8))
    assert check(problem, booked(problem, "t-a", ("bor", at(1, 8), at(1, 10)))) == []


def test_a_frozen_task_may_be_left_open_as_a_whole() -> None:
    assert check(published_seat(frozen_until=at(1, 0))) == []


def test_a_frozen_booking_is_dropped_when_its_person_no_longer_works_then() -> None:
    away = [person("ana", absences=AWAY_MONDAY), person("bor")]
    problem = published_seat(frozen_until=at(1, 0), people=away)
    assert check(problem, booked(problem, "t-a", ("bor", at(0, 8), at(0, 10)))) == []


def test_a_frozen_booking_is_dropped_when_its_person_is_away_in_the_middle_of_it() -> None:
    absence = [{"from": "2027-01-11T09:00", "to": "2027-01-11T10:00"}]
    away = [person("ana", absences=absence), person("bor")]
    sitting = published_seat(frozen_until=at(1, 0), people=away, splittable=False)
    pausing = published_seat(frozen_until=at(1, 0), people=away)
    by_bor = booked(sitting, "t-a", ("bor", at(0, 8), at(0, 10)))
    assert check(sitting, by_bor) == []
    assert check(pausing, by_bor) == []


def test_the_end_of_a_frozen_booking_may_change() -> None:
    problem = published_seat(frozen_until=at(1, 0))
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 12)))) == []


def test_the_other_seats_of_a_crew_stay_when_one_is_dropped() -> None:
    problem = problem_of(
        tasks=[task("t-a", people=2)],
        people=[person("ana", absences=AWAY_MONDAY), person("bor"), person("eva")],
    )

    def crew(first, second):
        spans = ((who, at(0, 8), at(0, 10)) for who in (first, second))
        return booked(problem, "t-a", *spans)

    after = published(problem, plan_of(crew("ana", "bor")), at(1, 0))
    assert check(after, crew("eva", "bor")) == []
    assert len(check(after, crew("eva", "ana"))) == 1


@pytest.mark.parametrize(
    ("lead", "as_of", "frozen"),
    [
        (0, "2027-01-11T00:00", False),  # what comes before it is not frozen: it cannot stay
        (-48, "2027-01-11T00:00", True),  # t-a may still end until Wednesday 08:00
        (-2, "2027-01-11T08:00", True),  # t-a may still end until 10:00, which takes all of 2 hours
        (-2, "2027-01-11T09:00", False),
    ],
)
def test_a_booking_with_a_lead_stays_while_what_it_comes_after_may_follow(
    lead: int, as_of: str, frozen: bool
) -> None:
    link = {"task": "t-a", "lag_hours": lead}
    problem = problem_of(as_of=as_of, tasks=[task("t-a"), task("t-b", after=[link])])
    as_published = plan_of(booked(problem, "t-b", ("bor", at(0, 8), at(0, 10))))
    problem = published(problem, as_published, frozen_until=at(1, 0))
    moved = plan_of(
        booked(problem, "t-a", ("ana", at(2, 8), at(2, 10))),
        booked(problem, "t-b", ("bor", at(3, 8), at(3, 10))),
    )
    assert bool(breaches("pinned", problem, *moved.tasks)) == frozen


def test_a_finished_task_is_no_longer_frozen() -> None:
    problem = published_seat(frozen_until=at(1, 0), progress={"finished": "2027-01-11"})
    assert check(problem, booked(problem, "t-a", ("bor", at(0, 8), at(0, 10)))) == []


def test_what_the_document_no_longer_has_is_not_frozen() -> None:
    problem = problem_of(tasks=[task("t-a")], courses=[course()], audiences=[audience()])
    seat = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    session = held(problem, at(0, 8), {"clerks": 5})
    for as_published in [
        plan_of(replace(seat, task=-1)),
        plan_of(replace(seat, crew=(replace(seat.crew[0], person=-1),))),
        plan_of(replace(seat, crew=(replace(seat.crew[0], seat=3),))),
        plan_of(replace(session, course=-1)),
        plan_of(replace(session, room=-1)),
        plan_of(replace(session, trainers=(-1,))),
        plan_of(replace(session, groups=(replace(session.groups[0], audience=-1),))),
    ]:
        by_bor = booked(problem, "t-a", ("bor", at(1, 8), at(1, 10)))
        assert check(published(problem, as_published, at(9, 0)), by_bor) == []


# Frozen sessions -------------------------------------------------------------------------------


def published_session(groups, frozen_until=MONDAY_EIGHT + 1, **parts):
    problem = class_problem(**({"rooms": [room(), room("r2")]} | parts))
    return published(problem, plan_of(held(problem, at(0, 8), groups)), frozen_until)


def test_a_session_that_starts_before_the_frozen_moment_stays_as_it_is() -> None:
    problem = published_session({"clerks": 5})
    for other in [
        held(problem, at(0, 9), {"clerks": 5}),
        held(problem, at(0, 8), {"clerks": 5}, where="r2"),
        held(problem, at(0, 8), {"clerks": 5}, trainers=["bor"]),
        held(problem, at(0, 8), {"clerks": 6}),
    ]:
        assert check(problem, other) == [
            "c-basic in r1 at 2027-01-11T08:00 with Ana (ana) and the same learners was published "
            "and is frozen, but is not in the plan."
        ]
    assert len(check(problem)) == 1
    assert check(problem, held(problem, at(0, 8), {"clerks": 5})) == []


def test_a_session_that_starts_at_the_frozen_moment_may_change() -> None:
    assert check(published_session({"clerks": 5}, frozen_until=at(0, 8))) == []


def test_a_session_whose_trainer_no_longer_works_then_is_dropped() -> None:
    people = [person("ana", absences=AWAY_MONDAY), person("bor")]
    assert check(published_session({"clerks": 5}, people=people)) == []


def test_a_session_whose_room_is_closed_then_is_dropped() -> None:
    tuesdays = {"id": "tuesdays", "weekly": {"tue": ["08:00-17:00"]}}
    office = {"id": "office", "weekly": {"mon": ["08:00-17:00"], "tue": ["08:00-17:00"]}}
    rooms = [room(calendar="tuesdays")]
    assert check(published_session({"clerks": 5}, calendars=[office, tuesdays], rooms=rooms)) == []


def test_a_session_of_a_course_that_has_become_virtual_is_dropped() -> None:
    virtual = course(virtual=True)
    del virtual["room"]
    assert check(published_session({"clerks": 5}, courses=[virtual])) == []


def test_a_session_stays_for_those_who_can_still_come() -> None:
    people = [person(name) for name in ("ana", "bor", "eva")]
    people += [person("ivo", absences=AWAY_MONDAY)]
    audiences = [audience(), audience("team", members=["eva", "ivo"])]
    problem = published_session(
        {"clerks": 2, "team": ["eva", "ivo"]}, people=people, audiences=audiences
    )
    assert check(problem, held(problem, at(0, 8), {"clerks": 2, "team": ["eva"]})) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 7})) == []
    assert check(problem, held(problem, at(0, 9), {"clerks": 2, "team": ["eva"]})) == [
        "c-basic in r1 at 2027-01-11T08:00 with Ana (ana) was published and is frozen, but is not "
        "in the plan."
    ]


def test_a_session_that_too_few_can_come_to_is_dropped() -> None:
    people = [person(name) for name in ("ana", "bor", "eva")]
    people += [person("ivo", absences=AWAY_MONDAY)]
    audiences = [audience(), audience("team", members=["eva", "ivo"])]
    few = {"clerks": 1, "team": ["eva", "ivo"]}
    assert check(published_session(few, people=people, audiences=audiences)) == []


def test_a_session_that_has_been_held_is_no_longer_frozen() -> None:
    def trained(heads, day):
        records = [{"course": "c-basic", "heads": heads, "on": day}]
        return published_session({"clerks": 5}, audiences=[audience(trained=records)])

    assert check(trained(5, "2027-01-11")) == []
    assert len(check(trained(4, "2027-01-11"))) == 1
    assert len(check(trained(5, "2027-01-12"))) == 1


# Frozen shifts ---------------------------------------------------------------------------------


def published_shift(*people, frozen_until=GO_LIVE_EIGHT + 1, **parts):
    problem = problem_of(
        **({"waves": [W1], "support": [support()]} | parts),
    )
    return published(problem, plan_of(stood(problem, 14, *people)), frozen_until)


def test_a_supporter_whose_shift_starts_before_the_frozen_moment_stays() -> None:
    problem = published_shift("ana")
    assert check(problem, stood(problem, 14, "ana", "bor")) == []
    assert check(problem, stood(problem, 14, "bor")) == [
        "Ana (ana) was to stand on s-w1 in finance on 2027-01-25, which is frozen, but does not."
    ]


def test_a_supporter_whose_shift_starts_at_the_frozen_moment_may_change() -> None:
    assert check(published_shift("ana", frozen_until=at(14, 8))) == []


def test_a_supporter_who_no_longer_works_then_is_dropped() -> None:
    away = [person("ana", absences=[{"from": "2027-01-25", "to": "2027-01-25"}]), person("bor")]
    problem = published_shift("ana", "bor", people=away)
    assert check(problem, stood(problem, 14, "bor")) == []


def test_supporters_beyond_the_number_now_needed_are_dropped() -> None:
    problem = published_shift("ana", "bor", departments=[department(headcount=10)])
    assert check(problem, stood(problem, 14, "ana")) == []
    assert len(check(problem, stood(problem, 14, "bor"))) == 1


def test_a_shift_that_is_no_longer_needed_or_at_other_hours_is_dropped() -> None:
    later = published_shift("ana", waves=[W1 | {"go_live": "2027-01-26"}])
    other_hours = published_shift("ana", support=[support(hours="09:00-17:00")])
    assert check(later) == check(other_hours) == []


def test_a_frozen_class_on_a_day_closed_since_no_longer_binds() -> None:
    problem = class_problem(
        departments=[department(closed=[{"from": "2027-01-13", "to": "2027-01-13"}])]
    )
    as_published = held(problem, at(2, 8), {"clerks": 12})
    problem = published(problem, plan_of(as_published), at(7, 0))
    assert breaches("pinned", problem) == []


def test_a_frozen_class_on_an_open_day_binds() -> None:
    problem = class_problem()
    as_published = held(problem, at(2, 8), {"clerks": 12})
    problem = published(problem, plan_of(as_published), at(7, 0))
    assert len(breaches("pinned", problem)) == 1


def test_a_frozen_class_whose_trainers_certificate_has_run_out_no_longer_binds() -> None:
    expired = [{"skill": "teach", "level": 3, "until": "2027-01-12"}]
    problem = class_problem(people=[person("ana", skills=expired), person("bor")])
    as_published = held(problem, at(2, 8), {"clerks": 12})
    problem = published(problem, plan_of(as_published), at(7, 0))
    assert breaches("pinned", problem) == []

"""The meaning of course_order."""

from functools import partial

from tests.support.small import (
    DAY,
    at,
    audience,
    booked,
    breaches,
    class_problem,
    course,
    held,
    person,
    room,
    task,
)

check = partial(breaches, "course_order")


def ordered(**parts):
    return class_problem(
        **(
            {
                "courses": [course(), course("c-next", after=["c-basic"])],
                "audiences": [audience(courses=["c-basic", "c-next"])],
                "rooms": [room(), room("r2")],
            }
            | parts
        )
    )


def following(problem, start, groups):
    return held(problem, start, groups, name="c-next", trainers=["bor"], where="r2")


def test_a_course_may_begin_when_the_one_before_it_ends() -> None:
    problem = ordered()
    before = held(problem, at(0, 8), {"clerks": 5})
    assert check(problem, before, following(problem, at(0, 10), {"clerks": 5})) == []


def test_a_course_may_not_begin_one_slot_before_the_one_before_it_ends() -> None:
    problem = ordered()
    before = held(problem, at(0, 8), {"clerks": 5})
    assert check(problem, before, following(problem, at(0, 9), {"clerks": 5})) == [
        "With c-next from 2027-01-11T09:00, 5 heads of clerks have begun it, but only 0 have "
        "ended c-basic."
    ]


def test_no_more_heads_begin_than_have_ended_the_course_before() -> None:
    problem = ordered()
    before = held(problem, at(0, 8), {"clerks": 5})
    assert check(problem, before, following(problem, at(1, 8), {"clerks": 5})) == []
    assert len(check(problem, before, following(problem, at(1, 8), {"clerks": 6}))) == 1


def test_heads_are_counted_over_all_sessions_so_far() -> None:
    problem = ordered()
    first = held(problem, at(0, 8), {"clerks": 6})
    second = held(problem, at(2, 8), {"clerks": 6})
    early = following(problem, at(1, 8), {"clerks": 4})
    too_many = following(problem, at(1, 13), {"clerks": 3})
    enough = following(problem, at(2, 10), {"clerks": 8})
    assert 4 + 8 == 6 + 6
    assert check(problem, first, second, early, enough) == []
    assert 4 + 3 == 6 + 1
    assert len(check(problem, first, second, early, too_many)) == 1


def test_sessions_that_begin_together_count_together() -> None:
    problem = ordered()
    before = held(problem, at(0, 8), {"clerks": 6})
    one = following(problem, at(1, 8), {"clerks": 3})
    assert check(problem, before, one, following(problem, at(1, 8), {"clerks": 3})) == []
    assert len(check(problem, before, one, following(problem, at(1, 8), {"clerks": 4}))) == 2


def test_trained_heads_have_ended_the_course_at_the_end_of_that_day() -> None:
    trained = [{"course": "c-basic", "heads": 5, "on": "2027-01-11"}]
    problem = ordered(audiences=[audience(courses=["c-basic", "c-next"], trained=trained)])
    assert check(problem, following(problem, DAY, {"clerks": 5})) == []
    assert len(check(problem, following(problem, DAY - 1, {"clerks": 5}))) == 1
    assert len(check(problem, following(problem, DAY, {"clerks": 6}))) == 1


def test_trained_heads_have_begun_the_later_course_too() -> None:
    trained = [
        {"course": "c-basic", "heads": 7, "on": "2027-01-11"},
        {"course": "c-next", "heads": 4, "on": "2027-01-12"},
    ]
    problem = ordered(audiences=[audience(courses=["c-basic", "c-next"], trained=trained)])
    assert 4 + 3 == 7
    assert check(problem, following(problem, at(2, 8), {"clerks": 3})) == []
    assert len(check(problem, following(problem, at(2, 8), {"clerks": 4}))) == 1


def test_an_audience_that_takes_only_the_later_course_is_not_bound() -> None:
    problem = ordered(audiences=[audience(courses=["c-next"])])
    assert check(problem, following(problem, at(0, 8), {"clerks": 5})) == []


def test_heads_of_another_audience_do_not_count() -> None:
    both = ["c-basic", "c-next"]
    problem = ordered(audiences=[audience(courses=both), audience("others", courses=both)])
    before = held(problem, at(0, 8), {"others": 5})
    assert len(check(problem, before, following(problem, at(1, 8), {"clerks": 5}))) == 1


def named_pair(**more):
    return ordered(
        people=[person("ana"), person("bor"), person("eva"), person("ivo")],
        audiences=[audience(members=["eva", "ivo"], courses=["c-basic", "c-next"], **more)],
    )


def test_a_named_learner_begins_after_their_own_class_has_ended() -> None:
    problem = named_pair()
    before = held(problem, at(0, 8), {"clerks": ["eva"]})
    assert check(problem, before, following(problem, at(0, 10), {"clerks": ["eva"]})) == []
    assert len(check(problem, before, following(problem, at(0, 9), {"clerks": ["eva"]}))) == 1
    assert check(problem, before, following(problem, at(0, 10), {"clerks": ["ivo"]})) == [
        "Ivo (ivo) begins c-next from 2027-01-11T10:00, but has not ended c-basic by then."
    ]


def test_a_named_learner_s_class_held_already_counts_from_the_end_of_that_day() -> None:
    problem = named_pair(trained=[{"course": "c-basic", "members": ["eva"], "on": "2027-01-11"}])
    assert check(problem, following(problem, DAY, {"clerks": ["eva"]})) == []
    assert len(check(problem, following(problem, DAY - 1, {"clerks": ["eva"]}))) == 1
    assert len(check(problem, following(problem, DAY, {"clerks": ["ivo"]}))) == 1


def with_materials(**progress):
    return class_problem(courses=[course(materials="t-m")], tasks=[task("t-m", **progress)])


def test_a_session_starts_when_its_materials_have_ended_and_not_before() -> None:
    problem = with_materials()
    materials = booked(problem, "t-m", ("bor", at(0, 8), at(0, 10)))
    assert check(problem, materials, held(problem, at(0, 10), {"clerks": 5})) == []
    assert check(problem, materials, held(problem, at(0, 9), {"clerks": 5})) == [
        "c-basic from 2027-01-11T09:00 starts, but its materials t-m are ready only at "
        "2027-01-11T10:00."
    ]


def test_without_its_materials_no_session_is_planned() -> None:
    problem = with_materials()
    assert check(problem, held(problem, at(9, 8), {"clerks": 5})) == [
        "c-basic from 2027-01-20T08:00 starts, but its materials t-m are left open."
    ]


def test_finished_materials_are_ready_at_the_end_of_that_day() -> None:
    problem = with_materials(progress={"finished": "2027-01-11"})
    assert check(problem, held(problem, DAY, {"clerks": 5})) == []
    assert len(check(problem, held(problem, DAY - 1, {"clerks": 5}))) == 1

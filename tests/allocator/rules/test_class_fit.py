"""The meaning of class_fit."""

from dataclasses import replace
from functools import partial

import pytest

from tests.support.small import (
    LJ,
    MB,
    at,
    audience,
    breaches,
    class_problem,
    course,
    department,
    group,
    held,
    person,
    room,
)

check = partial(breaches, "class_fit")


def two_sites(**parts):
    return class_problem(
        **(
            {
                "sites": [LJ, MB],
                "departments": [department(), department("sales", site="mb")],
                "audiences": [audience(), audience("sellers", department="sales")],
                "rooms": [room(), room("r-mb", site="mb")],
            }
            | parts
        )
    )


def test_a_class_holds_up_to_its_largest_size() -> None:
    problem = class_problem(rooms=[room(seats=20)])
    assert check(problem, held(problem, at(0, 8), {"clerks": 12})) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 13})) == [
        "c-basic from 2027-01-11T08:00: 13 heads attend it, at most 12 may."
    ]


def test_the_heads_of_all_audiences_count_towards_the_size() -> None:
    problem = class_problem(audiences=[audience(), audience("others")], rooms=[room(seats=20)])
    assert check(problem, held(problem, at(0, 8), {"clerks": 6, "others": 6})) == []
    assert len(check(problem, held(problem, at(0, 8), {"clerks": 6, "others": 7}))) == 1


def test_one_of_several_classes_has_at_least_the_smallest_size() -> None:
    problem = class_problem()
    other = held(problem, at(1, 8), {"clerks": 12})
    assert check(problem, held(problem, at(0, 8), {"clerks": 2}), other) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 1}), other) == [
        "c-basic from 2027-01-11T08:00: 1 heads attend it, at least 2 must."
    ]


def test_the_only_class_of_a_course_at_its_site_may_be_smaller() -> None:
    problem = two_sites()
    here = held(problem, at(0, 8), {"clerks": 1})
    there = held(problem, at(0, 8), {"sellers": 1}, where="r-mb")
    assert check(problem, here) == []
    assert check(problem, here, there) == []
    assert len(check(problem, here, held(problem, at(1, 8), {"clerks": 12}))) == 1


def test_a_class_of_another_course_does_not_make_it_one_of_several() -> None:
    problem = class_problem(
        courses=[course(), course("c-next")], audiences=[audience(courses=["c-basic", "c-next"])]
    )
    small = held(problem, at(0, 8), {"clerks": 1})
    assert check(problem, small, held(problem, at(1, 8), {"clerks": 5}, name="c-next")) == []


def test_a_class_without_anybody_is_no_class() -> None:
    problem = class_problem()
    assert check(problem, held(problem, at(0, 8), {})) == [
        "c-basic from 2027-01-11T08:00: nobody attends it."
    ]


def test_every_group_has_at_least_one_head() -> None:
    problem = class_problem(audiences=[audience(), audience("others")])
    assert check(problem, held(problem, at(0, 8), {"clerks": 1, "others": 1})) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 2, "others": 0})) == [
        "c-basic from 2027-01-11T08:00: others is in it with 0 heads."
    ]


def test_a_room_has_a_seat_for_every_head_but_none_for_the_trainer() -> None:
    problem = class_problem(rooms=[room(seats=5)])
    assert check(problem, held(problem, at(0, 8), {"clerks": 5})) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 6})) == [
        "c-basic from 2027-01-11T08:00: room r1 has 5 seats for 6 heads."
    ]


def test_a_room_has_all_the_equipment() -> None:
    needing = course(room={"equipment": ["pc", "screen"]})
    problem = class_problem(
        courses=[needing],
        rooms=[room(equipment=["pc", "screen", "camera"]), room("bare", equipment=["pc"])],
    )
    assert check(problem, held(problem, at(0, 8), {"clerks": 5})) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 5}, where="bare")) == [
        "c-basic from 2027-01-11T08:00: room bare has no screen."
    ]


def test_a_room_is_at_the_site_of_the_audience_s_department() -> None:
    problem = two_sites()
    assert check(problem, held(problem, at(0, 8), {"sellers": 5}, where="r-mb")) == []
    assert check(problem, held(problem, at(0, 8), {"sellers": 5})) == [
        "c-basic from 2027-01-11T08:00: room r1 is at lj, its audiences are at mb."
    ]


def test_a_trainer_may_come_from_another_site() -> None:
    problem = two_sites(people=[person("ana", site="mb")])
    assert check(problem, held(problem, at(0, 8), {"clerks": 5})) == []


def virtual_course():
    described = course(virtual=True)
    del described["room"]
    return described


def test_audiences_of_different_sites_do_not_share_a_class_even_a_virtual_one() -> None:
    problem = two_sites(courses=[virtual_course()])
    assert check(problem, held(problem, at(0, 8), {"clerks": 5}, where=None)) == []
    assert check(problem, held(problem, at(0, 8), {"clerks": 5, "sellers": 5}, where=None)) == [
        "c-basic from 2027-01-11T08:00: its audiences are at different sites (lj, mb)."
    ]


def test_audiences_of_two_departments_of_one_site_may_share_a_class() -> None:
    problem = two_sites(departments=[department(), department("sales")])
    assert check(problem, held(problem, at(0, 8), {"clerks": 5, "sellers": 5})) == []


def test_a_virtual_class_has_no_room_and_another_one_has() -> None:
    virtual, sited = class_problem(courses=[virtual_course()]), class_problem()
    assert check(virtual, held(virtual, at(0, 8), {"clerks": 5})) == [
        "c-basic from 2027-01-11T08:00: it is virtual and needs no room, but has r1."
    ]
    assert check(sited, held(sited, at(0, 8), {"clerks": 5}, where=None)) == [
        "c-basic from 2027-01-11T08:00: it needs a room."
    ]


def test_only_audiences_that_take_the_course_attend_it() -> None:
    problem = class_problem(
        courses=[course(), course("c-next")], audiences=[audience(courses=["c-next"])]
    )
    assert "c-basic from 2027-01-11T08:00: clerks does not take this course." in check(
        problem, held(problem, at(0, 8), {"clerks": 5})
    )


def test_an_audience_is_in_a_session_once() -> None:
    problem = class_problem()
    once = held(problem, at(0, 8), {"clerks": 2})
    assert check(problem, replace(once, groups=once.groups * 2)) == [
        "c-basic from 2027-01-11T08:00: clerks is in it 2 times."
    ]


def test_as_many_heads_are_seated_as_still_need_the_course_and_no_more() -> None:
    trained = [{"course": "c-basic", "heads": 3, "on": "2027-01-11"}]
    problem = class_problem(audiences=[audience(trained=trained)])
    first = held(problem, at(1, 8), {"clerks": 10})
    assert 20 - 3 == 10 + 7
    assert check(problem, first, held(problem, at(2, 8), {"clerks": 7})) == []
    assert check(problem, first, held(problem, at(2, 8), {"clerks": 8})) == [
        "18 heads of clerks are seated in c-basic, but only 17 still need it."
    ]


def named_learners(**more):
    return class_problem(
        people=[person(name) for name in ("ana", "bor", "eva", "ivo")],
        audiences=[audience(members=["eva", "ivo"], **more)],
    )


def test_a_named_learner_attends_a_course_once() -> None:
    problem = named_learners()
    first = held(problem, at(0, 8), {"clerks": ["eva"]})
    assert not any(
        "Eva" in message
        for message in check(problem, first, held(problem, at(1, 8), {"clerks": ["ivo"]}))
    )
    assert "Eva (eva) attends c-basic 2 times, those held already included." in check(
        problem, first, held(problem, at(1, 8), {"clerks": ["eva"]})
    )


def test_a_named_learner_who_has_held_a_course_does_not_attend_it_again() -> None:
    problem = named_learners(
        trained=[{"course": "c-basic", "members": ["eva"], "on": "2027-01-11"}]
    )
    assert check(problem, held(problem, at(1, 8), {"clerks": ["ivo"]})) == []
    assert check(problem, held(problem, at(1, 8), {"clerks": ["eva"]})) == [
        "Eva (eva) attends c-basic 2 times, those held already included."
    ]


@pytest.mark.parametrize(
    ("heads", "members", "fault"),
    [
        (2, ("eva",), "clerks has 2 heads in it, but 1 are named."),
        (1, (), "clerks has 1 heads in it, but 0 are named."),
        (1, ("ana",), "Ana (ana) is not one of clerks."),
    ],
)
def test_the_named_heads_of_a_group_are_members_of_the_audience(heads, members, fault) -> None:
    problem = named_learners()
    session = held(problem, at(0, 8), {"clerks": ["eva", "ivo"]})
    wrong = replace(group(problem, "clerks", members), heads=heads)
    assert check(problem, session) == []
    assert check(problem, replace(session, groups=(wrong,))) == [
        f"c-basic from 2027-01-11T08:00: {fault}"
    ]


def test_an_audience_without_names_lists_none() -> None:
    problem = class_problem()
    assert check(problem, held(problem, at(0, 8), {"clerks": ["bor", "ana"]})) == [
        "c-basic from 2027-01-11T08:00: clerks has no named learners, but some are listed."
    ]

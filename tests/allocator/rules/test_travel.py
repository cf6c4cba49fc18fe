"""The meaning of travel."""

from functools import partial

from tests.support.small import (
    LJ,
    MB,
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
    problem_of,
    room,
    stood,
    support,
    task,
)

check = partial(breaches, "travel")

WAY = [{"from": "lj", "to": "mb", "minutes": 120}]
"""Two hours, that is two slots."""


def sited(*tasks, travel=None):
    return problem_of(sites=[LJ, MB], travel=WAY if travel is None else travel, tasks=list(tasks))


def test_the_gap_between_two_sites_is_the_way_and_not_less() -> None:
    problem = sited(task("t-a", site="lj"), task("t-b", site="mb"))
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    in_time = booked(problem, "t-b", ("ana", at(0, 12), at(0, 14)))
    too_early = booked(problem, "t-b", ("ana", at(0, 11), at(0, 13)))
    assert check(problem, first, in_time) == []
    assert check(problem, first, too_early) == [
        "Ana (ana) needs 2 h from lj to mb, but is booked on t-a until 2027-01-11T10:00 and on t-b "
        "from 2027-01-11T11:00."
    ]


def test_a_part_of_a_slot_on_the_way_takes_the_whole_slot() -> None:
    problem = sited(
        task("t-a", site="lj"),
        task("t-b", site="mb"),
        travel=[{"from": "lj", "to": "mb", "minutes": 61}],
    )
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    assert check(problem, first, booked(problem, "t-b", ("ana", at(0, 12), at(0, 14)))) == []
    assert len(check(problem, first, booked(problem, "t-b", ("ana", at(0, 11), at(0, 13))))) == 1


def test_each_direction_has_its_own_way_where_both_are_given() -> None:
    problem = sited(
        task("t-a", site="lj"),
        task("t-b", site="mb"),
        travel=[
            {"from": "lj", "to": "mb", "minutes": 120},
            {"from": "mb", "to": "lj", "minutes": 60},
        ],
    )
    there = [
        booked(problem, "t-a", ("ana", at(0, 8), at(0, 10))),
        booked(problem, "t-b", ("ana", at(0, 11), at(0, 13))),
    ]
    back = [
        booked(problem, "t-b", ("ana", at(0, 8), at(0, 10))),
        booked(problem, "t-a", ("ana", at(0, 11), at(0, 13))),
    ]
    assert len(check(problem, *there)) == 1
    assert check(problem, *back) == []


def test_the_same_site_and_an_unlisted_pair_need_no_time() -> None:
    same = sited(task("t-a", site="mb"), task("t-b", site="mb"))
    unlisted = sited(task("t-a", site="lj"), task("t-b", site="mb"), travel=[])
    for problem in (same, unlisted):
        first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
        second = booked(problem, "t-b", ("ana", at(0, 10), at(0, 12)))
        assert check(problem, first, second) == []


def test_work_without_a_site_is_done_anywhere_and_does_not_shorten_the_way() -> None:
    problem = sited(task("t-a", site="lj"), task("t-on-the-way", hours=1), task("t-b", site="mb"))
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    between = booked(problem, "t-on-the-way", ("ana", at(0, 10), at(0, 11)))
    in_time = booked(problem, "t-b", ("ana", at(0, 12), at(0, 14)))
    too_early = booked(problem, "t-b", ("ana", at(0, 11), at(0, 13)))
    assert check(problem, first, between) == []
    assert check(problem, first, between, in_time) == []
    assert len(check(problem, first, between, too_early)) == 1


def test_different_people_do_not_travel() -> None:
    problem = sited(task("t-a", site="lj"), task("t-b", site="mb"))
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    assert check(problem, first, booked(problem, "t-b", ("bor", at(0, 10), at(0, 12)))) == []


def classes(**parts):
    return class_problem(
        **(
            {
                "sites": [LJ, MB],
                "travel": WAY,
                "departments": [department(), department("sales", site="mb")],
                "audiences": [audience(), audience("sellers", department="sales")],
                "rooms": [room(), room("r-mb", site="mb")],
            }
            | parts
        )
    )


def test_a_trainer_travels_from_room_to_room() -> None:
    problem = classes()
    first = held(problem, at(0, 8), {"clerks": 5})
    in_time = held(problem, at(0, 12), {"sellers": 5}, where="r-mb")
    too_early = held(problem, at(0, 11), {"sellers": 5}, where="r-mb")
    assert check(problem, first, in_time) == []
    assert len(check(problem, first, too_early)) == 1


def test_a_virtual_class_is_given_from_anywhere() -> None:
    virtual = course("c-virtual", virtual=True)
    del virtual["room"]
    problem = classes(
        courses=[course(), virtual],
        audiences=[audience(), audience("sellers", department="sales", courses=["c-virtual"])],
    )
    first = held(problem, at(0, 8), {"clerks": 5})
    after_it = held(problem, at(0, 10), {"sellers": 5}, name="c-virtual", where=None)
    assert check(problem, first, after_it) == []


def test_a_named_learner_travels_to_the_class() -> None:
    problem = classes(audiences=[audience(members=["bor"])], tasks=[task("t-b", site="mb")])
    attended = held(problem, at(0, 8), {"clerks": ["bor"]})
    in_time = booked(problem, "t-b", ("bor", at(0, 12), at(0, 14)))
    too_early = booked(problem, "t-b", ("bor", at(0, 11), at(0, 13)))
    assert check(problem, attended, in_time) == []
    assert len(check(problem, attended, too_early)) == 1


def test_a_supporter_stands_at_the_department_s_site() -> None:
    problem = classes(
        waves=[W1], support=[support()], tasks=[task("t-b", site="mb")], people=[person("ana")]
    )
    shift = stood(problem, 14, "ana")
    in_time = booked(problem, "t-b", ("ana", at(14, 18), at(14, 20)))
    too_early = booked(problem, "t-b", ("ana", at(14, 17), at(14, 19)))
    assert check(problem, shift, in_time) == []
    assert len(check(problem, shift, too_early)) == 1

"""The meaning of one_at_a_time."""

from functools import partial

from allocator.rules.one_at_a_time import violations
from tests.support.small import (
    at,
    audience,
    booked,
    breaches,
    class_problem,
    course,
    held,
    person,
    plan_of,
    problem_of,
    room,
    task,
)

check = partial(breaches, "one_at_a_time")


def test_work_that_begins_when_other_work_ends_does_not_overlap() -> None:
    problem = problem_of(tasks=[task("t-a"), task("t-b")])
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    second = booked(problem, "t-b", ("ana", at(0, 10), at(0, 12)))
    assert check(problem, first, second) == []


def test_work_that_begins_one_slot_before_other_work_ends_overlaps() -> None:
    problem = problem_of(tasks=[task("t-a"), task("t-b")])
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    second = booked(problem, "t-b", ("ana", at(0, 9), at(0, 11)))
    assert check(problem, first, second) == [
        "Ana (ana) is booked on t-a until 2027-01-11T10:00 and on t-b from 2027-01-11T09:00."
    ]


def test_a_violation_names_both_pieces_of_work_by_their_position_in_the_plan() -> None:
    problem = problem_of(tasks=[task("t-a"), task("t-b")])
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    second = booked(problem, "t-b", ("ana", at(0, 9), at(0, 11)))
    (found,) = violations(problem, plan_of(second, first))
    assert found.work == (("task", 1), ("task", 0))


def test_two_people_may_work_at_the_same_time() -> None:
    problem = problem_of(tasks=[task("t-a"), task("t-b")])
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    second = booked(problem, "t-b", ("bor", at(0, 8), at(0, 10)))
    assert check(problem, first, second) == []


def test_the_night_inside_splittable_work_keeps_from_other_work() -> None:
    problem = problem_of(tasks=[task("t-a", hours=8), task("t-b")])
    over_night = booked(problem, "t-a", ("ana", at(0, 13), at(1, 12)))
    at_night = booked(problem, "t-b", ("ana", at(0, 20), at(0, 22)))
    assert len(check(problem, over_night, at_night)) == 1


def test_a_long_booking_overlaps_with_each_one_inside_it() -> None:
    problem = problem_of(tasks=[task("t-a", hours=24), task("t-b"), task("t-c")])
    long = booked(problem, "t-a", ("ana", at(0, 8), at(2, 17)))
    inside = booked(problem, "t-b", ("ana", at(0, 9), at(0, 11)))
    later = booked(problem, "t-c", ("ana", at(1, 9), at(1, 11)))
    assert len(check(problem, long, inside, later)) == 2


def test_a_class_attended_by_name_keeps_the_learner_from_other_work() -> None:
    problem = class_problem(
        tasks=[task("t-a")],
        audiences=[audience(members=["bor"])],
        people=[person("ana"), person("bor")],
    )
    attended = held(problem, at(0, 8), {"clerks": ["bor"]})
    after_it = booked(problem, "t-a", ("bor", at(0, 10), at(0, 12)))
    during_it = booked(problem, "t-a", ("bor", at(0, 9), at(0, 11)))
    assert check(problem, attended, after_it) == []
    assert len(check(problem, attended, during_it)) == 1


def test_nobody_attends_the_class_that_they_give() -> None:
    problem = class_problem(audiences=[audience(members=["ana", "bor"])])
    assert len(check(problem, held(problem, at(0, 8), {"clerks": ["ana", "bor"]}))) == 1


def test_a_room_holds_one_session_after_the_other() -> None:
    problem = class_problem()
    first = held(problem, at(0, 8), {"clerks": 5})
    after_it = held(problem, at(0, 10), {"clerks": 5}, trainers=["bor"])
    during_it = held(problem, at(0, 9), {"clerks": 5}, trainers=["bor"])
    assert check(problem, first, after_it) == []
    assert check(problem, first, during_it) == [
        "r1 is booked on c-basic until 2027-01-11T10:00 and on c-basic from 2027-01-11T09:00."
    ]


def test_all_heads_of_an_audience_may_be_in_class_at_once() -> None:
    problem = two_rooms()
    first = held(problem, at(0, 8), {"clerks": 12})
    second = held(problem, at(0, 8), {"clerks": 8}, name="c-next", trainers=["bor"], where="r2")
    assert problem.audiences[0].headcount == 12 + 8
    assert check(problem, first, second) == []


def test_one_more_head_than_an_audience_has_cannot_be_in_class_at_once() -> None:
    problem = two_rooms()
    first = held(problem, at(0, 8), {"clerks": 12})
    second = held(problem, at(0, 9), {"clerks": 9}, name="c-next", trainers=["bor"], where="r2")
    assert problem.audiences[0].headcount + 1 == 12 + 9
    assert check(problem, first, second) == [
        "clerks has 20 heads, but 21 of them are in class at once from 2027-01-11T09:00 "
        "(c-basic, c-next)."
    ]


def test_the_same_heads_may_attend_one_class_right_after_the_other() -> None:
    problem = two_rooms()
    first = held(problem, at(0, 8), {"clerks": 12})
    second = held(problem, at(0, 10), {"clerks": 12}, name="c-next", trainers=["bor"], where="r2")
    assert check(problem, first, second) == []


def two_rooms():
    return class_problem(
        courses=[course(), course("c-next")],
        audiences=[audience(courses=["c-basic", "c-next"])],
        rooms=[room(), room("r2")],
    )


def rooms_with(minutes, **more):
    return class_problem(
        rooms=[room(changeover_minutes=minutes)], people=[person("ana"), person("bor")], **more
    )


def two_classes(problem, start):
    """A class from 08:00 to 10:00, and one from a start."""
    first = held(problem, at(0, 8), {"clerks": 5})
    return first, held(problem, start, {"clerks": 5}, trainers=["bor"])


def test_a_room_has_its_changeover_between_two_classes_in_whole_slots() -> None:
    problem = rooms_with(61)  # two slots of an hour
    assert check(problem, *two_classes(problem, at(0, 12))) == []
    assert check(problem, *two_classes(problem, at(0, 11))) == [
        "r1 needs 2 h from c-basic until 2027-01-11T10:00 to c-basic from 2027-01-11T11:00."
    ]


def test_classes_that_overlap_are_reported_once() -> None:
    problem = rooms_with(60)
    (message,) = check(problem, *two_classes(problem, at(0, 9)))
    assert "is booked on" in message


def test_a_class_that_starts_before_now_is_not_asked_for_the_changeover_before_it() -> None:
    soon = rooms_with(60, as_of="2027-01-11T11:00")
    assert check(soon, *two_classes(soon, at(0, 10))) == []
    now = rooms_with(60, as_of="2027-01-11T10:00")
    assert len(check(now, *two_classes(now, at(0, 10)))) == 1

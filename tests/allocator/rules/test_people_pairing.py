"""The meaning of people_pairing."""

from functools import partial

from tests.support.small import at, booked, breaches, person, problem_of, task

check = partial(breaches, "people_pairing")

PEOPLE = [person(name) for name in ("ana", "bor", "eva")]


def paired(**second):
    first = second.pop("first", {})
    return problem_of(
        people=PEOPLE, tasks=[task("t-a", people=2, **first), task("t-b", people=2, **second)]
    )


def crews(problem, first, second):
    return (
        booked(problem, "t-a", *((who, at(0, 8), at(0, 10)) for who in first)),
        booked(problem, "t-b", *((who, at(1, 8), at(1, 10)) for who in second)),
    )


def test_the_same_set_of_people_is_the_same_in_any_order() -> None:
    problem = paired(same_people_as="t-a")
    assert check(problem, *crews(problem, ["ana", "bor"], ["bor", "ana"])) == []


def test_one_other_person_is_not_the_same_set() -> None:
    problem = paired(same_people_as="t-a")
    assert check(problem, *crews(problem, ["ana", "bor"], ["ana", "eva"])) == [
        "t-b and t-a have different people (Bor (bor), Eva (eva)), but must have the same."
    ]


def test_different_people_have_nobody_in_common() -> None:
    problem = problem_of(
        people=PEOPLE, tasks=[task("t-a", people=2), task("t-b", different_people_from="t-a")]
    )
    first = booked(problem, "t-a", *((who, at(0, 8), at(0, 10)) for who in ("ana", "bor")))
    others = booked(problem, "t-b", ("eva", at(1, 8), at(1, 10)))
    shared = booked(problem, "t-b", ("bor", at(1, 8), at(1, 10)))
    assert check(problem, first, others) == []
    assert check(problem, first, shared) == [
        "Bor (bor) works on both t-b and t-a, which must have different people."
    ]


def test_pairing_with_an_open_task_binds_nothing() -> None:
    for pairing in ("same_people_as", "different_people_from"):
        problem = paired(**{pairing: "t-a"})
        first, second = crews(problem, ["ana", "bor"], ["bor", "eva"])
        assert len(check(problem, first, second)) == 1
        assert check(problem, first) == check(problem, second) == []


def test_pairing_with_a_finished_task_of_which_nobody_is_known_binds_nothing() -> None:
    done = {"progress": {"finished": "2027-01-11"}}
    problem = paired(same_people_as="t-a", first=done)
    _, second = crews(problem, ["ana", "bor"], ["bor", "eva"])
    assert check(problem, second) == []

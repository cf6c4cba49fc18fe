"""Lights of a go-live: just green and just not, by the thresholds that the page states."""

import pytest

from allocator.formats.document import problem_from_tree
from allocator.plan import Group, Plan, Seat, Session, TaskBooking
from service.plans.readiness import readiness
from tests.support.small import at, audience, course, department, person, plan_of, rollout, task

GO_LIVE = 14
"""2027-01-25 by its day number: the go-live of the wave of small rollouts."""

TREE = rollout(
    people=[person("ana")],
    rooms=[{"id": "r1", "site": "lj", "seats": 20}],
    departments=[department()],
    courses=[course(class_size={"min": 1, "max": 20})],
    audiences=[audience(headcount=20)],
    tasks=[task("t-a", department="finance", due="2027-01-20"), task("t-b")],
    waves=[{"id": "w1", "project": "erp", "departments": ["finance"], "go_live": "2027-01-25"}],
)


def ready(tree=TREE, plan=None, words=None, today=0):
    """The go-live as a whole, and its checks by name."""
    problem = problem_from_tree(tree)
    found = readiness(problem, plan or Plan(), words or {}, today)[0]
    return found, {it.what: it for it in found.checks}


def lesson(heads, day=3):
    return Plan(sessions=(Session(0, 0, at(day, 8), at(day, 10), (0,), (Group(0, heads, ()),)),))


def light(checks, what):
    return checks[what].light, checks[what].done, checks[what].of


@pytest.mark.parametrize(
    ("heads", "seen"), [(20, "green"), (19, "yellow"), (18, "yellow"), (17, "red")]
)
def test_seats_are_green_when_all_have_one_and_yellow_from_nine_tenths_on(heads, seen):
    _, checks = ready(plan=lesson(heads))
    assert light(checks, "seats") == (seen, heads, 20)


def test_a_class_after_go_live_is_no_seat_before_it():
    assert light(ready(plan=lesson(20, day=GO_LIVE - 3))[1], "seats")[0] == "green"
    assert light(ready(plan=lesson(20, day=GO_LIVE))[1], "seats") == ("red", 0, 20)


@pytest.mark.parametrize(
    ("heads", "left", "seen"),
    [(0, 8, "green"), (0, 7, "red"), (15, 7, "red"), (16, 7, "yellow"), (20, 0, "green")],
)
def test_who_is_trained_counts_in_the_week_before_go_live(heads, left, seen):
    held = [{"course": "c-basic", "heads": heads, "on": "2027-01-11"}] if heads else []
    tree = TREE | {"as_of": "2027-01-12T00:00", "audiences": [audience(headcount=20, trained=held)]}
    _, checks = ready(tree, today=GO_LIVE - left)
    assert light(checks, "trained") == (seen, heads, 20)


def test_a_task_that_is_open_is_red_one_that_is_late_yellow_and_one_of_others_none():
    problem = problem_from_tree(TREE)
    due = problem.tasks[0].due
    on_time, late = (plan_of(booking_until(problem, end)) for end in (due, due + 1))
    assert light(ready()[1], "tasks") == ("red", 0, 1)
    assert light(ready(plan=on_time)[1], "tasks")[0] == "green"
    assert light(ready(plan=late)[1], "tasks")[0] == "yellow"


def booking_until(problem, end):
    """The task of the department, ending at a slot."""
    assert problem.tasks[0].id == "t-a"
    return TaskBooking(0, end - 2, end, (Seat(0, 0, end - 2, end),))


@pytest.mark.parametrize(
    ("word", "left", "seen"),
    [
        ("granted", 1, "green"),
        ("pending", 15, "yellow"),
        ("pending", 14, "red"),
        ("refused", 99, "red"),
    ],
)
def test_a_green_light_that_is_missing_turns_red_a_fortnight_before(word, left, seen):
    found, checks = ready(words={"finance": word}, today=GO_LIVE - left)
    assert checks["green_lights"].light == seen
    assert (found.days_left, found.go_live) == (left, "2027-01-25")


def test_what_to_do_next_is_in_order_of_days_and_says_how_many():
    found, _ = ready(plan=lesson(12), words={"finance": "pending"})
    told = [(it.what, it.why, it.id, it.by, it.count) for it in found.next]
    assert told == [
        ("tasks", "open", "t-a", "2027-01-20", 1),
        ("green_lights", "pending", "finance", "2027-01-25", 1),
        ("seats", "no seat", "c-basic", "2027-01-25", 8),
    ]
    assert found.light == "red"


def test_a_head_sees_the_own_department_alone_and_no_costs():
    problem = problem_from_tree(TREE)
    (own,) = readiness(problem, Plan(), {}, 0, ["finance"])
    assert own.department == "finance"
    assert "budget" not in {it.what for it in own.checks}
    assert readiness(problem, Plan(), {}, 0, ["elsewhere"]) == []


@pytest.mark.parametrize(("budget", "seen"), [(120, "green"), (119, "yellow"), (114, "red")])
def test_a_forecast_is_held_against_the_budget(budget, seen):
    # One class of two hours by ana at 60 an hour is 120; 120 / 119 is within 105 %, 120 / 114 not.
    projects = [it | {"budget": budget} for it in TREE["projects"]]
    _, checks = ready(TREE | {"projects": projects}, plan=lesson(20))
    assert light(checks, "budget") == (seen, 12_000, budget * 100)

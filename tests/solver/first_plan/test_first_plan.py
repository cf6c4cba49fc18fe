"""The first plan: the check has nothing against it, and it does what each coupling rule allows.

One slot is one hour in the rollouts made by hand; see `tests.support.small`.
"""

from __future__ import annotations

from typing import Any

import pytest

from allocator.check import check
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from tests.support.drawn import draw, with_published
from tests.support.small import (
    HOURS,
    LJ,
    MB,
    OFFICE,
    W1,
    at,
    audience,
    class_problem,
    course,
    department,
    index,
    person,
    problem_of,
    room,
    support,
    task,
)


def planned(problem: Problem) -> Plan:
    """The first plan, after the check has found nothing against it."""
    plan = first_plan(Candidates(problem), seed=1)
    assert check(problem, plan).violations == ()
    return plan


def starts(problem: Problem, plan: Plan) -> dict[str, int]:
    """Task -> start of what is planned."""
    return {problem.tasks[booking.task].id: booking.start for booking in plan.tasks}


def crews(problem: Problem, plan: Plan) -> dict[str, set[str]]:
    """Task -> who is booked on it."""
    return {
        problem.tasks[booking.task].id: {problem.people[seat.person].id for seat in booking.crew}
        for booking in plan.tasks
    }


def heads(plan: Plan) -> list[int]:
    """Heads of each session, largest first."""
    return sorted((session.heads for session in plan.sessions), reverse=True)


@pytest.mark.parametrize("seed", range(40))
def test_check_finds_nothing_in_drawn_rollouts(seed: int) -> None:
    planned(draw(seed))


@pytest.mark.parametrize("seed", range(40, 60))
def test_check_finds_nothing_after_publication(seed: int) -> None:
    problem = draw(seed)
    planned(with_published(problem, planned(problem), days=9))


def test_same_seed_gives_the_same_plan() -> None:
    assert planned(draw(7)) == planned(draw(7))


def test_person_does_one_task_after_the_other() -> None:
    problem = problem_of(people=[person("ana")], tasks=[task("t1", 4), task("t2", 4)])
    assert sorted(starts(problem, planned(problem)).values()) == [at(0, 8), at(0, 13)]


def test_work_goes_on_the_next_day() -> None:
    problem = problem_of(people=[person("ana")], tasks=[task("t1", 10)])
    assert planned(problem).tasks[0].end == at(1, 10)


def test_travel_leaves_time_for_the_way() -> None:
    problem = problem_of(
        sites=[LJ, MB],
        travel=[{"from": "lj", "to": "mb", "minutes": 120}],
        people=[person("ana")],
        tasks=[task("t1", 2, site="lj"), task("t2", 2, site="mb")],
    )
    assert sorted(starts(problem, planned(problem)).values()) == [at(0, 8), at(0, 13)]


def test_hours_per_day_push_work_to_the_next_day() -> None:
    problem = problem_of(
        people=[person("ana", limits={"hours_per_day": 4})],
        tasks=[task("t1", 3, splittable=False), task("t2", 3, splittable=False)],
    )
    assert sorted(starts(problem, planned(problem)).values()) == [at(0, 8), at(1, 8)]


def test_vendor_comes_only_for_a_full_minimum() -> None:
    vendor: dict[str, Any] = {
        "vendors": [{"id": "acme", "name": "Acme", "lead_days": 0, "minimum_hours_per_day": 4}],
        "people": [person("ana", vendor="acme")],
    }
    problem = problem_of(tasks=[task("t1", 3)], **vendor)
    assert planned(problem).tasks == ()
    problem = problem_of(tasks=[task("t1", 4)], **vendor)
    assert len(planned(problem).tasks) == 1


def test_vendor_ends_on_a_day_with_the_minimum() -> None:
    # 10 hours from 08:00 would leave 2 for the second day; from 10:00 it is 6 and 4.
    problem = problem_of(
        vendors=[{"id": "acme", "name": "Acme", "lead_days": 0, "minimum_hours_per_day": 4}],
        people=[person("ana", vendor="acme")],
        tasks=[task("t1", 10)],
    )
    assert starts(problem, planned(problem)) == {"t1": at(0, 10)}


@pytest.mark.parametrize(
    ("kind", "lag", "start"),
    [("FS", 2, at(0, 14)), ("SS", 2, at(0, 10)), ("FF", 0, at(0, 10)), ("SF", 4, at(0, 10))],
)
def test_links_hold_the_later_task_back(kind: str, lag: int, start: int) -> None:
    # t1 runs 08:00-12:00. FS: 12 + 2; SS: 8 + 2; FF, SF: 2 hours that end at 12:00.
    after = [{"task": "t1", "type": kind, "lag_hours": lag}]
    problem = problem_of(tasks=[task("t1", 4), task("t2", 2, after=after)])
    assert starts(problem, planned(problem))["t2"] == start


def test_what_comes_after_an_impossible_task_stays_open() -> None:
    problem = problem_of(
        tasks=[task("t1", 200, deadline="2027-01-12"), task("t2", 2, after=["t1"])]
    )
    assert planned(problem).tasks == ()


def test_same_people_and_different_people() -> None:
    problem = problem_of(
        tasks=[
            task("t1", 2),
            task("t2", 2, same_people_as="t1"),
            task("t3", 2, different_people_from="t1"),
        ]
    )
    found = crews(problem, planned(problem))
    assert found["t1"] == found["t2"]
    assert not found["t1"] & found["t3"]


def test_pinned_people_are_in_the_crew() -> None:
    problem = problem_of(
        people=[person("ana"), person("bor", cost_per_hour=90)],
        tasks=[task("t1", 2, pin={"start": "2027-01-13T10:00", "people": ["bor"]})],
    )
    plan = planned(problem)
    assert crews(problem, plan) == {"t1": {"bor"}}
    assert starts(problem, plan) == {"t1": at(2, 10)}


def pinned(name: str, hour: int, hours: int, **more: Any) -> dict[str, Any]:
    """A task that starts at an hour of the first Monday."""
    return task(name, hours, pin={"start": f"2027-01-11T{hour:02}:00"}, **more)


def test_pinned_tasks_are_booked_in_order_of_start() -> None:
    # Two people can do three tasks if the first and the last go to the same one. Shared fairly,
    # these two would go one to each, if they were booked first.
    tasks = [pinned("t1", 8, 2), pinned("t3", 11, 1), pinned("t2", 9, 3)]
    problem = problem_of(
        people=[person("ana"), person("bor")], tasks=tasks, goals={"preset": "fair"}
    )
    assert starts(problem, planned(problem)) == {"t1": at(0, 8), "t2": at(0, 9), "t3": at(0, 11)}


def test_people_who_can_do_more_are_kept_for_later_pinned_tasks() -> None:
    # Ana is cheaper for the first task, but nobody else can do the second, which overlaps it.
    data = {"skill": "data", "level": 3}
    problem = problem_of(
        skills=[{"id": each, "name": each} for each in ("sap", "data")],
        people=[
            person("ana", skills=[{"skill": "sap", "level": 3}, data], cost_per_hour=40),
            person("bor", skills=[{"skill": "sap", "level": 3}]),
        ],
        tasks=[
            pinned("t1", 8, 2),
            pinned("t2", 9, 2, crew=[data | {"people": 1, "hours": 2}]),
        ],
    )
    assert crews(problem, planned(problem)) == {"t1": {"bor"}, "t2": {"ana"}}


def test_budget_leaves_work_open() -> None:
    # Ana costs 60 an hour: 240 pays for one task of 4 hours, not for two.
    project = {"id": "erp", "name": "ERP", "budget": 300}
    problem = problem_of(projects=[project], tasks=[task("t1", 4), task("t2", 4)])
    assert len(planned(problem).tasks) == 1


def test_classes_leave_no_remainder_below_the_minimum() -> None:
    # 13 heads in rooms of 12, at least 2 in a class: 12 + 1 is not allowed.
    problem = class_problem(audiences=[audience(headcount=13)])
    assert heads(planned(problem)) == [11, 2]


def test_single_class_may_be_below_the_minimum() -> None:
    problem = class_problem(audiences=[audience(headcount=1)])
    assert heads(planned(problem)) == [1]


def test_release_limit_spreads_heads_over_time() -> None:
    # 0.25 x 20 = 5 heads at once: four classes, although the room has 12 seats.
    problem = class_problem(departments=[department(release_limit=0.25)])
    plan = planned(problem)
    assert heads(plan) == [5, 5, 5, 5]


def test_audiences_of_two_languages_share_a_class_of_a_bilingual_trainer() -> None:
    groups = [audience("a-sl", headcount=6), audience("a-en", headcount=6, language="en")]
    problem = class_problem(
        people=[person("ana", languages=["sl", "en"]), person("bor")], audiences=groups
    )
    assert heads(planned(problem)) == [12]
    problem = class_problem(
        people=[person("ana", languages=["en"]), person("bor")], audiences=groups
    )
    assert heads(planned(problem)) == [6, 6]


def test_course_waits_for_the_one_before_and_for_its_materials() -> None:
    problem = class_problem(
        tasks=[task("t-write", 10)],
        courses=[course("c-intro", materials="t-write"), course(after=["c-intro"])],
        audiences=[audience(headcount=12, courses=["c-intro", "c-basic"])],
    )
    plan = planned(problem)
    intro, basic = sorted(plan.sessions, key=lambda session: session.start)
    assert intro.course == index(problem.courses, "c-intro")
    assert plan.tasks[0].end <= intro.start < intro.end <= basic.start


def test_classes_stay_open_without_their_materials() -> None:
    problem = class_problem(
        tasks=[task("t-write", 200, deadline="2027-01-12")],
        courses=[course(materials="t-write")],
    )
    assert planned(problem).sessions == ()


def test_learner_stands_on_the_floor_with_a_skill_just_earned() -> None:
    lea = person("lea", skills=[], cost_per_hour=20)
    problem = class_problem(
        skills=[{"id": each, "name": each} for each in ("sap", "teach", "super")],
        people=[person("ana"), lea],
        waves=[W1],
        courses=[course(grants={"skill": "super", "level": 1})],
        audiences=[audience(members=["lea"])],
        support=[support(skill="super", level=1, curve=[{"days": "1", "users_per_supporter": 20}])],
    )
    plan = planned(problem)
    assert [shift.people for shift in plan.shifts] == [(index(problem.people, "lea"),)]
    assert plan.sessions[0].end <= plan.shifts[0].start


@pytest.mark.parametrize("members", [["lea", "mia"], ["mia", "tom", "lea"]])
def test_named_learner_trains_no_class_meanwhile(members: list[str]) -> None:
    # Two sit in a class and two rooms are free: Lea, the cheapest trainer, learns in the first
    # class and could train the next one, or trains the first one and has to learn in another.
    problem = class_problem(
        people=[
            person("ana"),
            person("lea", cost_per_hour=10),
            person("mia", skills=[]),
            person("tom", skills=[]),
        ],
        rooms=[room("r1"), room("r2")],
        courses=[course(class_size={"min": 1, "max": 2})],
        audiences=[audience("named", members=members), audience(headcount=6)],
    )
    plan = planned(problem)
    assert sum(heads(plan)) == len(members) + 6
    lea = index(problem.people, "lea")
    assert any(lea in session.trainers for session in plan.sessions)


def test_learner_of_two_audiences_sits_in_two_classes() -> None:
    # Each audience needs the course for Lea; she cannot fill two seats of one class.
    two = [audience("named", members=["lea"]), audience("supers", members=["lea", "mia"])]
    problem = class_problem(
        people=[person("ana"), person("lea", skills=[]), person("mia", skills=[])],
        courses=[course(class_size={"min": 1, "max": 12})],
        audiences=two,
    )
    assert heads(planned(problem)) == [2, 1]


def test_support_takes_the_cheaper_people() -> None:
    problem = problem_of(
        people=[person("ana"), person("bor", cost_per_hour=30)],
        waves=[W1],
        support=[support(curve=[{"days": "1", "users_per_supporter": 20}])],
        goals={"preset": "cheapest"},
    )
    assert [shift.people for shift in planned(problem).shifts] == [(1,)]


def test_published_bookings_stay_and_others_are_kept_where_change_is_dear() -> None:
    tasks = [task("t1", 4), task("t2", 4), task("t3", 4)]
    problem = problem_of(tasks=tasks, goals={"preset": "calm"})
    before = planned(problem)
    again = planned(with_published(problem, before, days=1))
    assert again.tasks == before.tasks


def test_long_sitting_runs_across_lunch() -> None:
    calendar = OFFICE | {"weekly": {"mon": HOURS}}
    problem = problem_of(
        calendars=[calendar], people=[person("ana")], tasks=[task("t1", 6, splittable=False)]
    )
    assert [(it.start, it.end) for it in planned(problem).tasks] == [(at(0, 8), at(0, 14))]

"""What the report says of lateness, cost, load, coverage and assumptions."""

from fractions import Fraction
from typing import Any

import pytest

from allocator.plan import Plan
from allocator.problem import Problem
from allocator.report import Report, report
from tests.support.small import (
    LJ,
    MB,
    OFFICE,
    OFFICE_DAY,
    W1,
    at,
    audience,
    booked,
    class_problem,
    course,
    department,
    held,
    person,
    plan_of,
    problem_of,
    stood,
    support,
    task,
)

WEEK = 5 * OFFICE_DAY


def causes(problem: Problem, *work: Any) -> list[str]:
    return [late.cause for late in report(problem, plan_of(*work)).late]


def test_lateness_is_the_time_on_the_clock_after_the_due_day() -> None:
    problem = problem_of(tasks=[task("t-a", due="2027-01-11"), task("t-b", due="2027-01-12")])
    work = [booked(problem, name, ("ana", at(1, 8), at(1, 10))) for name in ("t-a", "t-b")]
    (late,) = report(problem, plan_of(*work)).late
    midnight = at(1, 0)
    assert (late.task, late.end, late.slots) == (0, at(1, 10), at(1, 10) - midnight)


CLOSED_MONDAY = OFFICE | {"id": "closed", "holidays": ["2027-01-18"]}
SATURDAY = {"id": "saturday", "weekly": {"sat": ["08:00-12:00"]}}


@pytest.mark.parametrize(
    ("where", "who", "end", "days"),
    [
        ({"site": "lj"}, "ana", at(8, 16), 2),  # Monday and Tuesday
        ({"site": "lj"}, "ana", at(7, 9), 1),  # Monday, begun is counted
        ({"site": "mb"}, "ana", at(8, 16), 1),  # closed on Monday
        ({"department": "finance"}, "ana", at(8, 16), 2),  # where the department is
        ({}, "ana", at(8, 16), 2),  # when its crew works
        ({"site": "lj"}, "sam", at(5, 10), 0),  # Saturday, when the site does not work
        ({}, "sam", at(5, 10), 1),  # and when its crew does
    ],
)
def test_lateness_is_reported_in_working_days_of_the_site_too(where, who, end, days) -> None:
    # Due on Friday 2027-01-15, the end of day 4.
    problem = problem_of(
        calendars=[OFFICE, CLOSED_MONDAY, SATURDAY],
        sites=[LJ, MB | {"calendar": "closed"}],
        people=[person("ana"), person("sam", calendar="saturday")],
        departments=[department()],
        tasks=[task("t-a", due="2027-01-15", **where)],
    )
    (late,) = report(problem, plan_of(booked(problem, "t-a", (who, end - 2, end)))).late
    assert (late.slots, late.working_days) == (end - at(5, 0), days)


def test_late_for_a_green_light() -> None:
    light = department(green_light={"status": "granted", "date": "2027-01-13"})
    late = task("t-a", change=True, department="finance", due="2027-01-12")
    problem = problem_of(departments=[light], tasks=[late])
    assert causes(problem, booked(problem, "t-a", ("ana", at(2, 8), at(2, 10)))) == [
        "it may begin from 2027-01-13T00:00 on (green light of finance, granted); its crew (ana) "
        "can end it at 2027-01-13T10:00 at the earliest"
    ]


def test_late_for_a_predecessor() -> None:
    problem = problem_of(tasks=[task("t-b", hours=9), task("t-a", after=["t-b"], due="2027-01-11")])
    first = booked(problem, "t-b", ("ana", at(0, 8), at(1, 9)))
    second = booked(problem, "t-a", ("bor", at(1, 9), at(1, 11)))
    assert causes(problem, first, second) == [
        "t-b ends at 2027-01-12T09:00; its crew (bor) can end it at 2027-01-12T11:00 at the "
        "earliest"
    ]


def test_late_for_other_work_of_the_crew() -> None:
    problem = problem_of(tasks=[task("t-b", hours=8), task("t-a", due="2027-01-11")])
    first = booked(problem, "t-b", ("ana", at(0, 8), at(0, 17)))
    second = booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)))
    assert causes(problem, first, second) == [
        "its crew (ana) has other work, without which it could end at 2027-01-11T10:00: ana is on "
        "t-b until 2027-01-11T17:00"
    ]


def test_late_for_no_reason_is_said_to_be() -> None:
    problem = problem_of(tasks=[task("t-a", due="2027-01-11")])
    assert causes(problem, booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)))) == [
        "nothing stands in its way with the same crew (ana) from 2027-01-11T08:00; a longer run "
        "may plan it"
    ]


def test_cost_of_each_project_against_its_budget() -> None:
    projects = [{"id": "erp", "budget": 1000}, {"id": "crm"}]
    problem = problem_of(projects=projects, tasks=[task("t-a", hours=3)])
    found = report(problem, plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 11)))))
    assert [(it.forecast, it.budget) for it in found.costs] == [(3 * 60_00, 1000_00), (0, None)]


def test_load_is_booked_hours_against_hours_on_duty_of_those_with_the_skill() -> None:
    people = [
        person("ana", absences=[{"from": "2027-01-18", "to": "2027-01-19"}]),
        person("cene", skills=[{"skill": "teach", "level": 1}]),
    ]
    lines = [
        {"skill": "sap", "level": 3, "people": 1, "hours": 10},
        {"skill": "teach", "level": 1, "people": 1, "hours": 4},
    ]
    problem = problem_of(people=people, tasks=[task("t-a", crew=lines)])
    seats = [("ana", at(4, 8), at(7 + 2, 10)), ("cene", at(4, 8), at(4, 12))]
    found = report(problem, plan_of(booked(problem, "t-a", *seats)))
    sap, teach = found.loads
    assert [problem.skills[load.skill] for load in (sap, teach)] == ["sap", "teach"]
    # Ana has both skills: on Friday 8 h, and after two days of leave 2 h on Wednesday.
    assert [(week.monday, week.booked, week.available) for week in sap.weeks[:2]] == [
        (0, OFFICE_DAY, WEEK),
        (7, 2, WEEK - 2 * OFFICE_DAY),
    ]
    assert [(week.booked, week.available) for week in teach.weeks[:1]] == [
        (OFFICE_DAY + 4, 2 * WEEK)
    ]
    assert sap.peak == Fraction(OFFICE_DAY, WEEK)


def whole(problem: Problem) -> Plan:
    return plan_of(
        booked(problem, "t-a", ("bor", at(0, 8), at(0, 10))),
        held(problem, at(0, 8), {"clerks": 12}),
        stood(problem, 14, "ana"),
    )


def test_coverage_counts_tasks_seats_and_supporters() -> None:
    curve = [{"days": "1", "users_per_supporter": 10}]
    done = task("t-c", progress={"finished": "2027-01-11"})
    problem = class_problem(
        waves=[W1],
        support=[support(curve=curve)],
        tasks=[task("t-a"), task("t-b"), done],
        audiences=[audience(trained=[{"course": "c-basic", "heads": 3, "on": "2027-01-04"}])],
        courses=[course()],
    )
    found: Report = report(problem, whole(problem))
    covered = found.coverage
    assert (covered.tasks, covered.tasks_asked) == (1, 2)
    assert (covered.sessions, covered.heads, covered.heads_asked) == (1, 12, 20 - 3)
    assert (covered.supporters, covered.supporters_asked) == (1, 2)


def test_a_pending_green_light_is_an_assumption_of_what_relies_on_it() -> None:
    pending = department(green_light={"status": "pending", "date": "2027-01-12"})
    tasks = [task("t-a", change=True, department="finance"), task("t-b")]
    problem = problem_of(departments=[pending], tasks=tasks)
    work = booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)))
    (assumption,) = report(problem, plan_of(work)).assumptions
    assert (assumption.department, assumption.day, assumption.tasks) == (0, 1, (0,))
    assert report(problem, plan_of()).assumptions == ()

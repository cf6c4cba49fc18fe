"""Why a task is left open: for each kind of reason a rollout built so that it is the reason."""

from typing import Any

from allocator.reasons.open_work import open_work
from tests.support.small import (
    LJ,
    MB,
    OFFICE_DAY,
    at,
    booked,
    department,
    person,
    plan_of,
    problem_of,
    task,
)

WEEK = 5 * OFFICE_DAY


def reasons(*work: Any, on: Any = None, of: str = "t-a", **parts: Any) -> list[str]:
    """The reasons of one task in a plan of some work."""
    problem = problem_of(**parts) if on is None else on
    return [entry.reason for entry in open_work(problem, plan_of(*work)) if entry.id == of]


def reason(*work: Any, **parts: Any) -> str:
    (found,) = reasons(*work, **parts)
    return found


def test_each_line_of_an_open_task_is_an_entry_with_its_hours() -> None:
    lines = [
        {"skill": "sap", "level": 3, "people": 2, "hours": 4},
        {"skill": "teach", "level": 3, "people": 1, "hours": 3},
    ]
    problem = problem_of(tasks=[task("t-a", crew=lines)])
    entries = open_work(problem, plan_of())
    assert [(it.kind, it.id, it.seat, it.hours) for it in entries] == [
        ("task", "t-a", 0, 2 * 4),
        ("task", "t-a", 1, 3),
    ]


def test_hours_done_already_are_not_open() -> None:
    problem = problem_of(tasks=[task("t-a", hours=10, progress={"done_hours": 6})])
    assert [it.hours for it in open_work(problem, plan_of())] == [10 - 6]


def test_planned_and_finished_work_is_not_open() -> None:
    tasks = [task("t-a"), task("t-b", progress={"finished": "2027-01-11"})]
    problem = problem_of(tasks=tasks)
    plan = plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 10))))
    assert open_work(problem, plan) == ()


def test_a_refused_green_light() -> None:
    refused = department(green_light={"status": "refused"})
    said = reason(departments=[refused], tasks=[task("t-a", change=True, department="finance")])
    assert said == "finance has refused its green light, and this changes its live system"


def test_open_work_before_it_is_named_with_its_root() -> None:
    root = task("t-root", crew=[{"skill": "sap", "level": 5, "hours": 2}])
    tasks = [root, task("t-b", after=["t-root"]), task("t-a", after=["t-b"])]
    assert reason(tasks=tasks) == "it comes after t-b, which is left open, because t-root is"
    assert reason(tasks=tasks, of="t-b") == "it comes after t-root, which is left open"


def test_nobody_has_the_skill_at_the_level() -> None:
    said = reason(tasks=[task("t-a", crew=[{"skill": "sap", "level": 4, "hours": 2}])])
    assert said == "nobody has sap level 4; 2 have it at a lower level (ana and bor)"


def test_too_few_have_the_skill() -> None:
    said = reason(tasks=[task("t-a", people=3)])
    assert said == "3 people with sap level 3 are needed, only 2 have it (ana and bor)"


def test_a_skill_that_a_class_would_give() -> None:
    course = {
        "id": "c-sap",
        "project": "erp",
        "hours": 2,
        "trainers": [{"skill": "teach", "level": 3, "people": 1}],
        "class_size": {"min": 1, "max": 5},
        "virtual": True,
        "grants": {"skill": "sap", "level": 4},
    }
    audience = {"id": "key", "department": "finance", "members": ["bor"], "courses": ["c-sap"]}
    said = reason(
        tasks=[task("t-a", crew=[{"skill": "sap", "level": 4, "hours": 2}])],
        courses=[course],
        audiences=[audience],
    )
    assert said.startswith("nobody has sap level 4")
    assert said.endswith("bor would have it after c-sap, which is not planned for them")


def test_other_lines_of_the_crew_name_the_line_that_fails() -> None:
    lines = [
        {"skill": "sap", "level": 3, "people": 1, "hours": 2},
        {"skill": "teach", "level": 5, "people": 1, "hours": 2},
    ]
    first, second = reasons(tasks=[task("t-a", crew=lines)])
    assert second.startswith("nobody has teach level 5")
    assert first == f"the crew is planned as a whole, and for another seat {second}"


def test_one_person_cannot_fill_two_lines() -> None:
    lines = [
        {"skill": "sap", "level": 3, "people": 1, "hours": 2},
        {"skill": "teach", "level": 3, "people": 1, "hours": 2},
    ]
    first, second = reasons(people=[person("ana")], tasks=[task("t-a", crew=lines)])
    assert first == second
    assert "each seat could be filled, but never all of them from the same start" in first


def test_work_longer_than_anyone_is_there() -> None:
    four_weeks = 4 * WEEK
    said = reason(tasks=[task("t-a", hours=four_weeks + 1)])
    assert said == (
        f"it needs 1 person with sap level 3 for {four_weeks + 1} h, and in the whole rollout "
        f"nobody can (on duty: ana {four_weeks} h, bor {four_weeks} h)"
    )
    assert "longer run" in reason(tasks=[task("t-a", hours=four_weeks)])


def test_a_sitting_longer_than_a_day() -> None:
    assert "one sitting of 10 h" in reason(tasks=[task("t-a", hours=10, splittable=False)])


def test_too_little_working_time_between_earliest_and_deadline() -> None:
    away = person("bor", absences=[{"from": "2027-01-13", "to": "2027-01-13"}])
    window = {"earliest": "2027-01-13", "deadline": "2027-01-14"}
    said = reason(
        people=[person("ana"), away], tasks=[task("t-a", hours=2 * OFFICE_DAY + 1, **window)]
    )
    assert said == (
        "between 2027-01-13T00:00 (earliest) and 2027-01-15T00:00 (deadline) there is too little "
        "working time for 1 person with sap level 3 for 17 h: nobody can "
        f"(on duty: ana {2 * OFFICE_DAY} h, bor {OFFICE_DAY} h)"
    )


def test_one_of_two_has_too_little_working_time() -> None:
    away = person("bor", absences=[{"from": "2027-01-11", "to": "2027-01-11"}])
    said = reason(
        people=[person("ana"), away],
        tasks=[task("t-a", hours=2 * OFFICE_DAY, people=2, deadline="2027-01-12")],
    )
    assert "only ana can (on duty: ana 16 h, bor 8 h)" in said


def test_a_green_light_after_the_deadline() -> None:
    pending = department(green_light={"status": "pending", "date": "2027-01-20"})
    said = reason(
        departments=[pending],
        tasks=[task("t-a", change=True, department="finance", deadline="2027-01-19")],
    )
    assert said == (
        "it may begin at 2027-01-20T00:00 (green light of finance, expected) and must have ended "
        "by 2027-01-20T00:00 (deadline)"
    )


def test_a_vendor_that_needs_notice() -> None:
    said = reason(
        vendors=[{"id": "acme", "lead_days": 7, "minimum_hours_per_day": 0}],
        people=[person("ana", vendor="acme")],
        tasks=[task("t-a", deadline="2027-01-15")],
    )
    assert said.startswith("acme needs 7 days of notice (until 2027-01-18T00:00), and of ")
    assert said.endswith("by 2027-01-16T00:00 (deadline) nobody can")


def test_a_certificate_that_ends_before_the_work_does() -> None:
    certified = person("ana", skills=[{"skill": "sap", "level": 3, "until": "2027-01-12"}])
    said = reason(people=[certified], tasks=[task("t-a", hours=2 * OFFICE_DAY + 1)])
    assert said.endswith("nobody can (ana until 2027-01-13T00:00)")
    assert "longer run" in reason(people=[certified], tasks=[task("t-a", hours=2 * OFFICE_DAY)])


def test_closed_days_of_the_department() -> None:
    closed = department(closed=[{"from": "2027-01-12", "to": "2027-01-13"}])
    work = {"change": True, "department": "finance", "deadline": "2027-01-14"}
    said = reason(departments=[closed], tasks=[task("t-a", hours=OFFICE_DAY + 1, **work)])
    assert said.startswith(
        "closed and frozen days of finance between 2027-01-11T00:00 and 2027-01-15T00:00 leave no "
        "room for 1 person with sap level 3 for 9 h"
    )
    assert "longer run" in reason(
        departments=[closed], tasks=[task("t-a", hours=OFFICE_DAY, **work)]
    )


def test_limits_below_the_calendar() -> None:
    limited = person("ana", limits={"hours_per_day": 6})
    said = reason(people=[limited], tasks=[task("t-a", hours=20)])
    assert said.startswith("limits of hours a day and a week below the calendar's own leave no")
    assert said.endswith("(ana 6 h a day)")


def test_a_pinned_start_off_duty() -> None:
    said = reason(tasks=[task("t-a", pin={"start": "2027-01-11T06:00"})])
    assert said == (
        "it is pinned to 2027-01-11T06:00, and so cannot have 1 person with sap level 3 for 2 h"
    )


def test_a_pinned_person_without_the_skill() -> None:
    said = reason(
        people=[person("ana"), person("cene", skills=[])],
        tasks=[task("t-a", pin={"people": ["cene"]})],
    )
    assert said.startswith("it is pinned to cene, and so cannot have")


def test_a_predecessor_that_ends_too_late_for_the_deadline() -> None:
    problem = problem_of(
        tasks=[
            task("t-b", hours=OFFICE_DAY),
            task("t-a", hours=OFFICE_DAY, after=["t-b"], deadline="2027-01-12"),
        ]
    )
    late = booked(problem, "t-b", ("ana", at(0, 10), at(1, 10)))
    assert reason(late, on=problem) == (
        "between 2027-01-12T10:00 (t-b ends at 2027-01-12T10:00) and 2027-01-13T00:00 (deadline) "
        "there is too little working time for 1 person with sap level 3 for 8 h: nobody can (on "
        f"duty: ana {OFFICE_DAY - 2} h, bor {OFFICE_DAY - 2} h)"
    )
    early = booked(problem, "t-b", ("ana", at(0, 8), at(0, 17)))
    assert "longer run" in reason(early, on=problem)


def test_other_people_than_those_of_a_planned_task() -> None:
    problem = problem_of(
        people=[person("ana")],
        tasks=[task("t-b"), task("t-a", different_people_from="t-b")],
    )
    said = reason(booked(problem, "t-b", ("ana", at(0, 8), at(0, 10))), on=problem)
    assert said == (
        "it takes other people than t-b (ana); of 1 person with sap level 3 for 2 h nobody can"
    )


def test_the_same_people_as_a_planned_task() -> None:
    away = [{"from": "2027-01-12", "to": "2027-02-07"}]
    problem = problem_of(
        people=[person("ana", absences=away), person("bor")],
        tasks=[task("t-b"), task("t-a", same_people_as="t-b", earliest="2027-01-12")],
    )
    said = reason(booked(problem, "t-b", ("ana", at(0, 8), at(0, 10))), on=problem)
    assert said.startswith("it takes the same people as t-b (ana); of ")


def test_a_budget_that_is_used_up() -> None:
    rate, spent, needed = 60, 2, 4
    budget = rate * (spent + needed)
    problem = problem_of(
        projects=[{"id": "erp", "budget": budget - 1}],
        tasks=[task("t-b", hours=spent), task("t-a", hours=needed)],
    )
    said = reason(booked(problem, "t-b", ("ana", at(0, 8), at(0, 10))), on=problem)
    assert said == (
        f"its crew costs at least {rate * needed}.00 EUR, and {rate * needed - 1}.00 EUR are left "
        f"of the budget of erp ({budget - 1}.00 EUR)"
    )


def test_people_who_are_held_by_other_work() -> None:
    problem = problem_of(
        people=[person("ana")],
        tasks=[task("t-b", hours=7), task("t-a", hours=2, deadline="2027-01-11")],
    )
    held = booked(problem, "t-b", ("ana", at(0, 8), at(0, 16)))
    assert reason(held, on=problem) == (
        "other work holds too many of those who could do it (ana) at every start that has 1 person "
        "with sap level 3 for 2 h; from 2027-01-11T15:00 to 2027-01-11T17:00, for example, ana is "
        "on t-b until 2027-01-11T16:00"
    )


def test_travel_that_leaves_no_time() -> None:
    problem = problem_of(
        sites=[LJ, MB],
        travel=[{"from": "lj", "to": "mb", "minutes": 120}],
        people=[person("ana")],
        tasks=[
            task("t-b", hours=5, site="lj"),
            task("t-a", hours=2, site="mb", deadline="2027-01-11"),
        ],
    )
    there = booked(problem, "t-b", ("ana", at(0, 8), at(0, 14)))
    assert reason(there, on=problem).startswith(
        "between their other work there is no time for the way to mb and 1 person with sap"
    )


def test_limits_that_other_work_has_used_up() -> None:
    problem = problem_of(
        people=[person("ana", limits={"hours_per_day": 6})],
        tasks=[task("t-b", hours=5), task("t-a", hours=2, deadline="2027-01-11")],
    )
    held = booked(problem, "t-b", ("ana", at(0, 8), at(0, 14)))
    assert reason(held, on=problem) == (
        "with what they are booked for already, limits of hours a day and a week (ana 6 h a day) "
        "leave no start with 1 person with sap level 3 for 2 h; ana, for example, would have 7 h "
        "on 2027-01-11, at most 6 h"
    )


def test_a_vendor_that_does_not_come_for_an_hour() -> None:
    said = reason(
        vendors=[{"id": "acme", "lead_days": 0, "minimum_hours_per_day": 4}],
        people=[person("ana", vendor="acme")],
        tasks=[task("t-a", hours=2)],
    )
    assert said.startswith("acme comes for at least 4 h a day, and no start with 1 person with")


def test_work_that_could_be_planned_is_said_to_be() -> None:
    assert reason(tasks=[task("t-a")]) == (
        "nothing stands in its way with ana on t-a from 2027-01-11T08:00; a longer run may plan it"
    )


def test_work_that_costs_more_than_leaving_it_open() -> None:
    goals = {"preset": "balanced", "prices": {"open_work": 1}}
    said = reason(goals=goals, tasks=[task("t-a", hours=2)])
    assert said == (
        "it would fit with ana on t-a from 2027-01-11T08:00, but the total would not go down: cost "
        f"would rise from 0.00 to {2 * 60}.00"
    )


def test_the_check_has_the_last_word() -> None:
    """A lone FF link of a crew of two is not among the stages, but the check knows it."""
    problem = problem_of(
        tasks=[
            task("t-b", hours=OFFICE_DAY),
            task("t-a", people=2, after=[{"task": "t-b", "type": "FF"}]),
        ]
    )
    said = reason(booked(problem, "t-b", ("ana", at(1, 8), at(1, 17))), on=problem)
    assert "for that would break precedence: t-a ends at 2027-01-11T10:00" in said

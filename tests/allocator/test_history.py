"""What has happened: who did what when by reports and by what was published, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from allocator.formats.document import problem_from_tree, warnings_of
from allocator.formats.plan.write import plan_tree
from allocator.frozen import FrozenShift, frozen
from allocator.history import unreported
from allocator.objectives import change, cost
from allocator.plan import Plan
from allocator.problem import Problem, Worked
from tests.support.small import (
    DAY,
    at,
    audience,
    booked,
    course,
    held,
    person,
    plan_of,
    problem_of,
    rollout,
    stood,
    support,
    task,
)

MONDAY = "2027-01-11"
WEDNESDAY_EVENING = {"as_of": "2027-01-13T17:00"}
"""After three days of eight hours."""


def under_way(plan: Plan, begun: Problem, **parts: Any) -> Problem:
    """A small rollout after a plan of it was published."""
    return problem_from_tree(rollout(published={"plan": plan_tree(begun, plan)}, **parts))


def one_task(progress: Mapping[str, Any] | None, hours: int = 40, **more: Any) -> Problem:
    """A task of Ana's from Monday at 8 on, as it stands on Wednesday evening."""
    begun = problem_of(tasks=[task("t-a", hours, **more)])
    days, left = divmod(hours, 8)
    end = at(days - 1, 17) if left == 0 else at(days, 8 + left)
    plan = plan_of(booked(begun, "t-a", ("ana", 8, end)))
    reported = task("t-a", hours, **({"progress": progress} if progress else {}), **more)
    return under_way(plan, begun, tasks=[reported], **WEDNESDAY_EVENING)


def test_hours_that_are_done_are_those_of_whoever_was_published_from_the_published_start_on() -> (
    None
):
    problem = one_task({"done_hours": 12})
    # Eight hours on Monday, four on Tuesday morning.
    assert problem.history.worked == (Worked(0, 0, 0, at(0, 8), at(1, 12), 12),)
    assert problem.begun == {0: at(0, 8)}


def test_a_finished_task_has_all_its_hours_and_ends_by_the_finished_day() -> None:
    problem = one_task({"finished": "2027-01-12"}, hours=24)
    # Published until Wednesday: Tuesday ends at midnight, and the money is spent all the same.
    assert problem.history.worked == (Worked(0, 0, 0, at(0, 8), at(2, 0), 24),)
    assert cost.measure(problem, Plan()) == 24 * 60


def test_reported_people_and_hours_take_the_place_of_what_was_published() -> None:
    worked = [{"person": "ana", "hours": 10}, {"person": "bor", "hours": 30}]
    problem = one_task({"done_hours": 16, "worked": worked})
    ana, bor = problem.history.worked
    assert (ana.person, ana.start, ana.end, ana.slots, ana.extra) == (0, at(0, 8), at(1, 10), 10, 0)
    # By Wednesday at 17 Bor was on duty for 24 of his 30 hours; six were out of hours.
    assert (bor.person, bor.start, bor.end, bor.slots, bor.extra) == (1, 8, at(2, 17), 30, 6)
    assert cost.measure(problem, Plan()) == 40 * 60


def test_a_reported_start_is_where_the_hours_begin() -> None:
    problem = one_task({"done_hours": 8, "started": "2027-01-12T10:00"})
    assert problem.history.worked == (Worked(0, 0, 0, at(1, 10), at(2, 10), 8),)
    assert problem.begun == {0: at(1, 10)}


def test_hours_without_a_known_start_are_the_last_before_now() -> None:
    begun = problem_of(tasks=[task("t-a", 40)])
    plan = plan_of(booked(begun, "t-a", ("ana", at(7, 8), at(11, 17))))
    reported = task("t-a", 40, progress={"done_hours": 4})
    problem = under_way(plan, begun, tasks=[reported], **WEDNESDAY_EVENING)
    assert problem.history.worked == (Worked(0, 0, 0, at(2, 13), at(2, 17), 4),)


def test_the_history_of_a_published_plan_goes_on() -> None:
    problem = one_task({"done_hours": 8})
    rest = plan_of(booked(problem, "t-a", ("bor", at(3, 8), at(8, 17))))
    tree = plan_tree(problem, rest)
    later = problem_from_tree(
        rollout(
            published={"plan": tree},
            tasks=[task("t-a", 40, progress={"done_hours": 16})],
            as_of="2027-01-15T08:00",
        )
    )
    # Ana's eight hours of Monday stay hers; the eight hours since are Bor's, of Thursday.
    assert later.history.worked == (
        Worked(0, 0, 0, at(0, 8), at(0, 17), 8),
        Worked(0, 0, 1, at(3, 8), at(3, 17), 8),
    )
    done = problem_from_tree(
        rollout(
            published={"plan": tree},
            tasks=[task("t-a", 40, progress={"finished": "2027-01-19"})],
            as_of="2027-01-20T08:00",
        )
    )
    assert [(it.person, it.slots) for it in done.history.worked] == [(0, 8), (1, 32)]


def test_what_is_left_is_published_for_the_same_people_from_now_on() -> None:
    problem = one_task({"done_hours": 8})
    assert problem.published is not None
    rest = booked(problem, "t-a", ("ana", at(3, 8), at(8, 17)))
    assert problem.published.plan.tasks == (rest,)
    assert change.measure(problem, plan_of(rest)) == 0
    later = booked(problem, "t-a", ("ana", at(4, 8), at(9, 17)))
    other = booked(problem, "t-a", ("bor", at(3, 8), at(8, 17)))
    assert change.measure(problem, plan_of(later)) == change.measure(problem, plan_of(other)) == 3


def test_what_is_left_begins_when_the_whole_crew_is_back() -> None:
    begun = problem_of(tasks=[task("t-a", 40, people=2)])
    plan = plan_of(booked(begun, "t-a", ("ana", 8, at(4, 17)), ("bor", 8, at(4, 17))))
    away = {"absences": [{"from": "2027-01-14", "to": "2027-01-14"}]}
    problem = under_way(
        plan,
        begun,
        tasks=[task("t-a", 40, people=2, progress={"done_hours": 8})],
        people=[person("ana"), person("bor", **away)],
        **WEDNESDAY_EVENING,
    )
    assert problem.published is not None
    assert {seat.start for seat in problem.published.plan.tasks[0].crew} == {at(4, 8)}


def test_a_pinned_start_that_has_passed_does_not_bind_what_is_left() -> None:
    pin = {"start": f"{MONDAY}T08:00"}
    assert one_task(None, pin=pin).tasks[0].pin_start == 8
    assert one_task({"done_hours": 8}, pin=pin).tasks[0].pin_start is None


def test_what_has_begun_and_is_not_reported_stays_as_published() -> None:
    problem = one_task(None)
    assert [(it.task, it.start) for it in frozen(problem)] == [(0, 8)]
    assert problem.history.worked == ()
    assert frozen(one_task({"done_hours": 0})) == ()


@pytest.mark.parametrize(
    ("progress", "codes"),
    [
        (None, ["nothing_reported"]),
        ({"done_hours": 0}, []),
        ({"done_hours": 8}, []),
        ({"finished": "2027-01-13"}, []),
    ],
)
def test_a_task_whose_time_has_passed_without_a_word_is_named(progress: Any, codes: Any) -> None:
    problem = one_task(progress, hours=24)
    assert [fault.code for fault in warnings_of(problem)] == codes


def test_a_task_that_still_runs_needs_no_report() -> None:
    assert unreported(one_task(None, hours=25)).tasks == ()


def test_hours_that_nobody_is_known_to_have_done_are_named() -> None:
    reported = task("t-b", 40, progress={"done_hours": 8})
    begun = problem_of(tasks=[task("t-a", 8)])
    plan = plan_of(booked(begun, "t-a", ("ana", at(3, 8), at(3, 17))))
    problem = under_way(plan, begun, tasks=[task("t-a", 8), reported], **WEDNESDAY_EVENING)
    assert [(it.code, it.path) for it in warnings_of(problem)] == [
        ("nobody_known", "tasks[1].progress")
    ]


CLASS: dict[str, Any] = {"courses": [course()], "audiences": [audience(headcount=5)]}


def after_class(**recorded: Any) -> Problem:
    """A class for five clerks on Monday, as it stands on Wednesday evening."""
    begun = problem_of(**CLASS)
    plan = plan_of(held(begun, at(0, 8), {"clerks": 5}))
    clerks = audience(headcount=5, **recorded)
    return under_way(plan, begun, **{**CLASS, "audiences": [clerks]}, **WEDNESDAY_EVENING)


def test_a_class_is_held_once_somebody_is_recorded_as_trained_by_it() -> None:
    problem = after_class(trained=[{"course": "c-basic", "heads": 4, "on": MONDAY}])
    assert [(it.start, it.trainers) for it in problem.history.held] == [(8, (0,))]
    assert cost.measure(problem, Plan()) == 2 * 60
    assert unreported(problem).sessions == ()


def test_a_class_that_nobody_has_reported_is_named_and_stays() -> None:
    problem = after_class()
    assert problem.history.held == ()
    assert [fault.path for fault in warnings_of(problem)] == ["published.plan.sessions[0]"]
    assert len(frozen(problem)) == 1


def test_classes_that_were_held_are_kept_in_the_next_plan() -> None:
    problem = after_class(trained=[{"course": "c-basic", "heads": 5, "on": MONDAY}])
    tree = plan_tree(problem, Plan())
    clerks = audience(headcount=5, trained=[{"course": "c-basic", "heads": 5, "on": MONDAY}])
    again = problem_from_tree(
        rollout(**{**CLASS, "audiences": [clerks]}, published={"plan": tree}, **WEDNESDAY_EVENING)
    )
    assert again.history.held == problem.history.held


def test_a_shift_that_has_passed_stays_in_the_plan() -> None:
    parts = {
        "waves": [{"id": "w1", "project": "erp", "departments": ["finance"], "go_live": MONDAY}],
        "support": [support()],
    }
    begun = problem_of(**parts)
    plan = plan_of(stood(begun, 0, "ana", "bor"))
    problem = under_way(plan, begun, **parts, **WEDNESDAY_EVENING)
    assert len(frozen(problem)) == 2
    assert cost.measure(problem, plan) == cost.measure(begun, plan) == 2 * 8 * 60


def test_the_cost_stays_the_same_when_planned_work_is_done() -> None:
    begun = problem_of(tasks=[task("t-a", 24)])
    plan = plan_of(booked(begun, "t-a", ("ana", 8, at(2, 17))))
    done = one_task({"finished": "2027-01-13"}, hours=24)
    half = one_task({"done_hours": 12}, hours=24)
    rest = plan_of(booked(half, "t-a", ("ana", at(3, 8), at(4, 12))))
    amounts = [cost.measure(*it) for it in ((begun, plan), (half, rest), (done, Plan()))]
    assert amounts == [24 * 60] * 3


def test_nothing_is_frozen_after_now_without_a_frozen_date() -> None:
    begun = problem_of(tasks=[task("t-a", 8)])
    plan = plan_of(booked(begun, "t-a", ("ana", at(3, 8), at(3, 17))))
    problem = under_way(plan, begun, tasks=[task("t-a", 8)], **WEDNESDAY_EVENING)
    assert frozen(problem) == ()
    assert problem.as_of == 2 * DAY + 17


def test_a_class_was_given_by_whom_the_record_names() -> None:
    record = {"course": "c-basic", "heads": 5, "on": MONDAY, "trainers": ["bor"]}
    assert [it.trainers for it in after_class(trained=[record]).history.held] == [(1,)]


def test_on_a_shift_that_has_passed_stood_whom_the_report_names() -> None:
    wave = {"id": "w1", "project": "erp", "departments": ["finance"], "go_live": MONDAY}
    parts = {"waves": [wave], "people": [person("ana"), person("bor"), person("cid")]}
    begun = problem_of(**parts, support=[support()])
    plan = plan_of(stood(begun, 0, "ana", "bor"))
    worked = [{"department": "finance", "day": MONDAY, "people": ["ana", "cid"]}]
    problem = under_way(plan, begun, **parts, support=[support(worked=worked)], **WEDNESDAY_EVENING)
    assert sorted(it.person for it in frozen(problem) if isinstance(it, FrozenShift)) == [0, 2]


def test_a_task_that_was_finished_at_a_moment_lets_what_comes_after_begin_then() -> None:
    tasks = [
        task("t-a", progress={"finished": f"{MONDAY}T10:00"}),
        task("t-b", after=["t-a"], progress={"finished": MONDAY}),
    ]
    problem = problem_of(tasks=tasks, **WEDNESDAY_EVENING)
    assert [it.finished for it in problem.tasks] == [10, DAY]
    assert problem.known(problem.tasks[1].after[0]) == 10

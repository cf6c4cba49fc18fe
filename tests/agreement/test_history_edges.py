"""Each rule at its edge where something has happened: the model accepts what is just allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from allocator.check import check
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_tree
from allocator.objectives import unfairness, wishes
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.rules import RULES
from tests.agreement.fixing import model_total
from tests.support.small import (
    LJ,
    MB,
    at,
    audience,
    booked,
    course,
    held,
    person,
    plan_of,
    problem_of,
    rollout,
    task,
)

Edge = tuple[Problem, Plan, Plan]
"""A problem, a plan that is just allowed, and one that breaks just the one rule."""

EDGES: dict[str, Callable[[], Edge]] = {}

TUESDAY_NOON = "2027-01-12T12:00"
DONE = {"progress": {"finished": "2027-01-12"}}


def edge(make: Callable[[], Edge]) -> Callable[[], Edge]:
    """List a case under its name, which begins with the rule's."""
    EDGES[make.__name__] = make
    return make


def done_first(
    hours: int, start: int, end: int, first: Any = None, then: Any = None, **parts: Any
) -> Problem:
    """Task t-a was Ana's from a start to an end and is finished; t-b is to come on Tuesday noon."""
    one, two = task("t-a", hours, **(first or {})), task("t-b", **(then or {}))
    begun = problem_of(**({"tasks": [one, two]} | parts))
    published = plan_tree(begun, plan_of(booked(begun, "t-a", ("ana", start, end))))
    reported = {"tasks": [one | DONE, two], "published": {"plan": published}, "as_of": TUESDAY_NOON}
    return problem_from_tree(rollout(**(parts | reported)))


def second(problem: Problem, start: int, who: str = "ana") -> Plan:
    """Task t-b, of two hours, from a start."""
    return plan_of(booked(problem, "t-b", (who, start, start + 2)))


@edge
def work_limits_of_a_day() -> Edge:
    ana = person("ana", limits={"hours_per_day": 5})
    problem = done_first(4, at(1, 8), at(1, 12), people=[ana])
    return problem, second(problem, at(2, 8)), second(problem, at(1, 13))


@edge
def work_limits_of_a_week() -> Edge:
    ana = person("ana", limits={"hours_per_week": 13})
    problem = done_first(12, at(0, 8), at(1, 12), people=[ana])
    return problem, second(problem, at(7, 8)), second(problem, at(4, 8))


@edge
def work_limits_beyond_which_work_is_already() -> Edge:
    ana = person("ana", limits={"hours_per_week": 8})
    problem = done_first(12, at(0, 8), at(1, 12), people=[ana])
    assert check(problem, Plan()).violations == ()
    return problem, second(problem, at(7, 8)), second(problem, at(4, 8))


@edge
def work_limits_with_work_out_of_hours() -> Edge:
    people = [person("ana", limits={"hours_per_week": 41})]
    worked = {"finished": "2027-01-12", "worked": [{"person": "ana", "hours": 15}]}
    begun = problem_of(people=people, tasks=[task("t-a", 12), task("t-b", 27)])
    published = plan_tree(begun, plan_of(booked(begun, "t-a", ("ana", 8, at(1, 12)))))
    problem = problem_from_tree(
        rollout(
            people=people,
            tasks=[task("t-a", 12, progress=worked), task("t-b", 27)],
            published={"plan": published},
            as_of=TUESDAY_NOON,
        )
    )
    # Of the 15 hours that are done 12 were on duty; 26 are left of the week's 41.
    this_week = plan_of(booked(problem, "t-b", ("ana", at(1, 14), at(4, 17))))
    return problem, plan_of(booked(problem, "t-b", ("ana", at(7, 8), at(10, 11)))), this_week


@edge
def work_limits_in_class() -> Edge:
    ana = person("ana", limits={"class_hours_per_day": 3})
    parts = {"people": [ana], "courses": [course()]}
    begun = problem_of(**parts, audiences=[audience(headcount=10)])
    published = plan_tree(begun, plan_of(held(begun, at(1, 8), {"clerks": 5})))
    clerks = audience(headcount=10, trained=[{"course": "c-basic", "heads": 5, "on": "2027-01-12"}])
    problem = problem_from_tree(
        rollout(**parts, audiences=[clerks], published={"plan": published}, as_of=TUESDAY_NOON)
    )
    plans = [plan_of(held(problem, start, {"clerks": 5})) for start in (at(2, 8), at(1, 13))]
    return problem, plans[0], plans[1]


@edge
def vendor_terms_of_a_day() -> Edge:
    parts = {
        "vendors": [{"id": "acme", "minimum_hours_per_day": 4}],
        "people": [person("ana", vendor="acme")],
    }
    problem = done_first(2, at(1, 8), at(1, 10), **parts)
    return problem, second(problem, at(1, 13)), second(problem, at(2, 8))


@edge
def budget_of_what_is_left() -> Edge:
    dear = {"people": [person("ana"), person("bor", cost_per_hour=90)]}
    problem = done_first(4, 8, 12, projects=[{"id": "erp", "name": "ERP", "budget": 400}], **dear)
    return problem, second(problem, at(2, 8)), second(problem, at(2, 8), who="bor")


@edge
def budget_that_is_spent_already() -> Edge:
    free = {"people": [person("ana"), person("bor", cost_per_hour=0)]}
    problem = done_first(4, 8, 12, projects=[{"id": "erp", "name": "ERP", "budget": 100}], **free)
    assert check(problem, Plan()).violations == ()
    return problem, second(problem, at(2, 8), who="bor"), second(problem, at(2, 8))


@edge
def travel_from_finished_work() -> Edge:
    way = {"sites": [LJ, MB], "travel": [{"from": "lj", "to": "mb", "minutes": 120}]}
    problem = done_first(4, at(1, 8), at(1, 12), {"site": "lj"}, {"site": "mb"}, **way)
    return problem, second(problem, at(1, 14)), second(problem, at(1, 13))


@edge
def people_pairing_with_who_has_finished() -> Edge:
    problem = done_first(2, 8, 10, then={"same_people_as": "t-a"})
    return problem, second(problem, at(2, 8)), second(problem, at(2, 8), who="bor")


@edge
def people_pairing_with_others_than_who_has_finished() -> Edge:
    problem = done_first(2, 8, 10, then={"different_people_from": "t-a"})
    return problem, second(problem, at(2, 8), who="bor"), second(problem, at(2, 8))


def in_progress(then: Any = None, **more: Any) -> Problem:
    """Task t-a of 16 hours is Ana's since Monday at 8, and half of it is done; t-b comes after."""
    one, two = task("t-a", 16), task("t-b", **(then or {}))
    begun = problem_of(tasks=[one, two])
    as_published = plan_tree(begun, plan_of(booked(begun, "t-a", ("ana", 8, at(1, 17)))))
    reported = [one | {"progress": {"done_hours": 8}}, two]
    published = {"plan": as_published} | more
    return problem_from_tree(rollout(tasks=reported, published=published, as_of=TUESDAY_NOON))


def rest(problem: Problem, start: int, end: int, who: str = "ana") -> Plan:
    return plan_of(booked(problem, "t-a", (who, start, end)))


@edge
def time_window_of_what_is_left() -> Edge:
    problem = in_progress()
    return problem, rest(problem, at(1, 13), at(2, 12)), rest(problem, at(1, 11), at(2, 11))


@edge
def working_time_of_what_is_left() -> Edge:
    problem = in_progress()
    return problem, rest(problem, at(1, 13), at(2, 12)), rest(problem, at(1, 13), at(1, 17))


@edge
def pinned_by_whom_a_crew_was_published_to_be() -> Edge:
    problem = in_progress(frozen_until="2027-01-13")
    plans = [rest(problem, at(1, 13), at(2, 12), who) for who in ("ana", "bor")]
    return problem, plans[0], plans[1]


@edge
def pinned_by_what_has_begun_without_a_report() -> Edge:
    begun = problem_of(tasks=[task("t-a", 16)])
    published = plan_tree(begun, plan_of(booked(begun, "t-a", ("ana", 8, at(1, 17)))))
    problem = problem_from_tree(
        rollout(tasks=[task("t-a", 16)], published={"plan": published}, as_of=TUESDAY_NOON)
    )
    return problem, rest(problem, 8, at(1, 17)), rest(problem, at(1, 13), at(3, 12))


@edge
def precedence_from_the_start_of_work_in_progress() -> Edge:
    problem = in_progress({"after": [{"task": "t-a", "type": "SS", "lag_hours": 48}]})
    # Monday at 8 and 48 hours are Wednesday at 8, whenever the rest is done.
    return problem, second(problem, at(2, 8), who="bor"), second(problem, at(1, 13), who="bor")


@edge
def precedence_from_the_end_of_what_is_left() -> Edge:
    problem = in_progress({"after": ["t-a"]})
    (left,) = rest(problem, at(1, 13), at(2, 12)).tasks
    plans = [
        plan_of(left, booked(problem, "t-b", ("bor", start, start + 2)))
        for start in (at(2, 13), at(2, 10))
    ]
    return problem, plans[0], plans[1]


@pytest.mark.parametrize("name", EDGES)
def test_the_model_accepts_what_is_just_allowed_and_refuses_what_is_not(name: str) -> None:
    problem, allowed, forbidden = EDGES[name]()
    good, bad = check(problem, allowed), check(problem, forbidden)
    assert good.violations == ()
    rule = max((rule for rule in RULES if name.startswith(rule)), key=len)
    assert {violation.rule for violation in bad.violations} == {rule}
    assert model_total(problem, allowed) == good.score.total
    assert model_total(problem, forbidden) is None


def test_hours_worked_count_for_who_carries_more() -> None:
    problem = done_first(4, 8, 12)
    # Ana has four hours and Bor two, or Ana six: the mean is three, of which 110 % are fair.
    amounts = [
        unfairness.measure(problem, second(problem, at(2, 8), who)) for who in ("bor", "ana")
    ]
    assert [float(amount) for amount in amounts] == pytest.approx([0.7, 2.7])
    assert model_total(problem, second(problem, at(2, 8))) is not None


def test_days_worked_count_as_days_that_were_to_be_kept_free() -> None:
    wish = {"avoid": {"from": "2027-01-11", "to": "2027-01-11"}, "weight": 2}
    problem = done_first(4, 8, 12, people=[person("ana", wishes=[wish])])
    plan = second(problem, at(2, 8))
    assert wishes.measure(problem, plan) == 2
    assert model_total(problem, plan) == check(problem, plan).score.total

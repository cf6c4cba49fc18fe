"""Each rule at its edge: the model accepts what is just allowed and refuses what is just not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from allocator.check import check
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.rules import RULES
from tests.agreement.fixing import model_total
from tests.support.small import (
    DAY,
    LJ,
    MB,
    OFFICE,
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
    published,
    room,
    stood,
    support,
    task,
)

Tree = dict[str, Any]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Edge = tuple[Problem, Plan, Plan]
"""A problem, a plan that is just allowed, and one that breaks just the one rule."""

EDGES: dict[str, Callable[[], Edge]] = {}

LONG = {
    "id": "long",
    "weekly": {key: ["08:00-20:00"] for key in ("mon", "tue", "wed", "thu", "fri")},
}
CALENDARS = [OFFICE, LONG]
EVERYONE = [person("ana"), person("bor")]


def edge(make: Callable[[], Edge]) -> Callable[[], Edge]:
    """List a case under its name, which begins with the rule's."""
    EDGES[make.__name__] = make
    return make


def two_tasks(**parts: object) -> Problem:
    return problem_of(**({"tasks": [task("t-a"), task("t-b")]} | parts))


def both(problem: Problem, first: tuple[str, int], then: tuple[str, int]) -> Plan:
    """Task t-a and task t-b, of two hours each, by somebody from a start."""
    return plan_of(
        booked(problem, "t-a", (*first, first[1] + 2)), booked(problem, "t-b", (*then, then[1] + 2))
    )


def one_task(start: int, who: str = "ana", hours: int = 2, **more: object) -> tuple[Problem, Plan]:
    problem = problem_of(tasks=[task("t-a", hours, **more)], departments=[department()])
    return problem, plan_of(booked(problem, "t-a", (who, start, start + hours)))


def moved(problem: Problem, start: int, hours: int = 2, who: str = "ana") -> Plan:
    return plan_of(booked(problem, "t-a", (who, start, start + hours)))


@edge
def one_at_a_time_for_people() -> Edge:
    problem = two_tasks()
    return problem, both(problem, ("ana", 8), ("ana", 10)), both(problem, ("ana", 8), ("ana", 9))


@edge
def one_at_a_time_for_rooms() -> Edge:
    problem = class_problem()
    first = held(problem, at(0, 8), {"clerks": 5})
    plans = [
        plan_of(first, held(problem, start, {"clerks": 5}, trainers=["bor"])) for start in (10, 9)
    ]
    return problem, plans[0], plans[1]


@edge
def one_at_a_time_with_a_changeover() -> Edge:
    # 90 minutes are two slots of an hour. Classes of two hours from 08:00 and from 12:00, or 11:00.
    problem = class_problem(
        calendars=CALENDARS,
        people=[person("ana", calendar="long"), person("bor", calendar="long")],
        rooms=[room(calendar="long", changeover_minutes=90)],
        audiences=[audience(calendar="long")],
    )
    first = held(problem, at(0, 8), {"clerks": 5})
    plans = [
        plan_of(first, held(problem, start, {"clerks": 5}, trainers=["bor"])) for start in (12, 11)
    ]
    return problem, plans[0], plans[1]


ROUND = {"id": "round", "weekly": {key: ["00:00-24:00"] for key in DAYS}}
"""On duty at any time: then the rest of 11 hours is all that keeps work apart."""


def resting(*works: Tree, **parts: Any) -> Problem:
    people = [person("ana", calendar="round", limits={"rest_hours": 11}), person("bor")]
    return problem_of(calendars=[OFFICE, ROUND], people=people, tasks=list(works), **parts)


@edge
def rest_after_a_spell_of_work() -> Edge:
    # Work ends at 10:00 and goes on from 21:00, after 11 hours; from 20:00 it would be one spell of
    # 14 hours, from 08:00 to 22:00.
    problem = resting(task("t-a"), task("t-b"))
    return problem, both(problem, ("ana", 8), ("ana", 21)), both(problem, ("ana", 8), ("ana", 20))


def within(**limits: object) -> Problem:
    """Ana is there at any time, within some limits; six tasks of two hours."""
    people = [person("ana", calendar="round", limits=limits), person("bor")]
    works = [task(f"t-{number}") for number in range(6)]
    return problem_of(calendars=[OFFICE, ROUND], people=people, tasks=works)


def at_each(problem: Problem, *starts: int) -> Plan:
    """A task of Ana's from each of some starts."""
    works = [booked(problem, f"t-{n}", ("ana", at, at + 2)) for n, at in enumerate(starts)]
    return plan_of(*works)


@edge
def work_limits_on_seven_days() -> Edge:
    # Days 0, 2, 4 and 6 are within seven, days 0, 2, 4 and 7 are not: 8 hours, or 6 and 6.
    problem = within(hours_per_7_days=6)
    plans = [at_each(problem, *(at(day, 8) for day in (0, 2, 4, last))) for last in (7, 6)]
    return problem, plans[0], plans[1]


@edge
def days_off_after_days_in_row() -> Edge:
    problem = within(days_in_row=3)
    plans = [at_each(problem, *(at(day, 8) for day in (0, 1, 2, last))) for last in (4, 3)]
    return problem, plans[0], plans[1]


@edge
def days_off_around_midnight() -> Edge:
    # From 22:00 to 24:00 is one day, from 23:00 to 01:00 are two.
    problem = within(days_in_row=2)
    plans = [at_each(problem, at(0, 8), at(1, start)) for start in (22, 23)]
    return problem, plans[0], plans[1]


@edge
def days_off_after_nights_in_row() -> Edge:
    # A night ends at 05:00: work from there on is of the day only.
    problem = within(nights_in_row=2)
    plans = [at_each(problem, at(1, 1), at(2, 4), at(3, start)) for start in (5, 4)]
    return problem, plans[0], plans[1]


@edge
def days_off_on_weekends() -> Edge:
    # January 2027 has five Saturdays; days 5, 12 and 19 are the 16th, the 23rd and the 30th. Two
    # may be worked; Sunday the 31st is of the weekend of the 30th, Monday the 1st of none.
    problem = within(weekends_off=3)
    plans = [at_each(problem, at(5, 8), at(6, 8), at(13, 8), at(day, 8)) for day in (21, 20)]
    return problem, plans[0], plans[1]


@edge
def notice_of_new_work() -> Edge:
    # Now is 09:00 of Monday; 24 hours later is 09:00 of Tuesday.
    problem = problem_of(
        people=[person("ana", notice_hours=24), person("bor")],
        tasks=[task("t-a")],
        as_of="2027-01-11T09:00",
    )
    return problem, moved(problem, at(1, 9)), moved(problem, at(1, 8))


@edge
def rest_with_a_spell_of_13_hours() -> Edge:
    problem = resting(task("t-a"), task("t-b"))
    return problem, both(problem, ("ana", 8), ("ana", 19)), both(problem, ("ana", 8), ("ana", 20))


@edge
def rest_over_a_chain_of_three() -> Edge:
    # From 08:00 to 10:00, 18:00 to 20:00 and 05:00 to 07:00, or 07:00 to 09:00: each gap is shorter
    # than 11 hours in the first case, and so all is one spell, though no two of them are too long.
    problem = resting(task("t-a"), task("t-b"), task("t-c"))
    plans = []
    for third in (31, 29):
        two = both(problem, ("ana", 8), ("ana", 18))
        more = booked(problem, "t-c", ("ana", third, third + 2))
        plans.append(Plan((*two.tasks, more)))
    return problem, plans[0], plans[1]


@edge
def rest_between_classes_and_nights() -> Edge:
    # The night ends at 06:00; the class begins at 17:00, or at 16:00.
    night = support(hours="22:00-06:00", curve=[{"days": 1, "users_per_supporter": 20}])
    problem = class_problem(
        calendars=[OFFICE, ROUND],
        people=[person("ana", calendar="round", limits={"rest_hours": 11}), person("bor")],
        rooms=[room(calendar="round")],
        audiences=[audience(calendar="round")],
        waves=[W1],
        support=[night],
    )
    stands = stood(problem, 14, "ana", start=22, end=30)
    plans = [plan_of(stands, held(problem, at(15, start), {"clerks": 5})) for start in (17, 16)]
    return problem, plans[0], plans[1]


@edge
def rest_of_named_learners() -> Edge:
    problem = class_problem(
        calendars=[OFFICE, ROUND],
        people=[person("ana", calendar="round", limits={"rest_hours": 11}), *EVERYONE[1:]],
        rooms=[room(calendar="round")],
        audiences=[audience(members=["ana"], calendar="round")],
        courses=[course(class_size={"min": 1, "max": 12})],
        tasks=[task("t-a")],
    )
    session = held(problem, at(1, 8), {"clerks": ["ana"]}, trainers=["bor"])
    plans = [plan_of(session, booked(problem, "t-a", ("ana", s, s + 2))) for s in (19, 20)]
    return problem, plans[0], plans[1]


@edge
def rest_beside_work_of_several_days() -> Edge:
    # On duty from 06:00 to 18:00: 20 hours from 06:00 of day 1 end at 14:00 of day 2. Nothing else
    # of day 2 is worked then, until a class at night, which has to wait for 11 hours.
    wide = {"id": "wide", "weekly": {key: ["06:00-18:00", "20:00-24:00"] for key in DAYS[1:3]}}
    wide["weekly"]["wed"] = ["06:00-15:00", "20:00-24:00"]
    wide["weekly"]["tue"] = ["06:00-18:00"]
    wide["weekly"]["thu"] = ["00:00-12:00"]
    people = [person("ana", calendar="wide", limits={"rest_hours": 11}), person("bor")]
    works = [task("t-a", hours=20), task("t-b")]
    problem = problem_of(calendars=[OFFICE, wide], people=people, tasks=works)
    long = booked(problem, "t-a", ("ana", at(1, 6), at(2, 14)))
    plans = [plan_of(long, booked(problem, "t-b", ("ana", s, s + 2))) for s in (at(3, 1), at(3, 0))]
    return problem, plans[0], plans[1]


@edge
def one_at_a_time_for_heads() -> Edge:
    problem = class_problem(
        rooms=[room(), room("r2")],
        courses=[course(), course("c-more")],
        audiences=[audience(courses=["c-basic", "c-more"])],
    )
    plans = []
    for heads in (8, 9):
        other = held(problem, 8, {"clerks": heads}, name="c-more", trainers=["bor"], where="r2")
        plans.append(plan_of(held(problem, 8, {"clerks": 12}), other))
    return problem, plans[0], plans[1]


@edge
def one_at_a_time_for_named_learners() -> Edge:
    problem = class_problem(
        people=[*EVERYONE, person("cid")],
        audiences=[audience(members=["ana", "bor"])],
        tasks=[task("t-a")],
    )
    session = held(problem, at(0, 8), {"clerks": ["ana", "bor"]}, trainers=["cid"])
    plans = [plan_of(session, booked(problem, "t-a", ("ana", s, s + 2))) for s in (10, 9)]
    return problem, plans[0], plans[1]


@edge
def working_time_of_people() -> Edge:
    problem = problem_of(
        calendars=CALENDARS,
        people=[person("ana"), person("bor", calendar="long")],
        tasks=[task("t-a")],
    )
    return problem, moved(problem, 10), moved(problem, 12)


@edge
def working_time_of_a_sitting() -> Edge:
    problem = problem_of(
        calendars=CALENDARS,
        people=[person("ana"), person("bor", calendar="long")],
        tasks=[task("t-a", splittable=False)],
    )
    return problem, moved(problem, 10), moved(problem, 11)


@edge
def working_time_of_learners() -> Edge:
    problem = class_problem(
        calendars=CALENDARS,
        people=[person("ana", calendar="long")],
        rooms=[room(calendar="long")],
    )
    return problem, *(plan_of(held(problem, start, {"clerks": 5})) for start in (10, 11))


@edge
def working_time_of_a_room() -> Edge:
    problem = class_problem(
        calendars=CALENDARS,
        people=[person("ana", calendar="long")],
        audiences=[audience(calendar="long")],
    )
    return problem, *(plan_of(held(problem, start, {"clerks": 5})) for start in (10, 11))


@edge
def qualified_by_language() -> Edge:
    problem = class_problem(people=[person("ana"), person("bor", languages=["en"])])
    plans = [plan_of(held(problem, 8, {"clerks": 5}, trainers=[who])) for who in ("ana", "bor")]
    return problem, plans[0], plans[1]


@edge
def qualified_by_a_class() -> Edge:
    problem = class_problem(
        people=[person("ana"), person("bor", skills=[{"skill": "teach", "level": 3}])],
        courses=[course(grants={"skill": "sap", "level": 3}, class_size={"min": 1, "max": 3})],
        audiences=[audience(members=["bor"])],
        tasks=[task("t-a")],
    )
    plans = []
    for start in (10, 8):
        session = held(problem, 18 - start, {"clerks": ["bor"]})
        plans.append(plan_of(session, booked(problem, "t-a", ("bor", start, start + 2))))
    return problem, plans[0], plans[1]


@edge
def qualified_by_a_certificate() -> Edge:
    skills = [{"skill": "sap", "level": 3, "until": "2027-01-11"}]
    problem = problem_of(people=[person("ana", skills=skills), person("bor")], tasks=[task("t-a")])
    return problem, moved(problem, at(0, 15)), moved(problem, at(1, 8))


@edge
def crew_together_as_a_whole() -> Edge:
    problem = problem_of(tasks=[task("t-a", people=2)])
    whole = booked(problem, "t-a", ("ana", 8, 10), ("bor", 8, 10))
    alone = type(whole)(whole.task, 8, 10, whole.crew[:1])
    return problem, plan_of(whole), plan_of(alone)


@edge
def precedence_from_end_to_start() -> Edge:
    problem = two_tasks(tasks=[task("t-a"), task("t-b", after=["t-a"])])
    return problem, both(problem, ("ana", 8), ("bor", 10)), both(problem, ("ana", 8), ("bor", 9))


@edge
def precedence_from_end_to_end_overnight() -> Edge:
    link = {"task": "t-a", "type": "FF", "lag_hours": 16}
    problem = two_tasks(tasks=[task("t-a"), task("t-b", after=[link])])
    allowed = both(problem, ("ana", 15), ("bor", at(1, 8)))
    return problem, allowed, both(problem, ("ana", 15), ("bor", 15))


def precedence_with_a_lead(kind: str, earlier: int, later: int) -> Edge:
    """The last start of the earlier task for the start of the later one, and the hour after it."""
    link = {"task": "t-a", "type": kind, "lag_hours": -3}
    problem = two_tasks(tasks=[task("t-a"), task("t-b", after=[link])])
    allowed = both(problem, ("ana", earlier), ("bor", later))
    return problem, allowed, both(problem, ("ana", earlier), ("bor", later - 1))


@edge
def precedence_from_end_to_start_with_a_lead() -> Edge:
    return precedence_with_a_lead("FS", 10, 9)  # 10 + 2 - 3


@edge
def precedence_from_start_to_start_with_a_lead() -> Edge:
    return precedence_with_a_lead("SS", 13, 10)  # 13 - 3


@edge
def precedence_from_end_to_end_with_a_lead() -> Edge:
    return precedence_with_a_lead("FF", 13, 10)  # 13 + 2 - 3 = 10 + 2


@edge
def precedence_from_start_to_end_with_a_lead() -> Edge:
    return precedence_with_a_lead("SF", 15, 10)  # 15 - 3 = 10 + 2


@edge
def precedence_of_what_is_left_open() -> Edge:
    problem = two_tasks(tasks=[task("t-a"), task("t-b", after=["t-a"])])
    alone = plan_of(booked(problem, "t-b", ("bor", 10, 12)))
    return problem, both(problem, ("ana", 8), ("bor", 10)), alone


@edge
def time_window_from_earliest() -> Edge:
    problem, plan = one_task(at(1, 8), earliest="2027-01-12")
    return problem, plan, moved(problem, at(0, 15))


@edge
def time_window_to_the_deadline() -> Edge:
    problem, plan = one_task(at(0, 15), deadline="2027-01-11")
    return problem, plan, moved(problem, at(1, 8))


@edge
def time_window_from_now() -> Edge:
    problem = problem_of(as_of="2027-01-11T09:00", tasks=[task("t-a")])
    return problem, moved(problem, 9), moved(problem, 8)


def of_department(start: int, **more: object) -> tuple[Problem, Plan]:
    problem = problem_of(
        departments=[department(**more)],
        tasks=[task("t-a", department="finance", change=True)],
    )
    return problem, moved(problem, start)


@edge
def green_light_from_its_day() -> Edge:
    problem, plan = of_department(at(1, 8), green_light={"status": "pending", "date": "2027-01-12"})
    return problem, plan, moved(problem, at(0, 15))


@edge
def green_light_refused() -> Edge:
    problem, plan = of_department(at(1, 8), green_light={"status": "refused"})
    return problem, plan_of(), plan


@edge
def no_freeze_of_change_work() -> Edge:
    closed = [{"from": "2027-01-12", "to": "2027-01-12"}]
    problem, plan = of_department(at(0, 15), closed=closed)
    return problem, plan, moved(problem, at(1, 8))


@edge
def no_freeze_of_classes() -> Edge:
    problem = class_problem(freezes=[{"from": "2027-01-12", "to": "2027-01-12"}])
    return problem, *(plan_of(held(problem, at(day, 8), {"clerks": 5})) for day in (0, 1))


@edge
def training_window_closes() -> Edge:
    window = {"open_days_before_go_live": 14, "close_days_before_go_live": 13}
    problem = class_problem(courses=[course(window=window)], waves=[W1])
    return problem, *(plan_of(held(problem, at(day, 8), {"clerks": 5})) for day in (1, 2))


@edge
def course_order_of_heads() -> Edge:
    problem = class_problem(
        courses=[course("c-a"), course("c-b", after=["c-a"])],
        audiences=[audience(courses=["c-a", "c-b"])],
    )
    first = held(problem, 8, {"clerks": 5}, name="c-a")
    plans = [plan_of(first, held(problem, 10, {"clerks": n}, name="c-b")) for n in (5, 6)]
    return problem, plans[0], plans[1]


@edge
def course_order_of_materials() -> Edge:
    problem = class_problem(tasks=[task("t-a")], courses=[course(materials="t-a")])
    material = booked(problem, "t-a", ("bor", 8, 10))
    plans = [plan_of(material, held(problem, start, {"clerks": 5})) for start in (10, 9)]
    return problem, plans[0], plans[1]


@edge
def class_fit_of_small_classes() -> Edge:
    problem = class_problem()
    first = held(problem, 8, {"clerks": 5})
    plans = [plan_of(first, held(problem, 10, {"clerks": heads})) for heads in (2, 1)]
    return problem, plans[0], plans[1]


@edge
def class_fit_of_seats() -> Edge:
    problem = class_problem(rooms=[room(seats=5)])
    return problem, *(plan_of(held(problem, 8, {"clerks": heads})) for heads in (5, 6))


@edge
def class_fit_of_heads_seated_twice() -> Edge:
    problem = class_problem()
    first = held(problem, 8, {"clerks": 12})
    plans = [plan_of(first, held(problem, 10, {"clerks": heads})) for heads in (8, 9)]
    return problem, plans[0], plans[1]


@edge
def release_limit_of_a_department() -> Edge:
    problem = class_problem(departments=[department(release_limit=0.25)])
    return problem, *(plan_of(held(problem, 8, {"clerks": heads})) for heads in (5, 6))


def limited(**limits: int) -> Problem:
    return two_tasks(people=[person("ana", limits=limits)])


@edge
def work_limits_of_a_day() -> Edge:
    problem = limited(hours_per_day=3)
    allowed = both(problem, ("ana", 8), ("ana", at(1, 8)))
    return problem, allowed, both(problem, ("ana", 8), ("ana", 10))


@edge
def work_limits_of_a_week() -> Edge:
    problem = limited(hours_per_week=3)
    allowed = both(problem, ("ana", 8), ("ana", at(7, 8)))
    return problem, allowed, both(problem, ("ana", 8), ("ana", at(1, 8)))


@edge
def work_limits_in_class() -> Edge:
    problem = class_problem(people=[person("ana", limits={"class_hours_per_day": 3})])
    first = held(problem, at(0, 8), {"clerks": 5})
    plans = [plan_of(first, held(problem, start, {"clerks": 5})) for start in (at(1, 8), at(0, 10))]
    return problem, plans[0], plans[1]


WAY = {"sites": [LJ, MB], "travel": [{"from": "lj", "to": "mb", "minutes": 60}]}


@edge
def travel_between_tasks() -> Edge:
    problem = two_tasks(tasks=[task("t-a", site="lj"), task("t-b", site="mb")], **WAY)
    allowed = both(problem, ("ana", 8), ("ana", 13))
    return problem, allowed, both(problem, ("ana", 8), ("ana", 10))


@edge
def travel_of_a_person_who_could_fill_either_line() -> Edge:
    lines = [{"skill": "sap", "level": 3, "people": 1, "hours": hours} for hours in (1, 3)]
    first = {"id": "t-a", "project": "erp", "site": "lj", "crew": lines}
    travel = [{"from": "lj", "to": "mb", "minutes": 180}]
    problem = two_tasks(tasks=[first, task("t-b", site="mb")], sites=[LJ, MB], travel=travel)
    work = booked(problem, "t-a", ("bor", 8, 9), ("ana", 8, 11))
    plans = [plan_of(work, booked(problem, "t-b", ("ana", s, s + 2))) for s in (14, 13)]
    return problem, plans[0], plans[1]


@edge
def travel_to_a_class() -> Edge:
    problem = class_problem(tasks=[task("t-a", site="mb")], **WAY)
    work = booked(problem, "t-a", ("ana", 8, 10))
    plans = [plan_of(work, held(problem, start, {"clerks": 5})) for start in (13, 10)]
    return problem, plans[0], plans[1]


BY_KR = {
    "sites": [LJ, MB, {"id": "kr", "calendar": "office"}],
    "travel": [{"from": "lj", "to": "mb", "minutes": 240}],
}
"""It takes four hours from lj to mb, but no time by way of kr."""


@edge
def travel_by_way_of_another_site() -> Edge:
    tasks = [task("t-a", site="lj"), task("t-b", site="mb"), task("t-c", 1, site="kr")]
    problem = two_tasks(tasks=tasks, **BY_KR)
    two = both(problem, ("ana", 8), ("ana", 13))
    return problem, plan_of(*two.tasks, booked(problem, "t-c", ("ana", 11, 12))), two


@edge
def travel_by_way_of_a_class_at_another_site() -> Edge:
    problem = class_problem(
        rooms=[room(site="kr")],
        departments=[department(site="kr")],
        tasks=[task("t-a", site="lj"), task("t-b", site="mb")],
        **BY_KR,
    )
    two = both(problem, ("ana", 8), ("ana", 13))
    return problem, plan_of(*two.tasks, held(problem, 10, {"clerks": 5})), two


@edge
def travel_to_a_class_by_way_of_a_task() -> Edge:
    problem = class_problem(tasks=[task("t-a", site="mb"), task("t-b", site="kr")], **BY_KR)
    work, session = booked(problem, "t-a", ("ana", 8, 10)), held(problem, 13, {"clerks": 5})
    via = booked(problem, "t-b", ("ana", 10, 12))
    return problem, plan_of(work, via, session), plan_of(work, session)


def hired(**terms: int) -> Problem:
    return two_tasks(vendors=[{"id": "acme"} | terms], people=[person("ana", vendor="acme")])


@edge
def vendor_terms_of_lead_days() -> Edge:
    problem = hired(lead_days=1)
    later, now = (plan_of(booked(problem, "t-a", ("ana", s, s + 2))) for s in (at(1, 8), at(0, 15)))
    return problem, later, now


@edge
def vendor_terms_of_a_day() -> Edge:
    problem = hired(minimum_hours_per_day=4)
    allowed = both(problem, ("ana", 8), ("ana", 10))
    return problem, allowed, plan_of(booked(problem, "t-a", ("ana", 8, 10)))


@edge
def budget_of_a_project() -> Edge:
    project = {"id": "erp", "name": "ERP", "budget": 239}
    problem = two_tasks(projects=[project])
    plan = both(problem, ("ana", 8), ("ana", 10))
    return problem, Plan(tasks=plan.tasks[:1]), plan


@edge
def people_pairing_of_the_same() -> Edge:
    problem = two_tasks(tasks=[task("t-a"), task("t-b", same_people_as="t-a")])
    allowed = both(problem, ("ana", 8), ("ana", 10))
    return problem, allowed, both(problem, ("ana", 8), ("bor", 10))


@edge
def people_pairing_of_different_ones() -> Edge:
    problem = two_tasks(tasks=[task("t-a"), task("t-b", different_people_from="t-a")])
    allowed = both(problem, ("ana", 8), ("bor", 10))
    return problem, allowed, both(problem, ("ana", 8), ("ana", 10))


@edge
def pinned_to_a_start() -> Edge:
    problem, plan = one_task(9, pin={"start": "2027-01-11T09:00"})
    return problem, plan, moved(problem, 8)


@edge
def pinned_to_a_person() -> Edge:
    problem, plan = one_task(8, pin={"people": ["ana"]})
    return problem, plan, moved(problem, 8, who="bor")


@edge
def pinned_by_what_a_crew_was_published() -> Edge:
    problem, plan = one_task(8)
    return published(problem, plan, DAY), plan_of(), moved(problem, 8, who="bor")


@edge
def pinned_by_what_a_class_was_published() -> Edge:
    problem = class_problem()
    plan = plan_of(held(problem, 8, {"clerks": 5}))
    other = plan_of(held(problem, 8, {"clerks": 5}, trainers=["bor"]))
    return published(problem, plan, DAY), plan, other


@edge
def pinned_by_what_a_supporter_was_published() -> Edge:
    problem = problem_of(waves=[W1], support=[support()])
    plan = plan_of(stood(problem, 14, "ana"))
    return published(problem, plan, 15 * DAY), plan, plan_of(stood(problem, 14, "bor"))


@edge
def support_shift_of_no_more_than_needed() -> Edge:
    problem = problem_of(people=[*EVERYONE, person("cid")], waves=[W1], support=[support()])
    enough, crowd = (stood(problem, 14, *who) for who in (("ana", "bor"), ("ana", "bor", "cid")))
    return problem, plan_of(enough), plan_of(crowd)


@pytest.mark.parametrize("name", EDGES)
def test_the_model_accepts_what_is_just_allowed_and_refuses_what_is_not(name: str) -> None:
    problem, allowed, forbidden = EDGES[name]()
    good, bad = check(problem, allowed), check(problem, forbidden)
    assert good.violations == ()
    assert {violation.rule for violation in bad.violations} == {rule_of(name)}
    assert model_total(problem, allowed) == good.score.total
    assert model_total(problem, forbidden) is None


def test_every_rule_has_an_edge() -> None:
    assert {rule_of(name) for name in EDGES} == set(RULES)


def rule_of(name: str) -> str:
    """The rule with which the name of a case begins."""
    return max((rule for rule in RULES if name.startswith(rule)), key=len, default=name)

"""What is held constrains what is free: a part's model accepts a plan just where the check does."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from allocator.check import check
from allocator.plan import Plan, Session, Shift, TaskBooking
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.model.part import Part
from tests.agreement.fixing import any_of, any_plan, compiled_part, part_total
from tests.agreement.settings import EXAMPLES
from tests.agreement.test_agreement import rollouts
from tests.support.small import (
    LJ,
    MB,
    OFFICE,
    W1,
    at,
    audience,
    booked,
    class_problem,
    course,
    held,
    person,
    plan_of,
    problem_of,
    published,
    stood,
    support,
    task,
)


def drawn_part(problem: Problem, random: Random) -> Part:
    """Some of the work, each piece of it with the same chance."""
    candidates = Candidates(problem)
    chance = random.choice((0.2, 0.5, 0.8))
    return Part(
        frozenset(task for task in candidates.open_tasks if random.random() < chance),
        frozenset(need for need in candidates.needs() if random.random() < chance),
        frozenset(n for n in range(len(problem.shifts)) if random.random() < chance),
    )


@EXAMPLES
@given(rollouts(), st.integers(0, 99), st.randoms(use_true_random=True))
def test_every_plan_of_a_part_breaks_no_rule_and_costs_what_the_part_says(
    problem: Problem, seed: int, random: Random
) -> None:
    before = any_plan(problem, seed)
    found = []
    if before is not None:
        part = drawn_part(problem, random)
        after = any_of(compiled_part(problem, before, part), seed + 1)
        assert after is not None  # the plan from before is one
        found = [(compiled_part(problem, before, part), plan) for plan in (before, after)]
    for model, plan in found:
        checked = check(problem, plan)
        assert checked.violations == ()
        assert part_total(model, plan) == checked.score.total


TRAINED = course("c-super", hours=2, class_size={"min": 1, "max": 12}) | {
    "grants": {"skill": "super", "level": 1}
}
SKILLS = [{"id": name, "name": name} for name in ("sap", "teach", "super")]
LEARNER = person("lea", skills=[])


def earning(**more: object) -> Problem:
    """Lea is taught to be a superuser, by Ana."""
    return class_problem(
        **(
            {
                "skills": SKILLS,
                "people": [person("ana"), person("bor"), LEARNER],
                "courses": [TRAINED],
                "audiences": [audience("supers", courses=["c-super"], members=["lea"])],
            }
            | more
        )
    )


def taught(problem: Problem, start: int) -> Session:
    return held(problem, start, {"supers": ["lea"]}, name="c-super")


def may_move(problem: Problem, plan: Plan, part: Part, moved: Plan) -> bool:
    """Whether a part's model accepts what becomes of a plan; the check says the same."""
    assert check(problem, plan).violations == ()
    accepted = part_total(compiled_part(problem, plan, part), moved) is not None
    assert accepted == (not check(problem, moved).violations)
    return accepted


CLASSES = Part(needs=frozenset({(0, 0)}))


def test_a_class_ends_before_the_held_shift_of_those_whom_it_qualifies() -> None:
    problem = earning(waves=[W1], support=[support(skill="super", level=1)])
    stands = stood(problem, 14, "lea")  # 25 January, from 08:00

    def after(*start: int) -> Plan:
        return plan_of(stands, *(taught(problem, each) for each in start))

    plan = after(at(0, 8))
    assert may_move(problem, plan, CLASSES, after(at(11, 15)))
    assert not may_move(problem, plan, CLASSES, after(at(15, 8)))
    assert not may_move(problem, plan, CLASSES, after())


def test_a_class_ends_before_the_held_task_of_those_whom_it_qualifies() -> None:
    asked = task("floor") | {"crew": [{"skill": "super", "level": 1, "people": 1, "hours": 2}]}
    problem = earning(tasks=[asked])
    works = booked(problem, "floor", ("lea", at(1, 8), at(1, 10)))

    def after(*start: int) -> Plan:
        return plan_of(works, *(taught(problem, each) for each in start))

    plan = after(at(0, 8))
    assert may_move(problem, plan, CLASSES, after(at(0, 15)))
    assert not may_move(problem, plan, CLASSES, after(at(1, 10)))
    assert not may_move(problem, plan, CLASSES, after())


def test_a_class_ends_before_the_held_class_that_its_learners_give() -> None:
    """Lea fills the seat for superusers only once she is one; Ana can fill both, but only one."""
    lines = [
        {"skill": "teach", "level": 3, "people": 1},
        {"skill": "super", "level": 1, "people": 1},
    ]
    problem = earning(
        courses=[TRAINED, course(trainers=lines)],
        audiences=[audience("supers", courses=["c-super"], members=["lea"]), audience()],
    )
    given_by = held(problem, at(1, 8), {"clerks": 12}, trainers=("ana", "lea"))

    def after(*start: int) -> Plan:
        return plan_of(given_by, *(taught(problem, each) for each in start))

    plan = after(at(0, 8))
    assert may_move(problem, plan, CLASSES, after(at(0, 15)))
    assert not may_move(problem, plan, CLASSES, after(at(1, 10)))
    assert not may_move(problem, plan, CLASSES, after())


def test_work_half_way_stays_where_the_direct_way_is_too_long() -> None:
    """From 10:00 to 12:00 there is no time for the way of 3 h, but for two ways of 30 minutes."""
    sites = [LJ, MB, {"id": "ce", "name": "Celje", "calendar": "office"}]
    ways = [("lj", "mb", 180), ("lj", "ce", 30), ("ce", "mb", 30)]
    problem = problem_of(
        calendars=[OFFICE | {"weekly": {key: ["08:00-17:00"] for key in OFFICE["weekly"]}}],
        slot_minutes=30,
        sites=sites,
        travel=[{"from": a, "to": b, "minutes": minutes} for a, b, minutes in ways],
        tasks=[task("one", site="lj"), task("via", hours=1, site="ce"), task("two", site="mb")],
    )

    def day(number: int, hour: float) -> int:
        return round(48 * number + 2 * hour)

    one = booked(problem, "one", ("ana", day(0, 8), day(0, 10)))
    via = booked(problem, "via", ("ana", day(0, 10.5), day(0, 11.5)))
    two = booked(problem, "two", ("ana", day(0, 12), day(0, 14)))
    elsewhere = booked(problem, "via", ("bor", day(0, 10.5), day(0, 11.5)))
    part = Part(tasks=frozenset({1}))
    plan = plan_of(one, via, two)
    assert may_move(problem, plan, part, plan)
    assert not may_move(problem, plan, part, plan_of(one, elsewhere, two))
    assert not may_move(problem, plan, part, plan_of(one, two))


def test_a_vendors_held_hours_keep_the_free_ones_that_fill_the_day() -> None:
    vendor = {"id": "acme", "name": "Acme", "lead_days": 0, "minimum_hours_per_day": 4}
    problem = problem_of(
        vendors=[vendor],
        people=[person("ana", vendor="acme"), person("bor")],
        tasks=[task("a"), task("b")],
    )

    def with_(second: TaskBooking | Shift | None) -> Plan:
        first = booked(problem, "a", ("ana", at(0, 8), at(0, 10)))
        return plan_of(first) if second is None else plan_of(first, second)

    plan = with_(booked(problem, "b", ("ana", at(0, 10), at(0, 12))))
    part = Part(tasks=frozenset({1}))
    later = booked(problem, "b", ("ana", at(0, 13), at(0, 15)))
    assert may_move(problem, plan, part, with_(later))
    assert not may_move(problem, plan, part, with_(None))


def test_a_frozen_class_with_other_learners_than_published_stays_one_class() -> None:
    """Who sits in it may have changed since; a part that frees other work holds it as it is."""
    as_published = class_problem(
        tasks=[task("a")],
        audiences=[audience(), audience("keys", headcount=4)],
    )
    class_published = held(as_published, at(0, 8), {"clerks": 10, "keys": 2})
    problem = published(as_published, plan_of(class_published), frozen_until=at(2, 0))
    same = held(as_published, at(0, 8), {"keys": 2, "clerks": 10})
    plan = plan_of(same)
    assert may_move(problem, plan, Part(tasks=frozenset({0})), plan)

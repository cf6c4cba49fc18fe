"""Repair: what loses its ground when other work goes is taken out as well."""

from __future__ import annotations

from allocator.check import check
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.insertion.inserter import Inserter
from solver.insertion.repair import repair
from tests.support.small import (
    LJ,
    MB,
    at,
    audience,
    booked,
    class_problem,
    course,
    held,
    person,
    plan_of,
    problem_of,
    task,
)


def left(
    problem: Problem, plan: Plan, *, without_task: int | None = None, without: int = -1
) -> Plan:
    """What is left of a plan after some of it has been taken out and the rest repaired."""
    assert check(problem, plan).violations == ()
    inserter = Inserter(Candidates(problem))
    inserter.ledger.load(plan)
    if without_task is not None:
        inserter.ledger.remove_task(without_task)
    if without >= 0:
        inserter.ledger.remove_session(without)
    repair(inserter)
    found = inserter.ledger.plan()
    assert check(problem, found).violations == ()
    return found


def test_work_that_has_lost_what_lay_on_the_way_goes() -> None:
    """Three hours are too few for the direct way of five, and enough for two ways of one hour."""
    sites = [LJ, MB, {"id": "ce", "name": "Celje", "calendar": "office"}]
    ways = [("lj", "mb", 300), ("lj", "ce", 60), ("ce", "mb", 60)]
    problem = problem_of(
        sites=sites,
        travel=[{"from": a, "to": b, "minutes": minutes} for a, b, minutes in ways],
        tasks=[task("one", site="lj"), task("via", hours=1, site="ce"), task("two", site="mb")],
    )
    one = booked(problem, "one", ("ana", at(0, 8), at(0, 10)))
    via = booked(problem, "via", ("ana", at(0, 11), at(0, 12)))
    two = booked(problem, "two", ("ana", at(0, 13), at(0, 15)))
    assert left(problem, plan_of(one, via, two), without_task=1) == plan_of(one)


def test_a_class_goes_whose_trainers_can_no_longer_fill_its_seats() -> None:
    """Lea can teach too, but Bor can do nothing else: without her class nobody sits beside him."""
    lines = [
        {"skill": "teach", "level": 3, "people": 1},
        {"skill": "super", "level": 1, "people": 1},
    ]
    teaches = [{"skill": "teach", "level": 3}]
    trained = course("c-super", class_size={"min": 1, "max": 12}) | {
        "grants": {"skill": "super", "level": 1}
    }
    problem = class_problem(
        skills=[{"id": name, "name": name} for name in ("sap", "teach", "super")],
        people=[person("ana"), person("bor", skills=teaches), person("lea", skills=teaches)],
        courses=[trained, course(trainers=lines)],
        audiences=[audience("supers", courses=["c-super"], members=["lea"]), audience()],
    )
    earned = held(problem, at(0, 8), {"supers": ["lea"]}, name="c-super")
    given = held(problem, at(1, 8), {"clerks": 12}, trainers=("bor", "lea"))
    assert left(problem, plan_of(earned, given), without=0) == Plan()

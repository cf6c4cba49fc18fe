"""Classes in the order of time: what is worth most goes first, and nothing breaks a rule."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from allocator.check import check
from solver.candidates.candidates import Candidates
from solver.first_plan.build import build
from solver.insertion.dispatch import Dispatcher, Urgency
from solver.insertion.inserter import Inserter, usual_policy
from solver.insertion.repair import repair
from tests.support.drawn import draw
from tests.support.small import (
    W1,
    audience,
    class_problem,
    course,
    department,
    index,
    person,
    support,
)


def dispatched(inserter: Inserter, urgency: Urgency, noise: float = 0.0) -> None:
    """Seat heads moment by moment."""
    policy = replace(usual_policy(inserter, random.Random(1)), noise=noise)
    Dispatcher(inserter.classes, inserter.support_worth, policy, urgency).place(
        inserter.classes.sites
    )


def empty_of_classes(seed: int) -> Inserter:
    """A first plan of a drawn rollout, without its classes and what hangs on them."""
    inserter = Inserter(Candidates(draw(seed)))
    build(inserter, random.Random(seed))
    for number in sorted(inserter.ledger.classes.sessions):
        inserter.ledger.remove_session(number)
    repair(inserter)
    return inserter


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("fullness", [0.2, 0.7])
def test_classes_in_the_order_of_time_break_no_rule(seed: int, fullness: float) -> None:
    inserter = empty_of_classes(seed)
    dispatched(inserter, Urgency(fullness, 1.0), noise=0.2)
    assert check(inserter.problem, inserter.ledger.plan()).violations == ()


def test_heads_go_on_to_the_next_course_while_others_wait_for_the_first() -> None:
    # Six of twelve may be away at once. Two hours in the first course, then four in the second,
    # which is worth more: half of them are through both on the first day.
    problem = class_problem(
        departments=[department(headcount=12, release_limit=0.5)],
        courses=[course("a"), course("b", 4, after=["a"])],
        audiences=[audience(headcount=12, courses=["a", "b"])],
    )
    inserter = Inserter(Candidates(problem))
    dispatched(inserter, Urgency(0.5, 0.0))
    first = [s.start for s in inserter.ledger.classes.sessions.values() if s.course == 0]
    second = [s.start for s in inserter.ledger.classes.sessions.values() if s.course == 1]
    assert len(first) == len(second) == 2
    assert not inserter.classes.missing(0, 0)
    assert not inserter.classes.missing(1, 0)


def test_those_whom_support_waits_for_go_first() -> None:
    # Ana has one class before go-live: that of Lea, although twelve others ask for theirs.
    problem = class_problem(
        start="2027-01-22",
        skills=[{"id": each, "name": each} for each in ("sap", "teach", "super")],
        people=[
            person("ana", limits={"class_hours_per_day": 2}),
            person("lea", skills=[]),
        ],
        waves=[W1],
        courses=[
            course("basic"),
            course("key", grants={"skill": "super", "level": 1}, class_size={"min": 1, "max": 12}),
        ],
        audiences=[
            audience(headcount=12, courses=["basic"]),
            audience("key-users", members=["lea"], courses=["key"]),
        ],
        support=[support(skill="super", level=1)],
    )
    inserter = Inserter(Candidates(problem))
    prices, key = inserter.ledger.running.prices, index(problem.courses, "key")
    everything = sum(
        shift.people * inserter.ledger.running.supporter_open(number) * prices.open
        for number, shift in enumerate(problem.shifts)
    )
    assert inserter.support_worth == {key: pytest.approx(everything)}
    dispatched(inserter, Urgency(0.2, 0.0))
    begun = min(inserter.ledger.classes.sessions.values(), key=lambda session: session.start)
    assert begun.course == key

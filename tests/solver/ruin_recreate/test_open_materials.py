"""Materials that heads wait for are tried again, before what took their writer."""

from __future__ import annotations

import random

from solver.candidates.candidates import Candidates
from solver.insertion.inserter import Inserter
from solver.ruin_recreate.search import RuinAndRecreate
from solver.ruin_recreate.task_operators import late_materials
from tests.support.small import at, booked, class_problem, course, person, plan_of, task

WRITER = person("ana", skills=[{"skill": "sap", "level": 3}])
TEACHER = person("bor", skills=[{"skill": "teach", "level": 3}])
PROBLEM = class_problem(
    people=[WRITER, TEACHER],
    courses=[course(materials="t-mat")],
    tasks=[task("t-mat"), task("t-check", different_people_from="t-mat")],
)
"""Ana alone could do either task, and nobody both of them; 20 heads wait for the materials."""

TAKEN = plan_of(booked(PROBLEM, "t-check", ("ana", at(0, 8), at(0, 10))))


def test_open_materials_are_among_what_is_placed_anew() -> None:
    inserter = Inserter(Candidates(PROBLEM))
    inserter.ledger.load(TAKEN)
    assert all(0 in late_materials(inserter, random.Random(seed)).tasks for seed in range(20))


def test_open_materials_take_the_place_of_the_task_that_took_their_writer() -> None:
    inserter = Inserter(Candidates(PROBLEM))
    inserter.ledger.load(TAKEN)
    search = RuinAndRecreate(inserter, 1)
    for _ in range(100):
        search.step()
    assert [booking.task for booking in search.best.tasks] == [0]
    assert sum(group.heads for it in search.best.sessions for group in it.groups) == 20

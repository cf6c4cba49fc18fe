"""Staffing: nobody is booked twice at once, said by turns or by calendars, which must agree."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from allocator.check import check
from solver.relaxation import staffing
from solver.relaxation.start_times import compile_start_times
from tests.agreement.fixing import solved
from tests.agreement.test_bounds import in_a_hurry
from tests.solver.relaxation.test_start_times import best, priced, shapes_of, staffed
from tests.support.drawn import draw
from tests.support.small import Tree, person, task


@pytest.fixture(params=["turns", "calendars"], autouse=True)
def said_by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each claim holds where bookings take turns, and where calendars keep them apart."""
    monkeypatch.setattr(staffing, "MOST_TURNS", 10_000 if request.param == "turns" else 0)
    return str(request.param)


SAP = {"skill": "sap", "level": 3, "people": 1}
TEACH = {"skill": "teach", "level": 3, "people": 1}


def knows(name: str, *skills: str, **more: Any) -> Tree:
    """Somebody who can do just this."""
    return person(name, skills=[{"skill": skill, "level": 3} for skill in skills], **more)


ANA, BOR = knows("ana", "sap"), knows("bor", "teach")


def test_who_is_done_with_a_task_begins_the_next_while_others_go_on_with_it() -> None:
    # t1 takes Ana 4 h and Bor 1 h, t2 Bor 2 h: from 09:00 on, so that all is done by 12:00. If t2
    # waited for the end of t1, or t1 for that of t2, it would be 15:00.
    t1 = task("t1", crew=[SAP | {"hours": 4}, TEACH | {"hours": 1}])
    problem = priced(t1, task("t2", crew=[TEACH | {"hours": 2}]), people=[ANA, BOR], finish=1)
    total, plan = best(compile_start_times(shapes_of(problem), staffed(problem)))
    assert total == check(problem, plan).score.total == 12


def test_who_alone_can_do_two_tasks_does_one_after_the_other() -> None:
    # Ana 3 h and 4 h; with the hour at noon she is done at 16:00. Bor has 2 h until 10:00.
    tasks = [task(f"t{hours}", crew=[SAP | {"hours": hours}]) for hours in (3, 4)]
    problem = priced(*tasks, task("t2", crew=[TEACH | {"hours": 2}]), people=[ANA, BOR], finish=1)
    total, plan = best(compile_start_times(shapes_of(problem), staffed(problem)))
    assert total == check(problem, plan).score.total == 16


def test_nobody_takes_two_seats_of_a_task() -> None:
    # Ana knows both, Bor knows SAP: he has to be there too, and t1 waits for him until Tuesday.
    both = knows("ana", "sap", "teach")
    away = knows("bor", "sap", absences=[{"from": "2027-01-11", "to": "2027-01-11"}])
    t1 = task("t1", crew=[SAP | {"hours": 2}, TEACH | {"hours": 2}])
    problem = priced(t1, people=[both, away], finish=1)
    total, plan = best(compile_start_times(shapes_of(problem), staffed(problem)))
    assert total == check(problem, plan).score.total == 24 + 10


@pytest.mark.parametrize("seed", range(12))
def test_turns_and_calendars_agree_on_the_optimum(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = in_a_hurry(draw(seed), 50)
    shapes, found = shapes_of(problem), list[Fraction]()
    for most in (0, 10_000):
        monkeypatch.setattr(staffing, "MOST_TURNS", most)
        compiled = compile_start_times(shapes, staffed(problem)).compiled
        solver = solved(compiled.model.cp)
        assert solver is not None
        found.append(compiled.total(solver.objective_value))
    assert found[0] == found[1]

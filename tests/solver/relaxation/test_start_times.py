"""Start times: tiny rollouts whose best times are known, with and without people; shapes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from ortools.sat.python import cp_model

from allocator.check import check
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.model.grid import grid_of
from solver.relaxation.interchangeable import interchangeable_people
from solver.relaxation.shapes import Shapes
from solver.relaxation.staffing import Staffing
from solver.relaxation.start_times import StartTimes, compile_start_times
from tests.agreement.fixing import solved
from tests.support.small import (
    OFFICE,
    at,
    booked,
    person,
    plan_of,
    problem_of,
    task,
)

NOTHING_ELSE = {"open_work": "forbidden", "cost": 0, "finish": 0, "unfairness": 0, "wishes": 0}


def priced(*parts: dict[str, Any], people: list[dict[str, Any]], **prices: int) -> Problem:
    """Tasks that must all be planned where only some terms have a price."""
    goals = {"prices": NOTHING_ELSE | prices}
    return problem_of(people=people, tasks=list(parts), goals=goals)


def three_for_two() -> Problem:
    """Ana and Bor, tasks of 4 h, 3 h and 1 h: all done by 12:00."""
    tasks = [task("t4", 4), task("t3", 3), task("t1", 1)]
    return priced(*tasks, people=[person("ana"), person("bor")], finish=1)


def shapes_of(problem: Problem) -> Shapes:
    candidates = Candidates(problem)
    return Shapes(candidates, grid_of(candidates))


def staffed(problem: Problem, **more: Any) -> Staffing:
    return Staffing(interchangeable_people(Candidates(problem)), **more)


def best(relaxed: StartTimes) -> tuple[Fraction, Plan]:
    """The optimum of a model and a plan that has it."""
    solver = solved(relaxed.compiled.model.cp)
    assert solver is not None
    plan = relaxed.read(relaxed.compiled.model, solver.value)
    return relaxed.compiled.total(solver.objective_value), plan


def test_times_without_people_reach_the_optimum_of_a_plain_rollout() -> None:
    # 8 h for two people: 4 h each from 08:00 on. The finish is counted from midnight.
    total, plan = best(compile_start_times(shapes_of(three_for_two())))
    assert total == 12
    assert {booking.task: booking.crew for booking in plan.tasks} == {0: (), 1: (), 2: ()}
    assert max(booking.end for booking in plan.tasks) == at(0, 12)


def test_with_staffing_the_times_come_with_people_who_can_keep_them() -> None:
    problem = three_for_two()
    total, plan = best(compile_start_times(shapes_of(problem), staffed(problem)))
    checked = check(problem, plan)
    assert checked.violations == ()
    assert total == checked.score.total == 12


@pytest.mark.parametrize("counted", [False, True])
def test_nothing_is_below_the_optimum(counted: bool) -> None:
    problem = three_for_two()
    staffing = staffed(problem) if counted else None
    shapes = shapes_of(problem)
    assert solved(compile_start_times(shapes, staffing, Fraction(12)).compiled.model.cp) is None
    assert best(compile_start_times(shapes, staffing, Fraction(121, 10)))[0] == 12


def test_without_people_each_task_has_its_cheapest_crew_and_with_them_who_is_free() -> None:
    # Two tasks of 8 h end on Monday at 17:00 if Ana takes one at 60 an hour and Bor the other at
    # 40; Bor alone would need Tuesday as well. Without people both count as Bor's.
    people = [person("ana"), person("bor", cost_per_hour=40)]
    tasks = [task("t1", 8), task("t2", 8)]
    problem = priced(*tasks, people=people, finish=1000, cost=1)
    shapes = shapes_of(problem)
    finish = 1000 * 17
    assert best(compile_start_times(shapes))[0] == finish + 2 * 8 * 40
    total, plan = best(compile_start_times(shapes, staffed(problem)))
    assert total == check(problem, plan).score.total == finish + 8 * 40 + 8 * 60


def test_counts_that_are_kept_stay_though_others_are_cheaper() -> None:
    # t1 stays with Ana, 2 h at 60; t2 goes to Bor, 2 h at 40.
    people = [person("ana"), person("bor", cost_per_hour=40)]
    problem = priced(task("t1", 2), task("t2", 2), people=people, cost=1)
    numbers = {kind.people: n for n, kind in enumerate(interchangeable_people(Candidates(problem)))}
    kept = {0: {(0, 0, numbers[0,]): 1}}
    total, plan = best(compile_start_times(shapes_of(problem), staffed(problem, kept=kept)))
    assert total == 2 * 60 + 2 * 40
    assert {b.task: b.crew[0].person for b in plan.tasks} == {0: 0, 1: 1}


def test_the_order_that_is_kept_binds_though_people_are_free() -> None:
    # Ana and Bor could end both by 12:00; t3 of 3 h after t4 of 4 h ends at 16:00.
    people = [person("ana"), person("bor")]
    problem = priced(task("t4", 4), task("t3", 3), people=people, finish=1)
    shapes = shapes_of(problem)
    assert best(compile_start_times(shapes, staffed(problem)))[0] == 12
    assert best(compile_start_times(shapes, staffed(problem, order=[(0, 1)])))[0] == 16


def followed(problem: Problem, plan: Plan) -> cp_model.CpSolverStatus:
    """What the solver says where all that it is given of a plan must be so."""
    relaxed = compile_start_times(shapes_of(problem), staffed(problem))
    relaxed.hint(plan.tasks)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    return solver.solve(relaxed.compiled.model.cp)


def test_the_solver_can_start_from_a_plan_that_it_is_reported_of() -> None:
    problem = three_for_two()
    t4 = booked(problem, "t4", ("ana", at(0, 8), at(0, 12)))
    t3 = booked(problem, "t3", ("bor", at(0, 8), at(0, 11)))
    beside = booked(problem, "t1", ("ana", at(0, 10), at(0, 11)))
    late = booked(problem, "t1", ("ana", at(0, 13), at(0, 14)))
    assert followed(problem, plan_of(t4, t3, late)) == cp_model.OPTIMAL
    assert followed(problem, plan_of(t4, t3, beside)) == cp_model.INFEASIBLE


# Shapes -------------------------------------------------------------------------------------

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
EVENING = {"id": "evening", "weekly": {day: ["17:00-21:00"] for day in WEEKDAYS}}
SHORT = {"id": "short", "weekly": {day: ["08:00-10:00"] for day in WEEKDAYS}}


def two_days(*people: dict[str, Any]) -> Shapes:
    """One task of 4 h on Monday or Tuesday."""
    return shapes_of(
        problem_of(
            end="2027-01-12",
            calendars=[OFFICE, EVENING, SHORT],
            people=list(people),
            tasks=[task("t1", 4)],
        )
    )


def test_a_task_takes_equally_long_where_nobody_works_while_it_rests() -> None:
    # 16 hours of office on the grid: 13 starts leave 4 hours; a night takes no room.
    shape = two_days(person("ana")).seat(0, 0, 0)
    assert shape.uniform
    assert shape.starts.tolist() == list(range(13))
    assert set(shape.lengths.tolist()) == {4}


def test_a_task_that_rests_while_others_work_takes_longer_over_night() -> None:
    # Ana works 8 h a day in the office, Bor 4 h in the evening: positions 0-7 and 12-19 are hers,
    # 8-11 and 20-23 his. From 14:00 on (5) she needs the next morning, 4 positions later.
    shapes = two_days(person("ana"), person("bor", calendar="evening"))
    assert len(shapes.grid) == 2 * (8 + 4)
    hers, his = shapes.seat(0, 0, 0), shapes.seat(0, 0, 1)
    assert not hers.uniform
    assert hers.starts.tolist() == [*range(8), *range(12, 17)]
    assert hers.lengths.tolist() == [4] * 5 + [8] * 3 + [4] * 5
    # He ends at 21:00 from 17:00 on; from later on the 8 hours of the office lie in between.
    assert his.starts.tolist() == [8, 9, 10, 11, 20]
    assert his.lengths.tolist() == [4, 12, 12, 12, 4]
    assert shapes.shortest(0, 0) == 4


def test_a_task_has_the_shape_of_its_fastest_crew() -> None:
    # From Monday 08:00 on Ana ends at 12:00, Bor, who leaves at 10:00, on Tuesday at 10:00:
    # 8 positions of Monday and 2 of Tuesday. Ana's latest end is that of Tuesday, 16.
    alone = two_days(person("ana")).task(0)
    both = two_days(person("ana"), person("bor", calendar="short")).task(0)
    slow = two_days(person("bor", calendar="short")).task(0)
    assert alone is not None
    assert both is not None
    assert slow is not None
    assert np.array_equal(both.starts, alone.starts)
    assert np.array_equal(both.lengths, alone.lengths)
    assert (alone.slower, both.slower, slow.slower) == (False, True, False)
    assert (alone.latest_end, both.latest_end) == (16, 16)
    # Alone Bor has 2 positions a day, which leaves 4 h from Monday 08:00 on alone.
    assert (slow.starts.tolist(), slow.lengths.tolist(), slow.latest_end) == ([0], [4], 4)


def test_a_task_that_nobody_has_the_time_for_has_no_shape() -> None:
    teacher = person("ana", skills=[{"skill": "teach", "level": 3}])
    assert two_days(teacher).task(0) is None

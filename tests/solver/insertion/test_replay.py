"""A published plan is where planning again begins: what still stands stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allocator.check import check
from allocator.plan import Group, Plan, Seat, Session, TaskBooking
from allocator.problem import Problem
from benchmarks.late_change import pieces
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from tests.support.drawn import draw, with_published
from tests.support.small import OFFICE, at, class_problem, person, problem_of, published, task


def planned_again(problem: Problem, plan: Plan, day: int, frozen_days: int) -> Plan:
    """The first plan a few days later, after a plan was published."""
    now = max(problem.as_of, day * 24 * problem.axis.slots_per_hour)
    return first_plan(Candidates(replace(with_published(problem, plan, frozen_days), as_of=now)), 1)


@pytest.mark.parametrize("day", [0, 7, 14])
@pytest.mark.parametrize("seed", range(0, 80, 4))
def test_planning_again_changes_nothing_where_nothing_has_changed(seed: int, day: int) -> None:
    problem = draw(seed)
    plan = first_plan(Candidates(problem), seed)
    assert pieces(plan) - pieces(planned_again(problem, plan, day, 3)) == {}


def test_the_work_of_who_falls_ill_moves_and_all_others_keep_theirs() -> None:
    # Three tasks, one for each of three people at 08:00 on Tuesday; then Ana is away that day.
    names = ("ana", "bor", "cene", "dan")
    tasks = [task(f"t{number}", hours=8) for number in range(3)]
    away = [{"from": "2027-01-12", "to": "2027-01-12"}]
    people = [person("ana", absences=away), *map(person, names[1:])]
    bookings = tuple(
        TaskBooking(index, at(1, 8), at(1, 17), (Seat(0, index, at(1, 8), at(1, 17)),))
        for index in range(3)
    )
    problem = published(problem_of(people=people, tasks=tasks), Plan(bookings))
    again = first_plan(Candidates(problem), 1)
    assert again.tasks[1:] == bookings[1:]
    assert len(again.tasks) == 3
    assert not check(problem, again).violations


def test_a_class_held_before_now_stays_though_nothing_freezes_it() -> None:
    problem = class_problem(as_of="2027-01-13T08:00")
    heads = (Group(0, 12),)
    early = Session(0, 0, at(1, 8), at(1, 10), (0,), heads)
    again = first_plan(Candidates(published(problem, Plan(sessions=(early,)))), 1)
    assert early in again.sessions
    assert sum(session.heads for session in again.sessions) == 20


def test_new_heads_get_a_class_of_their_own_rather_than_changing_a_published_one() -> None:
    # Ten of twenty have a seat; two more would fit into their class.
    problem = class_problem()
    published_class = Session(0, 0, at(8, 8), at(8, 10), (0,), (Group(0, 10),))
    again = first_plan(Candidates(published(problem, Plan(sessions=(published_class,)))), 1)
    assert published_class in again.sessions
    assert sum(session.heads for session in again.sessions) == 20


def test_a_published_crew_stays_of_which_only_one_ends_as_late_as_the_task_before() -> None:
    # Cene works 12 h on t1: all of Monday and Tuesday until 12:00. Of t2, which ends no earlier,
    # Ana does her 8 h on Monday; Bor, who works mornings alone, ends on Tuesday at 12:00.
    mornings = {"id": "mornings", "weekly": {"mon": ["08:00-12:00"], "tue": ["08:00-12:00"]}}
    people = [person("ana"), person("bor", calendar="mornings"), person("cene")]
    after = [{"task": "t1", "type": "FF"}]
    tasks = [task("t1", hours=12), task("t2", hours=8, people=2, after=after)]
    problem = problem_of(calendars=[OFFICE, mornings], people=people, tasks=tasks)
    first = TaskBooking(0, at(0, 8), at(1, 12), (Seat(0, 2, at(0, 8), at(1, 12)),))
    crew = (Seat(0, 0, at(0, 8), at(0, 17)), Seat(0, 1, at(0, 8), at(1, 12)))
    plan = Plan((first, TaskBooking(1, at(0, 8), at(1, 12), crew)))
    assert not check(problem, plan).violations
    again = first_plan(Candidates(published(problem, plan)), 1)
    assert pieces(plan) - pieces(again) == {}

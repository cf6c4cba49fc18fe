"""Other bookings for the tasks of a plan: classes stay where they fit and move where not."""

from __future__ import annotations

from dataclasses import replace

from allocator.check import check
from allocator.plan import Plan, TaskBooking
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.improvement.exchange import with_tasks
from solver.insertion.inserter import Inserter
from tests.support.small import (
    LJ,
    MB,
    W1,
    at,
    audience,
    booked,
    class_problem,
    held,
    person,
    plan_of,
    published,
    stood,
    support,
    task,
)

CLERK = [{"skill": "sap", "level": 3}]
"""What someone has who gives no classes."""


def problem_with_class() -> Problem:
    """One task of 2 h, and ten clerks who take one class of 2 h."""
    return class_problem(tasks=[task("t1")], audiences=[audience(headcount=10)])


def exchanged(problem: Problem, plan: Plan, *tasks: TaskBooking) -> Plan:
    """The plan with other bookings, after the check has found nothing against either."""
    assert check(problem, plan).violations == ()
    found = with_tasks(Inserter(Candidates(problem)), plan, tasks, 1)
    assert check(problem, found).violations == ()
    return found


def test_a_class_stays_where_the_new_bookings_leave_room_for_it() -> None:
    # The class is on Tuesday at 10:00; the task moves from Monday to just before it.
    problem = problem_with_class()
    session = held(problem, at(1, 10), {"clerks": 10})
    old = booked(problem, "t1", ("ana", at(0, 8), at(0, 10)))
    new = booked(problem, "t1", ("ana", at(1, 8), at(1, 10)))
    assert exchanged(problem, plan_of(old, session), new) == plan_of(new, session)


def test_a_class_makes_room_where_its_trainer_works_on_a_task() -> None:
    # Only Ana teaches, on Tuesday at 10:00; the task moves from Monday to Tuesday at 9:00, an hour
    # into the class. The first two hours in which she is free now are on Monday at 8:00.
    people = [person("ana"), person("bor", skills=CLERK)]
    problem = class_problem(people=people, tasks=[task("t1")], audiences=[audience(headcount=10)])
    old = booked(problem, "t1", ("ana", at(0, 8), at(0, 10)))
    new = booked(problem, "t1", ("ana", at(1, 9), at(1, 11)))
    found = exchanged(problem, plan_of(old, held(problem, at(1, 10), {"clerks": 10})), new)
    assert found == plan_of(new, held(problem, at(0, 8), {"clerks": 10}))


def test_a_task_just_before_or_after_a_class_of_its_crew_leaves_the_class_alone() -> None:
    problem = problem_with_class()
    session = held(problem, at(1, 10), {"clerks": 10})
    old = booked(problem, "t1", ("ana", at(0, 8), at(0, 10)))
    before = booked(problem, "t1", ("ana", at(1, 8), at(1, 10)))
    after = booked(problem, "t1", ("ana", at(1, 13), at(1, 15)))
    assert exchanged(problem, plan_of(old, session), before) == plan_of(before, session)
    assert exchanged(problem, plan_of(old, session), after) == plan_of(after, session)


def test_a_supporter_who_works_on_a_task_is_relieved_by_another() -> None:
    # The wave goes live on day 14; Ana stands there on days 14 and 15. On day 14 she works from now
    # on, so that only Bor can stand there for the one supporter that 20 users ask for.
    curve = [{"days": "1-2", "users_per_supporter": 20}]
    problem = class_problem(
        waves=[W1], support=[support(curve=curve)], tasks=[task("t1")], audiences=[]
    )
    old = booked(problem, "t1", ("ana", at(0, 8), at(0, 10)))
    new = booked(problem, "t1", ("ana", at(14, 10), at(14, 12)))
    stays = stood(problem, 15, "ana")
    found = exchanged(problem, plan_of(old, stood(problem, 14, "ana"), stays), new)
    assert found == plan_of(new, stood(problem, 14, "bor"), stays)


def test_a_task_gives_way_to_a_class_that_are_frozen() -> None:
    # Frozen is what starts before 11:00 on Tuesday, so the class of 10:00 to 12:00 is. Ana cannot
    # work from 11:00 as well; Bor can, and that is the first hour in which new work may start.
    problem = class_problem(tasks=[task("t1", 1)], audiences=[audience(headcount=10)])
    session = held(problem, at(1, 10), {"clerks": 10})
    problem = replace(published(problem, plan_of(session), at(1, 11)), as_of=at(1, 11))
    new = booked(problem, "t1", ("ana", at(1, 11), at(1, 12)))
    found = exchanged(problem, plan_of(session), new)
    assert found == plan_of(booked(problem, "t1", ("bor", at(1, 11), at(1, 12))), session)


def test_of_two_tasks_too_far_apart_for_one_person_the_later_is_placed_anew() -> None:
    # The way takes 2 hours. Ana is to work in Maribor until 10:00 and in Ljubljana from then on.
    problem = class_problem(
        sites=[LJ, MB],
        travel=[{"from": "lj", "to": "mb", "minutes": 120}],
        tasks=[task("t1", site="mb"), task("t2", site="lj")],
        audiences=[],
    )
    there = booked(problem, "t1", ("ana", at(1, 8), at(1, 10)))
    here = booked(problem, "t2", ("ana", at(1, 10), at(1, 12)))
    found = exchanged(problem, Plan(), there, here)
    assert found.tasks[0] == there
    assert [booking.task for booking in found.tasks] == [0, 1]


def test_a_class_whose_materials_come_later_is_held_after_them() -> None:
    # The task prepares the class: on Monday before, on Wednesday from now on.
    problem = problem_with_class()
    course = replace(problem.courses[0], materials=0)
    problem = replace(problem, courses=(course,))
    session = held(problem, at(1, 10), {"clerks": 10})
    old = booked(problem, "t1", ("bor", at(0, 8), at(0, 10)))
    new = booked(problem, "t1", ("bor", at(2, 8), at(2, 10)))
    found = exchanged(problem, plan_of(old, session), new)
    assert found.tasks == (new,)
    assert sum(each.heads for each in found.sessions) == 10
    assert all(each.start >= at(2, 10) for each in found.sessions)


def test_tasks_without_people_are_placed_by_their_starts() -> None:
    # Ana and Bor both work on t1 and t2; t2 is to come first.
    problem = class_problem(tasks=[task("t1", 4, 2), task("t2", 4, 2)], audiences=[])
    times = [TaskBooking(0, at(0, 13), at(0, 17), ()), TaskBooking(1, at(0, 8), at(0, 12), ())]
    found = exchanged(problem, Plan(), *times)
    assert {booking.task: booking.start for booking in found.tasks} == {
        0: at(0, 13),
        1: at(0, 8),
    }


def test_tasks_of_the_plan_that_get_no_other_booking_are_placed_anew() -> None:
    problem = class_problem(tasks=[task("t1"), task("t2")], audiences=[])
    t1 = booked(problem, "t1", ("ana", at(0, 8), at(0, 10)))
    t2 = booked(problem, "t2", ("ana", at(0, 10), at(0, 12)))
    new = booked(problem, "t1", ("bor", at(1, 8), at(1, 10)))
    found = exchanged(problem, plan_of(t1, t2), new)
    assert found.tasks[0] == new
    assert [booking.task for booking in found.tasks] == [0, 1]

"""Other bookings for the tasks of a plan: classes stay where they fit and move where not."""

from __future__ import annotations

from dataclasses import replace

from allocator.check import check
from allocator.plan import Plan, TaskBooking
from allocator.problem import Problem
from solver.candidates import Candidates
from solver.search.bench import Bench
from solver.search.exchange import with_tasks
from tests.rollouts import at, audience, booked, class_problem, held, plan_of, task


def problem_with_class() -> Problem:
    """One task of 2 h, and ten clerks who take one class of 2 h."""
    return class_problem(tasks=[task("t1")], audiences=[audience(headcount=10)])


def exchanged(problem: Problem, plan: Plan, *tasks: TaskBooking) -> Plan:
    """The plan with other bookings, after the check has found nothing against either."""
    assert check(problem, plan).violations == ()
    found = with_tasks(Bench(Candidates(problem)), plan, tasks, 1)
    assert check(problem, found).violations == ()
    return found


def test_a_class_stays_where_the_new_bookings_leave_room_for_it() -> None:
    # The class is on Tuesday at 10:00; the task moves from Monday to just before it.
    problem = problem_with_class()
    session = held(problem, at(1, 10), {"clerks": 10})
    old = booked(problem, "t1", ("ana", at(0, 8), at(0, 10)))
    new = booked(problem, "t1", ("ana", at(1, 8), at(1, 10)))
    assert exchanged(problem, plan_of(old, session), new) == plan_of(new, session)


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

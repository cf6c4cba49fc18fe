"""Forward and backward: how late tasks may start, and plans placed anew in that order."""

from __future__ import annotations

from typing import Any

from allocator.plan import Plan, TaskBooking
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.improvement.forward_backward import ForwardBackward
from solver.incumbent import Incumbent
from solver.insertion.inserter import Inserter
from solver.insertion.latest_starts import latest_starts
from solver.settings import Settings
from tests.support.small import at, booked, person, plan_of, problem_of, task

SETTINGS = Settings(seconds=600, workers=1, seed=3, deterministic_limit=2)
HURRY = {"prices": {"open_work": "forbidden", "cost": 0, "unfairness": 0, "wishes": 0, "finish": 1}}


def test_tasks_start_as_late_as_the_finish_what_follows_and_their_people_allow() -> None:
    # d ends last, at 10. c of 2 h could wait until 8; a of 2 h, an hour before c, until 5; b of
    # 1 h, whose Bor has c next, until 7; e of 1 h, whose Cene has d next, must come by 1.
    names = ("ana", "bor", "cene")
    tasks = [
        task("a"),
        task("b", 1),
        task("c", after=[{"task": "a", "lag_hours": 1}]),
        task("d", 8),
        task("e", 1),
    ]
    problem = problem_of(people=[person(name) for name in names], tasks=tasks)
    plan = plan_of(
        booked(problem, "a", ("ana", 0, 2)),
        booked(problem, "b", ("bor", 0, 1)),
        booked(problem, "c", ("bor", 3, 5)),
        booked(problem, "d", ("cene", 2, 10)),
        booked(problem, "e", ("cene", 0, 1)),
    )
    assert latest_starts(Inserter(Candidates(problem)), plan.tasks) == {
        0: 8 - 1 - 2,
        1: 8 - 1,
        2: 10 - 2,
        3: 10 - 8,
        4: 2 - 1,
    }


def test_without_tasks_nothing_starts() -> None:
    assert latest_starts(Inserter(Candidates(problem_of())), ()) == {}


def after_a_turn(problem: Problem, plan: Plan, *, times: tuple[TaskBooking, ...] = ()) -> Incumbent:
    """The best plan after one turn from a plan; each plan on the way has been checked."""
    incumbent = Incumbent(problem, SETTINGS, None, None)
    assert incumbent.offer(plan)
    rebuilding = ForwardBackward(Inserter(Candidates(problem)), incumbent)
    rebuilding.learn(times)
    rebuilding.turn()
    return incumbent


def hurried(*tasks: dict[str, Any], people: list[dict[str, Any]]) -> Problem:
    """Tasks that must all be planned where only the finish has a price."""
    return problem_of(tasks=list(tasks), people=people, goals=HURRY)


def test_a_turn_takes_the_order_of_good_times() -> None:
    # Ana's 4 h of a come before her hour of x, for whose end Bor's 3 h of y wait: until 17:00.
    # The order of times with x first ends a at 14:00 and y at 12:00.
    teacher = person("bor", skills=[{"skill": "teach", "level": 3}])
    crew = [{"skill": "teach", "level": 3, "people": 1, "hours": 3}]
    y = task("y", crew=crew, after=[{"task": "x"}])
    problem = hurried(task("a", 4), task("x", 1), y, people=[person("ana"), teacher])
    plan = plan_of(
        booked(problem, "a", ("ana", at(0, 8), at(0, 12))),
        booked(problem, "x", ("ana", at(0, 13), at(0, 14))),
        booked(problem, "y", ("bor", at(0, 14), at(0, 17))),
    )
    times = (
        TaskBooking(0, at(0, 9), at(0, 14), ()),
        TaskBooking(1, at(0, 8), at(0, 9), ()),
        TaskBooking(2, at(0, 9), at(0, 12), ()),
    )
    assert after_a_turn(problem, plan, times=times).total == 14


def longest_first() -> tuple[Problem, Plan]:
    """Five tasks shared out between Ana and Bor, the longest first: 3 + 2 + 2 h and 3 + 2 h."""
    hours = (2, 2, 2, 3, 3)
    tasks = [task(f"t{number}", length) for number, length in enumerate(hours)]
    problem = hurried(*tasks, people=[person("ana"), person("bor")])
    return problem, plan_of(
        booked(problem, "t3", ("ana", at(0, 8), at(0, 11))),
        booked(problem, "t4", ("bor", at(0, 8), at(0, 11))),
        booked(problem, "t0", ("ana", at(0, 11), at(0, 14))),
        booked(problem, "t1", ("bor", at(0, 11), at(0, 14))),
        booked(problem, "t2", ("ana", at(0, 14), at(0, 16))),
    )


def test_a_turn_ends_tasks_together_where_the_first_order_does_not() -> None:
    # 12 h for two people are 3 + 3 and 2 + 2 + 2: from 08:00 to 15:00 with an hour of lunch.
    assert after_a_turn(*longest_first()).total == 15


def test_the_same_seed_gives_the_same_plan() -> None:
    assert after_a_turn(*longest_first()).plan == after_a_turn(*longest_first()).plan

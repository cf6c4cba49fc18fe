"""The earliest finish: longest ways through the tasks, and the work of pools between them.

Around the clock slot 0 is the first hour of work, so that the numbers are hours of work.
"""

from __future__ import annotations

from typing import Any

from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.candidates.earliest import earliest_spans, tails
from solver.relaxation.makespan_bound import earliest_finish
from solver.relaxation.pools import pools_of
from tests.support.small import at, person, problem_of, task

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = {"id": "always", "weekly": {day: ["00:00-24:00"] for day in WEEK}}


def around_the_clock(people: dict[str, str], *tasks: dict[str, Any]) -> Problem:
    """People with one skill each who can work at any hour."""
    return problem_of(
        calendars=[ALWAYS],
        sites=[{"id": "lj", "calendar": "always"}],
        people=[
            person(name, calendar="always", skills=[{"skill": skill, "level": 3}])
            for name, skill in people.items()
        ],
        tasks=list(tasks),
    )


def taught(name: str, hours: int, **more: Any) -> dict[str, Any]:
    """A task for somebody who can teach."""
    crew = [{"skill": "teach", "level": 3, "people": 1, "hours": hours}]
    return task(name, crew=crew, **more)


def after(*names: str, lag: int = 0, link: str = "FS") -> list[dict[str, Any]]:
    return [{"task": name, "type": link, "lag_hours": lag} for name in names]


def finish(problem: Problem) -> int:
    candidates = Candidates(problem)
    return earliest_finish(candidates, pools_of(candidates))


def test_the_longest_way_counts_work_lags_and_hours_off_duty() -> None:
    # t1 takes Monday 08:00-12:00. A day later it is Tuesday 12:00, lunch until 13:00: t2 takes
    # two hours from then on.
    tasks = [task("t1", 4), task("t2", 2, after=after("t1", lag=24))]
    assert finish(problem_of(tasks=tasks)) == at(1, 15)


def test_tails_are_the_longest_work_and_lags_that_must_follow() -> None:
    # After t3 nothing; after t2 its 3 h; after t1 a lag of 24 h, the 2 h of t2 and that.
    problem = around_the_clock(
        {"ana": "sap"},
        task("t1", 4),
        task("t2", 2, after=after("t1", lag=24)),
        task("t3", 3, after=after("t2")),
    )
    assert tails(Candidates(problem)) == {0: 24 + 2 + 3, 1: 3, 2: 0}


def test_tails_follow_ends_and_not_starts() -> None:
    # t2 may not end until 5 h after t1 has; t3 has only to start after t1 has started.
    problem = around_the_clock(
        {"ana": "sap"},
        task("t1", 4),
        task("t2", 2, after=after("t1", lag=5, link="FF")),
        task("t3", 3, after=after("t1", link="SS")),
    )
    assert tails(Candidates(problem)) == {0: 5, 1: 0, 2: 0}


def test_people_of_a_pool_share_its_work() -> None:
    # Three tasks of 3 h for two people: 9 h of work are not done in less than 4.5 h.
    tasks = [task(f"t{number}", 3) for number in range(3)]
    assert finish(around_the_clock({"ana": "sap", "bor": "sap"}, *tasks)) == 5


def test_a_pool_works_between_what_comes_before_and_what_must_follow() -> None:
    # Ana's two tasks of 4 h come after 1 h of Bor's and before 2 h of his: 1 + 2 x 4 + 2. The
    # longest way is 1 + 4 + 2, and all 11 h of work for two people are 5.5.
    problem = around_the_clock(
        {"ana": "sap", "bor": "teach"},
        taught("before", 1),
        task("t1", 4, after=after("before")),
        task("t2", 4, after=after("before")),
        taught("then", 2, after=after("t1", "t2")),
    )
    candidates = Candidates(problem)
    assert earliest_spans(candidates) == {0: (0, 1), 1: (1, 5), 2: (1, 5), 3: (5, 7)}
    assert earliest_finish(candidates, ()) == 7
    assert finish(problem) == 11


def test_work_that_may_begin_early_does_not_count_from_a_late_head() -> None:
    # t1 of 1 h may begin at 0 and t2 of 5 h only after Bor's 10 h: the finish is t2's own end.
    problem = around_the_clock(
        {"ana": "sap", "bor": "teach"},
        taught("before", 10),
        task("t1", 1),
        task("t2", 5, after=after("before")),
    )
    assert finish(problem) == 10 + 5


def test_work_of_the_shortest_tail_counts_to_its_own_end_alone() -> None:
    # Of Ana's 1 h and 6 h only the 1 h is followed by Bor's 3 h: 7 in all, and not 7 + 3.
    problem = around_the_clock(
        {"ana": "sap", "bor": "teach"},
        task("t1", 1),
        task("t2", 6),
        taught("then", 3, after=after("t1")),
    )
    assert finish(problem) == 7


def test_without_tasks_all_is_finished_at_once() -> None:
    assert finish(around_the_clock({"ana": "sap"})) == 0

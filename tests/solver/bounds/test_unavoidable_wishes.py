"""Wishes that cannot be kept: how many surely break, and what that adds to the bound."""

from __future__ import annotations

from fractions import Fraction

from allocator.problem import Problem
from solver.bounds.quick import quick_bounds
from solver.bounds.unavoidable_wishes import unkept
from solver.candidates.candidates import Candidates
from tests.support.small import W1, class_problem, person, problem_of, support, task

TUESDAY = {"from": "2027-01-12", "to": "2027-01-12"}
"""Also the second day of the rollout, when the pinned tasks below run."""


def wishing(*weights: int, **more: object) -> list[dict[str, object]]:
    """People who would rather not work on Tuesday."""
    return [
        person(f"p{number}", wishes=[{"avoid": TUESDAY, "weight": weight}], **more)
        for number, weight in enumerate(weights)
    ]


def pinned(name: str, hour: int, **more: object) -> dict[str, object]:
    """A task of two hours on Tuesday."""
    return task(name, pin={"start": f"2027-01-12T{hour:02d}:00"}, **more)


def weight(problem: Problem) -> int:
    return unkept(Candidates(problem)).weight


def test_seats_filled_at_once_beyond_those_who_do_not_mind_break_the_lightest_wishes() -> None:
    people = [*wishing(3, 1, 2), person("free")]
    problem = problem_of(people=people, tasks=[pinned("a", 8, people=2), pinned("b", 9)])
    assert weight(problem) == 1 + 2  # three at 09:00: "free" and the two who mind least


def test_who_is_able_counts() -> None:
    others = [person(f"other{n}", skills=[{"skill": "teach", "level": 3}]) for n in range(3)]
    problem = problem_of(people=[*wishing(2, 1), *others], tasks=[pinned("a", 8)])
    assert weight(problem) == 1


def test_one_task_after_the_other_needs_one_person() -> None:
    problem = problem_of(people=wishing(2, 1), tasks=[pinned("a", 8), pinned("b", 10)])
    assert weight(problem) == 1


def test_the_same_day_does_not_count_twice_and_other_days_do() -> None:
    week = {"from": "2027-01-11", "to": "2027-01-15"}
    people = [person("ana", wishes=[{"avoid": week, "weight": 5}])]
    wednesday = task("c", pin={"start": "2027-01-13T08:00"})
    tasks = [pinned("a", 8), pinned("b", 10), wednesday]
    assert weight(problem_of(people=people, tasks=tasks)) == 5 + 5


def test_work_that_can_move_away_breaks_nothing() -> None:
    assert weight(problem_of(people=wishing(1), tasks=[task("a")])) == 0


def test_where_there_are_too_few_people_nothing_is_said() -> None:
    problem = problem_of(people=wishing(1), tasks=[pinned("a", 8), pinned("b", 9)])
    assert weight(problem) == 0


def test_support_on_the_floor_counts() -> None:
    # Two supporters on the first two days after go-live, of whom one does not mind.
    days = {"from": "2027-01-25", "to": "2027-01-26"}
    people = [person("ana", wishes=[{"avoid": days, "weight": 4}]), person("bor")]
    problem = class_problem(people=people, waves=[W1], support=[support()])
    assert weight(problem) == 4 + 4


def test_a_wish_adds_to_the_bound_no_more_than_leaving_the_work_open_would() -> None:
    def added(price: float, left_open: float | str) -> Fraction:
        goals = {"preset": "balanced", "prices": {"wishes": price, "open_work": left_open}}
        problem = problem_of(people=wishing(1), tasks=[pinned("a", 8)], goals=goals)
        bounds = quick_bounds(Candidates(problem))
        return bounds.total - bounds.tasks - bounds.finish

    # Two hours for 60 each, or priority 3 x 2 hours x the price of open work.
    assert added(7, 1000) == 7
    assert added(7, 21) == min(7, 3 * 2 * 21 - 2 * 60) == 6
    assert added(7, "forbidden") == 7

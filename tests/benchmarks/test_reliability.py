"""The trial of many rollouts: what it counts, and that it plans as users do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from allocator.formats.document import problem_from_tree
from allocator.formats.text.tree import dump_json
from benchmarks.generate import SIZES, rollout
from benchmarks.reliability import Trial, lines, plan
from benchmarks.rollouts.around_the_clock import around_the_clock
from benchmarks.rollouts.tightness import tightened
from tests.support.small import rollout as small_rollout
from tests.support.small import task

GOOD = Trial("s-1-0", "balanced", 10.0, 10.4, 0, "feasible", 0.02, 0, 0, 0, "")


def test_a_trial_is_in_time_within_a_twentieth_or_two_seconds() -> None:
    assert replace(GOOD, wall=12.0).in_time
    assert not replace(GOOD, wall=12.1).in_time
    assert replace(GOOD, asked=100.0, wall=105.0).in_time
    assert not replace(GOOD, asked=100.0, wall=105.1).in_time


def test_what_is_wrong_is_counted() -> None:
    found = [GOOD, replace(GOOD, exit_code=5, gap=None), replace(GOOD, defects=2, violations=1)]
    assert list(lines(found))[:3] == [
        "plans handed out: 2 of 3",
        "defects recorded: 2",
        "violations found by the check: 1",
    ]
    assert [trial.good for trial in found] == [True, False, False]


def test_a_rollout_is_planned_by_the_command_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text(dump_json(small_rollout(tasks=[task("a")])))
    trial = plan(path, "calm", 20.0, 1, 3, tmp_path)
    assert (trial.exit_code, trial.outcome, trial.defects, trial.violations) == (0, "optimal", 0, 0)
    assert trial.good


def test_a_tightened_rollout_is_sound_and_differs_by_its_seed() -> None:
    tree = rollout(SIZES["S"], 1)
    one, again, other = (tightened(tree, 0.7, seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    for each in (one, other):
        problem_from_tree(each)
    assert tightened(tree, 0.0, 1) == tree


def test_a_rollout_around_the_clock_is_sound_and_differs_by_its_seed() -> None:
    tree = rollout(SIZES["S"], 1)
    one, again, other = (around_the_clock(tree, seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    for each in (one, other):
        problem = problem_from_tree(each)
        hours = {problem.axis.local(shift.start, 0).hour for shift in problem.shifts}
        assert hours == {6, 14, 22}
        assert any(person.rest and person.nights_in_row for person in problem.people)

"""How much ruin and recreate gets done: by machine code and by the readable search in one run.

Steps by machine code are compared with those of Python per second of processor time; what they cost
is counted, which no machine changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from allocator.problem import Problem
from benchmarks.guards.problems import departments, small_rollout
from solver.candidates.candidates import Candidates
from solver.compiled.core import Core
from solver.compiled.readiness import make_ready
from solver.first_plan.build import first_plan
from solver.insertion.inserter import Inserter
from solver.ruin_recreate.search import RuinAndRecreate

STEPS = 100
"""Steps in Python."""

EFFORT = 60_000_000
"""Effort by machine code, about a second."""

FASTER = 10.0
"""Machine code makes at least so many times the steps of Python in the same time."""

GROWTH = 2.5
"""Twice the departments multiply the effort of an insertion by less than this."""

CASES: dict[str, Callable[[], Problem]] = {
    "rollout S": small_rollout,
    "twelve departments": lambda: departments(12),
}


def begun(problem: Problem) -> tuple[Inserter, Core]:
    """A search in Python and one by machine code that begin with the same first plan."""
    make_ready()
    candidates = Candidates(problem)
    plan = first_plan(candidates, 1)
    inserter = Inserter(candidates)
    inserter.ledger.load(plan)
    core = Core(inserter, 1)
    core.load(plan)
    return inserter, core


def seconds(work: Callable[[], object]) -> float:
    begun_at = time.process_time()
    work()
    return time.process_time() - begun_at


def effort_of_an_insertion(problem: Problem) -> float:
    _, core = begun(problem)
    core.run(EFFORT)
    return core.effort / core.inserted


@pytest.mark.parametrize("case", CASES)
def test_machine_code_makes_many_times_the_steps_of_python(
    case: str, benchmark: BenchmarkFixture
) -> None:
    inserter, core = begun(CASES[case]())
    search = RuinAndRecreate(inserter, 1)

    def ratio() -> float:
        python = STEPS / seconds(lambda: [search.step() for _ in range(STEPS)])
        before = core.steps
        spent = seconds(lambda: core.run(EFFORT))
        return (core.steps - before) / spent / python

    found = benchmark.pedantic(ratio, rounds=1)
    benchmark.extra_info["ratio"] = found
    assert found > FASTER


def test_twice_the_departments_hardly_make_an_insertion_dearer(benchmark: BenchmarkFixture) -> None:
    def growth() -> float:
        return effort_of_an_insertion(departments(12)) / effort_of_an_insertion(departments(6))

    found = benchmark.pedantic(growth, rounds=1)
    benchmark.extra_info["growth"] = found
    assert found < GROWTH

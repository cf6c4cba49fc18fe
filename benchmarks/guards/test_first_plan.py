"""Time to the first plan, as a ratio to a reference in the same run, and how it grows.

Both are processor time of this process, so that a busy machine changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from allocator.problem import Problem
from benchmarks.guards.problems import crews, departments, singles, small_rollout
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan

GROWTH = 3.0
"""Doubling the size multiplies the time by less than this."""

RATIOS: dict[str, tuple[Callable[[], Problem], float]] = {
    "crews": (lambda: crews(40, 1), 15.0),
    "singles": (lambda: singles(100, 1), 6.0),
    "rollout S": (small_rollout, 11.0),
}
"""Name -> problem, and how many times the reference its first plan may take."""

DOUBLED: dict[str, tuple[Callable[[int], Problem], int]] = {
    "crews": (lambda size: crews(size, 1), 60),
    "singles": (lambda size: singles(size, 1), 200),
    "departments": (departments, 12),
}
"""Name -> problem of a size, and the smaller size."""


def reference() -> int:
    """A fixed computation in plain Python: the primes below 200,000 by trial of earlier ones."""
    primes: list[int] = []
    for number in range(2, 200_000):
        for prime in primes:
            if prime * prime > number:
                primes.append(number)
                break
            if number % prime == 0:
                break
        else:
            primes.append(number)
    return len(primes)


def seconds(work: Callable[[], object]) -> float:
    """Least processor time of three turns."""
    return min(_once(work) for _ in range(3))


def _once(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


@pytest.mark.parametrize("case", RATIOS)
def test_the_first_plan_takes_few_times_the_reference(
    case: str, benchmark: BenchmarkFixture
) -> None:
    problem, most = RATIOS[case][0](), RATIOS[case][1]

    def ratio() -> float:
        return seconds(lambda: first_plan(Candidates(problem), 1)) / seconds(reference)

    found = benchmark.pedantic(ratio, rounds=1)
    benchmark.extra_info["ratio"] = found
    assert found < most


@pytest.mark.parametrize("case", DOUBLED)
def test_doubling_the_size_less_than_triples_the_time_to_the_first_plan(
    case: str, benchmark: BenchmarkFixture
) -> None:
    make, size = DOUBLED[case]
    smaller, larger = make(size), make(2 * size)

    def growth() -> float:
        first = seconds(lambda: first_plan(Candidates(smaller), 1))
        return seconds(lambda: first_plan(Candidates(larger), 1)) / first

    found = benchmark.pedantic(growth, rounds=1)
    benchmark.extra_info["growth"] = found
    assert found < GROWTH

"""Deterministic work and quality at a fixed deterministic limit, against stored values."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.guards.work import CASES, measured, stored

WORK = 1.3
"""So many times the stored work may be spent on the same."""

LUCK = 0.1
"""So much more is no sign: it is by luck that a first plan is one without any work."""

QUALITY = 0.003
"""Objective and bound may be worse by this share of the stored objective."""


@pytest.mark.parametrize("case", CASES)
def test_no_more_work_and_no_worse_plan_than_stored(case: str, benchmark: BenchmarkFixture) -> None:
    once = stored()[case]
    found = benchmark.pedantic(measured, args=(case,), rounds=1)
    benchmark.extra_info.update(found)
    assert found["work"] <= WORK * once["work"] + LUCK
    assert found["objective"] <= once["objective"] * (1 + QUALITY)
    assert found["bound"] >= once["bound"] - QUALITY * once["objective"]

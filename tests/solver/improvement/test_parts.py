"""Whatever a part of a generated rollout accepts, the check has nothing against it."""

from __future__ import annotations

import pytest

from allocator.check import check
from tests.support.parts import decided_anew, generated


@pytest.mark.parametrize(
    ("size", "seed", "parts"), [*(("S", n, 6) for n in (1, 3, 6)), ("M", 4, 2)]
)
def test_what_a_part_accepts_breaks_no_rule(size: str, seed: int, parts: int) -> None:
    problem = generated(size, seed)
    found = list(decided_anew(problem, seed, parts))
    assert len(found) > 1
    for kind, plan in found:
        assert (kind, check(problem, plan).violations) == (kind, ())

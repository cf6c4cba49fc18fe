"""How much the tests try: a little with every change, everything with `make test-full`."""

from __future__ import annotations

import os

VARIABLE = "ALLOCATOR_TESTS"
FULL = os.environ.get(VARIABLE) == "full"


def much(few: int, many: int) -> int:
    """How many examples to draw."""
    return many if FULL else few

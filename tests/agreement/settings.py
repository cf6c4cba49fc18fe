"""How many examples the suites of agreement try, and how: the same ones in every run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.support.extent import much

EXAMPLES = settings(
    max_examples=much(20, 200),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

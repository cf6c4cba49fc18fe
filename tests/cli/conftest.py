"""A small rollout and its plan, solved once for all tests of the command line."""

from pathlib import Path

import pytest

from tests.cli.commands import allocator, written
from tests.support.small import audience, course, rollout, task

UNPLANNABLE = {"skill": "sap", "level": 5, "people": 1, "hours": 6}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tasks, one of which nobody can do, and a course for twenty clerks."""
    tree = rollout(
        tasks=[task("t-a", hours=10), task("t-hard", crew=[UNPLANNABLE])],
        courses=[course()],
        audiences=[audience()],
    )
    return written(tmp_path_factory.mktemp("rollout") / "small.yaml", tree)


@pytest.fixture(scope="session")
def plan(small: Path) -> Path:
    """The plan of the small rollout."""
    out = small.parent / "plan.yaml"
    ended = allocator("plan", small, "--out", out, "--seconds", 3, "--workers", 1)
    assert ended.code == 0, ended.err
    return out

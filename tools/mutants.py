"""Break every rule on purpose, on the meaning side and on the posting side, and see who notices.

    python -m tools.mutants            all mutants: a table of rule, side and who caught it
    python -m tools.mutants budget     those of one rule

Each mutant lets the functions of one rule accept everything. Exit code 1 if one is not noticed.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from allocator.rules import RULES

VARIABLE = "ALLOCATOR_MUTANT"
ROOT = Path(__file__).parent.parent
POSTINGS = ("solver.model.rules", "solver.candidates.masks")
"""Where a rule is posted: on the model, as a mask, or both."""

SIDES = ("meaning", "posting")


def _nothing(*_: object, **__: object) -> None:
    """A rule that asks for nothing, a mask that narrows nothing."""


def _every_start(problem: Any, _working: Any, length: int) -> Any:
    return np.arange(problem.horizon) + length <= problem.horizon


def _every_end(_working: Any, work: int, starts: Any, **_: object) -> Any:
    return starts + np.int32(work)


ACCEPTING: dict[str, Callable[..., Any]] = {
    "post": _nothing,
    "narrow_task": _nothing,
    "narrow_group": _nothing,
    "narrow_to_now": _nothing,
    "sitting_starts": _every_start,
    "seat_ends": _every_end,
    "split_starts": lambda duty, work: (1 << max(0, duty.horizon - work + 1)) - 1,
    "from_now": lambda starts, _opens, _reported: starts,
    "latest_end": lambda problem, _task: problem.horizon,
    "refused": lambda *_: False,
    "opens": lambda *_: 0,
}
"""By the name of a function of `solver/model/rules`: the same without its rule."""


def break_rule(side: str, rule: str) -> None:
    """Let one side of a rule accept everything, in this process."""
    if side == "meaning":
        RULES[rule] = replace(RULES[rule], violations=lambda _problem, _plan: [])
        return
    postings = [f"{folder}.{rule}" for folder in POSTINGS if find_spec(f"{folder}.{rule}")]
    for module in map(importlib.import_module, postings):
        for name, accepting in ACCEPTING.items():
            if hasattr(module, name):
                setattr(module, name, accepting)


def pytest_configure() -> None:
    """As a plugin of pytest: break what the environment names."""
    side, rule = os.environ[VARIABLE].split(":")
    break_rule(side, rule)


def caught_by(side: str, rule: str) -> str | None:
    """The first test that fails with the mutant; None if none does."""
    tests = [f"tests/allocator/rules/test_{rule}.py"] if side == "meaning" else []
    command = [sys.executable, "-m", "pytest", "-p", "tools.mutants", "-x", "-q", "--no-header"]
    run = subprocess.run(
        [*command, "--tb=no", "-p", "no:cacheprovider", "-rfE", *tests, "tests/agreement"],
        cwd=ROOT,
        env=os.environ | {VARIABLE: f"{side}:{rule}"},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return failed[0].split(" ", 1)[1].split(" - ")[0] if failed else None


def main(rules: list[str]) -> int:
    """Print the table."""
    survivors = 0
    print(f"| {'rule':16} | {'side':7} | caught by |\n| --- | --- | --- |")
    for rule in rules or RULES:
        for side in SIDES:
            test = caught_by(side, rule)
            survivors += test is None
            print(f"| {rule:16} | {side:7} | {test or 'NOBODY'} |", flush=True)
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

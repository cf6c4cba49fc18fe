"""The independent checks of solution files."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from benchmarks.checkers import CHECKERS
from tests.benchmarks.files import (
    IMOPSE,
    IMOPSE_SOLUTION,
    MSLIB,
    MSLIB_SOLUTION,
    MSPSP,
    MSPSP_SOLUTION,
    SMPTSP,
    SMPTSP_SOLUTION,
)

GOOD: dict[str, tuple[str, Any]] = {
    "mspsp": (MSPSP, MSPSP_SOLUTION),
    "imopse": (IMOPSE, IMOPSE_SOLUTION),
    "smptsp": (SMPTSP, SMPTSP_SOLUTION),
    "mslib": (MSLIB, MSLIB_SOLUTION),
}


def faults(family: str, change: Callable[[Any], object]) -> list[str]:
    text, good = GOOD[family]
    solution = deepcopy(good)
    change(solution)
    return CHECKERS[family](text, solution)


def entry(solution: Any, task: int) -> Any:
    return next(each for each in solution["tasks"] if each["task"] == task)


@pytest.mark.parametrize("family", GOOD)
def test_a_right_solution_has_no_faults(family: str) -> None:
    assert faults(family, lambda _: None) == []


@pytest.mark.parametrize("family", GOOD)
def test_every_task_of_the_file_is_wanted_once_and_no_other(family: str) -> None:
    last = GOOD[family][1]["tasks"][-1]["task"]
    assert f"task {last} is missing" in faults(family, lambda s: s["tasks"].pop())
    assert f"task {last} is there twice" in faults(
        family, lambda s: s["tasks"].append(s["tasks"][-1])
    )
    stranger = {"task": 99, "start": 0, "people": []}
    assert "task 99 is not in the file" in faults(family, lambda s: s["tasks"].append(stranger))


@pytest.mark.parametrize("family", ["mspsp", "imopse", "mslib"])
def test_the_makespan_is_the_last_end(family: str) -> None:
    right = GOOD[family][1]["makespan"]
    assert faults(family, lambda s: s.update(makespan=right - 1)) == [
        f"makespan is {right}, not {right - 1}"
    ]


@pytest.mark.parametrize(
    ("family", "task", "change", "fault"),
    [
        ("mspsp", 3, {"start": 6}, "task 3 starts at 6, but 2 ends at 7"),
        ("mspsp", 2, {"start": 3}, "person 2 is on 4 and 2 at 3"),
        ("mspsp", 3, {"people": [2]}, "people [2] cannot do task 3, which needs ['0', '1']"),
        ("mspsp", 2, {"people": [1, 2]}, "people [1, 2] cannot do task 2, which needs ['1', '0']"),
        ("mspsp", 4, {"people": [1, 1]}, "task 4 has someone twice"),
        ("mspsp", 4, {"start": -1}, "task 4 starts at -1"),
        ("imopse", 1, {"people": [1]}, "resource 1 cannot do task 1, which needs Q0 at 1"),
        ("imopse", 1, {"people": [1, 2]}, "task 1 has 2 people"),
        ("imopse", 1, {"people": [3]}, "resource 3 cannot do task 1, which needs Q0 at 1"),
        ("imopse", 2, {"start": 2}, "task 2 starts at 2, but 1 ends at 3"),
        ("imopse", 2, {"start": 3}, "person 1 is on 4 and 2 at 3"),
        ("mslib", 2, {"people": [1, 1]}, "people [1, 1] cannot do task 2"),
        ("mslib", 3, {"people": [2, 3]}, "people [2, 3] cannot do task 3"),
        ("mslib", 4, {"start": 2}, "task 4 starts at 2, but 2 ends at 3"),
        ("mslib", 4, {"start": 4}, "person 1 is on 4 and 3 at 5"),
        ("smptsp", 0, {"start": 11}, "task 0 starts at 11, not 10"),
        ("smptsp", 0, {"people": [1]}, "worker 1 cannot do task 0"),
        ("smptsp", 0, {"people": [7]}, "worker 7 cannot do task 0"),
        ("smptsp", 1, {"people": [2]}, "uses 3 workers, not 2"),
        ("smptsp", 0, {"people": []}, "task 0 has 0 people"),
    ],
)
def test_a_spoiled_solution_is_reported_what_is_wrong(
    family: str, task: int, change: dict[str, Any], fault: str
) -> None:
    assert fault in faults(family, lambda solution: entry(solution, task).update(change))


def test_a_worker_on_two_jobs_at_once_is_found_also_behind_a_long_one() -> None:
    text = SMPTSP.replace("  10  20", "  10  55")
    solution = deepcopy(SMPTSP_SOLUTION) | {"workers": 2}
    assert CHECKERS["smptsp"](text, solution) == ["person 0 is on 0 and 2 at 20"]  # type: ignore[arg-type]


def test_smptsp_states_the_last_end_and_the_workers() -> None:
    assert faults("smptsp", lambda s: s.update(makespan=50)) == ["the last task ends at 60, not 50"]
    assert faults("smptsp", lambda s: s.pop("workers")) == ["uses 2 workers, not None"]

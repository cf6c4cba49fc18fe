"""`allocator plan`: what it writes where, and how it is stopped."""

import os
import signal
import time
from pathlib import Path
from subprocess import Popen

import pytest

from allocator.formats.document import read_problem
from allocator.formats.text.tree import dump_json
from service.checking import check_documents
from tests.cli.commands import CLINIC, TIMEOUT, allocator, read, started, written
from tests.support.small import rollout, task


def test_a_plan_is_written_that_the_check_has_nothing_against(small: Path, plan: Path) -> None:
    found = check_documents(small.read_bytes(), plan.read_bytes())
    assert found.checked.violations == ()
    assert [booking["task"] for booking in read(plan)["tasks"]] == ["t-a"]


def test_open_work_is_in_the_plan_with_its_reason(plan: Path) -> None:
    assert read(plan)["open"] == [
        {
            "kind": "task",
            "id": "t-hard",
            "seat": 0,
            "hours": 6,
            "reason": "it cannot be done: nobody has sap level 5 (ana and bor at a lower level)",
            "proved": True,
            "because": [
                {
                    "path": "people",
                    "code": "skill",
                    "values": {"skill": "sap", "level": 5, "people": [], "lower": ["ana", "bor"]},
                }
            ],
        }
    ]


def test_the_summary_is_on_stdout_and_progress_on_stderr(small: Path, tmp_path: Path) -> None:
    ended = allocator("plan", small, "--out", tmp_path / "p.json", "--seconds", 2)
    assert ended.code == 0
    for part in (
        "Planned: 1 of 2 tasks; 2 classes with 20 of 20 seats asked for",
        "task t-hard, seat 0, 6 h: it cannot be done: nobody has sap level 5",
        "Nothing ends after its due day.",
        "Load of the scarcest skills",
        "open_work",
    ):
        assert part in ended.out
        assert part not in ended.err
    lines = ended.err.splitlines()
    assert lines
    assert all("best" in line and "bound" in line for line in lines)


def test_progress_is_one_line_a_phase_and_at_most_one_a_second(tmp_path: Path) -> None:
    out = tmp_path / "p.yaml"
    ended = allocator("plan", CLINIC, "--out", out, "--seconds", 3)
    phases = {line.split("  ")[0] for line in ended.err.splitlines()}
    seconds_and_start = 3 + 2
    assert len(ended.err.splitlines()) <= len(phases) + seconds_and_start


@pytest.mark.parametrize(("name", "first"), [("p.json", "{"), ("p.yaml", "s"), ("p.yml", "s")])
def test_the_ending_says_the_format(small: Path, tmp_path: Path, name: str, first: str) -> None:
    out = tmp_path / name
    assert allocator("plan", small, "--out", out, "--seconds", 1).code == 0
    assert out.read_text()[0] == first
    assert os.listdir(tmp_path) == [name]


def test_a_plan_on_stdout_is_all_there_is_on_stdout(small: Path) -> None:
    ended = allocator("plan", small, "--out", "-", "--json", "--seconds", 1)
    assert ended.code == 0
    assert ended.tree["schema"] == "plan/1"
    assert "Planned: 1 of 2 tasks" in ended.err


def test_json_is_the_summary_for_machines(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.yaml"
    tree = allocator("plan", small, "--out", out, "--json", "--seconds", 1).tree
    assert tree["plan"] == str(out)
    assert tree["planned"]["tasks"] == {"planned": 1, "asked": 2}
    assert [entry["id"] for entry in tree["open"]] == ["t-hard"]
    assert tree["score"]["total"] == read(out)["score"]["total"]
    assert "tasks" not in tree


def test_a_plan_to_begin_with_may_be_of_another_version_of_the_rollout(tmp_path: Path) -> None:
    # Either of two people may do it at the same price; the base is by the one who is left.
    both = written(tmp_path / "both.yaml", rollout(tasks=[task("t-a", pin={"people": ["bor"]})]))
    alone = written(
        tmp_path / "alone.yaml", rollout(tasks=[task("t-a")], goals={"prices": {"unfairness": 0}})
    )
    base, out = tmp_path / "base.yaml", tmp_path / "p.yaml"
    assert allocator("plan", both, "--out", base, "--seconds", 1).code == 0
    assert allocator("plan", alone, "--out", out, "--seconds", 1, "--from", base).code == 0
    assert read(out)["tasks"] == read(base)["tasks"]


def test_what_is_no_plan_is_refused_to_begin_with(small: Path, tmp_path: Path) -> None:
    ended = allocator("plan", small, "--out", tmp_path / "p.yaml", "--from", small)
    assert ended.code == 3
    assert "schema" in ended.err


def test_a_rollout_in_json_is_planned_as_well(small: Path, tmp_path: Path) -> None:
    rewritten = tmp_path / "small.json"
    rewritten.write_text(dump_json(read(small)))
    out = tmp_path / "p.yaml"
    assert allocator("plan", rewritten, "--out", out, "--seconds", 1).code == 0
    assert read(out)["rollout"]["sha256"] == read_problem(small.read_bytes()).sha256


def test_a_preset_takes_the_place_of_the_documents(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.yaml"
    allocator("plan", small, "--out", out, "--preset", "on-time", "--seconds", 1)
    prices = {term["term"]: term["price"] for term in read(out)["score"]["terms"]}
    assert (prices["lateness"], prices["finish"]) == (100, 5)


def test_a_forbidden_term_that_cannot_be_zero_ends_with_exit_code_4(tmp_path: Path) -> None:
    tree = rollout(
        tasks=[task("t-a", crew=[{"skill": "sap", "level": 5, "people": 1, "hours": 2}])],
        goals={"preset": "balanced", "prices": {"open_work": "forbidden"}},
    )
    out = tmp_path / "p.yaml"
    ended = allocator("plan", written(tmp_path / "r.yaml", tree), "--out", out, "--seconds", 3)
    assert ended.code == 4
    assert read(out)["outcome"] in ("infeasible", "no_plan")
    assert read(out)["reason"] in ended.out.replace("\n", " ")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("seconds_before", [0.5, 3.0])
def test_the_first_signal_keeps_the_best_plan(
    tmp_path: Path, number: signal.Signals, seconds_before: float
) -> None:
    out = tmp_path / "p.yaml"
    process = started("plan", CLINIC, "--out", out, "--seconds", 100)
    _wait_for_progress(process, seconds_before)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 0
    assert b"the best plan so far is kept" in stderr
    assert b"Planned: 10 of 11 tasks" in stdout
    found = check_documents(CLINIC.read_bytes(), out.read_bytes())
    assert found.checked.violations == ()


def test_the_second_signal_aborts_without_a_plan(tmp_path: Path) -> None:
    out = tmp_path / "p.yaml"
    process = started("plan", CLINIC, "--out", out, "--seconds", 100)
    _wait_for_progress(process, 0.5)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    _, stderr = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 130
    assert b"Aborted." in stderr
    assert not out.exists()


def _wait_for_progress(process: Popen[bytes], seconds: float) -> None:
    """Until the solve has begun, and then some seconds."""
    assert process.stderr is not None
    assert b"best" in process.stderr.readline()
    time.sleep(seconds)

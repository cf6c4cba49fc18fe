"""Timefold as a peer: what its runner is given and answers, and what is said without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.engines import CannotExpress
from benchmarks.engines.timefold import project_file, solve
from benchmarks.families import imopse
from solver.settings import Settings
from tests.benchmarks.files import IMOPSE
from tests.support.small import problem_of, task

ANSWER = [(1, 2, 0), (2, 1, 3), (3, 1, 5)]
"""(task, person, start): the second waits for the first, and then 4 units of the first person."""

RUNNER = f"""
import json, sys
asked = sys.argv[1:]
rows = [{{"task": str(t), "resource": str(p), "start": s}} for t, p, s in {ANSWER}]
answer = {{"assignments": rows}}
json.dump(answer, open(asked[asked.index("--out") + 1], "w"))
json.dump(asked[1:-1], open(__file__ + ".asked", "w"))
"""


@pytest.fixture
def peers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a runner that always gives the same answer, and a Java that is never called."""
    (tmp_path / "run_timefold.py").write_text(RUNNER)
    java = tmp_path / "java"
    java.touch(mode=0o755)
    monkeypatch.setenv("ALLOCATOR_PEERS", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return tmp_path


def test_the_runner_gets_limits_and_its_answer_is_checked(peers: Path) -> None:
    (peers / "tiny.def").write_text(IMOPSE)
    out = peers / "r.jsonl"
    reported = ["run", str(peers / "tiny.def"), "--out", str(out), "--engine", "timefold"]
    assert main([*reported, "--seconds", "7", "--workers", "2", "--seed", "3"]) == 0
    row = json.loads(out.read_text())
    # 3 units, then 2, then 4.
    assert (row["engine"], row["objective"], row["check"]) == ("timefold", 9, "ok")
    limits = ["--seconds", "7.0", "--threads", "2", "--seed", "3", "--out"]
    assert json.loads((peers / "run_timefold.py.asked").read_text()) == limits


def test_the_project_file_says_the_same_as_the_one_it_was_read_from() -> None:
    first = imopse.read("tiny", IMOPSE, "").problem
    again = imopse.read("tiny", project_file(first), "").problem
    assert (
        [t.crew[0].work for t in again.tasks] == [t.crew[0].work for t in first.tasks] == [3, 2, 4]
    )
    assert [[link.task for link in t.after] for t in again.tasks] == [[], [0], []]
    # Level 1 of the first skill has Bob alone, the second skill Ann alone, level 0 both.
    assert project_file(first).splitlines()[1:3] == [
        "1\t1.0\tQ1: 0\tQ2: 0",
        "2\t1.0\tQ0: 0\tQ2: 0",
    ]


def test_without_a_runner_or_java_it_says_what_is_missing(
    peers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, settings = imopse.read("tiny", IMOPSE, "").problem, Settings(1, 1, 1)
    (peers / "java").unlink()
    monkeypatch.setenv("PATH", str(peers))
    with pytest.raises(CannotExpress, match="needs Java"):
        solve(problem, settings, lambda _: None)
    monkeypatch.delenv("ALLOCATOR_PEERS")
    with pytest.raises(CannotExpress, match="ALLOCATOR_PEERS"):
        solve(problem, settings, lambda _: None)


def test_crews_are_beyond_it(peers: Path) -> None:
    assert peers.is_dir()
    with pytest.raises(CannotExpress, match="crews"):
        solve(problem_of(tasks=[task("a", people=2)]), Settings(1, 1, 1), lambda _: None)

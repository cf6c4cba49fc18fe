"""Defects of ours in a solve: a folder to send, a number in the plan, a sentence, a metric."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allocator.errors import SolverDefect
from allocator.formats.document import problem_from_tree, read_problem
from allocator.formats.plan.write import plan_from_tree
from allocator.formats.text.tree import dump_json
from allocator.plan import Plan
from service.cli.app import app
from service.cli.exits import DEFECT, DONE
from service.defects import VARIABLE, folder
from service.jobs import solve_process
from service.planning import plan_rollout
from service.store.documents import packed
from service.store.runs import Limits
from solver.settings import Settings
from tests.support.small import at, booked, plan_of, rollout, task

TREE = rollout(tasks=[task("a"), task("b")])
PROBLEM = problem_from_tree(TREE)
DOCUMENT = dump_json(TREE).encode()
AT_NIGHT = plan_of(booked(PROBLEM, "a", ("ana", at(0, 2), at(0, 4))))
SOLVE = sys.modules["solver.solve"]
"""The module: the package gives the name `solve` to the function in it."""

SETTINGS = Settings(seconds=20, workers=1, seed=7)

pytestmark = pytest.mark.defective


@pytest.fixture
def misled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first plan breaks a rule."""
    monkeypatch.setattr(SOLVE, "first_plan", lambda *_: AT_NIGHT)


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing works."""

    def broken(*_: object) -> Plan:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(SOLVE, "first_plan", broken)
    monkeypatch.setattr(SOLVE, "_search_on", broken)


@pytest.mark.usefixtures("misled")
def test_a_folder_has_all_that_is_needed_to_see_a_defect_again() -> None:
    planned = plan_rollout(PROBLEM, SETTINGS, document=DOCUMENT)
    assert planned.document["solver"]["defects"] == 1  # type: ignore[index]
    assert planned.defects is not None
    reported = json.loads((planned.defects / "defects.json").read_text())
    assert (reported["seed"], reported["workers"], reported["preset"]) == (7, 1, "balanced")
    (defect,) = reported["defects"]
    assert (defect["phase"], defect["rules"]) == ("first plan", ["working_time"])
    again = read_problem((planned.defects / "rollout.json").read_bytes())
    assert again.sha256 == PROBLEM.sha256
    proposed = json.loads((planned.defects / defect["plan"]).read_text())
    assert plan_from_tree(proposed, again) == AT_NIGHT


@pytest.mark.usefixtures("misled")
def test_nobody_else_may_read_the_folder() -> None:
    planned = plan_rollout(PROBLEM, SETTINGS, document=DOCUMENT)
    assert planned.defects is not None
    assert planned.defects.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in planned.defects.iterdir())


@pytest.mark.usefixtures("lost")
def test_a_solve_without_a_plan_says_where_it_is_written_down() -> None:
    with pytest.raises(SolverDefect) as error:
        plan_rollout(PROBLEM, SETTINGS, document=DOCUMENT)
    (note,) = error.value.__notes__
    assert str(folder()) in note


@pytest.mark.usefixtures("misled")
def test_a_folder_that_cannot_be_written_costs_no_plan(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    planned = plan_rollout(PROBLEM, SETTINGS, document=DOCUMENT)
    assert planned.defects is None
    assert planned.document["outcome"] == "optimal"


@pytest.mark.usefixtures("misled")
def test_the_command_hands_the_plan_out_and_says_where_the_defect_is(tmp_path: Path) -> None:
    rollout_file, out = tmp_path / "r.json", tmp_path / "p.json"
    rollout_file.write_bytes(DOCUMENT)
    reported = CliRunner().invoke(app, ["plan", str(rollout_file), "--out", str(out)])
    assert reported.exit_code == DONE
    assert json.loads(out.read_text())["outcome"] == "optimal"
    assert "1 defect of allocator had to be set aside" in reported.stderr
    assert str(folder()) in reported.stderr.replace("\n", "")


@pytest.mark.usefixtures("lost")
def test_the_command_ends_as_a_defect_only_without_a_plan(tmp_path: Path) -> None:
    rollout_file = tmp_path / "r.json"
    rollout_file.write_bytes(DOCUMENT)
    words = ["plan", str(rollout_file), "--out", str(tmp_path / "p.json")]
    reported = CliRunner().invoke(app, words)
    assert reported.exit_code == DEFECT
    assert str(folder()) in reported.stderr.replace("\n", "")


@pytest.mark.usefixtures("misled")
def test_the_process_of_a_solve_hands_the_number_on() -> None:
    class Deaf:
        def send(self, _: object) -> None:
            pass

    telling = solve_process.Telling(Deaf())  # type: ignore[arg-type]
    limits = Limits(seconds=20, workers=1)
    sent = solve_process._solve(packed(TREE), None, limits, telling, threading.Event())
    assert solve_process.read_found(sent).defects == 1

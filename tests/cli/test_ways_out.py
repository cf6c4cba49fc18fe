"""`allocator explain --repairs`: ways out as lines and as JSON, in the language asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from allocator.formats.text.tree import dump_json
from service.cli.app import app
from service.planning import plan_rollout
from solver.settings import Settings
from tests.support.small import person, problem_of, rollout, task

PARTS = {
    "people": [person("ana", absences=[{"from": "2027-01-11", "to": "2027-01-14"}])],
    "tasks": [task("t-a", hours=16, deadline="2027-01-15")],
}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    rollout_file, plan_file = tmp_path / "r.json", tmp_path / "p.json"
    rollout_file.write_text(dump_json(rollout(**PARTS)))
    made = plan_rollout(problem_of(**PARTS), Settings(seconds=20, workers=1))
    plan_file.write_text(dump_json(made.document))
    return [str(rollout_file), str(plan_file)]


def asked(files: list[str], *more: str) -> Result:
    return CliRunner().invoke(app, ["explain", *files, "--repairs", "--seconds", "20", *more])


def test_ways_out_are_shown_with_whom_to_ask_and_what_they_come_to(files: list[str]) -> None:
    before = [Path(it).read_bytes() for it in files]
    answer = asked(files, "--work", "t-a")
    assert answer.exit_code == 0
    assert "Time: t-a has to end by 2027-01-18" in answer.output
    assert "Ask ana (less than this is proved to be too little)" in answer.output
    assert "open -1" in answer.output
    assert [Path(it).read_bytes() for it in files] == before


def test_ways_out_are_shown_in_another_language(files: list[str]) -> None:
    answer = asked(files, "--work", "t-a", "--language", "de")
    assert "Zeit: t-a muss bis 18.01.2027 enden" in answer.output


def test_a_language_that_is_none_is_refused(files: list[str]) -> None:
    answer = asked(files, "--work", "t-a", "--language", "fr")
    assert answer.exit_code == 2
    assert "de, en, hi, hu, sl" in answer.output


def test_as_json_they_are_edits_for_a_scenario(files: list[str]) -> None:
    found = json.loads(asked(files, "--work", "t-a", "--json").output)
    edits = [it["edits"] for it in found["repairs"]]
    assert [{"edit": "deadline", "task": "t-a", "deadline": "2027-01-18"}] in edits


def test_work_that_is_done_is_refused_in_a_sentence(files: list[str]) -> None:
    answer = asked(files, "--work", "t-b")
    assert answer.exit_code == 3
    assert "t-b is neither open nor late in this plan." in answer.output


def test_worth_ranks_what_more_of_would_help(files: list[str]) -> None:
    answered = CliRunner().invoke(app, ["worth", *files, "--seconds", "10"])
    assert answered.exit_code == 0
    assert "One more person with sap: One more like ana: ana-2" in answered.output

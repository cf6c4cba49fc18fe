"""Explaining later: what there was no time for is worked out, what is known is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allocator.formats.text.tree import dump_json
from allocator.reasons.common.in_time import UNEXPLAINED
from service import planning
from service.cli.app import app
from service.explaining import explain
from service.planning import plan_rollout
from service.runtime.memory import SHARE, VARIABLE, solve_memory_mb, total_mb, used_mb
from service.runtime.processes import running_seconds
from solver.settings import Settings
from tests.support.small import problem_of, rollout, task

HARD = {"crew": [{"skill": "sap", "level": 5, "people": 1, "hours": 2}]}
TREE = rollout(tasks=[task("a"), task("hard") | HARD, task("after", after=["hard"])])
DOCUMENT = dump_json(TREE).encode()


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no time for explaining at all."""
    monkeypatch.setattr(planning, "LEAST_EXPLAINING", -1.0)
    monkeypatch.setattr(planning, "MOST_EXPLAINING", -1.0)


def planned() -> bytes:
    problem = problem_of(tasks=TREE["tasks"])
    made = plan_rollout(problem, Settings(seconds=20, workers=1))
    return dump_json(made.document).encode()


@pytest.mark.usefixtures("in_a_hurry")
def test_a_plan_without_time_for_reasons_says_so_and_gets_them_later() -> None:
    plan = planned()
    assert {(it["reason"], it["explained"]) for it in json.loads(plan)["open"]} == {
        (UNEXPLAINED, False)
    }
    found = explain(DOCUMENT, plan, 60)
    said = {it["id"]: it["reason"] for it in found.document["open"]}
    assert said == {
        "hard": "it cannot be done: nobody has sap level 5 (ana and bor at a lower level)",
        "after": "it cannot be done: nobody has sap level 5 (ana and bor at a lower level); after "
        "comes after hard",
    }
    assert found.missing == 0
    assert all("explained" not in it for it in found.document["open"])


@pytest.mark.usefixtures("in_a_hurry")
def test_what_is_explained_already_is_kept() -> None:
    tree = json.loads(planned())
    because = [{"path": "people", "code": "skill", "values": {"skill": "sap", "people": ["ana"]}}]
    known = {"reason": "As somebody said.", "proved": True, "because": because}
    first = {**tree["open"][0], **known}
    del first["explained"]
    tree["open"][0] = first
    found = explain(DOCUMENT, dump_json(tree).encode(), 60)
    assert found.document["open"][0] == first
    assert found.document["open"][1]["reason"].startswith("it cannot be done: nobody has sap")


@pytest.mark.usefixtures("in_a_hurry")
def test_a_solve_without_time_for_proofs_claims_nothing() -> None:
    assert {it["proved"] for it in json.loads(planned())["open"]} == {False}


@pytest.mark.usefixtures("in_a_hurry")
def test_the_command_writes_the_reasons_into_the_plan(tmp_path: Path) -> None:
    rollout_file, plan_file = tmp_path / "r.json", tmp_path / "p.json"
    rollout_file.write_bytes(DOCUMENT)
    plan_file.write_bytes(planned())
    reported = CliRunner().invoke(app, ["explain", str(rollout_file), str(plan_file)])
    assert reported.exit_code == 0
    assert "nobody has sap level 5" in reported.stdout
    after = json.loads(plan_file.read_text())
    assert [it["id"] for it in after["open"] if not it.get("explained", True)] == []
    assert after["tasks"]


@pytest.mark.usefixtures("in_a_hurry")
def test_one_work_is_explained_in_full_with_the_place_of_each_fact(tmp_path: Path) -> None:
    rollout_file, plan_file = tmp_path / "r.json", tmp_path / "p.json"
    rollout_file.write_bytes(DOCUMENT)
    plan_file.write_bytes(planned())
    words = ["explain", str(rollout_file), str(plan_file), "--work"]
    reported = CliRunner().invoke(app, [*words, "after"])
    assert reported.exit_code == 0
    lines = [line.strip() for line in reported.stdout.splitlines()]
    assert "proved: it cannot be done, because" in lines
    assert "- after comes after hard  (tasks[2].after[0])" in lines
    assert {it["id"]: it["proved"] for it in json.loads(plan_file.read_text())["open"]} == {
        "hard": False,
        "after": True,
    }
    assert CliRunner().invoke(app, [*words, "a"]).exit_code == 2


def test_the_memory_of_a_solve_is_what_the_environment_says_or_a_share_of_all() -> None:
    assert solve_memory_mb({VARIABLE: "1234"}) == 1234
    assert solve_memory_mb({}) == solve_memory_mb({VARIABLE: "much"}) == SHARE * total_mb()


def test_a_process_knows_how_long_it_runs_and_what_it_holds() -> None:
    once = running_seconds()
    assert 0 < once <= running_seconds()
    assert used_mb(2**22 + 1) == 0.0  # beyond the largest number of a process

"""Documents and files that are wrong: a sentence and an exit code, never a traceback."""

import subprocess
from pathlib import Path

import pytest

from allocator.formats.text.tree import MAX_BYTES
from tests.cli.commands import CLINIC, COMMAND, ROOT, TIMEOUT, allocator, read, written

NOWHERE = "/nowhere/at-all.yaml"


def test_the_example_is_valid_and_warns_of_what_must_stay_open() -> None:
    ended = allocator("validate", CLINIC)
    assert ended.code == 0
    assert 'No person has skill "interfaces" at level 4' in ended.out
    assert ended.err == ""


def test_all_faults_are_shown_at_once(small: Path, tmp_path: Path) -> None:
    tree = read(small) | {"start": "2027-13-01", "colour": "blue"}
    broken = written(tmp_path / "broken.yaml", tree)
    ended = allocator("validate", broken)
    assert ended.code == 3
    assert "colour" in ended.out
    assert "2027-13-01" in ended.out
    found = allocator("validate", broken, "--json").tree
    assert found["valid"] is False
    assert {"path", "code", "message", "line", "cell"} == set(found["faults"][0])


def test_an_invalid_rollout_is_not_planned(small: Path, tmp_path: Path) -> None:
    broken = written(tmp_path / "broken.yaml", read(small) | {"colour": "blue"})
    out = tmp_path / "p.yaml"
    ended = allocator("plan", broken, "--out", out, "--json")
    assert ended.code == 3
    assert "colour" in ended.err
    assert ended.tree["error"] == "invalid_document"
    assert not out.exists()


@pytest.mark.parametrize("document", ["rollout", "plan"])
def test_schemas_are_json(document: str) -> None:
    assert "$schema" in allocator("schema", document).tree


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("validate", NOWHERE), "there is no such file"),
        (("validate", ROOT), "it is a directory"),
        (("show", NOWHERE), "there is no such file"),
        (("plan", CLINIC, "--out", NOWHERE), "there is no directory /nowhere"),
        (("plan", CLINIC, "--out", ROOT / "plan.txt"), "ends in .json, .yaml, .yml"),
        (("plan", NOWHERE, "--out", "-"), "there is no such file"),
    ],
)
def test_files_that_cannot_be_used(arguments: tuple[object, ...], said: str) -> None:
    ended = allocator(*arguments)
    assert ended.code == 3
    assert said in ended.err
    assert ended.out == ""


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    ended = allocator("validate", huge)
    assert ended.code == 3
    assert f"larger than {MAX_BYTES // 2**20} MB" in ended.err


def test_an_endless_file_is_not_read_to_its_end() -> None:
    ended = allocator("validate", "/dev/zero")
    assert ended.code == 3
    assert "is larger than" in ended.err


@pytest.mark.parametrize(
    "arguments", [("plan",), ("plan", CLINIC), ("fly",), ("show", CLINIC, "--by", "colour")]
)
def test_wrong_usage(arguments: tuple[object, ...]) -> None:
    ended = allocator(*arguments)
    assert ended.code == 2
    assert "Usage" in ended.err


def test_a_rollout_is_not_a_plan() -> None:
    ended = allocator("show", CLINIC)
    assert ended.code == 3
    assert "schema" in ended.err


def test_exit_codes_are_in_the_help() -> None:
    for arguments in (("--help",), ("plan", "--help")):
        ended = allocator(*arguments)
        assert ended.code == 0
        assert "130" in ended.out
        assert "infeasible" in ended.out


def test_a_reader_that_closes_its_end_gets_a_sentence_on_stderr(plan: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "show", str(plan)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(TIMEOUT) == 141
    assert "closed its end" in err
    assert "Traceback" not in err

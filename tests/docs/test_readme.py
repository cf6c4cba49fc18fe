"""What the README shows is what happens: its commands run, its map names what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, blocks, codes, page, rows, section

README = page("README.md")
COMMAND = Path(sys.executable).with_name("allocator")
SHOWN = [block.text for block in blocks(section(README, "An example"), "console")]


def calls(block: str) -> list[tuple[list[str], list[str]]]:
    """Each command of a block with the lines shown below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        first, *lines = part.replace("\\\n", " ").splitlines()
        found.append((first.split(), [line for line in lines if line.strip()]))
    return found


def plainly(line: str) -> str:
    """A line without what differs from run to run: numbers, how good the plan is, how much of a
    reason is proved, how columns are set."""
    line = re.sub(r"(optimal|feasible) plan after .*", "plan", line)
    line = re.sub(r": (it cannot be|in this plan).*", "", line)
    return " ".join(re.sub(r"(< )?[\d.,:T-]*\d[\d.,:T-]*", "#", line).split())


def unhurried(words):
    """A command with four times its seconds: other work on the machine must not cost a proof."""
    return [
        str(4 * int(word)) if before == "--seconds" else word
        for before, word in pairwise(["", *words])
    ]


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A folder in which all commands of the example have run, with what each printed."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    printed = []
    for words, shown in (call for block in SHOWN for call in calls(block)):
        assert words[0] == "allocator"
        ran = subprocess.run(
            [str(COMMAND), *unhurried(words[1:])], cwd=folder, capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
        printed.append((words, shown, ran.stdout))
    return printed


def test_the_example_prints_what_is_shown_in_the_order_shown(planned):
    assert [words[1] for words, _, _ in planned] == ["validate", "plan", "show", "check"]
    for words, shown, stdout in planned:
        real = iter([plainly(line) for line in stdout.splitlines()])
        missing = [line for line in shown if line.strip() != "..." and plainly(line) not in real]
        assert missing == [], f"{' '.join(words)} does not print these lines (in this order)"


def test_commands_that_their_page_names_are_offered():
    offered = subprocess.run(
        [str(COMMAND), "--help"], capture_output=True, text=True, check=True
    ).stdout
    named = {
        code.removeprefix("allocator ").split()[0]
        for row in rows(section(page("docs/commands.md"), "Commands"))
        for code in codes(row[0])
    }
    listed = set(re.findall(r"^  (\w+)  ", offered.split("Commands:")[1], re.MULTILINE))
    assert named == listed


def test_targets_that_the_readme_names_are_in_the_makefile():
    targets = set(re.findall(r"^(\w+):", page("Makefile"), re.MULTILINE))
    assert {"demo", "test"} <= set(re.findall(r"`?make (\w+)", README)) <= targets


def test_the_map_names_every_package_and_nothing_else():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    folders = {line.split("/")[0] for line in tracked if "/" in line and line[0] != "."}
    (drawn,) = blocks(section(README, "Where things are"), "text")
    named = re.findall(r"^( *)([\w/.<>]+)", drawn.text, re.MULTILINE)
    tops = {path.rstrip("/") for indent, path in named if not indent}
    assert tops == folders
    parent = ""
    for indent, path in named:
        parent = parent if indent else path
        stated = (parent if indent else "") + path
        if "<" in stated:
            assert list(ROOT.glob(re.sub(r"<\w+>", "*", stated)))
        else:
            assert (ROOT / stated).exists(), stated


def test_imports_run_as_the_readme_says():
    contracts = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(it["layers"] for it in contracts if it["type"] == "layers")
    assert " -> ".join(f"`{layer}`" for layer in layers) in README

"""What the page for programs shows runs as it stands, and names all that is meant for callers."""

from __future__ import annotations

import subprocess
import sys

import allocator
import solver
from allocator import check, read_plan, read_rollout
from tests.docs.pages import ROOT, blocks, codes, page, rows

PAGE = page("docs/library.md")


def test_the_example_runs_as_it_stands_and_writes_a_plan_that_keeps_every_rule(tmp_path):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (example,) = (block.text for block in blocks(PAGE, "python"))
    ran = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "no plan is below" in ran.stdout
    problem = read_rollout((ROOT / "examples/clinic.yaml").read_bytes())
    plan = read_plan((tmp_path / "clinic-plan.yaml").read_bytes(), problem)
    assert plan.tasks
    assert check(problem, plan).violations == ()


def test_the_table_names_all_that_is_meant_for_callers():
    shown = [(codes(row[0])[0], code.split("(")[0]) for row in rows(PAGE) for code in codes(row[1])]
    meant = {("allocator", name) for name in allocator.__all__}
    meant |= {("solver", name) for name in solver.__all__}
    assert {*shown, ("allocator", "dump_yaml"), ("allocator", "InvalidDocument")} == meant
    assert len(shown) == len(set(shown))

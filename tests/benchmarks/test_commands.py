"""The commands: run, compare, table, plot, check, generate."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import compare, table
from benchmarks.__main__ import main
from benchmarks.record import Record, read_records
from benchmarks.sets import paths_of, sampled
from tests.benchmarks.files import MSPSP, OPTIMA, ROLLOUT, TEXTS

RECORD = Record(
    instance="a",
    family="mspsp",
    subset="set-0",
    sha256="0",
    engine="allocator",
    objective=100,
    bound=90,
    outcome="feasible",
    check="ok",
    error="",
    seed=1,
    workers=1,
    limit=1.0,
    seconds=1.0,
    reading_seconds=0.1,
    first_plan_seconds=0.5,
    best_plan_seconds=0.75,
    deterministic_time=0.5,
    peak_mb=100.0,
    terms={"finish": 100},
    known_bound=95,
    known_best=100,
    known_status="open",
    commit="",
    versions={},
    trace=((0.0, None, 0), (0.5, 110, 0), (0.75, 100, 90)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of instances of each family, and one with a list of what is known."""
    for name, text in TEXTS.items():
        (tmp_path / "all").mkdir(exist_ok=True)
        (tmp_path / "all" / name).write_text(text)
    (tmp_path / "mspsp").mkdir()
    for name in ("inst_x1", "inst_x2", "inst_y1"):
        (tmp_path / "mspsp" / f"{name}.dzn").write_text(MSPSP)
    (tmp_path / "mspsp" / "best_known.csv").write_text(
        "instance,lower_bound,best_known,source,status,subset\n"
        "x1,8,10,,open,p\nx2,9,9,,closed,p\ny1,9,9,,closed,q\n"
    )
    return tmp_path


def run(*words: object, seconds: int = 10) -> int:
    return main(["run", *map(str, words), "--seconds", str(seconds), "--workers", "1"])


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_run_solves_each_family_and_writes_solutions_that_check_accepts(
    folder: Path, tmp_path: Path
) -> None:
    out, solutions = tmp_path / "r.jsonl", tmp_path / "solutions"
    assert run(folder / "all", "--out", out, "--solutions", solutions) == 0
    found = rows(out)
    assert {row["family"] for row in found} == {"mspsp", "imopse", "smptsp", "mslib"}
    assert {row["check"] for row in found} == {"ok"}
    assert {row["objective"] for row in found} == set(OPTIMA.values())
    assert all(row["outcome"] == "optimal" and row["peak_mb"] > 20 for row in found)


@pytest.mark.parametrize("name", TEXTS)
def test_check_accepts_a_written_solution_and_refuses_a_spoiled_one(
    folder: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "all" / name
    assert run(path, "--out", tmp_path / "r.jsonl", "--solutions", tmp_path) == 0
    solution = tmp_path / "tiny.json"
    capsys.readouterr()
    assert main(["check", str(path), str(solution)]) == 0
    assert capsys.readouterr().out == f"ok, {OPTIMA[name]}\n"
    spoiled = json.loads(solution.read_text())
    spoiled["tasks"].pop()
    solution.write_text(json.dumps(spoiled))
    assert main(["check", str(path), str(solution)]) == 1
    assert "is missing" in capsys.readouterr().out


def test_a_rollout_is_run_and_its_plan_document_written(tmp_path: Path) -> None:
    path, out = tmp_path / "tiny.yaml", tmp_path / "r.jsonl"
    path.write_text(ROLLOUT)
    assert run(path, "--out", out, "--solutions", tmp_path) == 0
    row = rows(out)[0]
    assert (row["family"], row["objective"], row["check"]) == ("rollout", 21, "ok")
    assert json.loads((tmp_path / "tiny.json").read_text())["schema"] == "plan/1"


def test_the_plain_joint_model_finds_the_same_optimum(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.jsonl"
    assert run(folder / "all", "--out", out, "--engine", "joint") == 0
    assert {(row["engine"], row["outcome"]) for row in rows(out)} == {("joint", "optimal")}
    assert {row["objective"] for row in rows(out)} == set(OPTIMA.values())


def test_sets_are_patterns_in_the_folder_narrowed_by_status_and_subset(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOCATOR_INSTANCES", str(folder))

    def instances(name: str, status: str | None = None, subset: str | None = None) -> list[str]:
        return [path.stem for path in paths_of([name], None, status, subset)]

    assert instances("mspsp", status="closed") == ["inst_x2", "inst_y1"]
    assert instances("mspsp/*_x*") == ["inst_x1", "inst_x2"]
    assert instances("mspsp", subset="q") == ["inst_y1"]
    assert len(instances("*")) == 7


def test_a_sample_depends_on_its_seed_alone() -> None:
    paths = [Path(f"{number}.dzn") for number in range(50)]
    chosen = sampled(paths, 10, 1)
    assert len(chosen) == 10
    assert set(sampled(paths[::-1], 10, 1)) == set(chosen) != set(sampled(paths, 10, 2))
    assert sampled(paths, 60, 1) == sampled(paths, None, 1) == paths


def test_without_the_folder_of_instances_the_message_says_how_to_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ALLOCATOR_INSTANCES", raising=False)
    assert run("mspsp", "--out", tmp_path / "r.jsonl") == 2
    assert capsys.readouterr().err == (
        "There is no file or folder 'mspsp'. To run it as a set, name the folder of the public "
        "instances with --instances or the environment variable ALLOCATOR_INSTANCES.\n"
    )
    assert run("mspsp", "--instances", tmp_path / "no", "--out", tmp_path / "r.jsonl") == 2
    assert "There is no folder" in capsys.readouterr().err
    assert run("mspsp", "--instances", tmp_path, "--out", tmp_path / "r.jsonl") == 2
    assert "No instance 'mspsp' in" in capsys.readouterr().err


def test_a_broken_file_is_a_line_with_an_error_and_the_run_goes_on(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.dzn").write_text("dur = [1];")
    out = tmp_path / "r.jsonl"
    assert run(tmp_path / "a.dzn", folder / "all" / "tiny.dat", "--out", out) == 1
    assert [row["outcome"] for row in rows(out)] == ["error", "optimal"]
    assert "No field" in rows(out)[0]["error"]


def test_records_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(RECORD.line() + "\n" + replace(RECORD, seed=2).line() + "\n")
    assert read_records([path]) == [RECORD, replace(RECORD, seed=2)]


def test_compare_takes_means_over_the_seeds_that_both_have() -> None:
    before = [replace(RECORD, seed=s, objective=100 + s) for s in (1, 2, 3)]
    after = [replace(RECORD, seed=s, objective=98 + s) for s in (2, 3, 4)]
    change = compare.changes(before, after)[0]
    assert (change.seeds, change.objective) == (2, (102.5, 100.5))


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        ({"objective": 99}, "better"),
        ({"objective": 101}, "worse"),
        ({"objective": None}, "worse"),
        ({"bound": 91}, "better"),
        ({"bound": 89}, "worse"),
        ({"outcome": "optimal"}, "better"),
        ({"seconds": 2.0}, "same"),
    ],
)
def test_a_change_is_judged_by_plan_then_proof_then_bound(
    after: dict[str, Any], verdict: str
) -> None:
    assert compare.changes([RECORD], [replace(RECORD, **after)])[0].verdict == verdict


def test_compare_lists_what_differs_and_counts_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = replace(RECORD, instance="b", sha256="1")
    (tmp_path / "1").write_text(RECORD.line() + "\n" + same.line())
    (tmp_path / "2").write_text(replace(RECORD, objective=95).line() + "\n" + same.line())
    assert main(["compare", str(tmp_path / "1"), str(tmp_path / "2")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "better  a  objective 100 -> 95  bound 90 -> 90  proved 0 -> 0 of 1  "
        "first plan 0.5 -> 0.5 s",
        "1 better, 0 worse, 1 the same",
        "mean objective after / before: 0.9750 over 2 instances",
    ]


def test_a_row_of_the_table_counts_and_averages_its_set() -> None:
    records = [
        RECORD,
        replace(RECORD, instance="b", objective=99),
        replace(RECORD, instance="c", objective=103, bound=103, outcome="optimal"),
        replace(RECORD, instance="d", objective=None, check="", outcome="no_plan"),
    ]
    row = table.rows(records)[0]
    assert (row.name, row.runs, row.planned) == ("mspsp set-0 open allocator", 4, 3)
    assert (row.checked, row.proved, row.known) == (3, 1, 3)
    assert (row.at_or_below, row.below) == (2, 1)
    assert row.to_best == pytest.approx((0 - 0.01 + 0.03) / 3)
    assert row.to_bound == pytest.approx((10 / 100 + 9 / 99 + 0) / 3)
    assert row.largest_to_bound == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"objective": 99}, "New best: a 99 (bound 90; known 95 to 100)"),
        ({"bound": 96}, "Bound raised: a 100 (bound 96; known 95 to 100)"),
        (
            {"objective": 94},
            "Impossible, below a known bound: a 94 (bound 90; known 95 to 100)",
        ),
        ({"check": "task 1 is missing"}, "Failed: a (seed 1): task 1 is missing"),
    ],
)
def test_the_table_names_what_is_remarkable(more: dict[str, Any], line: str) -> None:
    assert line in list(table.lines([replace(RECORD, **more)]))


def test_a_failed_check_is_no_new_best() -> None:
    reported = list(table.lines([replace(RECORD, objective=99, check="wrong")]))
    assert not any(line.startswith("New best") for line in reported)


def test_table_reads_several_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "1").write_text(RECORD.line())
    (tmp_path / "2").write_text(replace(RECORD, engine="joint").line())
    assert main(["table", str(tmp_path / "1"), str(tmp_path / "2")]) == 0
    table_rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| m")]
    assert len(table_rows) == 2


def test_plot_draws_two_lines_for_each_run(tmp_path: Path) -> None:
    lines = [RECORD.line(), replace(RECORD, seed=2).line(), replace(RECORD, instance="b").line()]
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    out = tmp_path / "p.svg"
    assert main(["plot", str(tmp_path / "r.jsonl"), "--instance", "a", "--out", str(out)]) == 0
    picture = ElementTree.parse(out).getroot()
    assert len(picture.findall("{http://www.w3.org/2000/svg}polyline")) == 4


def test_generate_writes_a_document_that_run_reads(tmp_path: Path) -> None:
    for name in ("s.yaml", "s.json"):
        path = tmp_path / name
        assert main(["generate", "--size", "S", "--seed", "3", "--out", str(path)]) == 0
    out = tmp_path / "r.jsonl"
    assert run(tmp_path / "s.yaml", tmp_path / "s.json", "--out", out, seconds=1) == 0

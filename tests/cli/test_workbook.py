"""Workbooks on the command line: converted, planned, validated, and one to begin with."""

import io

from openpyxl import load_workbook

from allocator.formats.text.tree import sha256
from tests.cli.commands import CLINIC, allocator, read


def test_a_rollout_goes_through_a_workbook_and_comes_back_the_same(tmp_path):
    book, back = tmp_path / "clinic.xlsx", tmp_path / "clinic.json"
    assert allocator("convert", CLINIC, book).code == 0
    ended = allocator("convert", book, back)
    assert (ended.code, ended.out) == (0, f"The rollout is in {back}.\n")
    assert sha256(read(back)) == sha256(read(CLINIC))


def test_the_template_is_valid_and_can_be_planned(tmp_path):
    book, plan = tmp_path / "spring.xlsx", tmp_path / "plan.yaml"
    assert allocator("template", book).code == 0
    assert allocator("validate", book).out.endswith("is valid, with 0 warnings.\n")
    assert allocator("plan", book, "--out", plan, "--seconds", 2).code == 0
    assert allocator("check", book, plan).code == 0
    assert read(plan)["open"] == []


def test_a_fault_names_sheet_and_cell(tmp_path):
    path = tmp_path / "spring.xlsx"
    assert allocator("template", path).code == 0
    book = load_workbook(io.BytesIO(path.read_bytes()))
    book["people skills"]["B2"].value = "tils"
    book.create_sheet("# notes")
    book.save(path)
    ended = allocator("validate", path)
    assert ended.code == 3
    assert ended.out.splitlines()[0] == (
        'fault: sheet "people skills" at B2, people[0].skills[0].skill: '
        'There is no skill "tils". Did you mean "tills"?'
    )
    (fault,) = allocator("validate", path, "--json").tree["faults"]
    assert fault["cell"] == {"sheet": "people skills", "row": 2, "column": "B"}
    assert fault["line"] is None


def test_a_converted_file_has_an_ending_that_is_known(tmp_path):
    ended = allocator("convert", CLINIC, tmp_path / "clinic.ods")
    assert ended.code == 3
    assert "a rollout is written to a file that ends in .json, .xlsx, .yaml, .yml." in ended.err


def test_a_plan_is_shown_as_a_workbook_with_its_rollout(small, plan, tmp_path):
    out = tmp_path / "plan.xlsx"
    ended = allocator("show", plan, "--rollout", small, "--workbook", out)
    assert (ended.code, ended.out) == (0, f"The plan is in {out}.\n")
    assert load_workbook(out)["open and late"]["C2"].value == "t-hard"
    assert allocator("show", plan, "--workbook", out).code == 2

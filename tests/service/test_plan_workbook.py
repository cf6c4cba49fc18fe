"""A plan as a workbook says who, when, with whom, and what is open, in rows to sort."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from allocator.formats.document import problem_from_tree
from allocator.formats.models.plan import PlanDocument
from allocator.formats.workbook.template import TEMPLATE
from service.planning import plan_rollout
from service.plans.report import report_document
from service.plans.workbook import plan_workbook
from solver.settings import Settings

HARD = {
    "id": "t-hard",
    "name": "=1+2",
    "project": "pos",
    "crew": [{"skill": "tills", "level": 5, "hours": 6}],
}
MARCH_1 = datetime(2027, 3, 1, 8)


@pytest.fixture(scope="module")
def sheets():
    """The plan of the template, with a task more that nobody can do: sheet -> rows with names."""
    problem = problem_from_tree({**TEMPLATE, "tasks": [*TEMPLATE["tasks"], HARD]})
    planned = plan_rollout(problem, Settings(seconds=2, workers=1))
    assert planned.report is not None
    document = PlanDocument.model_validate(planned.document)
    content = plan_workbook(problem, document, report_document(problem, planned.report))
    found = {}
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        assert sheet.freeze_panes == "B2"
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def test_a_person_has_a_row_for_each_task_with_its_name_and_hours(sheets):
    mine = [it for it in sheets["people"] if it["person"] == "ana" and it["id"] == "t-config"]
    (row,) = mine
    assert (row["name"], row["work"], row["project"]) == ("Ana Novak", "Set up the tills", "pos")
    assert (row["from"], row["hours"]) == (MARCH_1, 24)


def test_classes_and_learners_agree_on_the_heads(sheets):
    # Twelve cashiers, at most six in a class.
    assert sum(it["heads"] for it in sheets["classes"]) == 12
    assert sum(it["heads"] for it in sheets["learners"]) == 12
    assert {it["department"] for it in sheets["learners"]} == {"sales"}
    assert {it["trainers"] for it in sheets["classes"]} == {"Bor Kranjc (bor)"}


def test_a_department_sees_go_live_classes_change_work_and_support_in_order(sheets):
    rows = sheets["departments"]
    assert {it["what"] for it in rows} == {"go-live", "change work", "class", "support"}
    assert [it["from"] for it in rows] == sorted(it["from"] for it in rows)
    (go_live,) = [it for it in rows if it["what"] == "go-live"]
    assert go_live["from"] == datetime(2027, 4, 6)


def test_open_work_has_its_reason_and_a_name_is_no_formula(sheets):
    (row,) = sheets["open and late"]
    assert (row["what"], row["id"], row["work"], row["hours"]) == ("open", "t-hard", "=1+2", 6)
    assert "level 5" in row["reason"]


def test_terms_add_up_to_the_total(sheets):
    (total,) = [it["value"] for it in sheets["summary"] if it["what"] == "total"]
    assert sum(it["total"] for it in sheets["terms"]) == pytest.approx(total)
    (money,) = sheets["money"]
    assert money["forecast"] == money["spent"] + money["planned"]
    assert money["used"] == pytest.approx(money["forecast"] / 20_000)

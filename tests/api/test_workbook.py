"""Rollouts as workbooks over HTTP: accepted, validated, answered, with ETags of their own."""

import io

from openpyxl import load_workbook

from allocator.formats.workbook.reading import read_rollout
from allocator.formats.workbook.template import TEMPLATE
from allocator.formats.workbook.writing import write_rollout

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_WORKBOOK = {"Accept": XLSX}


def posted(client):
    answer = client.post(
        "/v1/rollouts", content=write_rollout(TEMPLATE), headers={"Content-Type": XLSX}
    )
    assert answer.status_code == 201, answer.text
    return f"/v1/rollouts/{answer.json()['id']}"


def test_a_workbook_is_kept_as_the_document_that_it_is(client):
    path = posted(client)
    assert client.get(path).json() == TEMPLATE
    answer = client.get(path, headers=AS_WORKBOOK)
    assert answer.headers["Content-Type"] == XLSX
    assert answer.headers["Vary"] == "Accept"
    assert 'filename="New tills_ spring.xlsx"' in answer.headers["Content-Disposition"]
    assert read_rollout(answer.content).tree == TEMPLATE
    assert read_rollout(client.get(f"{path}/revisions/1", headers=AS_WORKBOOK).content).tree == (
        TEMPLATE
    )


def test_a_workbook_is_saved_with_the_tag_it_was_read_with(client):
    path = posted(client)
    answer = client.get(path, headers=AS_WORKBOOK)
    tag = answer.headers["ETag"]
    assert tag != client.get(path).headers["ETag"]
    assert client.get(path, headers={**AS_WORKBOOK, "If-None-Match": tag}).status_code == 304
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    book["projects"]["B2"].value = "Tills"
    content = io.BytesIO()
    book.save(content)
    saved = client.put(path, content=content.getvalue(), headers={"If-Match": tag})
    assert (saved.status_code, saved.json()["revision"]) == (200, 2)
    assert client.get(path).json()["projects"][0]["name"] == "Tills"
    assert client.put(path, content=b"", headers={"If-Match": tag}).status_code == 422
    late = client.put(path, content=write_rollout(TEMPLATE), headers={"If-Match": tag})
    assert late.status_code == 412


def test_faults_of_a_workbook_are_answered_with_their_cells(client):
    book = load_workbook(io.BytesIO(write_rollout(TEMPLATE)))
    book["people skills"]["B2"].value = "tils"
    book["rooms"]["D2"].value = -1
    content = io.BytesIO()
    book.save(content)
    cells = [
        {"sheet": "people skills", "row": 2, "column": "B"},
        {"sheet": "rooms", "row": 2, "column": "D"},
    ]
    for answer in (
        client.post("/v1/rollouts", content=content.getvalue()),
        client.put("/v1/validate", content=content.getvalue()),
    ):
        reported = sorted(answer.json()["faults"], key=lambda it: it["path"])
        assert [it["path"] for it in reported] == ["people[0].skills[0].skill", "rooms[0].seats"]
        assert [it["cell"] for it in reported] == cells


def test_a_plan_is_answered_as_a_workbook_where_one_is_wanted(client, worker):
    worker()
    path = posted(client)
    wanted = {"rollout": path.rpartition("/")[2], "seconds": 1, "workers": 1}
    plan = client.post("/v1/plans", json=wanted).headers["Location"]
    client.get(f"{plan}/events")
    assert "report" in client.get(f"{plan}/result").json()
    answer = client.get(f"{plan}/result", headers=AS_WORKBOOK)
    assert answer.headers["Content-Type"] == XLSX
    names = load_workbook(io.BytesIO(answer.content)).sheetnames
    assert names[:3] == ["summary", "people", "tasks"]

"""Rollouts over HTTP: nobody writes over what they have not seen, and all faults are reported."""

import pytest

from allocator.formats.text.tree import dump_yaml, read_tree, sha256
from allocator.formats.workbook.template import TEMPLATE
from api.http.bodies import XLSX
from api.routes import rollouts as routes
from tests.support.small import rollout, task

FIRST = rollout(name="First", tasks=[task("t-a")])


@pytest.fixture
def made(client):
    """A rollout that has just been created."""
    answer = client.post("/v1/rollouts", json=FIRST)
    assert answer.status_code == 201, answer.text
    return answer


def test_a_new_rollout_says_where_it_is_and_how_it_is_known(client, made):
    assert made.headers["ETag"] == f'"{sha256(FIRST)}"'
    found = client.get(made.headers["Location"])
    assert found.json() == FIRST
    assert found.headers["ETag"] == made.headers["ETag"]
    assert made.json() == client.get(made.headers["Location"] + "/about").json()


def test_yaml_is_read_as_json_is(client, made):
    answer = client.post("/v1/rollouts", content=dump_yaml(FIRST))
    assert answer.json()["sha256"] == made.json()["sha256"]


def test_all_faults_of_a_document_are_reported_with_place_and_code(client):
    spoiled = FIRST | {"tasks": [task("t-a", after=["t-x"]), task("t-b", due="2027-99-99")]}
    answer = client.post("/v1/rollouts", json=spoiled)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    reported = answer.json()
    assert reported["detail"] == f"The document has {len(reported['faults'])} faults."
    assert {fault["path"] for fault in reported["faults"]} == {"tasks[0].after[0]", "tasks[1].due"}
    assert all(fault["code"] and fault["message"] for fault in reported["faults"])


def test_who_has_seen_the_document_may_replace_it(client, made):
    place = made.headers["Location"]
    second = FIRST | {"name": "Second"}
    answer = client.put(place, json=second, headers={"If-Match": made.headers["ETag"]})
    assert (answer.status_code, answer.json()["revision"]) == (200, 2)
    assert answer.headers["ETag"] == f'"{sha256(second)}"'
    assert client.get(place).json() == second
    assert client.get(f"{place}/revisions/1").json() == FIRST
    assert [it["number"] for it in client.get(f"{place}/revisions").json()["items"]] == [2, 1]


@pytest.mark.parametrize(("known", "status"), [("*", 200), (f'"{sha256(FIRST)}"', 412)])
def test_a_patch_never_undoes_what_was_saved_while_it_was_read(
    client, made, monkeypatch, known, status
):
    place, save = made.headers["Location"], routes._save

    def meanwhile(*given):
        monkeypatch.setattr(routes, "_save", save)
        client.patch(place, json={"currency": "USD"}, headers={"If-Match": "*"})
        return save(*given)

    monkeypatch.setattr(routes, "_save", meanwhile)
    answer = client.patch(place, json={"name": "Second"}, headers={"If-Match": known})
    assert answer.status_code == status
    assert client.get(place).json()["currency"] == "USD"


def test_who_has_not_seen_it_is_refused_and_reported_what_is_there(client, made):
    place, known = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    client.patch(place, json={"name": "Second"}, headers=known)
    answer = client.put(place, json=FIRST, headers=known)
    assert answer.status_code == 412
    assert answer.json()["current"] == sha256(FIRST | {"name": "Second"})
    assert client.put(place, json=FIRST).status_code == 428
    assert client.put(place, json=FIRST, headers={"If-Match": "*"}).status_code == 200


def test_a_merge_patch_changes_what_it_names_and_nothing_else(client, made):
    place = made.headers["Location"]
    change = {"name": "Patched", "goals": {"preset": "calm"}, "rooms": None}
    answer = client.patch(place, json=change, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    wanted = {key: value for key, value in FIRST.items() if key != "rooms"}
    wanted |= {"name": "Patched", "goals": {**FIRST.get("goals", {}), "preset": "calm"}}
    assert client.get(place).json() == wanted


def test_a_patch_that_spoils_the_document_is_refused_whole(client, made):
    place = made.headers["Location"]
    answer = client.patch(place, json={"timezone": None}, headers={"If-Match": "*"})
    assert answer.status_code == 422
    assert client.get(place).json() == FIRST


def test_a_document_that_is_known_is_not_sent_again(client, made):
    place, known = made.headers["Location"], {"If-None-Match": made.headers["ETag"]}
    assert client.get(place, headers=known).status_code == 304


def test_a_removed_rollout_is_gone(client, made):
    place = made.headers["Location"]
    assert client.delete(place, headers={"If-Match": made.headers["ETag"]}).status_code == 204
    assert client.get(place).status_code == 404


def test_pages_of_rollouts_lead_to_the_next(client, made):
    client.post("/v1/rollouts", json=FIRST | {"name": "Second"})
    first = client.get("/v1/rollouts", params={"limit": 1}).json()
    last = client.get("/v1/rollouts", params={"limit": 1, "after": first["next"]}).json()
    assert [it["name"] for it in first["items"] + last["items"]] == ["Second", "First"]
    assert last["next"] is None
    assert client.get("/v1/rollouts", params={"after": "x"}).status_code == 422
    assert made.status_code == 201


def test_the_history_of_a_rollout_says_who_did_what(client, made):
    entries = client.get(made.headers["Location"] + "/audit").json()["items"]
    assert [(it["who"], it["action"], it["revision"]) for it in entries] == [("local", "create", 1)]


def test_the_same_request_with_the_same_key_does_nothing_new(client):
    key = {"Idempotency-Key": "k1"}
    first = client.post("/v1/rollouts", json=FIRST, headers=key)
    again = client.post("/v1/rollouts", json=FIRST, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Location"] == first.headers["Location"]
    assert len(client.get("/v1/rollouts").json()["items"]) == 1
    other = client.post("/v1/rollouts", json=FIRST | {"name": "Other"}, headers=key)
    assert other.status_code == 422


@pytest.mark.parametrize("content", [b"", b"[1]", b"a: b: c", b"\xff\xfe", b"[" * 5000])
def test_what_is_no_document_is_a_problem_not_a_defect(client, content):
    answer = client.post("/v1/rollouts", content=content)
    assert answer.status_code == 422
    assert answer.json()["faults"]


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(client):
    headers = {"Content-Length": str(10**9)}
    assert client.post("/v1/rollouts", content=b"x", headers=headers).status_code == 413


@pytest.mark.parametrize("form", ["application/yaml", "application/json"])
def test_a_rollout_that_is_read_in_any_form_is_the_same_document(client, form):
    kept = client.post("/v1/rollouts", json=FIRST).json()["id"]
    answer = client.get(f"/v1/rollouts/{kept}", headers={"Accept": form})
    assert answer.headers["content-type"].startswith(form)
    assert read_tree(answer.content) == FIRST
    match = {"If-Match": answer.headers["etag"]}
    assert client.put(f"/v1/rollouts/{kept}", json=FIRST, headers=match).status_code == 200


@pytest.mark.parametrize("form", ["application/yaml", "application/json", XLSX])
def test_the_template_is_a_rollout_that_can_be_kept_in_each_form(client, form):
    answer = client.get("/v1/template", headers={"Accept": form})
    kept = client.post("/v1/rollouts", content=answer.content)
    assert kept.status_code == 201
    assert client.get(f"/v1/rollouts/{kept.json()['id']}").json() == TEMPLATE

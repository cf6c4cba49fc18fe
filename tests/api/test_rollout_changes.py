"""A rollout replaced by another document, and entries with other ids, over HTTP."""

import pytest

from allocator.formats.text.tree import sha256
from service.store.audit import Actor
from tests.service.plans import planned
from tests.support.small import W1, audience, course, person, rollout, task

LOCAL = Actor("default", "local")
TREE = rollout(
    people=[person("ana"), person("bor")],
    tasks=[task("t-a", department="finance", pin={"people": ["ana"]}), task("t-b", after=["t-a"])],
    waves=[W1],
    courses=[course()],
    audiences=[audience(headcount=6)],
)
ANA = {"list": "people", "id": "ana", "to": "ana-novak"}
FINANCE = {"list": "departments", "id": "finance", "to": "money"}


@pytest.fixture
def kept(client):
    return client.post("/v1/rollouts", json=TREE).json()["id"]


def published(client, database, kept):
    plan = planned(database, LOCAL, kept)
    wanted = {"plan": plan, "approved": False}
    answer = client.post(f"/v1/rollouts/{kept}/published", json=wanted)
    assert answer.status_code == 200, answer.text
    return plan


def document(client, kept):
    return client.get(f"/v1/rollouts/{kept}").json()


def rename(client, kept, wanted, match="*"):
    return client.post(f"/v1/rollouts/{kept}/rename", json=wanted, headers={"If-Match": match})


def preview(client, kept, tree):
    answer = client.post(f"/v1/rollouts/{kept}/replacement", json=tree)
    assert answer.status_code == 200, answer.text
    return answer


def test_what_a_replacement_would_change_is_reported_entry_by_entry_and_nothing_is_saved(
    client, kept
):
    other = TREE | {
        "name": "Another",
        "people": [person("ana", cost_per_hour=70), person("cyn")],
        "tasks": TREE["tasks"],
        "freezes": [{"from": "2027-01-20", "to": "2027-01-21"}],
    }
    answer = preview(client, kept, other)
    reported = answer.json()
    assert answer.headers["ETag"] == f'"{sha256(TREE)}"'
    assert (reported["fields"], reported["keeps_published"]) == (["name"], False)
    people, freezes = reported["lists"]
    assert (people["name"], people["before"], people["after"]) == ("people", 2, 2)
    assert [it["id"] for it in people["added"]] == ["cyn"]
    assert [(it["id"], it["booked"]) for it in people["removed"]] == [("bor", False)]
    assert [(it["id"], it["fields"]) for it in people["changed"]] == [("ana", ["cost_per_hour"])]
    assert (freezes["name"], freezes["before"], freezes["after"]) == ("freezes", 0, 1)
    assert document(client, kept) == TREE
    assert preview(client, kept, TREE).json()["lists"] == []


def test_a_file_without_a_published_plan_keeps_it_and_what_was_planned(client, database, kept):
    plan = published(client, database, kept)
    before = document(client, kept)
    other = TREE | {"tasks": TREE["tasks"][:1]}
    reported = preview(client, kept, other)
    assert reported.json()["keeps_published"]
    (tasks,) = reported.json()["lists"]
    assert [(it["id"], it["booked"]) for it in tasks["removed"]] == [("t-b", True)]
    answer = client.put(
        f"/v1/rollouts/{kept}?published=keep",
        json=other,
        headers={"If-Match": reported.headers["ETag"]},
    )
    assert answer.status_code == 200, answer.text
    assert document(client, kept) == other | {"published": before["published"]}
    assert answer.json()["published"] == plan
    assert client.get(f"/v1/plans/{plan}/result").status_code == 200
    plain = client.put(f"/v1/rollouts/{kept}", json=other, headers={"If-Match": "*"})
    assert plain.status_code == 200
    assert document(client, kept) == other


def test_a_green_light_holds_for_the_same_part_after_a_replacement(client, database, kept):
    plan = planned(database, LOCAL, kept)
    (words,) = client.get(f"/v1/plans/{plan}/approvals").json()
    granted = {"department": "finance", "sha256": words["sha256"], "granted": True}
    client.post(f"/v1/plans/{plan}/approvals", json=granted)
    # The same goes for the next plan, once the rollout is replaced by one that says the same of it.
    changed = TREE | {"name": "Another", "goals": {"prices": {"unfairness": 0}}}
    client.put(f"/v1/rollouts/{kept}", json=changed, headers={"If-Match": "*"})
    (word,) = client.get(f"/v1/plans/{plan}/approvals").json()
    assert word["word"] == "granted"


def test_a_replacement_has_the_faults_of_any_document(client, kept):
    spoiled = TREE | {"tasks": [task("t-a", after=["t-x"])]}
    answer = client.post(f"/v1/rollouts/{kept}/replacement", json=spoiled)
    assert answer.status_code == 422
    assert [it["path"] for it in answer.json()["faults"]] == ["tasks[0].after[0]"]


def test_a_new_id_is_one_revision_with_pins_and_the_published_plan(client, database, kept):
    published(client, database, kept)
    before = document(client, kept)
    answer = rename(client, kept, ANA, f'"{sha256(before)}"')
    assert answer.status_code == 200, answer.text
    assert answer.json()["rollout"]["revision"] == 3
    after = document(client, kept)
    assert answer.headers["ETag"] == f'"{sha256(after)}"'
    assert after["people"][0] == before["people"][0] | {"id": "ana-novak"}
    assert after["tasks"][0]["pin"] == {"people": ["ana-novak"]}
    (booking, _) = after["published"]["plan"]["tasks"]
    assert booking["crew"][0]["person"] == "ana-novak"
    assert '"ana"' not in client.get(f"/v1/rollouts/{kept}").text


def test_who_has_seen_another_document_renames_nothing(client, kept):
    assert rename(client, kept, ANA, '"other"').status_code == 412
    answer = client.post(f"/v1/rollouts/{kept}/rename", json=ANA)
    assert answer.status_code == 428
    assert document(client, kept) == TREE


@pytest.mark.parametrize(
    ("wanted", "path"),
    [(ANA | {"to": "bor"}, "to"), (ANA | {"id": "zoe"}, "id"), (ANA | {"list": "goals"}, "list")],
)
def test_an_id_that_is_taken_or_not_there_is_a_fault(client, kept, wanted, path):
    answer = rename(client, kept, wanted)
    assert (answer.status_code, answer.json()["faults"][0]["path"]) == (422, path)


def test_scenarios_go_along_and_those_on_older_revisions_when_they_are_carried_over(client, kept):
    away = {"edit": "absent", "person": "ana", "from": "2027-01-11", "to": "2027-01-12"}
    wanted = {"rollout": kept, "name": "Away", "edits": [away]}
    older = client.post("/v1/scenarios", json=wanted).json()["id"]
    client.patch(f"/v1/rollouts/{kept}", json={"name": "New"}, headers={"If-Match": "*"})
    present = client.post("/v1/scenarios", json=wanted).json()["id"]
    assert rename(client, kept, ANA).json()["scenarios"] == 1
    found = client.get(f"/v1/scenarios/{present}").json()
    assert (found["revision"], found["edits"]) == (3, [away | {"person": "ana-novak"}])
    carried = client.post(f"/v1/scenarios/{older}/rebase", json={})
    assert carried.status_code == 200, carried.text
    assert carried.json()["edits"] == [away | {"person": "ana-novak"}]
    assert document(client, older)["people"][0]["absences"] == [
        {"from": "2027-01-11", "to": "2027-01-12"}
    ]


def test_a_green_light_holds_for_the_department_under_its_new_id(client, database, kept):
    plan = planned(database, LOCAL, kept)
    (words,) = client.get(f"/v1/plans/{plan}/approvals").json()
    granted = {"department": "finance", "sha256": words["sha256"], "granted": True}
    client.post(f"/v1/plans/{plan}/approvals", json=granted)
    client.patch(  # so that the next plan has to be the same
        f"/v1/rollouts/{kept}",
        json={"published": {"plan": client.get(f"/v1/plans/{plan}/result").json()["plan"]}},
        headers={"If-Match": "*"},
    )
    assert rename(client, kept, FINANCE).status_code == 200
    assert rename(client, kept, ANA).status_code == 200
    again = planned(database, LOCAL, kept)
    assert [(it["department"], it["word"]) for it in approvals(client, again)] == [
        ("money", "granted")
    ]
    assert [(it["department"], it["word"]) for it in approvals(client, plan)] == [
        ("finance", "granted")
    ]


def approvals(client, plan):
    return client.get(f"/v1/plans/{plan}/approvals").json()


def test_an_older_plan_is_published_and_compared_by_the_ids_of_today(client, database, kept):
    plan = planned(database, LOCAL, kept)
    rename(client, kept, ANA)
    assert client.get(f"/v1/plans/{plan}/publishing").json()["breaks"] == []
    answer = client.post(f"/v1/rollouts/{kept}/published", json={"plan": plan, "approved": False})
    assert answer.status_code == 200, answer.text
    reported = document(client, kept)["published"]["plan"]
    assert reported["tasks"][0]["crew"][0]["person"] == "ana-novak"
    later = planned(database, LOCAL, kept)
    compared = client.get(f"/v1/plans/{later}/comparison").json()
    assert compared["bookings"] == []


def test_calendar_links_stay_good(client, database, kept):
    published(client, database, kept)
    whose = {"kind": "person", "id": "ana"}
    path = client.post(f"/v1/rollouts/{kept}/calendars", json=whose).json()["path"]
    before = client.get(path)
    rename(client, kept, ANA)
    after = client.get(path)
    assert after.status_code == 200
    assert after.content == before.content
    assert b"t-a" in after.content or b"SUMMARY" in after.content


def test_a_draft_is_renamed_without_being_kept_faults_or_not(client):
    spoiled = TREE | {"tasks": [task("t-a", priority=9, pin={"people": ["ana"]})]}
    answer = client.put("/v1/renamed", json=ANA | {"document": spoiled})
    assert answer.status_code == 200, answer.text
    assert answer.json()["places"] == 1
    changed = answer.json()["document"]
    assert changed["tasks"][0]["pin"] == {"people": ["ana-novak"]}
    assert changed["tasks"][0]["priority"] == 9

"""Pay, wishes and why somebody is away are for those who plan; what somebody makes is theirs."""

import pytest

from allocator.formats.detect import open_document
from api.http.bodies import XLSX
from service.lifecycle import replanning, scenarios
from service.store import rollouts
from service.store.audit import Actor
from tests.api.things import fresh
from tests.support.small import person, rollout, task

WISH = {"avoid": {"from": "2027-01-20", "to": "2027-01-20"}, "weight": 3}
AWAY = {"from": "2027-01-12", "to": "2027-01-13", "reason": "a broken leg"}
TREE = rollout(
    people=[person("ana", cost_per_hour=77, wishes=[WISH], absences=[AWAY])], tasks=[task("t-a")]
)
ILL = {"edit": "absent", "person": "ana", "from": "2027-01-14", "to": "2027-01-14", "reason": "flu"}

PLANNERS = ["admin", "coordinator", "project-manager"]
OTHERS = ["viewer", "department-head", "monitor"]
FORMS = {"application/json": "json", "application/yaml": "yaml", XLSX: "xlsx"}


@pytest.fixture
def kept(database):
    """A rollout of the tenant, with a scenario of mia's in which somebody is ill, and it is so."""
    mia = Actor("north", "project-manager-north")
    with database.write() as connection:
        made = rollouts.create(connection, Actor("north", "ada"), TREE)
        edits = scenarios.EDITS.validate_python([ILL])
        scenario = scenarios.create(connection, mia, made.id, "Flu", edits)
        actuals = replanning.ACTUALS.validate_python([ILL])
        replanning.record(connection, Actor("north", "ada"), made.id, actuals)
    return made.id, scenario.id


def people(client, rollout, accept):
    answer = client.get(f"/v1/rollouts/{rollout}/revisions/1", headers={"Accept": accept})
    (found,) = open_document(answer.content).tree["people"]
    return found, answer.headers["ETag"]


@pytest.mark.parametrize("accept", FORMS)
def test_those_who_only_look_read_neither_pay_nor_wishes_nor_reasons(guarded, kept, accept):
    shown, tag = people(guarded("viewer"), kept[0], accept)
    assert (shown["id"], shown["skills"]) == ("ana", TREE["people"][0]["skills"])
    assert "cost_per_hour" not in shown
    assert "wishes" not in shown
    assert shown["absences"] == [{"from": "2027-01-12", "to": "2027-01-13"}]
    for role in PLANNERS:
        whole, other = people(guarded(role), kept[0], accept)
        assert whole["cost_per_hour"] == 77
        assert whole["absences"] == [AWAY]
        assert whole["wishes"][0]["weight"] == 3
        assert other != tag


def test_edits_tell_why_somebody_is_away_to_those_who_plan_alone(guarded, kept):
    rollout, scenario = kept
    asked = {
        f"/v1/scenarios/{scenario}": lambda it: it["edits"],
        f"/v1/scenarios?rollout={rollout}": lambda it: it["items"][0]["edits"],
        f"/v1/rollouts/{rollout}/actuals": lambda it: it["items"][0]["actuals"],
    }
    for path, of in asked.items():
        (open_edit,) = of(guarded("viewer").get(path).json())
        assert open_edit == {name: it for name, it in ILL.items() if name != "reason"}, path
        assert of(guarded("coordinator").get(path).json()) == [ILL], path


def test_the_document_of_a_scenario_is_no_way_around_it(guarded, kept):
    shown, _ = people(guarded("viewer"), kept[1], "application/json")
    assert all("reason" not in it for it in shown["absences"])


@pytest.fixture
def others(guarded):
    """Another project manager of the same tenant."""
    client = guarded("project-manager")
    made = guarded("admin").post("/v1/tokens", json={"name": "other", "role": "project-manager"})
    client.headers["Authorization"] = f"Bearer {made.json()['token']}"
    return client


def test_what_a_project_manager_makes_is_theirs(guarded, others, kept):
    scenario = f"/v1/scenarios/{kept[1]}"
    plan = guarded("project-manager").post("/v1/plans", json={"rollout": kept[1], "seconds": 1})
    place = plan.headers["Location"]
    for method, path, body in (
        ("PUT", scenario, {"edits": []}),
        ("POST", f"{scenario}/rebase", {}),
        ("DELETE", scenario, None),
        ("DELETE", place, None),
        ("POST", f"{place}/cancel", None),
    ):
        assert others.request(method, path, json=body).status_code == 403, path
    assert guarded("project-manager").put(scenario, json={"edits": []}).status_code == 200
    assert guarded("coordinator").post(f"{place}/cancel").status_code == 202
    assert guarded("project-manager").delete(scenario).status_code == 204


def test_a_scenario_is_promoted_only_over_the_rollout_that_is_known(guarded, kept):
    boss = guarded("coordinator")
    rollout, scenario = kept
    boss.post(f"/v1/scenarios/{scenario}/rebase", json={"drop": [0]})
    seen = boss.get(f"/v1/rollouts/{rollout}").headers["ETag"]
    first = boss.get(f"/v1/rollouts/{rollout}/revisions/1").headers["ETag"]
    promote = f"/v1/scenarios/{scenario}/promote"
    refused = boss.post(promote, headers={"If-Match": first})
    assert (refused.status_code, f'"{refused.json()["current"]}"') == (412, seen)
    assert boss.post(promote, headers={"If-Match": seen}).status_code == 200


NAMES = ["Human Resources", "HR/Pay & Co", "Škofja Loka", "ANA", "a:b@c"]


@pytest.mark.parametrize("name", NAMES)
def test_people_may_have_any_id_that_a_document_takes(client, name):
    tree = rollout(people=[person(name)], tasks=[task("t-a")])
    made = client.post("/v1/rollouts", json=tree).json()["id"]
    wanted = {"kind": "person", "id": name}
    link = client.post(f"/v1/rollouts/{made}/calendars", json=wanted)
    assert link.status_code == 201
    assert client.get(link.json()["path"]).status_code == 200


def test_a_private_reason_is_for_the_coordinator_alone(guarded, database, app):
    things = fresh(database, app.state.service.queue, "north")
    path = f"/v1/rollouts/{things['rollout']}/answers"
    seen = {}
    for role in (*PLANNERS, *OTHERS):
        answer = guarded(role, departments=["finance"]).get(path)
        seen[role] = answer.json()["items"][0]["reason"] if answer.status_code == 200 else None
    assert {role for role, reason in seen.items() if reason} == {"admin", "coordinator"}
    assert seen["project-manager"] is None
    for role in OTHERS:
        assert guarded(role, departments=["finance"]).get(path).status_code == 403

"""The timeline and the load of a plan over HTTP: compact, compressed, and not sent twice."""

import pytest

from service.store.audit import Actor
from tests.service.plans import planned
from tests.support.small import rollout, task


@pytest.fixture
def plan(client, database):
    tree = rollout(tasks=[task("t-a", hours=8)])
    kept = client.post("/v1/rollouts", json=tree).json()["id"]
    return planned(database, Actor("default", "local"), kept)


def test_a_timeline_is_compressed_and_is_not_sent_to_those_who_have_it(client, plan):
    answer = client.get(f"/v1/plans/{plan}/timeline")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["tasks"]["id"] == ["t-a"]
    assert answer.json()["seats"]["hours"] == [8]
    known = {"If-None-Match": answer.headers["etag"]}
    again = client.get(f"/v1/plans/{plan}/timeline", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get(f"/v1/plans/{plan}/timeline", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == answer.json()


def test_the_load_has_the_hours_of_each_week(client, plan):
    reported = client.get(f"/v1/plans/{plan}/load").json()
    assert [it["weeks"][0][1] for it in reported["people"]] == [40, 40]
    assert sum(it["weeks"][0][0] for it in reported["people"]) == 8


def test_a_plan_that_has_not_ended_has_no_timeline(client):
    kept = client.post("/v1/rollouts", json=rollout(tasks=[task("t-a")])).json()["id"]
    asked = client.post("/v1/plans", json={"rollout": kept}).json()["id"]
    assert client.get(f"/v1/plans/{asked}/timeline").status_code == 409
    assert client.get(f"/v1/plans/{asked}/load").status_code == 409


def test_the_plans_of_another_tenant_are_not_there(guarded, database):
    north = guarded("coordinator")
    kept = north.post("/v1/rollouts", json=rollout(tasks=[task("t-a")])).json()["id"]
    plan = planned(database, Actor("north", "coordinator-north"), kept)
    assert guarded("viewer").get(f"/v1/plans/{plan}/timeline").status_code == 200
    assert guarded("viewer", tenant="south").get(f"/v1/plans/{plan}/timeline").status_code == 404
    assert guarded("monitor").get(f"/v1/plans/{plan}/timeline").status_code == 403

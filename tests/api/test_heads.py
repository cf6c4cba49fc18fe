"""Department heads: whatever a department is called, and in one rollout or in all of them."""

import pytest

from service.store import rollouts
from service.store.audit import Actor
from tests.api.conftest import PASSWORD
from tests.api.things import fresh
from tests.support.small import department, rollout, task

NAMES = ["Human Resources", "HR/Pay & Co", "ŠKOFJA LOKA", "a@b", "finance"]


@pytest.mark.parametrize("name", NAMES)
def test_a_head_may_be_set_up_for_any_id_that_a_document_takes(guarded, database, name):
    tree = rollout(departments=[department(name)], tasks=[task("t-a", department=name)])
    with database.write() as connection:
        rollouts.create(connection, Actor("north", "ada"), tree)
    boss = guarded("admin")
    head = {"name": "heda", "role": "department-head", "departments": [name]}
    assert boss.post("/v1/people", json=head | {"password": PASSWORD}).status_code == 201
    token = boss.post("/v1/tokens", json=head)
    assert (token.status_code, token.json()["departments"]) == (201, [name])


def test_a_head_of_one_rollout_is_none_of_another(guarded, app, database):
    queue = app.state.service.queue
    own, other = (fresh(database, queue, "north") for _ in range(2))
    everywhere = guarded("department-head", departments=["finance"])
    here = guarded("department-head", departments=[f"finance@{own['rollout']}"])

    def asked(client, of):
        part = client.get(f"/v1/plans/{of['plan']}/departments/finance").status_code
        green = len(client.get(f"/v1/plans/{of['plan']}/approvals").json())
        said = {"department": "finance", "sha256": of["part"], "granted": True}
        given = client.post(f"/v1/plans/{of['plan']}/approvals", json=said).status_code
        return part, green, given

    assert asked(here, own) == (200, 1, 201)
    assert asked(here, other) == (403, 0, 403)
    assert asked(everywhere, other) == (200, 1, 201)
    waiting = [it["rollout"] for it in here.get("/v1/approvals").json()["items"]]
    assert waiting == [own["rollout"]]

"""Plans on request over HTTP: accepted at once, followed to their end, stopped, cancelled."""

import json

import pytest

from service.store.audit import Actor
from tests.service.jobs.processes import until
from tests.service.plans import planned
from tests.support.small import rollout, task

TREE = rollout(tasks=[task("t-a")])


@pytest.fixture
def kept(client):
    """The id of a rollout."""
    return client.post("/v1/rollouts", json=TREE).json()["id"]


def ask(client, rollout_id, headers=None, **more):
    wanted = {"rollout": rollout_id, "seconds": 5, "workers": 1} | more
    return client.post("/v1/plans", json=wanted, headers=headers)


def events(text):
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(int(id_[4:]), kind[7:], json.loads(body[6:])) for id_, kind, body in blocks]


def test_a_request_is_accepted_at_once_and_says_where_to_look(client, kept):
    answer = ask(client, kept)
    assert answer.status_code == 202
    shown = client.get(answer.headers["Location"]).json()
    assert (shown["state"], shown["rollout"], shown["revision"]) == ("queued", kept, 1)
    assert client.get(answer.headers["Location"] + "/result").status_code == 409


def test_a_plan_is_found_and_its_events_can_be_read_from_any_point(client, kept, worker):
    worker()
    place = ask(client, kept).headers["Location"]
    reported = events(client.get(f"{place}/events").text)  # it goes on until the plan has ended
    assert [kind for _, kind, _ in reported][:2] == ["queued", "started"]
    assert (reported[-1][1], reported[-1][2]["state"]) == ("ended", "done")
    assert [number for number, _, _ in reported] == list(range(1, len(reported) + 1))
    later = client.get(f"{place}/events", headers={"Last-Event-ID": "2"})
    assert events(later.text) == reported[2:]
    found = client.get(f"{place}/result").json()
    assert found["outcome"] == "optimal"
    checked = client.put("/v1/check", json={"rollout": TREE, "plan": found["plan"]}).json()
    assert (checked["violations"], checked["other_rollout"]) == ([], False)
    assert checked["total"] == found["plan"]["score"]["total"]


def test_a_plan_that_waits_is_given_up_at_once(client, kept):
    place = ask(client, kept).headers["Location"]
    assert client.delete(place).json()["state"] == "cancelled"
    assert client.delete(place).status_code == 409
    assert client.post(f"{place}/cancel").status_code == 409


def test_who_asks_for_the_same_gets_the_same_plan(client, kept):
    first, again = ask(client, kept), ask(client, kept)
    assert again.json()["id"] == first.json()["id"]
    assert ask(client, kept, seed=2).json()["id"] != first.json()["id"]


def test_the_same_key_is_answered_alike_even_when_the_plan_has_ended(client, kept):
    key = {"Idempotency-Key": "plan-1"}
    first = ask(client, kept, key)
    client.delete(first.headers["Location"])
    again = ask(client, kept, key)
    assert (again.status_code, again.json()) == (202, first.json())


def test_a_plan_begins_with_another_one_that_has_bookings(database, client, kept):
    before = planned(database, Actor("default", "local"), kept)
    assert ask(client, kept, base=before).json()["base"] == before
    waiting = ask(client, kept, seed=2).json()
    assert waiting["base"] is None
    assert ask(client, kept, base=waiting["id"]).status_code == 409
    assert ask(client, kept, base="nothing").status_code == 404


def test_plans_are_listed_by_rollout_and_state(client, kept):
    place = ask(client, kept).headers["Location"]
    client.delete(place)
    second = ask(client, kept, seed=2).json()["id"]
    listed = client.get("/v1/plans", params={"rollout": kept, "state": "queued"}).json()["items"]
    assert [it["id"] for it in listed] == [second]
    assert len(client.get("/v1/plans").json()["items"]) == 2


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"rollout": "missing"}, 404),
        ({"seconds": 0}, 422),
        ({"seconds": 80_000}, 422),
        ({"workers": 200}, 422),
        ({"revision": 7}, 404),
        ({"colour": "red"}, 422),
        ({"preset": "nonsense"}, 422),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_problem(client, kept, wanted, status):
    answer = client.post("/v1/plans", json={"rollout": kept} | wanted)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_plan_that_breaks_a_rule_is_reported_so(client):
    plan = {
        "schema": "plan/1",
        "tasks": [
            {
                "task": "t-a",
                "start": "2027-01-16T08:00",
                "end": "2027-01-16T10:00",
                "crew": [
                    {
                        "seat": 0,
                        "person": "ana",
                        "start": "2027-01-16T08:00",
                        "end": "2027-01-16T10:00",
                        "hours": 2,
                    }
                ],
            }
        ],
    }
    checked = client.put("/v1/check", json={"rollout": TREE, "plan": plan}).json()
    assert "working_time" in {it["rule"] for it in checked["violations"]}  # a Saturday


def test_validation_tells_faults_without_failing(client):
    assert client.put("/v1/validate", json=TREE).json()["valid"] is True
    reported = client.put("/v1/validate", json=TREE | {"tasks": [{}]}).json()
    assert reported["valid"] is False
    assert reported["faults"][0]["path"].startswith("tasks[0]")


def test_the_service_is_ready_once_a_worker_is_alive(client, worker):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 503
    worker()
    until(lambda: client.get("/readyz").status_code == 200)

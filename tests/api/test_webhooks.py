"""Webhooks over HTTP: who is notified, with a secret that is shown once."""

import pytest

from tests.support.small import rollout, task

TREE = rollout(tasks=[task("t-a")])
URL = "https://hooks.example.org/plans?key=hidden"


@pytest.fixture
def kept(client):
    return client.post("/v1/rollouts", json=TREE).json()["id"]


def ask(client, rollout_id, **more):
    return client.post("/v1/plans", json={"rollout": rollout_id, "workers": 1} | more)


def test_without_a_secret_nobody_is_notified_and_the_answer_says_what_to_do(client, kept):
    asked = ask(client, kept, webhook=URL)
    named = client.put(f"/v1/rollouts/{kept}/webhook", json={"url": URL})
    for answer in (asked, named):
        assert answer.status_code == 409
        assert "POST /v1/webhook-secret" in answer.json()["detail"]
    assert client.get("/v1/plans").json()["items"] == []


def test_a_new_secret_takes_the_place_of_the_one_before(client):
    first = client.post("/v1/webhook-secret").json()["secret"]
    assert client.post("/v1/webhook-secret").json()["secret"] != first


def test_who_wants_to_know_of_the_same_plan_is_notified_once_each(client, kept):
    client.post("/v1/webhook-secret")
    plan = ask(client, kept, webhook=URL).json()["id"]
    ask(client, kept, webhook=URL)
    assert ask(client, kept, webhook="https://other.example/").json()["id"] == plan
    reported = client.get(f"/v1/plans/{plan}/deliveries")
    assert [it["state"] for it in reported.json()["items"]] == ["waiting", "waiting"]
    assert {it["host"] for it in reported.json()["items"]} == {"hooks.example.org", "other.example"}
    assert "hidden" not in reported.text


def test_every_plan_of_a_rollout_is_reported_until_nobody_wants_to_know(client, kept):
    client.post("/v1/webhook-secret")
    place = f"/v1/rollouts/{kept}/webhook"
    assert client.get(place).status_code == 404
    assert client.put(place, json={"url": URL}).status_code == 200
    assert client.get(place).json()["url"] == URL
    plan = ask(client, kept).json()["id"]
    client.post(f"/v1/plans/{plan}/cancel")
    (reported,) = client.get(f"/v1/plans/{plan}/deliveries").json()["items"]
    assert (reported["state"], reported["host"]) == ("due", "hooks.example.org")
    assert client.delete(place).status_code == 204
    plan = ask(client, kept).json()["id"]
    client.post(f"/v1/plans/{plan}/cancel")
    assert client.get(f"/v1/plans/{plan}/deliveries").json()["items"] == []


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "https://ada:secret@a.example/", "https:///x", "a.example", ""]
)
def test_a_url_that_is_none_or_has_a_password_is_refused(client, kept, url):
    assert ask(client, kept, webhook=url).status_code == 422


def test_only_an_admin_makes_the_secret(guarded):
    assert guarded("coordinator").post("/v1/webhook-secret").status_code == 403
    assert guarded("admin").post("/v1/webhook-secret").status_code == 201

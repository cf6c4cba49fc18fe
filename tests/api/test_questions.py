"""Questions about a plan are asked, worked on by a worker's process, found, shown and stopped."""

from __future__ import annotations

import threading

import pytest

from service.jobs.attempt import Attempt
from service.store import attempts, runs
from service.store.audit import Actor
from tests.service.plans import planned
from tests.support.small import person, rollout, task

TREE = rollout(
    people=[person("ana", absences=[{"from": "2027-01-11", "to": "2027-01-14"}])],
    tasks=[task("t-a", hours=16, deadline="2027-01-15"), task("t-b")],
)


@pytest.fixture
def plan(client, database):
    made = client.post("/v1/rollouts", json=TREE).json()["id"]
    return planned(database, Actor("default", "ada"), made)


@pytest.fixture
def work_off(database):
    """A function that does what a worker does with a run."""

    def working(id_):
        with database.write() as connection:
            taken = attempts.take(connection, "default", id_, "w1")
        return Attempt(database, taken, threading.Event()).carry_out()

    return working


def test_ways_out_are_looked_for_in_the_background_and_kept(client, plan, work_off):
    answer = client.post(f"/v1/plans/{plan}/repairs", json={"work": "t-a", "seconds": 20})
    assert answer.status_code == 202
    place = answer.headers["Location"]
    waiting = client.get(place).json()
    assert (waiting["state"], waiting["found"], waiting["about"]) == (
        "queued",
        None,
        {"work": "t-a"},
    )
    work_off(waiting["id"])
    shown = client.get(place).json()
    assert (shown["state"], shown["found"]["state"]) == ("done", "proved")
    assert shown["phase"].startswith("solve:")
    edits = [it["edits"] for it in shown["found"]["repairs"]]
    assert [{"edit": "deadline", "task": "t-a", "deadline": "2027-01-18"}] in edits
    assert [it["id"] for it in client.get(f"/v1/plans/{plan}/repairs").json()["items"]] == [
        shown["id"]
    ]


def test_a_way_out_is_a_scenario_with_one_request(client, plan, work_off):
    asked = client.post(f"/v1/plans/{plan}/repairs", json={"work": "t-a", "seconds": 20}).json()
    work_off(asked["id"])
    found = client.get(f"/v1/plans/{plan}/repairs/{asked['id']}").json()["found"]
    base = client.get(f"/v1/plans/{plan}").json()["rollout"]
    for it in found["repairs"]:
        made = {"rollout": base, "name": "Way out", "edits": it["edits"]}
        assert client.post("/v1/scenarios", json=made).status_code == 201


def test_the_words_are_in_the_language_that_is_asked_for(client, plan, work_off):
    asked = client.post(f"/v1/plans/{plan}/repairs", json={"work": "t-a", "seconds": 20}).json()
    work_off(asked["id"])
    place = f"/v1/plans/{plan}/repairs/{asked['id']}"
    english = client.get(place).json()["text"]
    german = client.get(place, params={"language": "de"}).json()["text"]
    liked = client.get(place, headers={"Accept-Language": "de-AT, en;q=0.5"}).json()["text"]
    assert any("t-a has to end by 2027-01-18" in it for it in english)
    assert any("t-a muss bis 18.01.2027 enden" in it for it in german)
    assert liked == german
    assert client.get(place, params={"language": "fr"}).status_code == 422


def test_the_same_question_is_asked_once_while_it_is_worked_on(client, plan):
    first, second = (
        client.post(f"/v1/plans/{plan}/repairs", json={"work": "t-a"}).json() for _ in range(2)
    )
    assert first["id"] == second["id"]
    other = client.post(f"/v1/plans/{plan}/repairs", json={"work": "t-b"}).json()
    assert other["id"] != first["id"]


def test_a_question_is_no_plan_of_the_rollout(client, plan):
    asked = client.post(f"/v1/plans/{plan}/repairs", json={"work": "t-a"}).json()
    rollout_ = client.get(f"/v1/plans/{plan}").json()["rollout"]
    listed = client.get("/v1/plans", params={"rollout": rollout_}).json()["items"]
    assert [it["id"] for it in listed] == [plan]
    assert client.get(f"/v1/plans/{asked['id']}/result").status_code == 409
    assert client.post(f"/v1/plans/{asked['id']}/repairs", json={}).status_code == 404


def test_work_that_is_neither_open_nor_late_fails_with_a_sentence(client, plan, work_off):
    asked = client.post(f"/v1/plans/{plan}/repairs", json={"work": "t-b", "seconds": 5}).json()
    work_off(asked["id"])
    shown = client.get(f"/v1/plans/{plan}/repairs/{asked['id']}").json()
    assert shown["state"] == "failed"
    assert "t-b is neither open nor late in this plan." in shown["failure"]


def test_a_question_is_stopped_and_belongs_to_its_plan(client, plan, database):
    asked = client.post(f"/v1/plans/{plan}/repairs", json={"work": "t-a"}).json()
    place = f"/v1/plans/{plan}/repairs/{asked['id']}"
    assert client.delete(place).json()["state"] == "cancelled"
    assert client.delete(place).status_code == 409
    assert client.get(f"/v1/plans/{plan}/repairs/{plan}").status_code == 404
    with database.read() as connection:
        assert runs.get(connection, "default", asked["id"]).ended


def test_a_plan_that_is_not_there_yet_cannot_be_asked_about(client):
    made = client.post("/v1/rollouts", json=TREE).json()["id"]
    waiting = client.post("/v1/plans", json={"rollout": made}).json()["id"]
    assert client.post(f"/v1/plans/{waiting}/repairs", json={}).status_code == 409


def test_why_not_is_asked_of_planned_work_and_told_in_a_language(client, plan, work_off):
    """Ana is back on Friday: before that nobody else is there who has the skill."""
    wish = {"work": "t-b", "day": "2027-01-12", "seconds": 20}
    answer = client.post(f"/v1/plans/{plan}/why-not", json=wish)
    assert answer.status_code == 202
    work_off(answer.json()["id"])
    shown = client.get(answer.headers["Location"], params={"language": "de"}).json()
    assert (shown["state"], shown["found"]["state"]) == ("done", "broken")
    assert [it["code"] for it in shown["found"]["because"]] == ["skill", "absence"]
    assert shown["text"][0] == "t-b am 12.01.2027"
    assert shown["text"][1].startswith("Es geht nicht: nur ana hat sap auf Stufe 3")


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"work": "t-a", "day": "2027-01-15"}, "t-a is not in this plan"),
        ({"work": "t-b", "person": "zoe"}, "There is no person 'zoe'."),
        ({"work": "t-b"}, "Say how else"),
        ({"work": "t-b", "room": "r1"}, "A task is in no room."),
    ],
)
def test_a_wish_that_is_none_fails_with_a_sentence(client, plan, work_off, wish, said):
    asked = client.post(f"/v1/plans/{plan}/why-not", json=wish).json()
    work_off(asked["id"])
    assert said in client.get(f"/v1/plans/{plan}/why-not/{asked['id']}").json()["failure"]


def test_what_more_is_worth_is_ranked_in_the_background(client, plan, work_off):
    answer = client.post(f"/v1/plans/{plan}/worth", json={"seconds": 10})
    assert answer.status_code == 202
    work_off(answer.json()["id"])
    shown = client.get(answer.headers["Location"], params={"language": "sl"}).json()
    rows = shown["found"]["resources"]
    assert [it["kind"] for it in rows if it["id"] == "sap"] == ["person"]
    assert any("Ena oseba več z veščino sap" in it for it in shown["text"])

"""Calendars over HTTP: of a plan to save, and of what is published by a secret link."""

import json

import pytest
from icalendar import Calendar
from sqlalchemy import delete, select
from structlog.testing import capture_logs

from service.store import tables
from service.store.audit import Actor
from tests.service.plans import planned
from tests.support.small import audience, course, rollout, task

TREE = rollout(
    tasks=[task("t-a", hours=8)],
    people=[{**it, "name": it["name"] + " Novak"} for it in rollout()["people"]],
    courses=[course()],
    audiences=[audience(headcount=6)],
    waves=[{"id": "w1", "project": "erp", "departments": ["finance"], "go_live": "2027-02-05"}],
)
ME = Actor("default", "local")


@pytest.fixture
def kept(client):
    return client.post("/v1/rollouts", json=TREE).json()["id"]


@pytest.fixture
def plan(database, kept):
    return planned(database, ME, kept)


def publish(client, kept, plan):
    wanted = {"plan": plan, "approved": False}
    answer = client.post(f"/v1/rollouts/{kept}/published", json=wanted)
    assert answer.status_code == 200, answer.text


def link(client, kept, kind="person", id_="ana"):
    answer = client.post(f"/v1/rollouts/{kept}/calendars", json={"kind": kind, "id": id_})
    assert answer.status_code == 201, answer.text
    return answer.json()


def events(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def who_works(client, plan):
    """Who does the one task of the plan."""
    (booking,) = client.get(f"/v1/plans/{plan}/result").json()["plan"]["tasks"]
    return booking["crew"][0]["person"]


@pytest.mark.parametrize(
    ("kind", "id_"),
    [("room", "r1"), ("audience", "clerks"), ("department", "finance")],
)
def test_a_plan_is_saved_as_the_calendar_of_whom_it_concerns(client, plan, kind, id_):
    answer = client.get(f"/v1/plans/{plan}/calendar", params={"kind": kind, "id": id_})
    (session,) = events(answer)
    assert session["summary"] == "c-basic"
    assert ".ics" in answer.headers["content-disposition"]


def test_a_calendar_of_nobody_is_not_there(client, plan, kept):
    asked = {"kind": "person", "id": "nobody"}
    answer = client.get(f"/v1/plans/{plan}/calendar", params=asked)
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no person 'nobody'.")
    assert client.post(f"/v1/rollouts/{kept}/calendars", json=asked).status_code == 404


def test_a_link_shows_what_is_published_and_nothing_before(client, kept, plan):
    secret = link(client, kept, "audience", "clerks")["path"]
    assert events(client.get(secret)) == []
    publish(client, kept, plan)
    (session,) = events(client.get(secret))
    assert (session["summary"], session["sequence"]) == ("c-basic", 0)
    saved = client.get(f"/v1/plans/{plan}/calendar", params={"kind": "audience", "id": "clerks"})
    assert events(saved)[0]["uid"] == session["uid"]


def test_a_later_plan_moves_and_calls_off_what_was_published(client, database, kept, plan):
    worker = who_works(client, plan)
    theirs, class_ = link(client, kept, "person", worker), link(client, kept, "room", "r1")
    publish(client, kept, plan)
    (reported,) = events(client.get(class_["path"]))
    (booking,) = client.get(f"/v1/plans/{plan}/result").json()["plan"]["tasks"]
    # Another day for the task, and no course any more.
    moved = {"start": "2027-01-20T08:00"}
    assert not booking["start"].startswith("2027-01-20")
    tree = {**TREE, "tasks": [{**TREE["tasks"][0], "pin": {**moved, "people": [worker]}}]}
    for name in ("courses", "audiences"):
        del tree[name]
    client.put(f"/v1/rollouts/{kept}", json=tree, headers={"If-Match": "*"})
    publish(client, kept, planned(database, ME, kept))
    (off,) = events(client.get(class_["path"]))
    assert (off["uid"], off["status"], off["sequence"]) == (reported["uid"], "CANCELLED", 1)
    work = [it for it in events(client.get(theirs["path"])) if it["summary"] == "t-a"]
    assert [(it["dtstart"].dt.day, it["sequence"], it["status"]) for it in work] == [
        (20, 1, "CONFIRMED")
    ]


def test_a_calendar_that_is_known_is_not_sent_again_until_it_changes(client, kept, plan):
    path = link(client, kept, "room", "r1")["path"]
    before = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": before}).status_code == 304
    publish(client, kept, plan)
    assert client.get(path, headers={"If-None-Match": before}).status_code == 200


def test_what_was_published_before_there_were_calendars_is_shown(client, database, kept, plan):
    publish(client, kept, plan)
    with database.write() as connection:
        connection.execute(delete(tables.calendars))
    assert len(events(client.get(link(client, kept, "room", "r1")["path"]))) == 1


def test_a_revoked_link_shows_nothing_and_others_go_on(client, kept):
    first, second = link(client, kept), link(client, kept)
    assert [it["link"] for it in client.get(f"/v1/rollouts/{kept}/calendars").json()["items"]] == [
        second["link"],
        first["link"],
    ]
    assert client.delete(f"/v1/rollouts/{kept}/calendars/{first['link']}").status_code == 204
    assert client.get(first["path"]).status_code == 404
    assert client.get(second["path"]).status_code == 200
    (left,) = client.get(f"/v1/rollouts/{kept}/calendars").json()["items"]
    assert left["link"] == second["link"]
    assert client.delete(f"/v1/rollouts/{kept}/calendars/{first['link']}").status_code == 404


def test_a_link_to_a_rollout_that_was_removed_shows_nothing(client, kept):
    path = link(client, kept)["path"]
    client.delete(f"/v1/rollouts/{kept}", headers={"If-Match": "*"})
    assert client.get(path).status_code == 404


def test_the_secret_is_shown_once_and_kept_as_a_hash(client, database, kept):
    made = link(client, kept)
    secret = made["path"].removeprefix("/v1/calendars/").removesuffix(".ics").partition("_")[2]
    assert len(secret) >= 40
    assert secret not in client.get(f"/v1/rollouts/{kept}/calendars").text
    assert secret not in client.get("/v1/audit").text
    with database.read() as connection:
        (row,) = connection.execute(select(tables.calendar_links)).all()
    assert secret not in json.dumps([str(it) for it in row])


@pytest.mark.parametrize("secret", ["x", "_", "1_2", "%E2%82%AC_x", "0" * 16 + "_" + "a" * 43])
def test_a_secret_that_is_none_finds_nothing(client, kept, secret):
    link(client, kept)
    assert client.get(f"/v1/calendars/{secret}.ics").status_code == 404


def test_the_id_of_a_link_alone_finds_nothing(client, kept):
    made = link(client, kept)
    assert client.get(f"/v1/calendars/{made['link']}_.ics").status_code == 404


def test_only_who_may_edit_hands_out_links_and_only_of_the_own_tenant(guarded):
    north = guarded("coordinator")
    kept = north.post("/v1/rollouts", json=TREE).json()["id"]
    asked = {"kind": "person", "id": "ana"}
    for role, status in [("viewer", 403), ("department-head", 403), ("project-manager", 403)]:
        answer = guarded(role).post(f"/v1/rollouts/{kept}/calendars", json=asked)
        assert answer.status_code == status
    south = guarded("coordinator", tenant="south")
    assert south.post(f"/v1/rollouts/{kept}/calendars", json=asked).status_code == 404
    made = link(north, kept)
    assert south.delete(f"/v1/rollouts/{kept}/calendars/{made['link']}").status_code == 404
    # Whoever has the link needs no account.
    assert guarded().get(made["path"]).status_code == 200


def test_the_log_does_not_learn_the_secret(client, kept):
    path = link(client, kept)["path"]
    with capture_logs() as lines:
        client.get(path)
        client.get(path.removesuffix(".ics"))
        client.get(path.removesuffix(".ics").replace("v1/calendars", "agenda"))
    assert [it["path"] for it in lines] == [
        "/v1/calendars/*",
        "/v1/calendars/*",
        "/agenda/*",
    ]
    assert path.removesuffix(".ics").partition("_")[2] not in str(lines)


def test_a_link_is_read_as_an_agenda_too(client, kept, plan):
    path = link(client, kept, "room", "r1")["path"].removesuffix(".ics")
    publish(client, kept, plan)
    reported = client.get(path).json()
    assert (reported["kind"], reported["id"], reported["name"]) == ("room", "r1", "r1: Test")
    (event,) = reported["events"]
    assert (event["title"], event["groups"]) == ("c-basic", [[6, "clerks"]])
    assert (event["cancelled"], event["moved"]) == (False, False)
    assert client.get(f"{path}x").status_code == 404


def test_a_plan_is_reported_to_everybody_of_a_kind_or_to_one(client, plan):
    everybody = client.get(f"/v1/plans/{plan}/agendas", params={"kind": "person"}).json()
    assert [it["name"] for it in everybody] == ["Ana Novak", "Bor Novak"]
    one = {"kind": "person", "id": "bor"}
    assert client.get(f"/v1/plans/{plan}/agendas", params=one).json() == everybody[1:]
    nobody = {"kind": "person", "id": "x"}
    assert client.get(f"/v1/plans/{plan}/agendas", params=nobody).status_code == 404


def test_no_name_breaks_a_calendar_or_plants_an_event(client, database):
    # Control characters are refused at the door; line breaks of every kind are not.
    bad = "Spring\r\nEND:VCALENDAR\rBEGIN:VEVENT\nUID:x\x85END:VEVENT\u2028; a, b"
    tree = TREE | {
        "name": bad,
        "tasks": [task("t-a", hours=8) | {"name": bad}],
        "people": [{**it, "name": bad} for it in TREE["people"]],
    }
    answer = client.post("/v1/rollouts", json=tree)
    assert answer.status_code == 201, answer.text
    kept = answer.json()["id"]
    plan = planned(database, ME, kept)
    worker = who_works(client, plan)
    publish(client, kept, plan)
    saved = client.get(f"/v1/plans/{plan}/calendar", params={"kind": "person", "id": worker})
    for answer in (saved, client.get(link(client, kept, "person", worker)["path"])):
        found = events(answer)
        assert "t-a" not in {str(it["summary"]) for it in found}
        assert [it for it in found if str(it["uid"]) == "x"] == []
        begun = [it for it in answer.text.splitlines() if it.startswith("BEGIN:VEVENT")]
        assert len(begun) == len(found) > 0
    assert client.get(f"/v1/plans/{plan}/agendas", params={"kind": "person"}).status_code == 200

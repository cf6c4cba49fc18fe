"""Publish, approve, tell what has happened, plan again: over HTTP, each step on the one before."""

import pytest

from service.store.audit import Actor
from tests.service.plans import ended, planned
from tests.support.small import W1, audience, course, department, person, rollout, support, task

LOCAL = Actor("default", "local")
TREE = rollout(
    departments=[department(), department("sales")],
    tasks=[task("t-fin", department="finance"), task("t-sal", department="sales", people=2)],
)


@pytest.fixture
def kept(client):
    return client.post("/v1/rollouts", json=TREE).json()["id"]


@pytest.fixture
def plan(database, kept):
    """A plan of the rollout that has been found."""
    return planned(database, LOCAL, kept)


def words(client, plan):
    return {it["department"]: it["word"] for it in client.get(f"/v1/plans/{plan}/approvals").json()}


def give(client, plan, name, *, granted=True):
    parts = {it["department"]: it for it in client.get(f"/v1/plans/{plan}/approvals").json()}
    reported = {
        "department": name,
        "sha256": parts[name]["sha256"],
        "granted": granted,
        "note": "" if granted else "Not during the inventory.",
    }
    return client.post(f"/v1/plans/{plan}/approvals", json=reported)


def publish(client, kept, plan, **more):
    return client.post(f"/v1/rollouts/{kept}/published", json={"plan": plan} | more)


def test_a_plan_is_published_once_every_department_has_given_its_green_light(client, kept, plan):
    assert words(client, plan) == {"finance": "pending", "sales": "pending"}
    refused = publish(client, kept, plan)
    assert (refused.status_code, "finance, sales" in refused.json()["detail"]) == (409, True)
    give(client, plan, "finance")
    give(client, plan, "sales", granted=False)
    assert words(client, plan) == {"finance": "granted", "sales": "refused"}
    assert publish(client, kept, plan).status_code == 409
    give(client, plan, "sales")
    reported = publish(client, kept, plan, frozen_until="2027-01-12").json()
    assert (reported["revision"], reported["published"]) == (2, plan)
    published = client.get(f"/v1/rollouts/{kept}").json()["published"]
    found = client.get(f"/v1/plans/{plan}/result").json()["plan"]
    assert published["plan"]["tasks"] == found["tasks"]
    assert published["frozen_until"] == "2027-01-12"


def test_only_departments_whose_part_has_changed_are_asked_again(database, client, kept, plan):
    for name in ("finance", "sales"):
        give(client, plan, name)
    publish(client, kept, plan)
    happened = {"edit": "finished", "task": "t-fin", "on": "2027-01-11"}
    answer = client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": [happened]})
    assert answer.status_code == 200, answer.text
    later = planned(database, LOCAL, kept)
    assert words(client, later) == {"sales": "granted"}  # finance has nothing left to do
    booked = client.get(f"/v1/plans/{later}/result").json()["plan"]["tasks"]
    gone = {"edit": "absent", "person": "ana", "from": "2027-01-11", "to": "2027-01-20"}
    assert [it["task"] for it in booked] == ["t-sal"]
    client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": [gone]})
    assert words(client, planned(database, LOCAL, kept)) == {"sales": "pending"}


def test_what_has_happened_is_written_down_once_however_often_it_is_reported(client, kept):
    gone = {"edit": "absent", "person": "ana", "from": "2027-01-20", "to": "2027-01-20"}
    reported = [
        client.post(
            f"/v1/rollouts/{kept}/actuals",
            json={"actuals": [gone]},
            headers={"Idempotency-Key": "monday"},
        ).json()
        for _ in range(2)
    ]
    assert reported[0] == reported[1]
    assert len(client.get(f"/v1/rollouts/{kept}").json()["people"][0]["absences"]) == 1


def test_planning_again_needs_something_published(client, kept):
    answer = client.post(f"/v1/rollouts/{kept}/replan", json={"as_of": "2027-01-12T08:00"})
    assert answer.status_code == 409


def test_a_plan_from_later_on_leaves_what_is_frozen(database, client, kept, plan):
    publish(client, kept, plan, approved=False)
    asked = {"as_of": "2027-01-12T08:00", "frozen_until": "2027-01-13", "workers": 1}
    asked |= {"most_people": 4}
    answer = client.post(f"/v1/rollouts/{kept}/replan", json=asked)
    assert answer.status_code == 202, answer.text
    assert answer.json()["most_people"] == 4
    tree = client.get(f"/v1/rollouts/{kept}").json()
    assert (tree["as_of"], tree["published"]["frozen_until"]) == ("2027-01-12T08:00", "2027-01-13")
    again = ended(database, LOCAL, answer.json()["id"], tree)
    before = client.get(f"/v1/plans/{plan}/result").json()["plan"]
    after = client.get(f"/v1/plans/{again}/result").json()["plan"]
    assert after["tasks"] == before["tasks"]
    change = next(it for it in after["score"]["terms"] if it["term"] == "change")
    assert change["amount"] == 0


def test_a_plan_that_does_not_fit_any_more_is_not_published(client, kept, plan):
    gone = {"edit": "absent", "person": "ana", "from": "2027-01-11", "to": "2027-02-07"}
    client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": [gone]})
    answer = publish(client, kept, plan, approved=False)
    assert answer.status_code == 409
    assert "working_time" in answer.json()["detail"]


def test_a_green_light_for_something_else_than_what_was_seen_is_refused(client, plan):
    reported = {"department": "finance", "sha256": "0" * 64, "granted": True}
    assert client.post(f"/v1/plans/{plan}/approvals", json=reported).status_code == 409
    unknown = reported | {"department": "nobody"}
    assert client.post(f"/v1/plans/{plan}/approvals", json=unknown).status_code == 404


def test_department_heads_give_the_green_light_of_their_own_department_alone(guarded, database):
    coordinator = guarded("coordinator")
    kept = coordinator.post("/v1/rollouts", json=TREE).json()["id"]
    plan = planned(database, Actor("north", "ada"), kept)
    head = guarded("department-head", departments=["finance"])
    assert give(head, plan, "finance").status_code == 201
    parts = {it["department"]: it for it in coordinator.get(f"/v1/plans/{plan}/approvals").json()}
    sales = {"department": "sales", "sha256": parts["sales"]["sha256"], "granted": True}
    for other in (head, guarded("viewer")):
        assert other.post(f"/v1/plans/{plan}/approvals", json=sales).status_code == 403
    assert give(coordinator, plan, "sales").status_code == 201


def test_who_could_do_a_part_instead_is_reported_by_price_and_by_what_it_breaks(database, client):
    cheap = TREE["people"][1] | {"id": "cyn", "cost_per_hour": 30}
    away = TREE["people"][1] | {
        "id": "dan",
        "absences": [{"from": "2027-01-11", "to": "2027-01-29"}],
    }
    unskilled = TREE["people"][1] | {"id": "eva", "skills": []}
    tree = rollout(
        tasks=[task("t-a", hours=4, pin={"people": ["ana"], "start": "2027-01-12T08:00"})],
        people=[*TREE["people"], cheap, away, unskilled],
    )
    kept = client.post("/v1/rollouts", json=tree).json()["id"]
    plan = planned(database, LOCAL, kept)
    asked = {"plan": plan, "task": "t-a", "person": "ana"}
    answer = client.post("/v1/recommend", json=asked)
    assert answer.status_code == 200, answer.text
    reported = {it["person"]: it for it in answer.json()}
    assert set(reported) == {"bor", "cyn"}  # dan is away from that start on, eva lacks the skill
    cost = 4 * (30 - 60)  # hours x the difference in the rate; balanced has 1 for each unit
    assert reported["cyn"]["terms"]["cost"] == cost
    assert reported["cyn"]["ends"] == "2027-01-12T12:00"
    assert {it["rule"] for it in reported["cyn"]["breaks"]} == {"pinned"}


def test_a_shift_can_be_taken_over_or_filled_where_somebody_is_missing(database, client):
    # Two are needed on each of two days; only Ana and Bor may, and Bor is away on the second.
    away = [{"from": "2027-01-26", "to": "2027-01-26"}]
    people = [person("ana"), person("bor", absences=away), person("cyn", skills=[])]
    floor = support(curve=[{"days": "1-2", "users_per_supporter": 5}])
    tree = rollout(
        people=people, waves=[W1], support=[floor], departments=[department(headcount=10)]
    )
    kept = client.post("/v1/rollouts", json=tree).json()["id"]
    plan = planned(database, LOCAL, kept)
    shift = {"plan": plan, "support": "s-w1", "department": "finance"}

    def reported(day, **more):
        return client.post("/v1/recommend", json=shift | {"day": day} | more)

    assert reported("2027-01-25").status_code == 409  # nobody is missing
    (missing,) = reported("2027-01-26").json()
    assert missing["person"] == "bor"
    assert [it["rule"] for it in missing["breaks"]] == ["working_time"]
    assert missing["terms"]["open_work"] < 0
    (instead,) = reported("2027-01-26", person="ana").json()
    assert instead["person"] == "bor"
    assert reported("2027-01-25", person="cyn").status_code == 404
    assert reported("2027-02-25").status_code == 404
    assert client.post("/v1/recommend", json=shift).status_code == 422


def test_a_trainer_can_be_replaced_in_a_class(database, client):
    tree = rollout(courses=[course()], audiences=[audience(headcount=8)], waves=[W1])
    kept = client.post("/v1/rollouts", json=tree).json()["id"]
    plan = planned(database, LOCAL, kept)
    (session,) = client.get(f"/v1/plans/{plan}/result").json()["plan"]["sessions"]
    asked = {"plan": plan, "session": session["id"], "person": session["trainers"][0]}
    (other,) = client.post("/v1/recommend", json=asked).json()
    assert {other["person"], session["trainers"][0]} == {"ana", "bor"}
    assert other["breaks"] == []
    assert client.post("/v1/recommend", json={"plan": plan, "person": "ana"}).status_code == 422


def test_a_task_that_is_open_is_asked_for_without_a_person(database, client):
    # It needs two on the same Monday morning, when bor is away: so it was left open.
    away = [{"from": "2027-01-11", "to": "2027-01-11"}]
    people = [person("ana"), person("bor", absences=away)]
    both = task("t-a", people=2, deadline="2027-01-11")
    tree = rollout(people=people, tasks=[both, task("t-b")])
    kept = client.post("/v1/rollouts", json=tree).json()["id"]
    plan = planned(database, LOCAL, kept)
    answer = client.post("/v1/recommend", json={"plan": plan, "task": "t-a"})
    assert answer.status_code == 200, answer.text
    (only,) = answer.json()
    assert (only["crew"], only["person"]) == (["ana", "bor"], "ana")
    assert only["starts"].startswith("2027-01-12")
    assert [it["rule"] for it in only["breaks"]] == ["time_window"]
    assert client.post("/v1/recommend", json={"plan": plan, "task": "t-b"}).status_code == 409


def test_before_a_plan_is_published_it_is_reported_what_is_in_the_way_and_who_must_be_notified(
    client, kept, plan
):
    first = client.get(f"/v1/plans/{plan}/publishing").json()
    assert (first["published"], first["breaks"]) == (None, [])
    assert [it["word"] for it in first["approvals"]] == ["pending", "pending"]
    assert first["bookings"] == {"new": 2}
    assert sum(first["people"].values()) == 1 + 2  # t-fin has one, t-sal two
    publish(client, kept, plan, approved=False)
    again = client.get(f"/v1/plans/{plan}/publishing").json()
    assert (again["published"], again["bookings"], again["people"]) == (plan, {}, {})
    gone = {"edit": "absent", "person": "ana", "from": "2027-01-11", "to": "2027-02-07"}
    client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": [gone]})
    broken = client.get(f"/v1/plans/{plan}/publishing").json()
    assert "working_time" in {it["rule"] for it in broken["breaks"]}
    assert (broken["revision"], broken["latest"]) == (1, 3)


def test_finished_work_tells_nobody_anything(database, client, kept, plan):
    publish(client, kept, plan, approved=False)
    happened = {"edit": "finished", "task": "t-fin", "on": "2027-01-11"}
    client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": [happened]})
    later = planned(database, LOCAL, kept)
    assert client.get(f"/v1/plans/{later}/publishing").json()["people"] == {}


def test_seats_in_classes_that_differ_are_counted_by_audience(database, client):
    tree = rollout(courses=[course()], audiences=[audience(headcount=8)], waves=[W1])
    kept = client.post("/v1/rollouts", json=tree).json()["id"]
    reported = client.get(f"/v1/plans/{planned(database, LOCAL, kept)}/publishing").json()
    assert (reported["heads"], reported["bookings"]) == ({"clerks": 8}, {"new": 1})


def test_what_is_different_since_the_published_plan_is_due_to_what_has_happened(
    database, client, kept, plan
):
    missing = client.get(f"/v1/plans/{plan}/comparison")
    assert missing.status_code == 409
    publish(client, kept, plan, approved=False)
    gone = {"edit": "absent", "person": "ana", "from": "2027-01-11", "to": "2027-01-20"}
    client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": [gone]})
    later = planned(database, LOCAL, kept)
    reported = client.get(f"/v1/plans/{later}/comparison").json()
    assert (reported["before"]["plan"], reported["after"]["plan"]) == (plan, later)
    assert reported["edits"] == [gone]
    moved = next(it for it in reported["bookings"] if it["after"]["id"] == "t-sal")  # it needs ana
    assert ("moved" in moved["what"], moved["edits"]) == (True, [0])
    other = client.post("/v1/rollouts", json=TREE).json()["id"]
    base = {"base": planned(database, LOCAL, other)}
    assert client.get(f"/v1/plans/{later}/comparison", params=base).status_code == 409


def test_publications_and_what_was_reported_are_listed_latest_first(database, client, kept, plan):
    assert client.get(f"/v1/rollouts/{kept}/published").json()["items"] == []
    publish(client, kept, plan, approved=False)
    done = [{"edit": "progress", "task": it, "done_hours": 1} for it in ("t-fin", "t-sal")]
    for edit in done:
        client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": [edit]})
    later = planned(database, LOCAL, kept)
    publish(client, kept, later, approved=False)
    reported = client.get(f"/v1/rollouts/{kept}/published").json()["items"]
    assert [(it["plan"], it["revision"], it["who"]) for it in reported] == [
        (later, 5, "local"),
        (plan, 2, "local"),
    ]
    happened = client.get(f"/v1/rollouts/{kept}/actuals").json()["items"]
    assert [(it["revision"], it["actuals"]) for it in happened] == [(4, done[1:]), (3, done[:1])]


WEEKS = rollout(
    people=[person("ana")],
    tasks=[task("t-load", hours=40, due="2027-01-15"), task("t-check", hours=8, after=["t-load"])],
    projects=[{"id": "erp", "budget": 3000}],
)
"""Ana loads data from Monday to Friday, for 2,400 of 3,000, and checks them on the Monday after."""


def happened(client, kept, *actuals):
    answer = client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": list(actuals)})
    assert answer.status_code < 300, answer.text


def again(database, client, kept, as_of):
    """The plan from a moment on, and what it costs."""
    asked = client.post(f"/v1/rollouts/{kept}/replan", json={"as_of": as_of, "workers": 1}).json()
    tree = client.get(f"/v1/rollouts/{kept}").json()
    run = ended(database, LOCAL, asked["id"], tree)
    found = client.get(f"/v1/plans/{run}/result").json()
    return run, found["plan"], found["report"]["costs"][0]


def test_what_is_left_of_work_lies_after_now_and_what_is_done_keeps_counting(database, client):
    kept = client.post("/v1/rollouts", json=WEEKS).json()["id"]
    publish(client, kept, planned(database, LOCAL, kept), approved=False)
    happened(client, kept, {"edit": "progress", "task": "t-load", "done_hours": 8})
    run, plan, cost = again(database, client, kept, "2027-01-13T17:00")
    load, check = plan["tasks"]
    # 32 of 40 hours from Thursday on: Thursday, Friday, Monday, Tuesday.
    assert (load["start"], load["end"]) == ("2027-01-14T08:00", "2027-01-19T17:00")
    assert check["start"] == "2027-01-20T08:00"
    # 8 of 48 hours at 60 are spent.
    assert (cost["spent"], cost["planned"], cost["cost"]) == (480, 2400, 2880)

    publish(client, kept, run, approved=False)
    reported = client.get(f"/v1/rollouts/{kept}").json()["published"]["plan"]
    assert [(it["person"], it["hours"]) for it in reported["history"]["tasks"]] == [("ana", 8)]
    happened(client, kept, {"edit": "finished", "task": "t-load", "on": "2027-01-19"})
    run, plan, cost = again(database, client, kept, "2027-01-20T08:00")
    assert [it["task"] for it in plan["tasks"]] == ["t-check"]
    assert (cost["spent"], cost["planned"], cost["cost"]) == (2400, 480, 2880)

    publish(client, kept, run, approved=False)
    # What was published has no booking of t-load any more; its history still knows who did it.
    _, plan, cost = again(database, client, kept, "2027-01-20T09:00")
    assert [it["hours"] for it in plan["history"]["tasks"]] == [8, 32]
    assert cost["cost"] == 2880


def test_who_has_really_worked_counts_as_reported(database, client):
    kept = client.post("/v1/rollouts", json=WEEKS).json()["id"]
    publish(client, kept, planned(database, LOCAL, kept), approved=False)
    worked = [{"person": "ana", "hours": 44}]
    happened(
        client,
        kept,
        {"edit": "finished", "task": "t-load", "on": "2027-01-15", "worked": worked},
    )
    _, plan, cost = again(database, client, kept, "2027-01-18T08:00")
    assert [it["task"] for it in plan["tasks"]] == []
    # 44 hours at 60 are spent; the 480 for the check do not fit into the 3,000 any more.
    assert (cost["spent"], cost["planned"]) == (2640, 0)
    assert plan["open"][0]["id"] == "t-check"
    assert "360.00 EUR are left" in plan["open"][0]["reason"]


def test_a_class_that_was_not_held_is_reported_no_more(database, client):
    tree = rollout(courses=[course()], audiences=[audience(headcount=5)])
    kept = client.post("/v1/rollouts", json=tree).json()["id"]
    publish(client, kept, planned(database, LOCAL, kept), approved=False)
    reported = client.get(f"/v1/rollouts/{kept}").json()["published"]["plan"]["sessions"]
    day = reported[0]["start"][:10]
    _, plan, _ = again(database, client, kept, f"{day}T17:00")
    assert [it["start"] for it in plan["sessions"]] == [reported[0]["start"]]
    happened(client, kept, {"edit": "not_held", "course": "c-basic", "on": day})
    _, plan, _ = again(database, client, kept, f"{day}T17:00")
    assert [it["start"] > f"{day}T17:00" for it in plan["sessions"]] == [True]
    other = {"edit": "not_held", "course": "c-basic", "on": day}
    answer = client.post(f"/v1/rollouts/{kept}/actuals", json={"actuals": [other]})
    assert answer.status_code == 422

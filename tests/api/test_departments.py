"""A department head sees the own departments' parts of plans, and nothing else of the tenant."""

import json

import pytest

from allocator.formats.plan.write import plan_tree
from service.plans.department_ids import fingerprint, parts_of
from service.plans.departments import department_document
from service.store.audit import Actor
from tests.service.plans import planned
from tests.support.small import (
    W1,
    audience,
    course,
    department,
    held,
    person,
    plan_of,
    problem_of,
    rollout,
    room,
    support,
    task,
)

SALARY = 60.75
TREE = rollout(
    departments=[department(release_limit=0.5), department("sales", headcount=10)],
    people=[person("ana", cost_per_hour=SALARY), person("bor", cost_per_hour=SALARY)],
    rooms=[room(seats=12)],
    waves=[W1 | {"departments": ["finance", "sales"]}],
    courses=[course()],
    audiences=[
        audience("clerks", headcount=8),
        audience("sellers", department="sales", headcount=4),
    ],
    support=[support()],
    tasks=[
        task("t-switch", department="finance", change=True),
        task("t-quotas", department="sales"),
    ],
)


@pytest.fixture
def coordinator(guarded):
    return guarded("coordinator")


@pytest.fixture
def plan(database, coordinator):
    kept = coordinator.post("/v1/rollouts", json=TREE).json()["id"]
    return planned(database, Actor("north", "ada"), kept)


@pytest.fixture
def head(guarded):
    return guarded("department-head", departments=["finance"])


def seen(client, plan, name="finance"):
    return client.get(f"/v1/plans/{plan}/departments/{name}")


def test_the_part_has_what_concerns_the_department_by_name_and_no_cost(head, plan):
    answer = seen(head, plan)
    assert answer.status_code == 200, answer.text
    part = answer.json()["part"]
    assert [(it["task"], it["change"]) for it in part["tasks"]] == [("t-switch", True)]
    (held_once,) = part["classes"]
    assert held_once["groups"] == [{"audience": "clerks", "heads": 8, "members": []}]
    assert set(held_once["trainers"]) <= {"Ana", "Bor"}
    assert part["release"] == 20 // 2
    assert part["away"] == [{"day": held_once["start"][:10], "seats": 8, "at_once": 8}]
    # Finance has 20 users: two supporters for ten each, on two days.
    assert [len(it["people"]) for it in part["support"]] == [2, 2]
    assert [it["day"] for it in part["go_lives"]] == [W1["go_live"]]
    for theirs in ("sales", "sellers", "t-quotas", str(SALARY), "cost"):
        assert theirs not in answer.text, theirs


def test_heads_in_two_classes_at_once_are_added_up_and_those_after_each_other_are_not():
    problem = problem_of(courses=[course()], audiences=[audience()], rooms=[room(), room("r2")])
    at_once = [held(problem, 8, {"clerks": 7}), held(problem, 8, {"clerks": 5}, where="r2")]
    after = held(problem, 10, {"clerks": 8})
    tree = rollout(courses=[course()], audiences=[audience()], rooms=[room(), room("r2")])
    plan = plan_tree(problem, plan_of(*at_once, after))
    shown = department_document(tree, plan, {}, "finance")
    assert shown["away"] == [{"day": "2027-01-11", "seats": 20, "at_once": 12}]


def test_a_head_does_not_see_the_part_or_the_word_of_another_department(head, plan):
    assert seen(head, plan, "sales").status_code == 403
    words = head.get(f"/v1/plans/{plan}/approvals").json()
    assert [it["department"] for it in words] == ["finance"]
    (waiting,) = head.get("/v1/approvals").json()["items"]
    assert [it["department"] for it in waiting["approvals"]] == ["finance"]
    reported = {"department": "finance", "sha256": words[0]["sha256"], "granted": True}
    answer = head.post(f"/v1/plans/{plan}/approvals", json=reported)
    assert [it["department"] for it in answer.json()] == ["finance"]


def test_a_head_may_read_nothing_but_the_own_parts(app, head, plan):
    """Every request that reads something of the tenant is tried; what is let through is listed."""
    let_through = set()
    for path, methods in app.openapi()["paths"].items():
        if "get" in methods and path.startswith("/v1/"):
            filled = path.replace("{plan}", plan).replace("{department}", "finance")
            filled = filled.replace("{number}", "1").replace("{", "").replace("}", "")
            if head.get(filled, params={"rollout": "1"}).status_code != 403:
                let_through.add(path)
    assert let_through == {
        "/v1/me",
        # How one signs in is known before anybody has.
        "/v1/sign-in",
        "/v1/sign-in/provider",
        "/v1/sign-in/return",
        # Whoever has the secret link may; there is none of this name.
        "/v1/calendars/{secret}",
        "/v1/calendars/{secret}.ics",
        "/v1/approvals",
        "/v1/plans/{plan}/approvals",
        "/v1/plans/{plan}/departments/{department}",
        "/v1/rollouts/{rollout}/readiness",  # of the own departments
        # Whoever has the link of a message may.
        "/v1/answers/{signed}",
    }


def test_a_head_of_nothing_has_nothing_to_see(guarded, plan):
    nobody = guarded("department-head")
    assert nobody.get("/v1/approvals").json() == {"items": [], "next": None}
    assert nobody.get(f"/v1/plans/{plan}/approvals").json() == []


def test_a_department_without_work_in_the_plan_has_no_part(coordinator, plan):
    assert seen(coordinator, plan, "hr").status_code == 404


def test_a_refusal_needs_a_reason(head, plan):
    (word,) = head.get(f"/v1/plans/{plan}/approvals").json()
    reported = {"department": "finance", "sha256": word["sha256"], "granted": False, "note": " "}
    answer = head.post(f"/v1/plans/{plan}/approvals", json=reported)
    assert answer.status_code == 422
    assert [it["path"] for it in answer.json()["faults"]] == ["note"]


def test_after_a_change_the_last_word_and_what_is_different_since_are_shown(
    database, head, coordinator, plan
):
    (word,) = head.get(f"/v1/plans/{plan}/approvals").json()
    assert seen(head, plan).json()["changes"] is None
    reported = {"department": "finance", "sha256": word["sha256"], "granted": True, "note": "Fine."}
    head.post(f"/v1/plans/{plan}/approvals", json=reported)
    assert seen(head, plan).json()["changes"] == []
    kept = coordinator.get(f"/v1/plans/{plan}").json()["rollout"]
    later = [it | ({"hours": 4} if it["id"] == "c-basic" else {}) for it in TREE["courses"]]
    patched = coordinator.patch(
        f"/v1/rollouts/{kept}", json={"courses": later}, headers={"If-Match": "*"}
    )
    assert patched.status_code == 200, patched.text
    again = planned(database, Actor("north", "ada"), kept)
    shown = seen(head, again).json()
    assert (shown["approval"]["word"], shown["approval"]["said"]) == ("pending", None)
    assert (shown["approval"]["earlier"]["plan"], shown["approval"]["earlier"]["note"]) == (
        plan,
        "Fine.",
    )
    assert {it["after"]["kind"] for it in shown["changes"]} >= {"class"}
    assert "sellers" not in json.dumps(shown)


def test_what_is_asked_of_a_department_does_not_depend_on_heads_of_another():
    def plan_with(sellers):
        groups = [{"audience": "clerks", "heads": 8}, {"audience": "sellers", "heads": sellers}]
        return {
            "sessions": [
                {"id": "c-basic/1", "course": "c-basic", "start": "a", "end": "b", "groups": groups}
            ]
        }

    few, many = (parts_of(TREE, plan_with(number)) for number in (2, 4))
    assert fingerprint(few["finance"]) == fingerprint(many["finance"])
    assert fingerprint(few["sales"]) != fingerprint(many["sales"])

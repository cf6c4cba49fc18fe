"""Lists over HTTP: all that can grow come in pages, which together have each entry once."""

import base64
import json

import pytest
from sqlalchemy import update

from service.access import tokens
from service.access.roles import Caller
from service.lifecycle import digest
from service.store import attempts, runs, tables
from service.store.audit import Actor
from service.store.runs import Limits
from tests.api.conftest import PASSWORD
from tests.service.plans import solved
from tests.support.small import department, rollout, task

TREE = rollout(tasks=[task("t-a", hours=8, department="finance")], departments=[department()])

WHOLE = {
    "/v1/demo",
    "/v1/plans/{plan}/approvals",
    "/v1/plans/{plan}/agendas",
    "/v1/rollouts/{rollout}/answers/{answer}/repairs",
}
"""Lists that are answered at once: what is shipped, and what a plan has of one document."""

PAGED = (
    "/v1/rollouts",
    "/v1/rollouts/{rollout}/revisions",
    "/v1/rollouts/{rollout}/audit",
    "/v1/rollouts/{rollout}/published",
    "/v1/rollouts/{rollout}/actuals",
    "/v1/rollouts/{rollout}/digests",
    "/v1/rollouts/{rollout}/calendars",
    "/v1/plans",
    "/v1/plans/{plan}/deliveries",
    "/v1/scenarios",
    "/v1/approvals",
    "/v1/people",
    "/v1/people/{person}/sessions",
    "/v1/tokens",
    "/v1/audit",
)

OF_A_BROWSER = "/v1/sessions"
"""A list that no token opens: tests/api/test_accounts.py turns its pages."""

OF_FORM_ALONE = {
    "/v1/directory",
    "/v1/plans/{plan}/repairs",
    "/v1/plans/{plan}/why-not",
    "/v1/plans/{plan}/worth",
    "/v1/rollouts/{rollout}/answers",
    "/v1/rollouts/{rollout}/mailings",
    "/v1/rollouts/{rollout}/mailings/{mailing}/messages",
}
"""Lists whose pages are not turned here: that they come in pages is all that is looked at."""


@pytest.fixture
def admin(guarded):
    return guarded("admin")


@pytest.fixture
def things(admin, database):
    """Three entries of each list, all of one moment where lists go by moments; ids by name."""
    ada, found = Actor("north", "ada"), solved(TREE)
    made(admin, "/v1/webhook-secret")
    kept, *_ = (made(admin, "/v1/rollouts", TREE)["id"] for _ in range(3))
    with database.write() as connection:
        for each in admin.get("/v1/rollouts").json()["items"]:
            plan = runs.add(connection, ada, each["id"], 1, Limits(), priority=1).id
            taken = attempts.take(connection, "north", plan, "test")
            attempts.finish(connection, taken.fence, found)
    (plan,) = (it["id"] for it in admin.get(f"/v1/plans?rollout={kept}").json()["items"])
    for _ in range(3):
        made(admin, f"/v1/rollouts/{kept}/published", {"plan": plan, "approved": False})
    for number in (1, 2, 3):
        happened = {"edit": "progress", "task": "t-a", "done_hours": number}
        made(admin, f"/v1/rollouts/{kept}/actuals", {"actuals": [happened]})
        made(admin, f"/v1/rollouts/{kept}/calendars", {"kind": "person", "id": "ana"})
        made(admin, "/v1/scenarios", {"rollout": kept, "name": "What if", "edits": []})
        made(admin, "/v1/tokens", {"name": "program", "role": "viewer"})
        person = {"name": f"person-{number}", "role": "viewer", "password": PASSWORD}
        made(admin, "/v1/people", person)
        with database.write() as connection:
            boss = Caller("north", "boss-north", "admin")
            tokens.make(connection, boss.actor, boss, lasts=3_600_000, kind="session")
            digest.write_failed(connection, "north", kept, None, f"night {number}")
    for number in (1, 2, 3):
        hook = {"rollout": kept, "webhook": f"https://{number}.example/"}
        waiting = made(admin, "/v1/plans", hook)["id"]
    with database.write() as connection:
        connection.execute(update(tables.rollouts).values(changed_at=7))
        connection.execute(update(tables.digests).values(at=7))
        for table in (
            tables.runs,
            tables.scenarios,
            tables.tokens,
            tables.calendar_links,
            tables.deliveries,
        ):
            connection.execute(update(table).values(created_at=7))
    return {"rollout": kept, "plan": waiting, "person": "boss-north"}


def made(client, path, body=None):
    answer = client.post(path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


def requests(things):
    """The path and the query of each list."""
    for path in PAGED:
        query = {"rollout": things["rollout"]} if path == "/v1/scenarios" else {}
        yield path.format(**things), query


def pages(client, path, **query):
    """Every page of a list, each asked for with the `next` of the one before."""
    found = [client.get(path, params=query).json()]
    while found[-1]["next"] is not None:
        found.append(client.get(path, params={**query, "after": found[-1]["next"]}).json())
    return found


def test_pages_of_one_entry_have_every_entry_once_in_the_order_of_the_list(admin, things):
    for path, query in requests(things):
        (whole,) = pages(admin, path, **query)
        walked = pages(admin, path, **query, limit=1)
        assert len(whole["items"]) >= 3, path
        assert [it["items"] for it in walked] == [[it] for it in whole["items"]], path


@pytest.mark.usefixtures("things")
def test_a_list_of_which_nothing_is_left_has_no_next_page(admin):
    number = len(admin.get("/v1/people").json()["items"])
    assert number == 4  # the three, and the admin who is set up in this tenant
    assert admin.get("/v1/people", params={"limit": number}).json()["next"] is None
    assert admin.get("/v1/people", params={"limit": number - 1}).json()["next"] is not None


def test_what_is_no_next_of_a_page_is_refused_by_every_list(admin, things):
    too_large = base64.b64encode(json.dumps([2**62, ""]).encode()).decode()
    for path, query in requests(things):
        for after in ("?", "e30=", too_large):
            answer = admin.get(path, params=query | {"after": after})
            assert answer.status_code == 422, (path, after)


def test_every_list_that_can_grow_comes_in_pages(app):
    document = app.openapi()
    whole, paged = set(), set()
    for path, methods in document["paths"].items():
        answers = methods.get("get", {}).get("responses", {})
        content = answers.get("200", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        name = schema.get("$ref", "/").rsplit("/", 1)[1]
        fields = document["components"]["schemas"].get(name, {}).get("properties", {})
        if schema.get("type") == "array":
            whole.add(path)
        elif "items" in fields:
            paged.add(path)
            taken = {it["name"] for it in methods["get"].get("parameters", [])}
            assert {"limit", "after"} <= taken, path
            assert [it["type"] for it in fields["next"]["anyOf"]] == ["string", "null"], path
    assert whole == WHOLE
    expected = {*PAGED, *OF_FORM_ALONE, OF_A_BROWSER}
    assert {it.partition("/{")[0] for it in paged} == {it.partition("/{")[0] for it in expected}
    assert len(paged) == len(expected)


@pytest.mark.usefixtures("things")
def test_the_latest_plan_of_each_rollout_is_listed_alone_if_that_is_asked_for(admin):
    plans = admin.get("/v1/plans", params={"latest": True}).json()["items"]
    everything = admin.get("/v1/plans").json()["items"]
    assert len(everything) == 4  # one of each rollout, and another one of the first
    assert len(plans) == 3
    assert len({it["rollout"] for it in plans}) == 3

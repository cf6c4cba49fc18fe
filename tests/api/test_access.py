"""Nobody gets at what is not theirs: every operation is tried from outside, by role and tenant."""

import re

import pytest

from tests.api.conftest import PASSWORD
from tests.rollouts import rollout, task

TREE = rollout(tasks=[task("t-a")])
OPEN = {
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("post", "/v1/session"),
    ("get", "/v1/calendars/{secret}.ics"),
}


def operations(app):
    return [
        (method, path)
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if (method, path) not in OPEN
    ]


def tried(client, method, path, **ids):
    for name in (
        "rollout",
        "plan",
        "scenario",
        "token",
        "name",
        "number",
        "link",
        "department",
    ):
        path = path.replace(f"{{{name}}}", str(ids.get(name, "1")))
    headers = {"If-Match": "*"} if method in ("put", "patch", "delete") else {}
    bodies = {
        "/v1/plans": {"rollout": ids.get("rollout", "1"), "seconds": 1},
        "/v1/scenarios": {"rollout": ids.get("rollout", "1"), "name": "x", "edits": []},
        "/v1/recommend": {"plan": ids.get("plan", "1"), "task": "t-a", "person": "ana"},
        f"/v1/rollouts/{ids.get('rollout', '1')}/published": {"plan": ids.get("plan", "1")},
        f"/v1/rollouts/{ids.get('rollout', '1')}/actuals": {
            "actuals": [{"edit": "progress", "task": "t-a", "done_hours": 1}]
        },
        f"/v1/rollouts/{ids.get('rollout', '1')}/nightly": {"at": "02:00"},
        f"/v1/rollouts/{ids.get('rollout', '1')}/replan": {"as_of": "2027-01-12T08:00"},
        f"/v1/rollouts/{ids.get('rollout', '1')}/webhook": {"url": "https://a.example/"},
        f"/v1/plans/{ids.get('plan', '1')}/approvals": {
            "department": "finance",
            "sha256": "0" * 64,
            "granted": True,
        },
        f"/v1/scenarios/{ids.get('scenario', '1')}": {"edits": []},
        f"/v1/scenarios/{ids.get('scenario', '1')}/rebase": {},
        f"/v1/rollouts/{ids.get('rollout', '1')}/calendars": {"kind": "person", "id": "ana"},
        "/v1/tokens": {"name": "x", "role": "viewer"},
        "/v1/people": {"name": "x1", "role": "viewer", "password": PASSWORD},
        "/v1/check": {"rollout": TREE, "plan": {"schema": "plan/1"}},
    }
    query = {"kind": "person", "id": "ana"} if path.endswith("/calendar") else {}
    body = bodies.get(path, TREE) if method in ("post", "put", "patch") else None
    return client.request(method.upper(), path, params=query, json=body, headers=headers)


@pytest.fixture
def theirs(guarded):
    """A rollout and a plan of the tenant `south`."""
    south = guarded("coordinator", "south")
    kept = south.post("/v1/rollouts", json=TREE).json()["id"]
    plan = south.post("/v1/plans", json={"rollout": kept, "seconds": 1}).json()["id"]
    wanted = {"rollout": kept, "name": "x", "edits": []}
    scenario = south.post("/v1/scenarios", json=wanted).json()["id"]
    return {"rollout": kept, "plan": plan, "scenario": scenario}


def test_without_a_token_nothing_is_let_through(app, guarded, theirs):
    nobody = guarded()
    for method, path in operations(app):
        assert tried(nobody, method, path, **theirs).status_code == 401, (method, path)


def test_things_of_another_tenant_are_not_there_for_any_role(app, guarded, theirs):
    outside = [guarded(role) for role in ("admin", "coordinator", "project-manager", "viewer")]
    named = [it for it in operations(app) if re.search("{(rollout|plan|scenario)}", it[1])]
    assert len(named) >= 20
    for client in outside:
        for method, path in named:
            answer = tried(client, method, path, **theirs)
            empty = answer.status_code == 200 and answer.json() == {"items": [], "next": None}
            assert empty or answer.status_code in (403, 404), (method, path, answer.text)
        asked = client.post("/v1/plans", json={"rollout": theirs["rollout"]})
        assert asked.status_code in (403, 404)
        assert client.get("/v1/rollouts").json()["items"] == []
        assert client.get("/v1/plans").json()["items"] == []
        assert client.get("/v1/scenarios", params=theirs).json() == []
        wanted = {"plan": theirs["plan"], "task": "t-a", "person": "ana"}
        assert client.post("/v1/recommend", json=wanted).status_code in (403, 404)


MAY = {
    "viewer": set(),
    "department-head": set(),
    "project-manager": {("post", "/v1/plans"), ("delete", "/v1/plans/{plan}")},
    "coordinator": {
        ("post", "/v1/plans"),
        ("delete", "/v1/plans/{plan}"),
        ("post", "/v1/rollouts"),
        ("patch", "/v1/rollouts/{rollout}"),
    },
    "admin": {
        ("post", "/v1/plans"),
        ("delete", "/v1/plans/{plan}"),
        ("post", "/v1/rollouts"),
        ("patch", "/v1/rollouts/{rollout}"),
        ("post", "/v1/tokens"),
        ("get", "/v1/audit"),
        ("get", "/v1/people"),
    },
}


@pytest.mark.parametrize("role", MAY)
def test_a_role_may_do_what_it_includes_and_no_more(guarded, theirs, role):
    client = guarded(role, "south")
    for operation in MAY["admin"]:
        refused = tried(client, *operation, **theirs).status_code == 403
        assert refused == (operation not in MAY[role]), operation
    may_look = client.get(f"/v1/rollouts/{theirs['rollout']}").status_code == 200
    assert may_look == (role != "department-head")


def test_somebody_signs_in_and_out(guarded):
    client = guarded()
    wrong = client.post("/v1/session", json={"name": "boss-north", "password": "x"})
    assert wrong.status_code == 401
    unknown = client.post("/v1/session", json={"name": "nobody", "password": "x"})
    assert unknown.json() == wrong.json()
    answer = client.post("/v1/session", json={"name": "boss-north", "password": PASSWORD})
    assert (answer.status_code, answer.json()["role"]) == (200, "admin")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    assert client.get("/v1/me").json()["name"] == "boss-north"
    shown = dict(client.cookies)
    assert client.delete("/v1/session").status_code == 204
    client.cookies.update(shown)
    assert client.get("/v1/me").status_code == 401


def test_passwords_cannot_be_tried_one_after_another(guarded):
    client = guarded()
    statuses = [
        client.post("/v1/session", json={"name": "boss-north", "password": "x"}).status_code
        for _ in range(20)
    ]
    assert statuses[0] == 401
    assert statuses[-1] == 429


def test_a_revoked_token_is_useless(guarded):
    admin = guarded("admin")
    made = admin.post("/v1/tokens", json={"name": "nightly", "role": "viewer"}).json()
    program = guarded()
    program.headers["Authorization"] = f"Bearer {made['token']}"
    assert program.get("/v1/me").json()["name"] == "nightly"
    assert "token" not in admin.get("/v1/tokens").json()[0]
    assert admin.delete(f"/v1/tokens/{made['id']}").status_code == 204
    assert program.get("/v1/me").status_code == 401


@pytest.mark.parametrize("text", ["x", "alc_", "alc_1_2", "alc_" + "0" * 16 + "_x", "alc_\u20ac_x"])
def test_a_token_that_is_none_is_refused(guarded, text):
    client = guarded()
    headers = {"Authorization": f"Bearer {text}".encode()}
    assert client.get("/v1/me", headers=headers).status_code == 401


def test_somebody_whose_account_is_closed_is_out_at_once(guarded):
    admin, eva = guarded("admin"), guarded()
    admin.post("/v1/people", json={"name": "eva", "role": "viewer", "password": PASSWORD})
    eva.post("/v1/session", json={"name": "eva", "password": PASSWORD})
    assert eva.get("/v1/me").status_code == 200
    assert admin.delete("/v1/people/eva").status_code == 204
    assert eva.get("/v1/me").status_code == 401
    again = eva.post("/v1/session", json={"name": "eva", "password": PASSWORD})
    assert again.status_code == 401


def test_answers_carry_secure_headers(client):
    headers = client.get("/healthz").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "", ";%{++;w.1"])
def test_a_name_that_is_not_ours_is_refused_as_a_problem(client, host):
    answer = client.get("/healthz", headers={"Host": host})
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert answer.headers["content-type"] == "application/problem+json"

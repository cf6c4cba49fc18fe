"""Accounts: passwords and sessions, and that nothing outlives an account that is closed."""

import threading

import pytest
from fastapi.testclient import TestClient

from service.access import people, tokens
from service.access.errors import AccessError
from service.access.roles import Caller
from tests.api.conftest import KEPT, PASSWORD
from tests.support.small import rollout, task

OTHER = "a green tram behind the hill"


@pytest.fixture
def admin(app, guarded):
    """An admin who has signed in, as a browser does."""
    assert guarded().get("/v1/me").status_code == 401
    return signed_in(app, "boss-north")


@pytest.fixture
def eva(admin, app):
    """Another admin, signed in."""
    admin.post("/v1/people", json={"name": "eva", "role": "admin", "password": PASSWORD})
    return signed_in(app, "eva")


def signed_in(app, name, password=PASSWORD):
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.post("/v1/session", json={"name": name, "password": password})
    assert answer.status_code == 200, answer.text
    return client


def test_what_somebody_has_let_in_ends_with_their_account(admin, eva, app):
    kept = eva.post("/v1/rollouts", json=rollout(tasks=[task("t-a")])).json()["id"]
    text = eva.post("/v1/tokens", json={"name": "backup", "role": "admin"}).json()["token"]
    program = TestClient(app)
    program.headers["Authorization"] = f"Bearer {text}"
    again = program.post("/v1/tokens", json={"name": "more", "role": "viewer"}).json()["token"]
    more = TestClient(app)
    more.headers["Authorization"] = f"Bearer {again}"
    eva.post("/v1/webhook-secret")
    eva.put(f"/v1/rollouts/{kept}/webhook", json={"url": "https://a.example/"})
    link = eva.post(f"/v1/rollouts/{kept}/calendars", json={"kind": "person", "id": "ana"})
    path = link.json()["path"]
    assert {it.get("/v1/me").status_code for it in (program, more)} == {200}
    assert TestClient(app).get(path).status_code == 200
    assert admin.delete("/v1/people/eva").status_code == 204
    assert {it.get("/v1/me").status_code for it in (eva, program, more)} == {401}
    assert TestClient(app).get(path).status_code == 404
    assert admin.get(f"/v1/rollouts/{kept}/calendars").json()["items"] == []
    assert admin.get(f"/v1/rollouts/{kept}/webhook").status_code == 404
    (closed,) = (it for it in admin.get("/v1/audit").json()["items"] if it["action"] == "close")
    assert closed["detail"] == {"sessions": 1, "tokens": 2, "links": 1, "webhooks": 1}


def test_a_stream_that_is_open_tells_nothing_more_once_the_account_is_closed(admin, eva):
    kept = admin.post("/v1/rollouts", json=rollout(tasks=[task("t-a")])).json()["id"]
    plan = admin.post("/v1/plans", json={"rollout": kept}).json()["id"]
    reported = []

    def follow():
        reported.append(eva.get(f"/v1/plans/{plan}/events").text)

    following = threading.Thread(target=follow)
    following.start()
    admin.delete("/v1/people/eva")
    admin.post(f"/v1/plans/{plan}/cancel")
    following.join()
    assert "event: ended" not in reported[0]


def test_nothing_is_made_for_an_account_that_was_closed_meanwhile(database):
    boss, eva = Caller("north", "boss", "admin"), Caller("north", "eva", "admin", account="eva")
    with database.write() as connection:
        people.add(connection, boss.actor, boss, KEPT)
        people.add(connection, boss.actor, eva, KEPT)
        person = people.get(connection, "north", "eva")
        people.close(connection, boss.actor, "eva")
    for make in (
        lambda connection: tokens.make(connection, eva.actor, eva, lasts=1000),
        lambda connection: tokens.make(connection, eva.actor, eva, lasts=1000, kind="session"),
        lambda connection: people.hold_unchanged(connection, person),
        lambda connection: people.add(connection, eva.actor, Caller("north", "x", "viewer"), KEPT),
    ):
        with pytest.raises(AccessError), database.write() as connection:
            make(connection)


def test_of_a_sign_in_and_a_closing_at_the_same_moment_no_session_is_left(database):
    """Whoever is first: either nothing is made, or what is made ends."""
    boss = Caller("north", "boss", "admin")
    with database.write() as connection:
        people.add(connection, boss.actor, boss, KEPT)
    for turn in range(20):
        eva = Caller("north", f"eva{turn}", "admin", account=f"eva{turn}")
        with database.write() as connection:
            people.add(connection, boss.actor, eva, KEPT)
            person = people.get(connection, "north", eva.name)
        texts, together = [], threading.Barrier(2)

        def sign_in(person=person, eva=eva, together=together, texts=texts):
            together.wait()
            try:
                with database.write() as connection:
                    people.hold_unchanged(connection, person)
                    made = tokens.make(connection, eva.actor, eva, lasts=10**6, kind="session")
                texts.append(made[1])
            except AccessError:
                pass

        signing = threading.Thread(target=sign_in)
        signing.start()
        together.wait()
        with database.write() as connection:
            people.close(connection, boss.actor, eva.name)
        signing.join()
        with database.write() as connection:  # nor does one come back with the name
            people.add(connection, boss.actor, eva, KEPT)
        for text in texts:
            with pytest.raises(AccessError), database.read() as connection:
                tokens.caller_of(connection, text)


def test_a_closed_name_is_used_again_and_nothing_of_before_comes_back(admin, eva, app):
    admin.delete("/v1/people/eva")
    again = {"name": "eva", "role": "viewer", "password": OTHER}
    assert admin.post("/v1/people", json=again).status_code == 201
    assert admin.post("/v1/people", json=again).status_code == 409
    assert eva.get("/v1/me").status_code == 401
    wrong = TestClient(app).post("/v1/session", json={"name": "eva", "password": PASSWORD})
    assert wrong.status_code == 401
    assert signed_in(app, "eva", OTHER).get("/v1/me").json()["role"] == "viewer"


def test_a_name_that_another_tenant_has_closed_stays_taken(guarded):
    north, south = guarded("admin"), guarded("admin", tenant="south")
    wanted = {"name": "eva", "role": "viewer", "password": PASSWORD}
    north.post("/v1/people", json=wanted)
    north.delete("/v1/people/eva")
    assert south.post("/v1/people", json=wanted).status_code == 409


def test_somebody_changes_their_password_and_is_signed_out_everywhere_else(eva, app):
    elsewhere = signed_in(app, "eva")
    wrong = eva.patch("/v1/me", json={"current": "x", "password": OTHER})
    assert (wrong.status_code, wrong.json()["detail"]) == (403, "The present password is wrong.")
    assert eva.patch("/v1/me", json={"current": PASSWORD, "password": OTHER}).status_code == 204
    assert [it.get("/v1/me").status_code for it in (eva, elsewhere)] == [200, 401]
    assert signed_in(app, "eva", OTHER).get("/v1/me").status_code == 200
    old = TestClient(app).post("/v1/session", json={"name": "eva", "password": PASSWORD})
    assert old.status_code == 401


def test_an_admin_resets_a_password_and_all_sessions_end(admin, eva, app):
    assert admin.patch("/v1/people/eva", json={"password": OTHER}).status_code == 204
    assert eva.get("/v1/me").status_code == 401
    assert signed_in(app, "eva", OTHER).get("/v1/me").status_code == 200
    assert admin.patch("/v1/people/nobody", json={"password": OTHER}).status_code == 404


def test_another_role_holds_at_once_and_tokens_that_went_beyond_it_end(admin, eva, app):
    text = eva.post("/v1/tokens", json={"name": "backup", "role": "admin"}).json()["token"]
    assert admin.patch("/v1/people/eva", json={"role": "viewer"}).status_code == 204
    assert eva.get("/v1/me").json()["role"] == "viewer"
    assert eva.get("/v1/people").status_code == 403
    program = TestClient(app)
    program.headers["Authorization"] = f"Bearer {text}"
    assert program.get("/v1/me").status_code == 401


def test_the_last_admin_keeps_their_role(guarded):
    north, south = guarded("admin"), guarded("admin", tenant="south")
    assert north.patch("/v1/people/boss-north", json={"role": "viewer"}).status_code == 204
    last = south.patch("/v1/people/boss-south", json={"role": "viewer"})
    assert (last.status_code, "last admin" in last.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "password1234",
        "123456789012",
        "qwertyuiop12",
        "eva-eva-eva-eva",
        " " * 12,
        "three\nblue boats on a lake",
        "short of it",
        "x" * 201,
    ],
)
def test_a_weak_password_is_refused_wherever_it_is_given(admin, eva, password):
    new = {"name": "fay", "role": "viewer", "password": password}
    for answer in (
        admin.post("/v1/people", json=new),
        admin.patch("/v1/people/eva", json={"password": password}),
        eva.patch("/v1/me", json={"current": PASSWORD, "password": password}),
    ):
        assert answer.status_code == 422, answer.text
        assert [it["path"].removeprefix("body.") for it in answer.json()["faults"]] == ["password"]
    assert eva.get("/v1/me").status_code == 200


def test_sessions_are_listed_and_ended(eva, app, admin):
    elsewhere = signed_in(app, "eva")
    here, there = eva.get("/v1/sessions").json()["items"], admin.get("/v1/people/eva/sessions")
    assert {it["id"] for it in here} == {it["id"] for it in there.json()["items"]}
    assert sorted(it["present"] for it in here) == [False, True]
    (other,) = (it["id"] for it in here if not it["present"])
    assert eva.delete(f"/v1/sessions/{other}").status_code == 204
    assert [it.get("/v1/me").status_code for it in (eva, elsewhere)] == [200, 401]
    third = signed_in(app, "eva")
    assert eva.delete("/v1/sessions").status_code == 204
    assert [it.get("/v1/me").status_code for it in (eva, third)] == [200, 401]
    assert admin.delete("/v1/people/eva/sessions").status_code == 204
    assert eva.get("/v1/me").status_code == 401


def test_the_own_sessions_come_in_pages(eva, app):
    for _ in range(2):
        signed_in(app, "eva")
    walked, after = [], {}
    for _ in range(3):
        page = eva.get("/v1/sessions", params={"limit": 1, **after}).json()
        walked += page["items"]
        after = {"after": page["next"]}
    assert after == {"after": None}
    assert walked == eva.get("/v1/sessions").json()["items"]


def test_a_session_of_somebody_else_is_not_there(eva, admin):
    (mine,) = admin.get("/v1/sessions").json()["items"]
    assert eva.delete(f"/v1/sessions/{mine['id']}").status_code == 404
    assert admin.get("/v1/me").status_code == 200


def test_a_session_that_nobody_uses_ends_and_one_in_use_goes_on(eva, monkeypatch):
    begun = tokens.now()
    hour = 3_600_000

    def at(moment):
        for module in ("service.access.tokens.now", "api.auth.now"):
            monkeypatch.setattr(module, lambda: begun + moment)

    at(1.5 * hour)
    assert eva.get("/v1/me").status_code == 200
    at(3 * hour)  # an hour and a half after it was used last
    assert eva.get("/v1/me").status_code == 200
    at(5 * hour - 1000)
    assert eva.get("/v1/me").status_code == 200
    at(7 * hour)
    assert eva.get("/v1/me").status_code == 401
    at(6.9 * hour)
    assert eva.get("/v1/me").status_code == 200


def test_failed_sign_ins_are_in_the_audit_log_of_the_tenant(admin, app):
    admin.post("/v1/people", json={"name": "eva", "role": "viewer", "password": PASSWORD})
    stranger = TestClient(app)
    for name in ("eva", "nobody"):
        stranger.post("/v1/session", json={"name": name, "password": "x"})
    found = [
        it for it in admin.get("/v1/audit").json()["items"] if it["action"] == "sign-in failed"
    ]
    assert [(it["kind"], it["id"]) for it in found] == [("person", "eva")]


def test_a_token_opens_the_rollouts_that_it_names_and_no_others(admin, app):
    ours, theirs = (
        admin.post("/v1/rollouts", json=rollout(name=name, tasks=[task("t-a")])).json()["id"]
        for name in ("Ours", "Theirs")
    )
    plans = {
        it: admin.post("/v1/plans", json={"rollout": it}).json()["id"] for it in (ours, theirs)
    }
    what_if = admin.post("/v1/scenarios", json={"rollout": ours, "name": "x", "edits": []}).json()
    wanted = {"name": "erp", "role": "admin", "rollouts": [ours]}
    made = admin.post("/v1/tokens", json=wanted).json()
    assert made["rollouts"] == [ours]
    program = TestClient(app)
    program.headers["Authorization"] = f"Bearer {made['token']}"
    for path, status in {
        "/v1/me": 200,
        f"/v1/rollouts/{ours}": 200,
        f"/v1/plans/{plans[ours]}": 200,
        f"/v1/plans?rollout={ours}": 200,
        f"/v1/scenarios/{what_if['id']}": 200,
        f"/v1/rollouts/{what_if['id']}": 200,
        f"/v1/rollouts/{theirs}": 403,
        f"/v1/plans/{plans[theirs]}": 403,
        f"/v1/plans?rollout={theirs}": 403,
        f"/v1/plans?rollout={ours}&rollout={theirs}": 403,
        f"/v1/plans/{plans[ours]}/comparison?base={plans[theirs]}": 403,
        "/v1/rollouts": 403,
        "/v1/plans": 403,
        "/v1/approvals": 403,
        "/v1/people": 403,
        "/v1/audit": 403,
        "/v1/rollouts/nothing": 404,
    }.items():
        assert program.get(path).status_code == status, path
    assert program.post("/v1/plans", json={"rollout": ours}).status_code == 202
    assert program.post("/v1/plans", json={"rollout": theirs}).status_code == 403
    assert program.post("/v1/rollouts", json=rollout()).status_code == 403
    assert program.post("/v1/tokens", json=wanted | {"rollouts": []}).status_code == 403
    nothing = admin.post("/v1/tokens", json=wanted | {"rollouts": ["nothing"]})
    assert nothing.status_code == 404


def test_reads_of_private_documents_are_in_the_audit_log_once_an_hour(admin, eva):
    kept = admin.post("/v1/rollouts", json=rollout(tasks=[task("t-a")])).json()["id"]
    for _ in range(3):
        assert eva.get(f"/v1/rollouts/{kept}").status_code == 200
    assert eva.get("/v1/rollouts/nothing").status_code == 404
    found = [it for it in admin.get("/v1/audit").json()["items"] if it["action"] == "read"]
    reported = [(it["who"], it["kind"], it["id"], it["detail"]) for it in found]
    assert reported == [("eva", "rollout", kept, {"what": "document"})]

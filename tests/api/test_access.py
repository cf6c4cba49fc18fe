"""Signing in and out, tokens, and what holds for every answer; roles are in `test_matrix`."""

import pytest

from api import sign_ins
from api.sign_ins import PER_ADDRESS
from tests.api.conftest import PASSWORD


def test_somebody_signs_in_and_out(guarded):
    client = guarded()
    wrong = client.post("/v1/session", json={"name": "boss-north", "password": "x"})
    assert wrong.status_code == 401
    unknown = client.post("/v1/session", json={"name": "nobody", "password": "x"})
    assert unknown.json() == wrong.json()
    answer = client.post("/v1/session", json={"name": "boss-north", "password": PASSWORD})
    assert (answer.status_code, answer.json()["role"]) == (200, "admin")
    *_, session = answer.headers.get_list("set-cookie")
    assert session.startswith("allocator_session=alc_")
    for part in ("HttpOnly", "SameSite=strict"):
        assert part in session
    assert client.get("/v1/me").json()["name"] == "boss-north"
    shown = dict(client.cookies)
    assert client.delete("/v1/session").status_code == 204
    client.cookies.update(shown)
    assert client.get("/v1/me").status_code == 401


def test_passwords_cannot_be_tried_one_after_another(guarded, monkeypatch):
    monkeypatch.setattr(sign_ins, "HELD_SECONDS", 0.0)
    client = guarded()
    statuses = [
        client.post("/v1/session", json={"name": "boss-north", "password": "x"}).status_code
        for _ in range(PER_ADDRESS + 20)
    ]
    assert statuses[0] == 401
    assert statuses[-1] == 429


def test_a_revoked_token_is_useless(guarded):
    admin = guarded("admin")
    made = admin.post("/v1/tokens", json={"name": "nightly", "role": "viewer"}).json()
    program = guarded()
    program.headers["Authorization"] = f"Bearer {made['token']}"
    assert program.get("/v1/me").json()["name"] == "nightly"
    assert "token" not in admin.get("/v1/tokens").json()["items"][0]
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


def test_the_last_admin_stays_so_that_the_door_stays_shut(guarded):
    north, south = guarded("admin"), guarded("admin", tenant="south")
    assert north.delete("/v1/people/boss-north").status_code == 204
    answer = south.delete("/v1/people/boss-south")
    assert (answer.status_code, "last admin" in answer.json()["detail"]) == (409, True)
    assert guarded().get("/v1/me").status_code == 401


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

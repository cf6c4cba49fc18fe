"""Single sign-on against a real provider, in a process of its own on this machine."""

import dataclasses
import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from service.access import people
from service.access.oidc import Provider
from service.access.roles import Caller
from service.access.sso_settings import Mapped, Settings, read
from service.store.errors import StoreUnusable
from tests.api.conftest import KEPT
from tests.api.test_serve import free_port
from tests.service.jobs.processes import until


@pytest.fixture(scope="module")
def issuer():
    """The address of a provider; whoever is asked for is let in there."""
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "oidc_provider_mock",
            "--port",
            str(port),
            "--require-nonce",
            "true",
        ],
        env=os.environ | {"NO_COLOR": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    here = f"http://127.0.0.1:{port}"

    def answers():
        try:
            return httpx2.get(f"{here}/.well-known/openid-configuration").status_code == 200
        except httpx2.HTTPError:
            return False

    try:
        until(answers)
        yield here
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def settings(issuer):
    return Settings(
        issuer=issuer,
        client_id="allocator",
        secret="a secret of ours",
        roles=(
            Mapped(group="admins", role="admin"),
            Mapped(group="planners", role="coordinator"),
            Mapped(group="finance", role="department-head", departments=["finance"]),
        ),
        name="The works",
        address=None,
        tenant="north",
        name_claim="nickname",
        groups_claim="groups",
        scopes=("openid", "profile"),
    )


@pytest.fixture
def app(database, settings):
    boss = Caller("north", "boss", "admin")
    with database.write() as connection:
        people.add(connection, boss.actor, boss, KEPT)
    made = create_app(database, provider=Provider(settings))
    yield made
    made.state.service.queue.close()


def known_as(issuer, subject, name, *groups):
    """Let the provider know somebody."""
    claims = {"nickname": name, "groups": list(groups)}
    httpx2.put(f"{issuer}/users/{subject}", json=claims).raise_for_status()


def sent_back(client, subject, path="/v1/sign-in/provider?then=rollouts/abc"):
    """Where the browser is sent after signing in at the provider."""
    leaving = client.get(path, follow_redirects=False)
    assert leaving.status_code == 303, leaving.text
    there = httpx2.post(leaving.headers["location"], data={"sub": subject})
    assert there.status_code in (302, 303), there.text
    return there.headers["location"]


def signed_in(app, subject):
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get(sent_back(client, subject), follow_redirects=False)
    return client, answer.headers["location"]


def test_somebody_whom_the_provider_vouches_for_has_the_role_of_their_group(app, issuer):
    known_as(issuer, "s-1", "eva", "finance", "others")
    client, place = signed_in(app, "s-1")
    assert place == "/sign-in?then=rollouts%2Fabc"
    me = client.get("/v1/me").json()
    assert (me["name"], me["role"], me["departments"]) == ("eva", "department-head", ["finance"])
    assert client.patch("/v1/me", json={"current": "x", "password": "y" * 20}).status_code == 409


def test_the_first_line_that_fits_counts_and_another_group_holds_at_the_next_sign_in(app, issuer):
    known_as(issuer, "s-2", "fay", "finance", "admins")
    client, _ = signed_in(app, "s-2")
    assert client.get("/v1/me").json()["role"] == "admin"
    known_as(issuer, "s-2", "fay", "planners")
    again, _ = signed_in(app, "s-2")
    assert {it.get("/v1/me").json()["role"] for it in (client, again)} == {"coordinator"}


def test_without_a_group_of_ours_nobody_gets_in_and_what_was_let_in_before_ends(app, issuer):
    known_as(issuer, "s-3", "gus", "others")
    client, place = signed_in(app, "s-3")
    assert (place, client.get("/v1/me").status_code) == ("/sign-in?failed=group", 401)
    known_as(issuer, "s-3", "gus", "admins")
    client, _ = signed_in(app, "s-3")
    text = client.post("/v1/tokens", json={"name": "backup", "role": "admin"}).json()["token"]
    known_as(issuer, "s-3", "gus", "others")
    signed_in(app, "s-3")
    assert client.get("/v1/me").status_code == 401
    program = TestClient(app, headers={"Authorization": f"Bearer {text}"})
    assert program.get("/v1/me").status_code == 401


def test_an_account_that_was_closed_here_stays_closed(app, issuer):
    known_as(issuer, "s-4", "hal", "planners")
    signed_in(app, "s-4")
    known_as(issuer, "s-5", "ida", "admins")
    admin, _ = signed_in(app, "s-5")
    assert admin.delete("/v1/people/hal").status_code == 204
    client, place = signed_in(app, "s-4")
    assert (place, client.get("/v1/me").status_code) == ("/sign-in?failed=account", 401)


def test_the_name_of_an_account_with_a_password_is_not_taken_over(app, issuer):
    known_as(issuer, "s-6", "boss", "planners")
    client, place = signed_in(app, "s-6")
    assert (place, client.get("/v1/me").status_code) == ("/sign-in?failed=account", 401)


def test_what_comes_back_must_be_what_this_browser_went_for(app, issuer):
    known_as(issuer, "s-7", "jan", "planners")
    mine, theirs = (TestClient(app, raise_server_exceptions=False) for _ in range(2))
    back = sent_back(mine, "s-7")
    for client, place in (
        (theirs, back),  # somebody else's browser
        (mine, back.replace("state=", "state=x")),
        (mine, f"/v1/sign-in/return?{urlsplit(back).query.replace('code=', 'code=x')}"),
        (mine, "/v1/sign-in/return"),
        (mine, "/v1/sign-in/return?error=access_denied"),
    ):
        answer = client.get(place, follow_redirects=False)
        assert answer.headers["location"] == "/sign-in?failed=provider"
        assert client.get("/v1/me").status_code == 401


def test_a_code_cannot_be_used_with_another_nonce(app, issuer):
    known_as(issuer, "s-8", "kim", "planners")
    client = TestClient(app, raise_server_exceptions=False)
    back = sent_back(client, "s-8")
    state, nonce, rest = client.cookies["allocator_sso"].strip('"').split(".", 2)
    client.cookies.clear()
    client.cookies.set("allocator_sso", f"{state}.{nonce}x.{rest}")
    answer = client.get(back, follow_redirects=False)
    assert answer.headers["location"] == "/sign-in?failed=provider"


def test_the_way_there_has_a_challenge_and_comes_back_to_us_alone(app, issuer):
    client = TestClient(app)
    there = client.get("/v1/sign-in/provider", follow_redirects=False).headers["location"]
    asked = {name: value[0] for name, value in parse_qs(urlsplit(there).query).items()}
    assert there.startswith(f"{issuer}/")
    assert asked["redirect_uri"] == "http://testserver/v1/sign-in/return"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    cookie = client.get("/v1/sign-in/provider", follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize("then", ["https://evil.example", "//evil.example", "/x", "\\evil"])
def test_nobody_is_sent_to_another_site_afterwards(app, then):
    answer = TestClient(app).get(
        "/v1/sign-in/provider", params={"then": then}, follow_redirects=False
    )
    assert answer.status_code == 422


def test_a_provider_that_is_gone_is_reported_on_the_page(database, settings):
    gone = dataclasses.replace(settings, issuer=f"http://127.0.0.1:{free_port()}")
    made = create_app(database, provider=Provider(gone))
    client = TestClient(made, raise_server_exceptions=False)
    answer = client.get("/v1/sign-in/provider", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?failed=provider")
    assert client.get("/v1/sign-in").json() == {"provider": "The works"}
    made.state.service.queue.close()


def test_without_a_provider_there_is_no_way_to_one(database):
    made = create_app(database)
    client = TestClient(made)
    assert client.get("/v1/sign-in").json() == {"provider": None}
    assert client.get("/v1/sign-in/provider").status_code == 404
    made.state.service.queue.close()


RIGHT = "issuer: https://login.example\nclient_id: allocator\nroles: [{group: a, role: viewer}]\n"


def test_the_file_of_a_provider_is_read(tmp_path):
    (tmp_path / "sso.yaml").write_text(RIGHT)
    found = read(tmp_path / "sso.yaml", "secret")
    assert (found.issuer, found.name, found.secret) == (
        "https://login.example",
        "login.example",
        "secret",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RIGHT.replace("https", "http"), "issuer"),
        (RIGHT.replace("viewer", "king"), "roles.0.role"),
        (RIGHT.replace("client_id", "client"), "client_id"),
        ("roles: [", "cannot be read"),
        ("", "should be"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_its_faults(tmp_path, text, said):
    (tmp_path / "sso.yaml").write_text(text)
    with pytest.raises(StoreUnusable, match=said):
        read(tmp_path / "sso.yaml", None)

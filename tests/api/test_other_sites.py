"""Changes that a page of another site asks for, in the name of whoever looks at it."""

import pytest

from tests.api.conftest import PASSWORD
from tests.support.small import rollout

OTHER = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

CHANGES = [
    ("POST", "/v1/rollouts", rollout()),
    ("POST", "/v1/demo/clinic", None),
    ("POST", "/v1/webhook-secret", None),
    ("POST", "/v1/people", {"name": "evil", "role": "admin", "password": PASSWORD}),
    ("PUT", "/v1/validate", rollout()),
    ("DELETE", "/v1/session", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        OTHER,
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver:8080"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
        {"Origin": "http://["},
    ],
)
def test_a_page_of_another_site_changes_nothing(client, method, path, body, headers):
    headers = headers | {"Content-Type": "text/plain"}
    answer = client.request(method, path, json=body, headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"]
    assert client.get("/v1/rollouts").json()["items"] == []
    assert client.get("/v1/people").json()["items"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {},  # no browser
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://TESTSERVER"},
        {"Origin": "https://testserver"},  # TLS ends before us
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_pages_and_programs_change_what_they_may(client, headers):
    assert client.post("/v1/rollouts", json=rollout(), headers=headers).status_code == 201


def test_whoever_sends_a_token_says_who_they_are(guarded):
    boss = guarded("admin")
    assert boss.post("/v1/webhook-secret", headers=OTHER).status_code == 201


def test_a_cookie_is_not_enough_for_a_page_of_another_site(guarded):
    browser = guarded()
    signed = browser.post("/v1/session", json={"name": "boss-north", "password": PASSWORD})
    assert signed.status_code == 200
    assert browser.get("/v1/me").status_code == 200
    basic = OTHER | {"Authorization": "Basic Zm9v"}  # not a token of ours: the cookie counts
    for headers in (OTHER, basic):
        assert browser.post("/v1/webhook-secret", headers=headers).status_code == 403
    assert browser.post("/v1/webhook-secret").status_code == 201


def test_reading_is_for_every_page_that_the_browser_lets(client):
    assert client.get("/v1/rollouts", headers=OTHER).status_code == 200

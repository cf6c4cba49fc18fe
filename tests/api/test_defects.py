"""A defect of ours: an answer like all others, an id, a count, and one line in the log."""

import json

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from service.store import rollouts
from tests.api.operations import TREE

SAID = "what is wrong"


@pytest.fixture
def broken(client, monkeypatch):
    def breaks(*_, **__):
        raise ZeroDivisionError(f"{SAID}\nand a second line")

    monkeypatch.setattr(rollouts, "listed", breaks)
    return client


def test_a_defect_has_the_headers_and_the_id_of_every_answer(broken):
    answer, good = broken.get("/v1/rollouts"), broken.get("/healthz")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.headers["x-request-id"]) == 16
    assert set(good.headers) <= set(answer.headers)
    assert SAID not in answer.text


def test_a_defect_is_counted_and_reported_in_one_line(broken):
    with capture_logs() as lines:
        broken.get("/v1/rollouts")
    (reported,) = [it for it in lines if it["event"] == "defect"]
    assert reported["error"] == f"ZeroDivisionError: {SAID}"
    assert reported["at"].endswith("breaks")
    assert len(json.dumps(reported)) < 1000
    counted = 'route="/v1/rollouts",status="500"'
    assert counted in broken.get("/metrics").text


@pytest.mark.parametrize("path", ["/v1/rollouts/a%00b", "/v1/rollouts?after=%1b", "/rollouts/%7f"])
def test_addresses_with_control_characters_are_refused(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.json()["detail"] == "The head of the request holds a control character."


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ('"a\\u0000b"', "control_character"),
        ('"\\u001b[2J"', "control_character"),
        ('"\\ud800"', "control_character"),
        ("1e999", "not_a_number"),
        ("NaN", "not_a_number"),
    ],
)
def test_one_check_stands_at_every_door(client, value, code):
    headers = {"Content-Type": "application/json"}
    kept = client.post("/v1/rollouts", json=TREE).json()["id"]
    bodies = {
        "POST /v1/session": f'{{"name": {value}, "password": "x"}}',
        "POST /v1/people": f'{{"name": {value}, "role": "viewer", "password": "x"}}',
        "POST /v1/tokens": f'{{"name": "a", "role": "viewer", "departments": [{value}]}}',
        "POST /v1/scenarios": f'{{"rollout": "{kept}", "name": {value}, "edits": []}}',
        f"POST /v1/rollouts/{kept}/actuals": (
            '{"actuals": [{"edit": "absent", "person": "ana", "from": "2027-01-12", '
            f'"to": "2027-01-12", "reason": {value}}}]}}'
        ),
        "POST /v1/plans": f'{{"rollout": "{kept}", "seconds": {value}}}',
    }
    for operation, body in bodies.items():
        answer = client.request(*operation.split(), content=body, headers=headers)
        assert answer.status_code == 422, operation
        assert code in {it["code"] for it in answer.json()["faults"]}, operation


def test_a_cookie_that_hides_a_control_character_is_no_token(guarded):
    stranger = guarded()
    for cookie in ('allocator_session="alc_\\000_\\000"', 'allocator_session="alc_\\377_x"'):
        assert stranger.get("/v1/me", headers={"Cookie": cookie}).status_code == 401


def test_requests_that_bring_no_document_have_small_bodies(client):
    large = b'{"rollout": "' + b"x" * (2 << 20) + b'"}'
    headers = {"Content-Type": "application/json"}
    assert client.post("/v1/plans", content=large, headers=headers).status_code == 413
    in_parts = client.post("/v1/plans", content=iter([large[:1000], large[1000:]]), headers=headers)
    assert in_parts.status_code == 413


def test_requests_that_bring_a_document_may_have_a_large_body(app):
    with TestClient(app) as client:
        text = TREE | {"name": "x" * 100}
        padded = json.dumps(text).encode() + b" " * (3 << 20)
        assert client.post("/v1/rollouts", content=padded).status_code == 201

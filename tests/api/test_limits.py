"""What a request may take: a body of so many bytes, and so much time, or nothing of it is kept."""

import threading

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.middleware import guard
from api.state import ServiceLimits
from service.store import rollouts
from service.store.deadline import Deadline
from tests.support.small import rollout, task

TREE = rollout(tasks=[task("t-a")])


@pytest.fixture
def app(database):
    """The service, where a request may take a second: enough to begin an answer in, under load."""
    made = create_app(database, limits=ServiceLimits(longest_request=1))
    yield made
    made.state.service.queue.close()


@pytest.fixture
def unhurried(database):
    """The same service, where requests may take their time."""
    made = create_app(database)
    yield made
    made.state.service.queue.close()


def test_a_body_without_a_length_is_read_up_to_the_limit_only(client, monkeypatch):
    monkeypatch.setattr(guard, "MAX_BYTES", 1000)
    answer = client.post("/v1/rollouts", content=iter([b"x" * 600, b"x" * 600]))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_takes_too_long_is_answered_with_a_problem_and_not_kept(client, database, monkeypatch):
    answered, refused = threading.Event(), threading.Event()
    create, keep = rollouts.create, Deadline.keep

    def slow(*given):
        answered.wait()
        return create(*given)

    def watched(deadline):
        try:
            keep(deadline)
        finally:
            refused.set()

    monkeypatch.setattr(rollouts, "create", slow)
    monkeypatch.setattr(Deadline, "keep", watched)
    answer = client.post("/v1/rollouts", json=TREE)
    assert answer.status_code == 503
    assert answer.json()["detail"] == "This took longer than 1 s; nothing of it has been kept."
    answered.set()
    refused.wait()
    with database.read() as connection:
        assert rollouts.listed(connection, "default") == []


def test_what_is_being_kept_when_the_time_is_over_is_waited_for(client, monkeypatch):
    asked, expire, keep = threading.Event(), Deadline.expire, Deadline.keep

    def watched(deadline):
        expired = expire(deadline)
        asked.set()
        return expired

    def slow(deadline):
        keep(deadline)
        asked.wait()

    monkeypatch.setattr(Deadline, "expire", watched)
    monkeypatch.setattr(Deadline, "keep", slow)
    assert client.post("/v1/rollouts", json=TREE).status_code == 201
    assert asked.is_set()


def test_an_answer_that_has_begun_goes_on(client, unhurried):
    with TestClient(unhurried) as other:
        kept = other.post("/v1/rollouts", json=TREE).json()["id"]
        plan = other.post("/v1/plans", json={"rollout": kept}).json()["id"]
        later = threading.Timer(1.3, other.post, [f"/v1/plans/{plan}/cancel"])
        later.start()
        answer = client.get(f"/v1/plans/{plan}/events")
        later.join()
    assert "event: ended" in answer.text

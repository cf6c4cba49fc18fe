"""How many webhooks somebody may have that are still to come."""

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.state import ServiceLimits
from tests.support.small import rollout, task


@pytest.fixture
def app(database):
    """The service, where everybody may have two."""
    made = create_app(database, limits=ServiceLimits(most_undelivered=2))
    yield made
    made.state.service.queue.close()


def test_whoever_has_too_many_webhooks_to_come_gets_no_further_one(app):
    with TestClient(app) as client:
        client.post("/v1/webhook-secret")
        kept = client.post("/v1/rollouts", json=rollout(tasks=[task("t-a")])).json()["id"]

        def asked(seed, **more):
            wanted = {"rollout": kept, "seconds": 1, "seed": seed, **more}
            return client.post("/v1/plans", json=wanted)

        hook = {"webhook": "https://a.example/"}
        assert [asked(seed, **hook).status_code for seed in (1, 2, 3)] == [202, 202, 429]
        assert asked(4).status_code == 202

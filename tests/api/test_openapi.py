"""The OpenAPI document is true: whatever it allows is answered as it says, and never by a 500."""

from collections import Counter

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.auth import LOCAL, caller
from api.state import ServiceLimits
from service.queue import set_up
from service.store import leases
from service.store.database import Database
from tests.support.extent import much

CASES = much(8, 40)
"""For each operation, with requests as they should be and with others."""

TOLERATED = ("accept", "authorization", "cookie")
"""Headers of which nothing is wrong here: clients send any Accept, and the tests are let in."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture
def database(tmp_path):
    """A database with a worker that lives as long as it is heard of."""
    database = Database(f"sqlite:///{tmp_path}/kept.db")
    set_up(database)
    with database.write() as connection:
        leases.enter(connection, "w1")
    yield database
    database.close()


@pytest.fixture
def served(database):
    """The app for an admin, with no limit on the number of requests."""
    app = create_app(database, limits=ServiceLimits(requests_per_minute=10**9))
    app.dependency_overrides[caller] = lambda: LOCAL
    yield app
    app.state.service.queue.close()


@pytest.fixture
def operations(served):
    """Every operation of the document, as schemathesis reads it."""
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", served)
    return [result.ok() for result in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_answers_as_the_document_says(operations, database, mode, tell):
    tried, statuses = Counter(), Counter()
    for operation in operations:
        with database.write() as connection:
            leases.beat(connection, "w1")
        if mode is GenerationMode.NEGATIVE and not has_inputs(operation):
            continue

        @settings(
            max_examples=CASES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def answers_as_described(case):
            answer = case.call_and_validate(checks=CHECKS)
            tried[case.operation.label] += 1
            statuses[answer.status_code // 100] += 1

        answers_as_described()
        assert tried[operation.label] > 0
    by_class = ", ".join(f"{number} x {first}xx" for first, number in sorted(statuses.items()))
    tell(f"{tried.total()} {mode.value} cases over {len(tried)} operations: {by_class}")


def has_inputs(operation):
    """Whether there is anything in a request that can be wrong."""
    headers = [it for it in operation.headers if it.name.lower() not in TOLERATED]
    return bool(operation.body or operation.query or headers or operation.path_parameters)


def examples(app):
    """Every example of a body in the document: method, path, media type, body."""
    document = app.openapi()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for media, content in operation.get("requestBody", {}).get("content", {}).items():
                schema_of = content["schema"]
                name = schema_of.get("$ref", "/").rsplit("/", 1)[1]
                named = document["components"]["schemas"].get(name, {})
                for example in [content.get("example"), *named.get("examples", [])]:
                    if example is not None:
                        yield method, path, media, example


def test_the_examples_of_the_document_are_carried_out(served):
    client = TestClient(served)
    kept = client.post("/v1/rollouts", json=next(examples(served))[3]).json()["id"]
    client.post("/v1/webhook-secret")
    tried = 0
    for method, path, media, example in examples(served):
        body = {**example, "rollout": kept} if "rollout" in example else example
        if path == "/v1/check":
            body = example
        answer = client.request(
            method.upper(),
            path.replace("{rollout}", kept).replace("{name}", "eva"),  # an example made her
            json=body,
            headers={"Content-Type": media, "If-Match": "*"},
        )
        assert answer.status_code in (200, 201, 202, 204), (method, path, answer.text)
        tried += 1
    assert tried >= 7

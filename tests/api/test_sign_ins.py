"""Tries to sign in: strangers are slowed down, owners are not shut out, nobody else waits."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from fastapi import HTTPException
from fastapi.testclient import TestClient

from api import sign_ins
from api.middleware import rates
from api.sign_ins import PER_ADDRESS, PER_DEVICE, PER_NAME, PER_STRANGER, WAITING, SignIns, place
from service.access import passwords
from tests.api.conftest import PASSWORD

MANY = 10 * PER_NAME


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch):
    """Refusals come at once, and time stands still: no bucket fills meanwhile."""
    monkeypatch.setattr(sign_ins, "HELD_SECONDS", 0.0)
    monkeypatch.setattr(rates, "time", SimpleNamespace(monotonic=lambda: 1000.0))


def tried(tries, name, address, device=None):
    """Whether a try that fails was let through."""

    async def trying():
        async with tries.attempt(name, address, device):
            return True

    try:
        return asyncio.run(trying())
    except HTTPException as refusal:
        return {429: False}[refusal.status_code]


def test_an_address_has_so_many_failures_whatever_the_names():
    tries = SignIns()
    through = [tried(tries, f"nobody{number}", "192.0.2.1") for number in range(PER_ADDRESS + 5)]
    assert through == [True] * PER_ADDRESS + [False] * 5
    assert tried(tries, "nobody0", "192.0.2.2")


def test_what_succeeds_does_not_count():
    async def right(tries):
        async with tries.attempt("ada", "192.0.2.1", None) as succeeded:
            succeeded()

    tries = SignIns()
    for _ in range(3 * PER_ADDRESS):
        asyncio.run(right(tries))
    assert tried(tries, "ada", "192.0.2.1")


def test_strangers_do_not_shut_out_the_owner_of_a_name():
    tries = SignIns()
    strangers = [f"198.51.{number // 250}.{number % 250}" for number in range(MANY)]
    assert all(tried(tries, "ada", it) for it in strangers)
    owner = [tried(tries, "ada", "192.0.2.1") for _ in range(PER_STRANGER + 1)]
    assert owner == [True] * PER_STRANGER + [False]


def test_a_browser_that_has_signed_in_before_does_not_share_the_tries_of_its_address():
    tries = SignIns()
    while tried(tries, "ada", "192.0.2.1"):
        pass
    through = [tried(tries, "ada", "192.0.2.1", device="d1") for _ in range(PER_DEVICE + 1)]
    assert through == [True] * PER_DEVICE + [False]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_an_ipv6_customer_is_one_place(one, other, same):
    assert (place(one) == place(other)) is same


def test_only_so_many_wait_to_be_hashed_and_those_known_before_have_a_line_of_their_own():
    release = threading.Event()

    async def flood():
        tries = SignIns()
        waiting = [asyncio.create_task(tries.hash(release.wait)) for _ in range(WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(HTTPException) as refusal:
            await tries.hash(release.wait)
        known = asyncio.create_task(tries.hash(lambda: "hashed", known=True))
        assert await known == "hashed"
        release.set()
        await asyncio.gather(*waiting)
        return refusal.value.status_code

    assert asyncio.run(flood()) == 503


def test_health_is_reported_while_all_threads_wait_for_hashes_and_the_database(
    app, guarded, database, monkeypatch
):
    assert guarded().get("/v1/me").status_code == 401
    asked, release = threading.Event(), threading.Event()

    def slow(*_):
        asked.set()
        release.wait()
        return False

    monkeypatch.setattr(passwords, "fits", slow)
    wrong = {"name": "nobody", "password": "x"}
    with TestClient(app) as client, database.write(), ThreadPoolExecutor(50) as threads:
        waiting = [threads.submit(client.post, "/v1/session", json=wrong) for _ in range(50)]
        asked.wait()
        assert client.get("/healthz").status_code == 200
        release.set()
        assert {it.result().status_code for it in waiting} <= {401, 429, 503}


def test_somebody_signs_in_again_where_others_have_used_up_the_tries(guarded):
    owner, stranger = guarded(), guarded()
    right = {"name": "boss-north", "password": PASSWORD}
    assert owner.post("/v1/session", json=right).status_code == 200
    statuses = [
        stranger.post("/v1/session", json=right | {"password": "x"}).status_code
        for _ in range(PER_ADDRESS + 1)
    ]
    assert statuses == [401] * PER_ADDRESS + [429]
    assert stranger.post("/v1/session", json=right).status_code == 429
    assert owner.post("/v1/session", json=right).status_code == 200


def test_the_proof_of_a_browser_is_of_one_name_alone(guarded):
    client = guarded()
    client.post("/v1/session", json={"name": "boss-north", "password": PASSWORD})
    other = {"name": "boss-south", "password": "x"}
    statuses = {client.post("/v1/session", json=other).status_code for _ in range(PER_ADDRESS + 1)}
    assert statuses == {401, 429}


@pytest.mark.parametrize("proof", ["", ".", "x.y", "é.é", "a" * 400])
def test_a_proof_that_is_none_is_as_none(guarded, proof):
    client = guarded()
    headers = {"Cookie": f"allocator_device={proof}".encode()}
    right = {"name": "boss-north", "password": PASSWORD}
    assert client.post("/v1/session", json=right, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("peer", "counted"), [("127.0.0.1", "by caller"), ("198.51.100.7", "by the proxy alone")]
)
def test_the_address_is_the_one_that_a_trusted_proxy_names(app, guarded, peer, counted):
    assert guarded().get("/v1/me").status_code == 401
    client = TestClient(app, client=(peer, 5000))
    wrong = {"name": "nobody", "password": "x"}

    def tried_from(caller):
        headers = {"X-Forwarded-For": caller}
        return client.post("/v1/session", json=wrong, headers=headers).status_code

    assert [tried_from("192.0.2.1") for _ in range(PER_ADDRESS)] == [401] * PER_ADDRESS
    other = {"by caller": 401, "by the proxy alone": 429}[counted]
    assert [tried_from("192.0.2.1"), tried_from("192.0.2.2")] == [429, other]

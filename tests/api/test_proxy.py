"""What a proxy says of its callers is believed only of proxies that the operator trusts."""

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from api.app import create_app
from api.middleware.proxy import Proxies

SAYS = {"X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/planning"}


@pytest.fixture
def behind(database):
    """A function that gives a client at an address, of a service that trusts some."""
    made = []

    def opened(address, trusted):
        made.append(create_app(database, proxies=trusted))
        return TestClient(made[-1], client=(address, 50000))

    yield opened
    for app in made:
        app.state.service.queue.close()


@pytest.mark.parametrize(
    ("address", "trusted", "believed"),
    [
        ("127.0.0.1", "127.0.0.1,::1", True),
        ("10.1.2.3", "10.0.0.0/8", True),
        ("fd00::7", "10.0.0.0/8, fd00::/8", True),
        ("192.0.2.9", "*", True),
        ("192.0.2.9", "127.0.0.1,::1", False),
        ("11.0.0.1", "10.0.0.0/8", False),
        ("no address", "10.0.0.0/8", False),
    ],
)
def test_only_trusted_proxies_are_believed(behind, address, trusted, believed):
    client = behind(address, trusted)
    page = client.get("/rollouts", headers=SAYS)
    assert ('href="/planning/' in page.text) is believed
    assert ("strict-transport-security" in page.headers) is believed


def warned(client):
    """How loudly it is said, and of whom, when a proxy has passed on three requests."""
    with capture_logs() as lines:
        for _ in range(3):
            client.get("/healthz", headers=SAYS)
    return [(it["log_level"], it["proxy"]) for it in lines if "FORWARDED_ALLOW_IPS" in it["event"]]


def test_that_cookies_are_not_secure_is_said_once_of_each_proxy(behind):
    assert warned(behind("192.0.2.9", "127.0.0.1")) == [("warning", "192.0.2.9")]


def test_nothing_is_said_of_a_proxy_that_is_trusted(behind):
    assert warned(behind("192.0.2.9", "192.0.2.9")) == []


def test_an_address_that_is_none_is_refused_at_the_start():
    with pytest.raises(ValueError, match="proxy"):
        Proxies("10.0.0.0/8, proxy")

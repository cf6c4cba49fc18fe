"""Webhooks on their way: signed, to public addresses only, over TLS, and no further."""

import asyncio
import socket
import ssl
import subprocess

import pytest

from service.notify import webhooks
from tests.service.receiver import HERE, receiving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def posted(url, allowed=()):
    return asyncio.run(webhooks.post(url, "d1", b"{}", [SECRET], allowed))


@pytest.fixture
def hooks_test(monkeypatch):
    """The name hooks.test is at 127.0.0.1 for who asks first, and nowhere for who asks again."""
    asked = iter(["127.0.0.1"])
    real = socket.getaddrinfo

    def resolved(host, *rest, **more):
        return real(next(asked) if host == "hooks.test" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)


@pytest.fixture
def tls(tmp_path, monkeypatch):
    """The side of a server that has a certificate for hooks.test, which we trust."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1"
    named = "-subj /CN=hooks.test -addext subjectAltName=DNS:hooks.test"
    files = ["-keyout", key, "-out", certificate]
    subprocess.run(
        ["openssl", *asked.split(), *named.split(), *files], check=True, capture_output=True
    )
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(webhooks, "_trusted", lambda: trusting)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_the_signature_is_that_of_the_standard():
    """The example of the specification's own libraries."""
    signed = webhooks.signature(
        SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "2130706433",  # 127.0.0.1 in one number
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.1.2.3]",
        "[64:ff9b::a01:203]",  # 10.1.2.3 behind NAT64
        "[2002:a01:203::1]",  # 10.1.2.3 behind 6to4
        "[2002:808:808::1]",  # a relay, whoever is behind it
        "[64:ff9b:1::1]",  # a NAT64 of their own
        "[::10.1.2.3]",
        "[2606:4700::5efe:a01:203]",  # 10.1.2.3 by ISATAP
        "[2606:4700::200:5efe:a01:203]",
        "[fec0::1]",
        "[2001::1]",
        "[2001:20::1]",
        "[2001:db8::1]",
        "[3fff::1]",
        "[4000::1]",
        "[ff0e::1]",
        "192.88.99.1",
    ],
)
def test_private_addresses_are_not_gone_to(host):
    answer = posted(f"https://{host}/")
    assert (answer.sentence, answer.final) == (
        "Its address is private, and the operator has not allowed it.",
        True,
    )


def test_the_internet_is_gone_to_over_tls_only():
    assert posted("http://93.184.215.14/").sentence == "Webhooks go out over https only."


def test_a_network_that_the_operator_allows_is_gone_to():
    with receiving() as receiver:
        assert posted(receiver.url, HERE).taken
        refused = posted(receiver.url, [webhooks.IPv4Network("10.0.0.0/8")])
    assert refused.final
    assert [it.path for it in receiver.received] == ["/plans?key=hidden"]


@pytest.mark.usefixtures("hooks_test")
def test_a_name_is_resolved_once_and_the_address_that_was_checked_connected_to():
    with receiving() as receiver:
        assert posted(f"http://hooks.test:{receiver.port}/x", HERE).taken
    assert receiver.received[0].headers["host"] == f"hooks.test:{receiver.port}"


@pytest.mark.usefixtures("hooks_test")
def test_the_certificate_has_to_be_that_of_the_name(tls):
    with receiving(tls) as receiver:
        assert posted(f"https://hooks.test:{receiver.port}/", HERE).taken
        assert posted(f"https://127.0.0.1:{receiver.port}/", HERE).sentence == (
            "Not reached: ConnectError."
        )
    assert len(receiver.received) == 1


def test_a_redirect_is_not_followed():
    with receiving() as receiver:
        receiver.statuses = [302]
        answer = posted(receiver.url, HERE)
    assert (answer.sentence, answer.taken) == ("Answered with 302.", False)
    assert len(receiver.received) == 1


def test_who_does_not_answer_in_time_is_tried_again_later(monkeypatch):
    monkeypatch.setattr(webhooks, "SECONDS", 0.5)
    with receiving() as receiver:
        receiver.statuses = [0]
        answer = posted(receiver.url, HERE)
    assert (answer.sentence, answer.final) == ("No answer within 0.5 s.", False)


@pytest.mark.parametrize(
    "url", ["https://hooks.test:99999/", "https://nowhere.invalid/", "https://[::ffff]:x/"]
)
def test_what_cannot_be_reached_is_reported_in_a_sentence(url):
    assert posted(url).sentence

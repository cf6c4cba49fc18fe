"""Heads of requests as they come over the wire, by a server of uvicorn on a socket."""

import socket
import threading

import pytest
import uvicorn

from api.app import create_app
from api.middleware.wire import Wire


class Hasty(Wire):
    """A protocol that does not wait for long."""

    head_seconds = 0.3


@pytest.fixture
def talk(database):
    """A function that opens a connection to the service."""
    app = create_app(database)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http=Hasty, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    opened = []

    def connect():
        opened.append(socket.create_connection(listening.getsockname()))
        return opened[-1]

    yield connect
    for it in opened:
        it.close()
    server.should_exit = True
    thread.join()
    app.state.service.queue.close()


def rest(connection):
    """All that comes until the server closes the connection."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("begun", [b"", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "])
def test_a_head_that_does_not_come_ends_the_connection(talk, begun):
    connection = talk()
    connection.sendall(begun)
    assert rest(connection) == b""


def test_the_head_of_a_further_request_has_its_own_time(talk):
    connection = talk()
    whole = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    connection.sendall(whole + b"GET /")
    reported = rest(connection)
    assert reported.startswith(b"HTTP/1.1 200 ")
    assert reported.count(b"HTTP/1.1") == 1


def test_a_body_may_come_later_than_a_head(talk):
    connection = talk()
    head = b"PUT /v1/validate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
    connection.sendall(head + b"Connection: close\r\n\r\n")
    slow = threading.Timer(3 * Hasty.head_seconds, connection.sendall, [b"{}"])
    slow.start()
    assert rest(connection).startswith(b"HTTP/1.1 200 ")
    slow.join()


def test_a_body_whose_length_is_reported_in_two_ways_is_refused(talk):
    connection = talk()
    connection.sendall(
        b"PUT /v1/validate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
    reported = rest(connection)
    assert reported.startswith(b"HTTP/1.1 400 ")
    assert b"given in two ways" in reported
    assert reported.count(b"HTTP/1.1") == 1  # what follows is no request

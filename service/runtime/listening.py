"""The sockets that the service listens on: opened once, and kept while its process is replaced."""

from __future__ import annotations

import socket
from contextlib import ExitStack

from service.store.errors import StoreUnusable

BACKLOG = 2048


def opened(host: str, port: int) -> list[socket.socket]:
    """Listen on all addresses of a host, on a free port for 0; StoreUnusable if that cannot be."""
    with ExitStack() as stack:
        found: list[socket.socket] = []
        try:
            for family, kind, _, _, address in socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            ):
                if found and port == 0:
                    break
                listening = stack.enter_context(socket.socket(family, kind))
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                listening.bind(address)
                listening.listen(BACKLOG)
                found.append(listening)
        except OSError as error:
            raise StoreUnusable(
                f"Nothing can listen on port {port} of {host}: {error.strerror or error}. Another "
                "service may be there already; --port names another one."
            ) from None
        stack.pop_all()
        return found


def closed(sockets: list[socket.socket]) -> None:
    """Listen no more."""
    for listening in sockets:
        listening.close()

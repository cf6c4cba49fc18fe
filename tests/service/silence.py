"""A network to PostgreSQL that falls silent: nothing is refused, and nothing comes back."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

from sqlalchemy.engine import make_url


class Wire:
    """Passes bytes on to a server until it is cut; connections made after that work again."""

    def __init__(self, host: str, port: int) -> None:
        self._there = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._ends: list[socket.socket] = []
        self._cut = threading.Event()
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Let all connections that are open be silent for good."""
        self._cut.set()
        self._cut = threading.Event()

    def close(self) -> None:
        """Let go of everything."""
        for end in [self._listening, *self._ends]:
            with contextlib.suppress(OSError):
                end.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(self._there)
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(
                        target=self._pass, args=(one, other, self._cut), daemon=True
                    ).start()

    def _pass(self, one: socket.socket, other: socket.socket, cut: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while content := one.recv(65536):
                if not cut.is_set():
                    other.sendall(content)
        with contextlib.suppress(OSError):
            if not cut.is_set():
                other.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def wired(url: str) -> Iterator[tuple[Wire, str]]:
    """A wire to the server of a URL, and the URL by which it is used."""
    there = make_url(url)
    wire = Wire(there.host or "localhost", there.port or 5432)
    here = there.set(host="127.0.0.1", port=wire.port)
    try:
        yield wire, here.render_as_string(hide_password=False)
    finally:
        wire.close()

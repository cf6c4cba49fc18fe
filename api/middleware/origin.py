"""Changes asked for by pages of other sites, in the name of whoever looks at them: refused.

A browser sends its cookies, and reaches this machine, for the pages of any site; but it says with
each change whose page it was. A page of another site cannot send a token in a header.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from api.errors import problem
from api.middleware.guard import App, Message, Receive, Send

READING = frozenset({"GET", "HEAD", "OPTIONS"})

OWN_SITES = frozenset({b"same-origin", b"none"})
"""What Sec-Fetch-Site says of our own pages, and of the reader's own doing."""


class Origin:
    """Stands before the app, as ASGI."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "http" and _is_foreign(scope):
            detail = "This was asked for by a page of another site."
            await problem(403, detail)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_foreign(scope: Message) -> bool:
    if scope["method"] in READING:
        return False
    if any(it.lower().startswith(b"bearer ") for it in _values(scope, b"authorization")):
        return False
    if any(it not in OWN_SITES for it in _values(scope, b"sec-fetch-site")):
        return True
    hosts = {it.lower() for it in _values(scope, b"host")}
    return any(_host(it) not in hosts for it in _values(scope, b"origin"))


def _host(origin: bytes) -> bytes:
    """The host of an origin, with its port if that is not the usual one."""
    try:
        return urlsplit(origin.decode("ascii")).netloc.lower().encode()
    except ValueError:
        return b""


def _values(scope: Message, name: bytes) -> Iterator[bytes]:
    return (value for each, value in scope["headers"] if each == name)

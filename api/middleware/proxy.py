"""What a proxy says of its callers: believed if the operator trusts the proxy, else taken away."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

import structlog
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.middleware.guard import App, Message, Receive, Send

log = structlog.get_logger(__name__)

VARIABLE = "FORWARDED_ALLOW_IPS"
"""The environment variable with the addresses and networks of proxies, `*` for everybody."""

USUAL = "127.0.0.1,::1"

SAID = b"x-forwarded-"
"""What the names of the headers begin with in which a proxy says it."""


class Proxies:
    """The proxies that are trusted."""

    def __init__(self, reported: str) -> None:
        words = [word.strip() for word in reported.split(",") if word.strip()]
        self._all = "*" in words
        self._networks = [ipaddress.ip_network(word, strict=False) for word in words if word != "*"]

    def __contains__(self, address: str) -> bool:
        """Whether an address is one of them."""
        if self._all:
            return True
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)


class Proxy:
    """Stands before all else, as ASGI; the library takes the caller and the scheme from headers."""

    def __init__(self, app: App, trusted: str) -> None:
        self._app = app
        self._trusted = Proxies(trusted)
        self._believing = ProxyHeadersMiddleware(app, trusted)  # type: ignore[arg-type]
        self._reported: set[str] = set()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on as what a trusted proxy says that it is."""
        peer = (scope.get("client") or ("",))[0]
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif peer in self._trusted:
            await self._believing(scope, receive, send)  # type: ignore[arg-type]
        else:
            self._warn(peer, scope["headers"])
            kept = [it for it in scope["headers"] if not it[0].startswith(SAID)]
            await self._app({**scope, "headers": kept}, receive, send)

    def _warn(self, peer: str, headers: Sequence[tuple[bytes, bytes]]) -> None:
        """Say once of each peer that its word is not taken, for cookies depend on it."""
        if (b"x-forwarded-proto", b"https") in headers and len(self._reported) < 100:
            if peer not in self._reported:
                log.warning(
                    "a proxy that is not trusted speaks TLS with its callers: their cookies are "
                    f"not marked Secure until {VARIABLE} names its address",
                    proxy=peer,
                )
            self._reported.add(peer)

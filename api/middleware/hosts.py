"""The names that the service answers to; a request for any other name is refused."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.trustedhost import TrustedHostMiddleware

from api.errors import problem
from api.middleware.guard import App, Message, Receive, Send

ADMITTED = "allocator.admitted"


class Hosts:
    """Stands before the app, as ASGI; the library decides, and this tells it as a problem."""

    def __init__(self, app: App, names: Sequence[str]) -> None:
        self._app = app
        self._trusted = TrustedHostMiddleware(_admit, names, www_redirect=False)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        await self._trusted(scope, receive, _nowhere)
        if scope.pop(ADMITTED, False):
            await self._app(scope, receive, send)
        else:
            await problem(400, "The service does not answer to this name.")(scope, receive, send)


async def _admit(scope: Message, _receive: Receive, _send: Send) -> None:
    scope[ADMITTED] = True


async def _nowhere(_message: Message) -> None:
    """The library's own words of refusal go no further."""

"""What holds for every request: size, time, secure headers, an id in the log, metrics."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog

from allocator.formats.text.tree import MAX_BYTES
from api.errors import problem
from api.metrics import Metrics
from service.store import deadline

log = structlog.get_logger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}

SECRET = "{secret}"
"""In the path of a route: whoever reads the log must not learn it."""


class TooLarge(Exception):
    """A body that goes on beyond the limit."""


class Guard:
    """Stands before the app, as ASGI, so that it sees bodies and answers as they stream."""

    def __init__(self, app: App, metrics: Metrics, seconds: float) -> None:
        self._app = app
        self._metrics = metrics
        self._seconds = seconds

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, seen, status = time.monotonic(), 0, 0
        id_ = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=id_)

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MAX_BYTES:
                raise TooLarge
            return message

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                limit.cancel()  # an answer that has begun may go on, as events do
                status = message["status"]
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in HEADERS.items()
                        if name.encode() not in present
                    ),
                    (b"x-request-id", id_.encode()),
                ]
            await send(message)

        limit = TimeLimit(self._seconds)
        try:
            if _stated_length(scope) > MAX_BYTES:
                raise TooLarge
            await self._app(scope, counted, sent)
        except TooLarge:
            detail = f"At most {MAX_BYTES // 2**20} MB are read."
            await problem(413, detail)(scope, receive, sent)
        except asyncio.CancelledError:
            if not limit.is_over:
                raise
            limit.forgive()
            detail = f"This took longer than {self._seconds:g} s; nothing of it has been kept."
            await problem(503, detail)(scope, receive, sent)
        finally:
            limit.cancel()
            seconds = time.monotonic() - begun
            route = getattr(scope.get("route"), "path", None)
            self._metrics.answered(scope["method"], route, status, seconds)
            log.info(
                "request",
                method=scope["method"],
                path=route if SECRET in (route or "") else scope["path"],
                status=status,
                milliseconds=round(1000 * seconds, 1),
            )


class TimeLimit:
    """Cancels the present task after a time, unless it is keeping something by then."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._task = asyncio.current_task()
        self._deadline = deadline.Deadline()
        deadline.present.set(self._deadline)
        self._call = asyncio.get_running_loop().call_later(seconds, self._end)

    def cancel(self) -> None:
        """Let the task go on for as long as it likes."""
        self._call.cancel()

    def forgive(self) -> None:
        """Let the task, which has noticed that it was cancelled, go on."""
        if self._task is not None:
            self._task.uncancel()

    def _end(self) -> None:
        if self._task is not None and self._deadline.expire():
            self.is_over = True
            self._task.cancel()


def _stated_length(scope: Message) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0

"""What holds for every request: size, time, secure headers, an id in the log, metrics."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote_plus

import structlog

from allocator.formats.text.tree import MAX_BYTES
from allocator.formats.text.yaml_tree import UNPRINTABLE
from api.errors import problem, refused
from api.metrics import Metrics
from api.middleware import paths
from service.runtime.logs import in_short
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

STRICT = {"strict-transport-security": "max-age=31536000"}
"""For a year no browser that has seen this over TLS asks without it."""

SMALL_BYTES = 2 * 1024 * 1024
"""The body of a request that brings no document may have so many bytes."""

DOCUMENTS = re.compile(r"POST /v1/rollouts|(PUT|PATCH) /v1/rollouts/[^/]*|PUT /v1/(check|validate)")
"""The requests that bring documents."""

CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")


TOO_LARGE = "At most {most:,} bytes are read here."

DEFECT = "A defect of allocator; the log of the service has more under the id of the request."


class Guard:
    """Stands before the app, as ASGI, so that it sees bodies and answers as they stream."""

    def __init__(self, app: App, metrics: Metrics, seconds: float, words: frozenset[str]) -> None:
        """`words` are those of our paths that the log may show."""
        self._app = app
        self._metrics = metrics
        self._seconds = seconds
        self._words = words

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
            if seen > most:
                raise refused(413, TOO_LARGE.format(most=most))
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
                        for name, value in (HEADERS | secure).items()
                        if name.encode() not in present
                    ),
                    (b"x-request-id", id_.encode()),
                ]
            await send(message)

        most = most_bytes(scope)
        secure = STRICT if scope["scheme"] == "https" else {}
        limit = TimeLimit(self._seconds)
        try:
            refusal = _refusal(scope, most)
            if refusal is None:
                await self._app(scope, counted, sent)
            else:
                headers = {"Connection": "close"}  # what follows may be no request at all
                await problem(*refusal, headers=headers)(scope, receive, sent)
        except asyncio.CancelledError:
            if not limit.is_over:
                raise
            limit.forgive()
            detail = f"This took longer than {self._seconds:g} s; nothing of it has been kept."
            await problem(503, detail)(scope, receive, sent)
        except Exception as defect:
            log.error("defect", **in_short(defect))
            if status:
                raise  # the answer has begun: all that can be done is to break it off
            await problem(500, DEFECT)(scope, receive, sent)
        finally:
            limit.cancel()
            seconds = time.monotonic() - begun
            route = getattr(scope.get("route"), "path", None)
            self._metrics.answered(scope["method"], route, status, seconds)
            log.info(
                "request",
                method=scope["method"],
                path=paths.shown(scope["path"], self._words),
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


def most_bytes(scope: Message) -> int:
    """How many bytes a body may have: documents many, other requests few."""
    return MAX_BYTES if DOCUMENTS.fullmatch(f"{scope['method']} {scope['path']}") else SMALL_BYTES


def _refusal(scope: Message, most: int) -> tuple[int, str] | None:
    """What is wrong with the head of a request, whichever it is, with its status."""
    names = {name for name, _ in scope["headers"]}
    if {b"content-length", b"transfer-encoding"} <= names:
        return 400, "The length of the body is given in two ways."
    asked = f"{scope['path']}?{unquote_plus(scope['query_string'].decode('latin-1'))}"
    values = (value.decode("latin-1") for _, value in scope["headers"])
    if UNPRINTABLE.search(asked) or any(CONTROL.search(value) for value in values):
        return 400, "The head of the request holds a control character."
    if _stated_length(scope) > most:
        return 413, TOO_LARGE.format(most=most)
    return None


def _stated_length(scope: Message) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0

"""A running service as a program sees it: requests, refusals as exceptions, events of a plan.

AllocatorError
└── ServiceError
    ├── Unreachable     nobody answers there, or something that is no such service
    ├── Refused         the service says no, in a sentence
    ├── NotPlanned      the plan came to nothing: cancelled, or broken off
    └── Broken          the service has a defect, and says so
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

import httpx2

from allocator.errors import AllocatorError, Cell, Fault, InvalidDocument
from allocator.formats.text.tree import dump_json

SECONDS = 75.0
"""How long an answer may take: somewhat longer than the service gives itself."""

SILENCE_SECONDS = 60.0
"""Events that are silent for so long are asked for anew; the service is heard of more often."""

PATIENCE_SECONDS = 120.0
"""How long a service may be away before whoever follows a plan gives up."""

PAUSE_SECONDS = 1.0

LARGEST_PAGE = 200
"""Entries of a long list that are asked for at a time: as many as the service gives."""

PROBLEM = "application/problem+json"


class ServiceError(AllocatorError):
    """The service does not do what was asked; the message is a sentence for its caller."""


class Unreachable(ServiceError):
    """Nobody answers, or not as the service would."""


class Refused(ServiceError):
    """The service says no, and why."""

    def __init__(self, message: str, status: int, faults: Sequence[Fault] = ()) -> None:
        self.status = status
        self.faults = tuple(faults)
        super().__init__(message)


class NotPlanned(ServiceError):
    """The solve came to no result; the message says why."""


class Broken(ServiceError):
    """The service has a defect."""


class Client:
    """The service at a URL, for whoever has the token. Parts of paths are given one by one."""

    def __init__(self, url: str, token: str | None = None) -> None:
        headers = {"User-Agent": f"allocator/{version('allocator')}"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        self._url = url.rstrip("/")
        self._http = httpx2.Client(base_url=f"{self._url}/v1", headers=headers, timeout=SECONDS)

    def close(self) -> None:
        """Let go of all connections."""
        self._http.close()

    def address(self, path: str) -> str:
        """The whole address of a path as an answer tells it."""
        return f"{self._url}{path}"

    def get(self, *path: str, **query: Any) -> Any:
        """What there is at a path."""
        asked = {name: value for name, value in query.items() if value is not None}
        return self._ask("GET", path, params=asked).json()

    def document(self, *path: str) -> bytes:
        """What there is at a path, as it was sent."""
        return self._ask("GET", path).content

    def send(self, method: str, *path: str, body: object = None, match: str | None = None) -> Any:
        """Let something be done with a body, if what is there has still the ETag of `match`.

        A request that gets there twice, as after a broken connection, is carried out once.
        """
        content = b"" if body is None else dump_json(body, indent=None).encode()
        return self._sent(method, path, content, "application/json", match)

    def send_document(
        self, method: str, *path: str, content: bytes, match: str | None = None, **query: str
    ) -> Any:
        """`send`, with a body as it stands in a file: whichever form of a rollout it is."""
        return self._sent(method, path, content, "application/octet-stream", match, query)

    def _sent(
        self,
        method: str,
        path: Sequence[str],
        content: bytes,
        form: str,
        match: str | None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        headers = {"Content-Type": form} if content else {}
        if method == "POST":
            headers["Idempotency-Key"] = secrets.token_hex(16)
        if match is not None:
            headers["If-Match"] = f'"{match}"'
        answer = self._ask(method, path, content=content, headers=headers, params=query or {})
        return answer.json() if answer.content else None

    def pages(self, *path: str, **query: Any) -> Iterator[Any]:
        """All entries of a long list, page by page."""
        after = None
        while True:
            page = self.get(*path, **query, limit=LARGEST_PAGE, after=after)
            yield from page["items"]
            after = page["next"]
            if after is None:
                return

    def events(self, plan: str) -> Iterator[tuple[str, Any]]:
        """Each event of a plan, as kind and body, until it has ended.

        A connection that breaks is made again, and goes on after the last event.
        """
        last, heard = "0", time.monotonic()
        while True:
            try:
                for event in self._stream(plan, last):
                    last, heard = event.id, time.monotonic()
                    yield event.event, event.json()
                    if event.event == "ended":
                        return
            except (httpx2.TransportError, Unreachable) as error:
                if time.monotonic() - heard > PATIENCE_SECONDS:
                    raise self._unreachable(error) from None
            except Refused as refused:
                if refused.status != 503 or time.monotonic() - heard > PATIENCE_SECONDS:
                    raise
            time.sleep(PAUSE_SECONDS)

    def _stream(self, plan: str, last: str) -> Iterator[httpx2.ServerSentEvent]:
        with self._http.sse(
            f"/plans/{quote(plan, safe='')}/events",
            headers={"Last-Event-ID": last},
            timeout=httpx2.Timeout(SECONDS, read=SILENCE_SECONDS),
        ) as source:
            if not source.response.is_success:
                source.response.read()
                self._look_at(source.response)
            yield from source

    def _ask(self, method: str, path: Sequence[str], **request: Any) -> httpx2.Response:
        place = "/" + "/".join(quote(part, safe="") for part in path)
        try:
            answer = self._http.request(method, place, **request)
        except httpx2.TransportError as error:
            raise self._unreachable(error) from None
        self._look_at(answer)
        return answer

    def _look_at(self, answer: httpx2.Response) -> None:
        """Raise what a problem tells."""
        if answer.is_success:
            return
        if not answer.headers.get("Content-Type", "").startswith(PROBLEM):
            raise Unreachable(
                f"{self._http.base_url.host} answers with {answer.status_code}, and not as "
                "allocator would."
            )
        reported = answer.json()
        faults = faults_reported(reported.get("faults", []))
        if answer.status_code == 422 and faults:
            raise InvalidDocument(faults)
        if answer.status_code == 500:
            raise Broken(reported["detail"])
        raise Refused(reported["detail"], answer.status_code, faults)

    def _unreachable(self, error: Exception) -> Unreachable:
        url = self._http.base_url
        where = f"{url.scheme}://{url.netloc.decode()}"
        return Unreachable(f"{where} does not answer: {str(error) or type(error).__name__}.")


def faults_reported(reported: Sequence[dict[str, Any]]) -> tuple[Fault, ...]:
    """Faults or warnings as an answer tells them."""
    return tuple(
        Fault(
            it["path"],
            it["code"],
            it["message"],
            it.get("line"),
            None if it.get("cell") is None else Cell(**it["cell"]),
        )
        for it in reported
    )

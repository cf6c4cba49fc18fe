"""Idempotency keys: a POST that comes twice is carried out once and answered alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Header
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from allocator.formats.text.tree import sha256
from api.state import State
from service.access.roles import Caller
from service.store import answers

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Any text of your own; the same request with the same key does nothing new.",
    ),
]


def once(
    service: State,
    caller: Caller,
    key: str | None,
    request: object,
    change: Callable[[Connection], JSONResponse],
) -> JSONResponse:
    """The answer of a change, carried out in one transaction, or the one that it has had before."""
    with service.database.write() as connection:
        if key is None:
            return change(connection)
        before = answers.begin(connection, caller.tenant, key, sha256([caller.name, request]))
        if before is not None:
            return JSONResponse(before["body"], before["status"], before["headers"])
        answer = change(connection)
        answers.end(connection, caller.tenant, key, _kept(answer))
        return answer


def _kept(answer: JSONResponse) -> dict[str, Any]:
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("content-length", "content-type")
    }
    return {
        "status": answer.status_code,
        "headers": headers,
        "body": json.loads(bytes(answer.body)),
    }

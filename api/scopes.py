"""Tokens for some rollouts: what a request names must be one of these, or belong to it.

A request that names nothing is for all rollouts, so it is refused, unless it is about none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi import Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from api.middleware.guard import SMALL_BYTES
from service.access.errors import NotAllowed
from service.access.roles import Caller
from service.store import rollouts, runs
from service.store.database import Database

ABOUT_NONE = frozenset(
    {
        "/v1/me",
        "/v1/session",
        "/v1/check",
        "/v1/validate",
        "/v1/template",
        "/v1/schemas/rollout",
        "/v1/schemas/plan",
        "/v1/demo",
    }
)
"""Routes that read and keep nothing of any rollout."""

ROLLOUTS = ("rollout", "scenario")
PLANS = ("plan", "base", "waiting")
"""What paths, queries and bodies call a rollout, a what-if on one, and a plan of either."""


async def refuse_others(request: Request, database: Database, caller: Caller) -> None:
    """NotAllowed if a request is about anything but the rollouts of the caller's token."""
    if request.scope["route"].path in ABOUT_NONE:
        return
    named = [*_named(request.path_params), *_named(request.query_params.multi_items())]
    body = await request.body()
    if body and len(body) <= SMALL_BYTES:  # a document names nothing, and is read elsewhere
        named += await run_in_threadpool(_named_in, body)
    if not named:
        raise NotAllowed("This token is for some rollouts only; name one of them.")
    await run_in_threadpool(_check, database, caller, named)


def _check(database: Database, caller: Caller, named: list[tuple[str, str]]) -> None:
    with database.read() as connection:
        for kind, id_ in named:
            if caller.rollouts and _rollout(connection, caller, kind, id_) not in caller.rollouts:
                raise NotAllowed("This token is for other rollouts.")


def _rollout(connection: Connection, caller: Caller, kind: str, id_: str) -> str:
    """The rollout that something belongs to; NotFound if it is not there."""
    if kind in PLANS:
        id_ = runs.get(connection, caller.tenant, id_).rollout
    found = rollouts.get(connection, caller.tenant, id_)
    return found.scenario_of or found.id


def _named(said: Any) -> Iterator[tuple[str, str]]:
    pairs = said.items() if isinstance(said, dict) else said
    for name, value in pairs:
        if name in ROLLOUTS + PLANS and isinstance(value, str):
            yield name, value


def _named_in(body: bytes) -> list[tuple[str, str]]:
    """What a body names; a document, which may be no JSON, names nothing."""
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):
        return []
    return list(_named(tree)) if isinstance(tree, dict) else []

"""Who asks: by a token in a header or the cookie of a session, once an admin is set up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

import structlog
from fastapi import BackgroundTasks, Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials
from starlette.concurrency import run_in_threadpool

from api import scopes
from api.state import Service, State
from service.access import people, tokens
from service.access.errors import NotAllowed, NotSignedIn
from service.access.roles import Caller, Right
from service.store.clock import now
from service.store.error_text import UNUSABLE, sentence
from service.store.errors import StoreError

log = structlog.get_logger(__name__)

COOKIE = "allocator_session"

SEEN_MILLISECONDS = 60_000
"""That a session is in use is written down this often."""

LOCAL = Caller("default", "local", "admin")
"""Whoever asks while no admin is set up: then only this machine is listened to."""

_bearer = HTTPBearer(auto_error=False, description="An API token.")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="A session, from signing in.")


async def shown_token(
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> str | None:
    """The text of the token that came with a request."""
    return bearer.credentials if bearer is not None else cookie


Shown = Annotated[str | None, Depends(shown_token)]


def caller_by(service: State, token: str | None) -> Caller:
    """Who shows a token, or nothing; NotSignedIn if that does not say who they are."""
    with service.database.read() as connection:
        if token is not None:
            idle = int(service.limits.idle_session * 1000)
            return tokens.caller_of(connection, token, idle)
        if people.somebody_is_set_up(connection):
            raise NotSignedIn("Sign in, or send a token: Authorization: Bearer alc_...")
    return LOCAL


async def caller(
    request: Request, service: Service, token: Shown, later: BackgroundTasks
) -> Caller:
    """Who asks; NotSignedIn if that cannot be known, NotAllowed if a token is not for this."""
    found = await run_in_threadpool(caller_by, service, token)
    request.app.state.rates.count(found)
    if found.rollouts:
        await scopes.refuse_others(request, service.database, found)
    if found.seen_at is not None and now() - found.seen_at > SEEN_MILLISECONDS:
        later.add_task(_seen, service, found)
    return found


def _seen(service: State, caller: Caller) -> None:
    assert caller.token is not None
    try:
        with service.database.write() as connection:
            tokens.seen(connection, caller.token)
    except (*UNUSABLE, StoreError) as error:  # the request itself has been answered
        log.warning("that a session is in use was not written", error=sentence(error))


def needs(right: Right) -> Callable[[Caller], Awaitable[Caller]]:
    """The caller, if their role includes a right."""

    async def allowed(found: Annotated[Caller, Depends(caller)]) -> Caller:
        if not found.may(right):
            raise NotAllowed(f"The role {found.role} does not include the right to {right}.")
        return found

    return allowed


Known = Annotated[Caller, Depends(caller)]
Reader = Annotated[Caller, Depends(needs("read"))]
Follower = Annotated[Caller, Depends(needs("follow"))]
Planner = Annotated[Caller, Depends(needs("try"))]
Editor = Annotated[Caller, Depends(needs("edit"))]
Approver = Annotated[Caller, Depends(needs("approve"))]
Monitor = Annotated[Caller, Depends(needs("monitor"))]
Admin = Annotated[Caller, Depends(needs("administer"))]

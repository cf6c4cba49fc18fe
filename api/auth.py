"""Who asks: by a token in a header or the cookie of a session, once an admin is set up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials

from api.state import Service
from service.access import people, tokens
from service.access.errors import NotAllowed, NotSignedIn
from service.access.roles import Caller, Right

COOKIE = "allocator_session"

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


def caller(
    request: Request, service: Service, token: Annotated[str | None, Depends(shown_token)]
) -> Caller:
    """Who asks; NotSignedIn if that cannot be told."""
    with service.database.read() as connection:
        if token is not None:
            found = tokens.caller_of(connection, token)
        elif people.somebody_is_set_up(connection):
            raise NotSignedIn("Sign in, or send a token: Authorization: Bearer alc_...")
        else:
            found = LOCAL
    request.app.state.rates.count(found)
    return found


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

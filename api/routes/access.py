"""Access: signing in and out, tokens, people, and the audit log of the tenant."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Path, Request, Response

from api.auth import COOKIE, Admin, Known, shown_token
from api.errors import responses
from api.http.paging import After, Limit, cut, number_before, position
from api.routes.rollouts import audit_page
from api.schemas.plans_and_rollouts import (
    AuditPage,
    Id,
    PersonPage,
    PersonShown,
    PersonWanted,
    SignIn,
    TokenMade,
    TokenPage,
    TokenShown,
    TokenWanted,
    WhoAmI,
)
from api.state import Service
from service.access import people, tokens
from service.access.roles import Caller, Right
from service.store import audit
from service.store.clock import moment

router = APIRouter(prefix="/v1", tags=["access"])

SESSION = 12 * 3_600_000
"""Milliseconds until somebody has to sign in again."""


@router.post("/session", responses=responses(401, 429))
def sign_in(service: Service, wanted: SignIn, request: Request, response: Response) -> WhoAmI:
    """Sign in with a name and a password; the answer sets a cookie for twelve hours."""
    request.app.state.sign_ins.count_key(("", wanted.name))
    with service.database.write() as connection:
        found = people.sign_in(connection, wanted.name, wanted.password)
        _, text = tokens.make(connection, found.actor, found, lasts=SESSION, kind="session")
    response.set_cookie(
        COOKIE,
        text,
        max_age=SESSION // 1000,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return _who(found)


@router.delete("/session", status_code=204, responses=responses(401))
def sign_out(
    service: Service,
    _: Known,
    response: Response,
    token: Annotated[str | None, Depends(shown_token)],
) -> None:
    """Sign out: what was shown with this request is useless from now on."""
    if token is not None:
        with service.database.write() as connection:
            tokens.revoke_text(connection, token)
    response.delete_cookie(COOKIE)


@router.get("/me", responses=responses(401))
def me(caller: Known) -> WhoAmI:
    """Who you are taken for."""
    return _who(caller)


@router.post("/tokens", status_code=201, responses=responses(403, 422))
def make(service: Service, caller: Admin, wanted: TokenWanted) -> TokenMade:
    """Make a token for a program; its text is told this once."""
    named = Caller(caller.tenant, wanted.name, wanted.role, tuple(wanted.departments))
    with service.database.write() as connection:
        made, text = tokens.make(connection, caller.actor, named, lasts=wanted.days * tokens.DAY)
    return TokenMade(**_token(made).model_dump(), token=text)


@router.get("/tokens", responses=responses(403, 422))
def listed(service: Service, caller: Admin, limit: Limit = 50, after: After = None) -> TokenPage:
    """The tokens that can be used, made latest first."""
    with service.database.read() as connection:
        found = tokens.listed(connection, caller.tenant, after=position(after), limit=limit + 1)
    page, more = cut(found, limit, lambda it: (it.created_at, it.id))
    return TokenPage(items=[_token(it) for it in page], next=more)


@router.delete("/tokens/{token}", status_code=204, responses=responses(403, 404))
def revoke(service: Service, caller: Admin, token: Annotated[Id, Path()]) -> None:
    """Make a token useless from now on."""
    with service.database.write() as connection:
        tokens.revoke(connection, caller.actor, token)


@router.post("/people", status_code=201, responses=responses(403, 409, 422))
def add(service: Service, caller: Admin, wanted: PersonWanted) -> PersonShown:
    """Let somebody sign in."""
    named = Caller(caller.tenant, wanted.name, wanted.role, tuple(wanted.departments))
    with service.database.write() as connection:
        people.add(connection, caller.actor, named, wanted.password)
    return PersonShown(name=named.name, role=named.role, departments=list(named.departments))


@router.get("/people", responses=responses(403, 422))
def everybody(
    service: Service, caller: Admin, limit: Limit = 50, after: After = None
) -> PersonPage:
    """The people who can sign in, by name."""
    place = position(after)
    with service.database.read() as connection:
        found = people.listed(
            connection, caller.tenant, after="" if place is None else place[1], limit=limit + 1
        )
    page, more = cut(found, limit, lambda it: (0, it.name))
    shown = [
        PersonShown(name=it.name, role=it.role, departments=list(it.departments)) for it in page
    ]
    return PersonPage(items=shown, next=more)


@router.delete("/people/{name}", status_code=204, responses=responses(403, 404, 409))
def close(
    service: Service, caller: Admin, name: Annotated[str, Path(min_length=1, max_length=100)]
) -> None:
    """Let somebody sign in no more; their sessions and tokens end."""
    with service.database.write() as connection:
        people.close(connection, caller.actor, name)


@router.get("/audit", responses=responses(403, 422))
def log(service: Service, caller: Admin, limit: Limit = 50, after: After = None) -> AuditPage:
    """Who did what in the tenant, latest first."""
    with service.database.read() as connection:
        found = audit.entries(
            connection, caller.tenant, before=number_before(after), limit=limit + 1
        )
    return audit_page(found, limit)


def _who(found: Caller) -> WhoAmI:
    return WhoAmI(
        tenant=found.tenant,
        name=found.name,
        role=found.role,
        departments=list(found.departments),
        rights=[right for right in get_args(Right) if found.may(right)],
    )


def _token(made: tokens.Token) -> TokenShown:
    return TokenShown(
        id=made.id,
        name=made.name,
        role=made.role,
        departments=list(made.departments),
        created_at=moment(made.created_at),
        created_by=made.created_by,
        expires_at=moment(made.expires_at),
    )

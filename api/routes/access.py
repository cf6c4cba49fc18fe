"""Access: tokens, people, and the audit log of the tenant."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool

from api.auth import Admin
from api.errors import responses
from api.http.paging import After, Limit, cut, number_before, position
from api.routes.rollouts import audit_page
from api.routes.session import sessions_of
from api.schemas.access import (
    PersonChanged,
    PersonPage,
    PersonShown,
    PersonWanted,
    SessionPage,
    TokenMade,
    TokenPage,
    TokenShown,
    TokenWanted,
)
from api.schemas.plans_and_rollouts import AuditPage, Id
from api.sign_ins import SignIns
from api.state import Service
from service.access import passwords, people, tokens
from service.access.roles import Caller
from service.store import audit, rollouts

router = APIRouter(prefix="/v1", tags=["access"])

Name = Annotated[str, Path(min_length=1, max_length=100)]


@router.post("/tokens", status_code=201, responses=responses(403, 404, 422))
def make(service: Service, caller: Admin, wanted: TokenWanted) -> TokenMade:
    """Make a token for a program; its text is shown only this once."""
    named = Caller(
        caller.tenant,
        wanted.name,
        wanted.role,
        tuple(wanted.departments),
        rollouts=tuple(wanted.rollouts),
    )
    with service.database.write() as connection:
        for each in wanted.rollouts:
            rollouts.get(connection, caller.tenant, each)
        made, text = tokens.make(connection, caller.actor, named, lasts=wanted.days * tokens.DAY)
    return TokenMade(**TokenShown.of(made).model_dump(), token=text)


@router.get("/tokens", responses=responses(403, 422))
def listed(service: Service, caller: Admin, limit: Limit = 50, after: After = None) -> TokenPage:
    """The tokens that can be used, made latest first."""
    with service.database.read() as connection:
        found = tokens.listed(connection, caller.tenant, after=position(after), limit=limit + 1)
    page, more = cut(found, limit, lambda it: (it.created_at, it.id))
    return TokenPage(items=[TokenShown.of(it) for it in page], next=more)


@router.delete("/tokens/{token}", status_code=204, responses=responses(403, 404))
def revoke(service: Service, caller: Admin, token: Annotated[Id, Path()]) -> None:
    """Make a token useless from now on."""
    with service.database.write() as connection:
        tokens.revoke(connection, caller.actor, token)


@router.post("/people", status_code=201, responses=responses(403, 409, 422))
async def add(
    service: Service, caller: Admin, wanted: PersonWanted, request: Request
) -> PersonShown:
    """Let somebody sign in; the name of an account that was closed may be used again."""
    named = Caller(caller.tenant, wanted.name, wanted.role, tuple(wanted.departments))
    kept = await _hashed(request, wanted.password, wanted.name, caller.tenant)

    def add_them() -> None:
        with service.database.write() as connection:
            people.add(connection, caller.actor, named, kept)

    await run_in_threadpool(add_them)
    return PersonShown(
        name=named.name, role=named.role, departments=list(named.departments), provider=None
    )


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
    return PersonPage(items=[PersonShown.of(it) for it in page], next=more)


@router.patch("/people/{name}", status_code=204, responses=responses(403, 404, 409, 422))
async def change(
    service: Service, caller: Admin, name: Name, wanted: PersonChanged, request: Request
) -> None:
    """Give somebody another password, which ends their sessions, or another role."""
    kept = None
    if wanted.password is not None:
        kept = await _hashed(request, wanted.password, name, caller.tenant)

    def change_them() -> None:
        with service.database.write() as connection:
            if wanted.role is not None:
                departments = wanted.departments or []
                people.change_role(connection, caller.actor, name, wanted.role, departments)
            if kept is not None:
                people.change_password(connection, caller.actor, name, kept)

    await run_in_threadpool(change_them)


@router.delete("/people/{name}", status_code=204, responses=responses(403, 404, 409))
def close(service: Service, caller: Admin, name: Name) -> None:
    """Let somebody sign in no more; their sessions, tokens, links and webhooks end."""
    with service.database.write() as connection:
        people.close(connection, caller.actor, name)


@router.get("/people/{name}/sessions", responses=responses(403, 404, 422))
def sessions(
    service: Service, caller: Admin, name: Name, limit: Limit = 50, after: After = None
) -> SessionPage:
    """Where somebody is signed in, used latest first."""
    with service.database.read() as connection:
        people.get(connection, caller.tenant, name)
    return sessions_of(service, caller, name, limit, after)


@router.delete("/people/{name}/sessions", status_code=204, responses=responses(403, 404))
def end_sessions(service: Service, caller: Admin, name: Name) -> None:
    """Sign somebody out everywhere."""
    with service.database.write() as connection:
        people.get(connection, caller.tenant, name)
        tokens.end_sessions(connection, caller.actor, name)


@router.get("/audit", responses=responses(403, 422))
def log(service: Service, caller: Admin, limit: Limit = 50, after: After = None) -> AuditPage:
    """Who did what in the tenant, latest first."""
    with service.database.read() as connection:
        found = audit.entries(
            connection, caller.tenant, before=number_before(after), limit=limit + 1
        )
    return audit_page(found, limit)


async def _hashed(request: Request, password: str, *words: str) -> str:
    tries: SignIns = request.app.state.sign_ins
    return await tries.hash(lambda: passwords.hashed(password, words), known=True)

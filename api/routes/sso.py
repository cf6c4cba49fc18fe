"""Signing in by a provider: readers are sent there, and come back with what it says of them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import structlog
from fastapi import APIRouter, Cookie, Query, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.errors import refused, responses
from api.routes.session import SESSION, Agent, address, agent_of, set_session
from api.sign_ins import SignIns
from api.state import Service, State
from service.access import tokens, vouched
from service.access.errors import AccessError, NotVouched
from service.access.oidc import Begun, Provider, Vouched
from service.store.errors import Conflict

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/v1/sign-in", tags=["access"])

COOKIE = "allocator_sso"
MINUTES = 10
"""How long somebody may stay at the provider."""

THEN = r"^[A-Za-z0-9][A-Za-z0-9/._~?=&%-]*$"
"""A page of ours, without a slash before it: never another site."""


class Ways(BaseModel):
    """How somebody can sign in."""

    provider: str | None = Field(description="What the provider is called, if there is one.")


@router.get("")
async def ways(request: Request) -> Ways:
    """How somebody can sign in besides name and password."""
    provider: Provider | None = request.app.state.provider
    return Ways(provider=None if provider is None else provider.settings.name)


@router.get(
    "/provider", status_code=303, response_class=RedirectResponse, responses=responses(404, 429)
)
async def leave(
    request: Request,
    then: Annotated[str, Query(max_length=500, pattern=THEN)] = "rollouts",
) -> RedirectResponse:
    """Go to the provider to sign in there; `then` is the page that is wanted."""
    provider = _provider(request)
    tries: SignIns = request.app.state.sign_ins
    async with tries.attempt("", address(request), None) as succeeded:
        try:
            url, begun = await provider.begin(_back(request, provider))
        except NotVouched as error:
            log.warning("single sign-on failed", error=str(error))
            return _to_page(request, "sign-in?failed=provider")
        succeeded()
    answer = RedirectResponse(url, 303)
    answer.set_cookie(
        COOKIE,
        ".".join((begun.state, begun.nonce, begun.verifier, quote(then, safe=""))),
        max_age=60 * MINUTES,
        httponly=True,
        samesite="lax",  # the provider sends readers back from its own site
        secure=request.url.scheme == "https",
    )
    return answer


@router.get(
    "/return", status_code=303, response_class=RedirectResponse, responses=responses(404, 429)
)
async def come_back(
    service: Service,
    request: Request,
    agent: Agent = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    state: Annotated[str, Query(max_length=400)] = "",
    kept: Annotated[str, Cookie(alias=COOKIE, include_in_schema=False)] = "",
) -> RedirectResponse:
    """Come back from the provider: a session begins, if it vouches for the reader."""
    provider = _provider(request)
    tries: SignIns = request.app.state.sign_ins
    parts = kept.split(".")
    if len(parts) != 4 or not code or not state or parts[0] != state:
        return _to_page(request, "sign-in?failed=provider")
    begun = Begun(*parts[:3])
    async with tries.attempt("", address(request), None) as succeeded:
        try:
            found = await provider.end(begun, _back(request, provider), code)
            text = await run_in_threadpool(_signed_in, service, provider, found, agent)
        except NotVouched as error:
            log.warning("single sign-on failed", error=str(error))
            return _to_page(request, "sign-in?failed=provider")
        except (AccessError, Conflict) as error:
            log.warning("single sign-on refused", error=type(error).__name__)
            return _to_page(request, "sign-in?failed=account")
        if text is None:
            return _to_page(request, "sign-in?failed=group")
        succeeded()
    answer = _to_page(request, f"sign-in?then={parts[3]}")
    set_session(request, answer, text)
    return answer


def _signed_in(service: State, provider: Provider, found: Vouched, agent: str) -> str | None:
    with service.database.write() as connection:
        person = vouched.account(connection, provider.settings, found)
        if person is None:
            return None
        caller = person.caller
        _, text = tokens.make(
            connection,
            caller.actor,
            caller,
            lasts=SESSION,
            kind="session",
            agent=agent_of(agent),
        )
        return text


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise refused(404, "No provider signs people in here.")
    return provider


def _base(request: Request) -> str:
    """The address of the service as this reader has it."""
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


def _back(request: Request, provider: Provider) -> str:
    base = provider.settings.address or _base(request)
    return f"{base.rstrip('/')}/v1/sign-in/return"


def _to_page(request: Request, path: str) -> RedirectResponse:
    """To a page of ours; the cookie of the way there and back has done its work."""
    answer = RedirectResponse(f"{request.scope.get('root_path', '')}/{path}", 303)
    answer.delete_cookie(COOKIE)
    return answer

"""Signing in and out, one's own password, and where one is signed in."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Cookie, Depends, Header, Path, Request, Response
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from api.auth import COOKIE, Known, shown_token
from api.errors import problem, responses
from api.http.paging import After, Limit, cut, position
from api.schemas.access import PasswordWanted, SessionPage, SessionShown, SignIn, WhoAmI
from api.schemas.plans_and_rollouts import Id
from api.sign_ins import SignIns, place
from api.state import Service, State
from service.access import devices, passwords, people, tokens
from service.access.errors import NotAllowed
from service.access.people import Person
from service.access.roles import Caller, Right
from service.store.audit import Actor, note
from service.store.errors import Conflict

router = APIRouter(prefix="/v1", tags=["access"])

SESSION = 12 * 3_600_000
"""Milliseconds until somebody has to sign in again."""

DEVICE = "allocator_device"
DEVICE_SECONDS = 365 * 24 * 3600

WRONG = "The name or the password is wrong."

Agent = Annotated[str, Header(alias="User-Agent", include_in_schema=False)]
Device = Annotated[str | None, Cookie(alias=DEVICE, include_in_schema=False)]


@router.post("/session", response_model=WhoAmI, responses=responses(401, 429))
async def sign_in(
    service: Service,
    wanted: SignIn,
    request: Request,
    agent: Agent = "",
    shown: Device = None,
) -> Any:
    """Sign in with a name and a password; the answer sets a cookie for twelve hours."""
    tries: SignIns = request.app.state.sign_ins
    device = None
    if shown is not None:
        device = await run_in_threadpool(_device, service, wanted.name, shown)
    async with tries.attempt(wanted.name, address(request), device) as succeeded:
        person = await run_in_threadpool(_found, service, wanted.name)
        kept = None if person is None else person.password
        fits = await tries.hash(
            lambda: passwords.fits(kept, wanted.password), known=device is not None
        )
        if person is None or not fits:
            refusal = problem(401, WRONG, headers={"WWW-Authenticate": "Bearer"})
            if person is not None:  # after the answer, so that its time does not tell of it
                refusal.background = BackgroundTask(
                    _note_failure, service, person, place(address(request))
                )
            return refusal
        text, proof = await run_in_threadpool(_begin, service, person, agent)
        succeeded()
    answer = Response(who(person.caller).model_dump_json(), media_type="application/json")
    # The session last: some programs keep only the last cookie of an answer.
    _set_cookie(request, answer, DEVICE, proof, DEVICE_SECONDS)
    set_session(request, answer, text)
    return answer


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
    return who(caller)


@router.patch("/me", status_code=204, responses=responses(401, 403, 409, 422, 429))
async def change_password(
    service: Service, caller: Known, wanted: PasswordWanted, request: Request
) -> None:
    """Change your own password; all your other sessions end."""
    name = _signed_in(caller)
    tries: SignIns = request.app.state.sign_ins
    async with tries.attempt(name, address(request), caller.token) as succeeded:
        person = await run_in_threadpool(_found, service, name)
        if person is None or person.issuer is not None:
            succeeded()
            raise Conflict("There is no password here to change: you sign in elsewhere.")
        kept = person.password
        if not await tries.hash(lambda: passwords.fits(kept, wanted.current), known=True):
            raise NotAllowed("The present password is wrong.")
        succeeded()
    words = (name, caller.tenant)
    made = await tries.hash(lambda: passwords.hashed(wanted.password, words), known=True)

    def keep() -> None:
        with service.database.write() as connection:
            people.hold_unchanged(connection, person)
            people.change_password(connection, caller.actor, name, made, but=caller.token)

    await run_in_threadpool(keep)


@router.get("/sessions", responses=responses(401, 403, 422))
def sessions(
    service: Service, caller: Known, limit: Limit = 50, after: After = None
) -> SessionPage:
    """Where you are signed in, used latest first."""
    return sessions_of(service, caller, _signed_in(caller), limit, after)


@router.delete("/sessions", status_code=204, responses=responses(401, 403))
def end_others(service: Service, caller: Known) -> None:
    """Sign out everywhere else."""
    name = _signed_in(caller)
    with service.database.write() as connection:
        tokens.end_sessions(connection, caller.actor, name, but=caller.token)


@router.delete("/sessions/{session}", status_code=204, responses=responses(401, 403, 404))
def end(service: Service, caller: Known, session: Annotated[Id, Path()]) -> None:
    """Sign out where one of your sessions is."""
    name = _signed_in(caller)
    with service.database.write() as connection:
        tokens.end_session(connection, caller.actor, name, session)


def sessions_of(
    service: State, caller: Caller, name: str, limit: int, after: str | None
) -> SessionPage:
    """A page of where somebody of the caller's tenant is signed in."""
    idle, begin = int(service.limits.idle_session * 1000), position(after)
    with service.database.read() as connection:
        found = tokens.sessions(connection, caller.tenant, name, idle, after=begin, limit=limit + 1)
    page, more = cut(found, limit, lambda it: (it.used_at, it.id))
    return SessionPage(items=[SessionShown.of(it, caller.token) for it in page], next=more)


def who(found: Caller) -> WhoAmI:
    """Who is signed in, as they see themselves."""
    return WhoAmI(
        tenant=found.tenant,
        name=found.name,
        role=found.role,
        departments=list(found.departments),
        rollouts=list(found.rollouts),
        rights=[right for right in get_args(Right) if found.may(right)],
        account=found.account,
    )


def set_session(request: Request, response: Response, text: str) -> None:
    """Let a browser show a session from now on."""
    _set_cookie(request, response, COOKIE, text, SESSION // 1000)


def address(request: Request) -> str:
    """Where a request comes from: what a trusted proxy says, or the other end of the connection."""
    return "" if request.client is None else request.client.host


def agent_of(text: str) -> str | None:
    """What a browser calls itself, as far as that can be shown."""
    return "".join(it for it in text if it.isprintable())[:200] or None


def _signed_in(caller: Caller) -> str:
    if caller.account is None or caller.account != caller.name:
        raise NotAllowed("This is for people who have signed in, not for tokens of programs.")
    return caller.name


def _set_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def _device(service: State, name: str, shown: str) -> str | None:
    return devices.known(devices.key(service.database), name, shown)


def _found(service: State, name: str) -> Person | None:
    with service.database.read() as connection:
        return people.found(connection, name)


def _begin(service: State, person: Person, agent: str) -> tuple[str, str]:
    caller = person.caller
    with service.database.write() as connection:
        people.hold_unchanged(connection, person)
        _, text = tokens.make(
            connection,
            caller.actor,
            caller,
            lasts=SESSION,
            kind="session",
            agent=agent_of(agent),
        )
    return text, devices.proof(devices.key(service.database), person.name)


def _note_failure(service: State, person: Person, where: str) -> None:
    """Write down that somebody did not know a password, and from which address they tried."""
    actor = Actor(person.tenant, "somebody")
    with service.database.write() as connection:
        note(connection, actor, "sign-in failed", "person", person.name, address=where)

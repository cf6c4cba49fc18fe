"""Plans on request: asked for, followed, stopped or cancelled, and read."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from sqlalchemy import Connection

from allocator.formats.document import problem_from_tree
from allocator.formats.models.plan import PlanDocument
from api.auth import Planner, Reader, Shown, caller_by
from api.errors import refused, responses
from api.http.bodies import XLSX
from api.http.events import stream
from api.http.idempotency import Key, once
from api.http.media import Accept, attachment, wants_workbook
from api.http.paging import After, Limit, cut, position
from api.schemas.plans_and_rollouts import Id, PlanPage, PlanShown, PlanWanted, Result
from api.state import Service, State
from service.access.errors import NotAllowed
from service.access.roles import Caller
from service.lifecycle.requests import ask_for_plan
from service.plans.workbook import plan_workbook
from service.store import deliveries, plans, rollouts, runs, webhooks
from service.store.errors import Conflict
from service.store.runs import Kind, Limits
from service.store.runs import State as RunState

router = APIRouter(prefix="/v1/plans", tags=["plans"])

RESULT: dict[int | str, dict[str, Any]] = {
    200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}

EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
}

PlanId = Annotated[Id, Path(description="Which plan.")]
LastEvent = Annotated[
    int,
    Header(alias="Last-Event-ID", ge=0, le=2**31 - 1, description="The last event you have seen."),
]


@router.post(
    "",
    status_code=202,
    response_model=PlanShown,
    responses=responses(404, 409, 422, 429),
)
def ask(service: Service, caller: Planner, wanted: PlanWanted, key: Key = None) -> JSONResponse:
    """Ask for a plan of a rollout. It is solved in the background; Location says where to look.

    If the same work is queued or running already, that plan is the answer.
    """
    limits = wanted.limits()

    def change(connection: Connection) -> JSONResponse:
        within(service, connection, caller, limits)
        run = ask_for_plan(
            connection,
            service.queue,
            caller.actor,
            wanted.rollout,
            limits,
            revision=wanted.revision,
        )
        if wanted.webhook is not None:
            _few_webhooks(service, connection, caller)
            webhooks.secrets_of(connection, caller.tenant)
            deliveries.want(connection, caller.tenant, run.id, wanted.webhook)
        shown = PlanShown.of(run).model_dump()
        return JSONResponse(shown, 202, {"Location": f"/v1/plans/{run.id}"})

    return once(service, caller, key, ["plan", wanted.model_dump()], change)


@router.get("", responses=responses(422))
def listed(
    service: Service,
    caller: Reader,
    rollout: Annotated[Id | None, Query()] = None,
    state: Annotated[list[RunState], Query(max_length=6)] = [],  # noqa: B006 - FastAPI copies it
    kind: Annotated[list[Kind], Query(max_length=3)] = [],  # noqa: B006 - FastAPI copies it
    planned: Annotated[bool, Query(description="Only those that ended with bookings.")] = False,
    latest: Annotated[bool, Query(description="Only the latest of these of each rollout.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> PlanPage:
    """The plans that were asked for, latest first, of one rollout, in some states, of some kinds.

    Controls are left out unless they are asked for.
    """
    with service.database.read() as connection:
        found = runs.listed(
            connection,
            caller.tenant,
            rollout=rollout,
            states=state,
            kinds=kind,
            planned=planned,
            latest=latest,
            after=position(after),
            limit=limit + 1,
        )
    page, more = cut(found, limit, lambda it: (it.created_at, it.id))
    return PlanPage(items=[PlanShown.of(it) for it in page], next=more)


@router.get("/{plan}", responses=responses(404))
def status(service: Service, caller: Reader, plan: PlanId) -> PlanShown:
    """How far a plan is."""
    with service.database.read() as connection:
        return PlanShown.of(runs.get(connection, caller.tenant, plan))


@router.get("/{plan}/result", response_model=Result, responses=RESULT | responses(404, 409))
def result(
    service: Service, caller: Reader, plan: PlanId, accept: Accept = ""
) -> Result | Response:
    """The plan document with its report, once the solve has ended. Infeasible is a result too.

    Accept asks for JSON, or for a workbook to sort and filter.
    """
    with service.database.read() as connection:
        run = runs.get(connection, caller.tenant, plan)
        if run.plan is None:
            raise Conflict(f"Plan {plan!r} has no result: it is {run.state}.", run.state)
        kept, found = plans.get(connection, caller.tenant, run.plan)
        _, tree = rollouts.document(connection, caller.tenant, run.rollout, run.revision)
    if not wants_workbook(accept):
        return Result.of(kept, dict(found.document), dict(found.report))
    document = PlanDocument.model_validate(found.document)
    content = plan_workbook(problem_from_tree(tree), document, found.report)
    headers = {"Content-Disposition": attachment(f"{tree['name']} plan.xlsx"), "Vary": "Accept"}
    return Response(content, headers=headers, media_type=XLSX)


@router.get(
    "/{plan}/events",
    response_class=StreamingResponse,
    responses=EVENTS | responses(404),
)
def happenings(
    request: Request,
    service: Service,
    caller: Reader,
    token: Shown,
    plan: PlanId,
    last: LastEvent = 0,
) -> StreamingResponse:
    """What happens to a plan, as server-sent events until it has ended.

    Whoever was cut off goes on with Last-Event-ID, as browsers do by themselves.
    """
    with service.database.read() as connection:
        runs.get(connection, caller.tenant, plan)

    def check() -> None:
        if not caller_by(service, token).may("read"):
            raise NotAllowed("The role does not include this any more.")

    return StreamingResponse(
        stream(request.app.state.watch, service.database, (caller.tenant, plan), last, check),
        media_type="text/event-stream",
    )


@router.delete("/{plan}", status_code=202, responses=responses(404, 409))
def stop(service: Service, caller: Planner, plan: PlanId) -> PlanShown:
    """End a solve early and keep its best plan; one that still waits is given up."""
    return _end(service, caller, plan, "stop")


@router.post("/{plan}/cancel", status_code=202, responses=responses(404, 409))
def cancel(service: Service, caller: Planner, plan: PlanId) -> PlanShown:
    """Give a solve up at once; nothing of it is kept."""
    return _end(service, caller, plan, "cancel")


def within(service: State, connection: Connection, caller: Caller, limits: Limits) -> None:
    """Refuse what is more than one solve, or one tenant, may ask of the service."""
    most = service.limits
    if limits.seconds > most.longest_solve or limits.workers > most.most_solvers:
        raise refused(
            422,
            f"A solve takes at most {most.longest_solve:g} seconds and {most.most_solvers} "
            "workers here.",
        )
    if runs.number_unfinished(connection, caller.tenant) >= most.most_unfinished:
        raise refused(429, f"{most.most_unfinished} plans are waiting already.")


def _few_webhooks(service: State, connection: Connection, caller: Caller) -> None:
    most = service.limits.most_undelivered
    if deliveries.undelivered(connection, caller.actor) >= most:
        raise refused(429, f"{most} of your webhooks have not been delivered yet.")


def _end(service: Service, caller: Planner, plan: str, asked: runs.Asked) -> PlanShown:
    with service.database.write() as connection:
        made_by = runs.get(connection, caller.tenant, plan).created_by
        if not caller.owns(made_by):
            raise NotAllowed(f"The plan {plan!r} was asked for by {made_by}.")
        return PlanShown.of(runs.ask_to_end(connection, caller.actor, plan, asked))

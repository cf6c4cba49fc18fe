"""After the first plan: published, what has happened, planned again, and what has changed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from api.auth import Editor, Planner, Reader
from api.errors import refused, responses
from api.http.idempotency import Key, once
from api.http.paging import After, Limit, cut, number_before
from api.routes.plans import PlanId, within
from api.schemas.changes import (
    Again,
    CandidateShown,
    Happened,
    PreviewShown,
    PublicationPage,
    PublicationShown,
    Publish,
    ReportedPage,
    ReportedShown,
    Seats,
)
from api.schemas.plans_and_rollouts import Id, PlanShown, RolloutShown
from api.state import Service
from service.access.privacy import open_edits
from service.edits.base import DayOrMoment
from service.lifecycle import replanning
from service.lifecycle.preview import preview
from service.plans.documents import documents_of
from service.plans.recommend import for_class, for_open_task, for_shift, for_task
from service.store import audit, rollouts, runs
from service.store.errors import Conflict

router = APIRouter(prefix="/v1", tags=["replanning"])

RolloutId = Annotated[Id, Path(description="Which rollout.")]


@router.post(
    "/rollouts/{rollout}/published",
    response_model=RolloutShown,
    responses=responses(404, 409, 422),
)
def publish(
    service: Service, caller: Editor, rollout: RolloutId, wanted: Publish, key: Key = None
) -> JSONResponse:
    """Let a plan be what is published. The next plans depart from it only at a price."""

    def change(connection: Connection) -> JSONResponse:
        if runs.get(connection, caller.tenant, wanted.plan).rollout != rollout:
            raise Conflict(f"Plan {wanted.plan!r} is no plan of rollout {rollout!r}.")
        kept = replanning.publish(
            connection,
            caller.actor,
            wanted.plan,
            frozen_until=wanted.frozen_until,
            approved=wanted.approved,
            notify=wanted.notify,
        )
        return JSONResponse(RolloutShown.of(kept).model_dump())

    return once(service, caller, key, ["publish", rollout, wanted.model_dump()], change)


@router.post(
    "/rollouts/{rollout}/actuals", response_model=RolloutShown, responses=responses(404, 409, 422)
)
def record(
    service: Service, caller: Editor, rollout: RolloutId, wanted: Happened, key: Key = None
) -> JSONResponse:
    """Write down what has happened: progress, finished work, absence, attendance, a refusal."""

    def change(connection: Connection) -> JSONResponse:
        kept = replanning.record(connection, caller.actor, rollout, wanted.actuals)
        return JSONResponse(RolloutShown.of(kept).model_dump())

    return once(service, caller, key, ["actuals", rollout, wanted.model_dump(mode="json")], change)


@router.post(
    "/rollouts/{rollout}/replan",
    status_code=202,
    response_model=PlanShown,
    responses=responses(404, 409, 422, 429),
)
def replan(
    service: Service, caller: Editor, rollout: RolloutId, wanted: Again, key: Key = None
) -> JSONResponse:
    """Plan again from a moment on: what is frozen stays, other changes have their price."""

    def change(connection: Connection) -> JSONResponse:
        within(service, connection, caller, wanted.limits())
        run = replanning.replan(
            connection,
            service.queue,
            caller.actor,
            rollout,
            wanted.limits(),
            as_of=wanted.as_of,
            frozen_until=wanted.frozen_until,
        )
        shown = PlanShown.of(run).model_dump()
        return JSONResponse(shown, 202, {"Location": f"/v1/plans/{run.id}"})

    return once(service, caller, key, ["replan", rollout, wanted.model_dump()], change)


@router.get("/rollouts/{rollout}/published", responses=responses(404, 422))
def publications(
    service: Service, caller: Reader, rollout: RolloutId, limit: Limit = 50, after: After = None
) -> PublicationPage:
    """The published plans, latest first."""
    with service.database.read() as connection:
        rollouts.get(connection, caller.tenant, rollout)
        found = audit.entries(
            connection,
            caller.tenant,
            kind="rollout",
            id_=rollout,
            action=rollouts.PUBLISH,
            before=number_before(after),
            limit=limit + 1,
        )
    page, more = cut(found, limit, lambda it: (it.number, ""))
    return PublicationPage(items=[PublicationShown.of(it) for it in page], next=more)


@router.get("/rollouts/{rollout}/actuals", responses=responses(404, 422))
def recorded(
    service: Service, caller: Reader, rollout: RolloutId, limit: Limit = 50, after: After = None
) -> ReportedPage:
    """What was reported to have happened, latest first."""
    with service.database.read() as connection:
        found = replanning.recorded(
            connection, caller.tenant, rollout, before=number_before(after), limit=limit + 1
        )
    page, more = cut(found, limit, lambda it: (it.revision, ""))
    items = [ReportedShown.of(it) for it in page]
    if not caller.sees_private:
        for it in items:
            it.actuals = open_edits(it.actuals)
    return ReportedPage(items=items, next=more)


@router.get("/plans/{plan}/publishing", responses=responses(404, 409, 422))
def publishing(
    service: Service,
    caller: Reader,
    plan: PlanId,
    frozen_until: Annotated[DayOrMoment | None, Query(description="As it would be.")] = None,
    approved: Annotated[bool, Query(description="As it would be.")] = True,
) -> PreviewShown:
    """What is in the way of publishing a plan, and who would have to be notified of what.

    `refused` says why a request to publish it like that would be refused now.
    """
    with service.database.read() as connection:
        found = preview(
            connection, caller.tenant, plan, frozen_until=frozen_until, approved=approved
        )
    return PreviewShown.of(found)


@router.get("/plans/{plan}/comparison", responses=responses(404, 409))
def compare(
    service: Service,
    caller: Reader,
    plan: PlanId,
    base: Annotated[
        Id | None, Query(description="An earlier plan of the rollout; default: the published one.")
    ] = None,
) -> dict[str, Any]:
    """A plan against an earlier one of its rollout; causes are the reported actuals."""
    with service.database.read() as connection:
        found = replanning.since(connection, caller.tenant, plan, base)
    return found if caller.sees_private else {**found, "edits": open_edits(found["edits"])}


@router.post("/recommend", responses=responses(404, 409, 422))
def recommend(service: Service, caller: Planner, wanted: Seats) -> list[CandidateShown]:
    """Who could fill a seat, take a class, stand on a shift, or do a task that is open as a whole.

    By price, those who break no rule first. A task without a person is one that is open.
    """
    with service.database.read() as connection:
        _, tree, found = documents_of(connection, caller.tenant, wanted.plan)
    shift = (wanted.support, wanted.department, wanted.day)
    match wanted.task, wanted.session, shift, wanted.person:
        case str(task), None, (None, None, None), str(person):
            candidates = for_task(tree, found.document, task, person)
        case str(task), None, (None, None, None), None:
            candidates = for_open_task(tree, found.document, task)
        case None, str(session), (None, None, None), str(person):
            candidates = for_class(tree, found.document, session, person)
        case None, None, (str(support), str(department), str(day)), person:
            candidates = for_shift(tree, found.document, support, department, day, person)
        case _:
            raise refused(
                422,
                "Name a task or a session with its person, a task that is open without one, or "
                "a shift by support, department and day.",
            )
    return [CandidateShown.of(it) for it in candidates]

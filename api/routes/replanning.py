"""After the first plan: published, approved, what has happened, and planned again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from api.auth import Approver, Editor, Planner, Reader
from api.errors import refused, responses
from api.once import Key, once
from api.routes.plans import PlanId, within
from api.schemas import Id, PlanShown, RolloutShown
from api.schemas_of_changes import (
    Again,
    ApprovalShown,
    Approve,
    CandidateShown,
    Happened,
    Publish,
    Seats,
)
from api.state import Service
from service import replanning
from service.access.errors import NotAllowed
from service.approvals import approvals_of, approve
from service.recommend import for_class, for_task
from service.store import plans, rollouts, runs
from service.store.errors import Conflict

router = APIRouter(prefix="/v1", tags=["replanning"])

RolloutId = Annotated[Id, Path(description="Which rollout.")]


@router.post("/rollouts/{rollout}/published", responses=responses(404, 409, 422))
def publish(service: Service, caller: Editor, rollout: RolloutId, wanted: Publish) -> RolloutShown:
    """Let a plan be what people have been told. The next plans depart from it only at a price."""
    with service.database.write() as connection:
        if runs.get(connection, caller.tenant, wanted.plan).rollout != rollout:
            raise Conflict(f"Plan {wanted.plan!r} is no plan of rollout {rollout!r}.")
        kept = replanning.publish(
            connection,
            caller.actor,
            wanted.plan,
            frozen_until=wanted.frozen_until,
            approved=wanted.approved,
        )
    return RolloutShown.of(kept)


@router.post("/rollouts/{rollout}/actuals", responses=responses(404, 409, 422))
def record(service: Service, caller: Editor, rollout: RolloutId, wanted: Happened) -> RolloutShown:
    """Write down what has happened: progress, finished work, absence, attendance, a refusal."""
    with service.database.write() as connection:
        return RolloutShown.of(replanning.record(connection, caller.actor, rollout, wanted.actuals))


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


@router.get("/plans/{plan}/approvals", responses=responses(404, 409))
def approvals(service: Service, caller: Reader, plan: PlanId) -> list[ApprovalShown]:
    """The departments that a plan concerns, and where the green light of each stands."""
    with service.database.read() as connection:
        return [ApprovalShown.of(it) for it in approvals_of(connection, caller.tenant, plan)]


@router.post("/plans/{plan}/approvals", status_code=201, responses=responses(403, 404, 409, 422))
def give(service: Service, caller: Approver, plan: PlanId, wanted: Approve) -> list[ApprovalShown]:
    """Give or refuse a department's green light for its part of a plan.

    It holds for later plans as long as they leave that part as it is.
    """
    if not caller.answers_for(wanted.department):
        raise NotAllowed(f"The green light of {wanted.department!r} is not yours to give.")
    with service.database.write() as connection:
        approve(
            connection,
            caller.actor,
            plan,
            wanted.department,
            granted=wanted.granted,
            sha256=wanted.sha256,
            remark=wanted.note,
        )
        return [ApprovalShown.of(it) for it in approvals_of(connection, caller.tenant, plan)]


@router.post("/recommend", responses=responses(404, 409, 422))
def recommend(service: Service, caller: Planner, wanted: Seats) -> list[CandidateShown]:
    """Who could do somebody's part of a task or take a class: by price, and rules broken."""
    with service.database.read() as connection:
        run = runs.get(connection, caller.tenant, wanted.plan)
        if run.plan is None:
            raise Conflict(f"Plan {wanted.plan!r} has no result: it is {run.state}.", run.state)
        _, found = plans.get(connection, caller.tenant, run.plan)
        _, tree = rollouts.document(connection, caller.tenant, run.rollout, run.revision)
    match wanted.task, wanted.session:
        case str(task), None:
            candidates = for_task(tree, found.document, task, wanted.person)
        case None, str(session):
            candidates = for_class(tree, found.document, session, wanted.person)
        case _:
            raise refused(422, "Name either a task or a session.")
    return [CandidateShown.of(it) for it in candidates]

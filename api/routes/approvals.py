"""Green lights: what waits for a word, a department's part of a plan, and the word on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.auth import Approver, Follower
from api.errors import responses
from api.http.paging import After, Limit, cut, position
from api.routes.plans import PlanId
from api.schemas.approvals import (
    ApprovalShown,
    Approve,
    Name,
    PartShown,
    WaitingPage,
    WaitingShown,
)
from api.state import Service
from service.access.errors import NotAllowed
from service.lifecycle import approvals
from service.store import rollouts

router = APIRouter(prefix="/v1", tags=["approvals"])


@router.get("/approvals", responses=responses(422))
def waiting(
    service: Service, caller: Follower, limit: Limit = 50, after: After = None
) -> WaitingPage:
    """Of each rollout the latest plan, with the green lights that are yours to see."""
    with service.database.read() as connection:
        found = rollouts.listed(connection, caller.tenant, after=position(after), limit=limit + 1)
        page, more = cut(found, limit, lambda it: (it.changed_at, it.id))
        items = [
            WaitingShown.of(it, latest, own)
            for it in page
            if (latest := approvals.latest(connection, caller.tenant, it.id)) is not None
            and (own := [word for word in latest.approvals if caller.sees(word.department, it.id)])
        ]
    return WaitingPage(items=items, next=more)


@router.get("/plans/{plan}/approvals", responses=responses(404, 409))
def listed(service: Service, caller: Follower, plan: PlanId) -> list[ApprovalShown]:
    """The departments that a plan concerns, and where the green light of each stands.

    Department heads see those of their own departments.
    """
    with service.database.read() as connection:
        rollout = approvals.rollout_of(connection, caller.tenant, plan)
        found = approvals.approvals_of(connection, caller.tenant, plan)
    return [ApprovalShown.of(it) for it in found if caller.sees(it.department, rollout)]


@router.post("/plans/{plan}/approvals", status_code=201, responses=responses(403, 404, 409, 422))
def give(service: Service, caller: Approver, plan: PlanId, wanted: Approve) -> list[ApprovalShown]:
    """Give or refuse a department's green light for its part of a plan.

    It holds for later plans as long as they leave that part as it is. A refusal needs a reason.
    """
    with service.database.write() as connection:
        rollout = approvals.rollout_of(connection, caller.tenant, plan)
        if not caller.answers_for(wanted.department, rollout):
            raise NotAllowed(f"The green light of {wanted.department!r} is not yours to give.")
        approvals.approve(
            connection,
            caller.actor,
            plan,
            wanted.department,
            granted=wanted.granted,
            sha256=wanted.sha256,
            remark=wanted.note,
        )
    return listed(service, caller, plan)


@router.get("/plans/{plan}/departments/{department}", responses=responses(403, 404, 409))
def part(
    service: Service,
    caller: Follower,
    plan: PlanId,
    department: Annotated[Name, Path(description="Which department.")],
) -> PartShown:
    """What a plan has for one department, and no more: what its head gives the green light for."""
    with service.database.read() as connection:
        rollout = approvals.rollout_of(connection, caller.tenant, plan)
        if not caller.sees(department, rollout):
            raise NotAllowed(f"The part of {department!r} is not yours to see.")
        found = approvals.part(connection, caller.tenant, plan, department)
    return PartShown.of(found)

"""Bookings moved by hand: who could from when, what a move costs and breaks before it is made."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth import Planner
from api.errors import responses
from api.routes.plans import PlanId
from api.schemas.moves import MovesWanted, PlaceWanted, PossibleShown, TriedShown
from api.state import Service
from service.plans.documents import documents_of
from service.plans.moves import possible, tried

router = APIRouter(prefix="/v1/plans", tags=["replanning"])


@router.post("/{plan}/moves/possible", responses=responses(404, 409, 422))
def places(
    service: Service, caller: Planner, plan: PlanId, wanted: PlaceWanted
) -> list[PossibleShown]:
    """Who could take a place on a planned task, and from when, with all else as it is booked."""
    with service.database.read() as connection:
        _, tree, found = documents_of(connection, caller.tenant, plan)
    moves = [it.move() for it in wanted.moves]
    everybody = possible(tree, found.document, moves, wanted.task, wanted.seat)
    return [PossibleShown.of(it) for it in everybody]


@router.post("/{plan}/moves", responses=responses(404, 409, 422))
def moves(service: Service, caller: Planner, plan: PlanId, wanted: MovesWanted) -> TriedShown:
    """What the last of some moves costs and breaks, with all else as it is booked."""
    with service.database.read() as connection:
        _, tree, found = documents_of(connection, caller.tenant, plan)
    return TriedShown.of(tried(tree, found.document, [it.move() for it in wanted.moves]))

"""One person of a rollout: all that is kept of them, and taking them out of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field

from api.auth import Admin
from api.errors import responses
from api.schemas.approvals import Name
from api.schemas.plans_and_rollouts import Id
from api.state import Service
from service.lifecycle import personal

router = APIRouter(prefix="/v1/rollouts/{rollout}/people", tags=["people of rollouts"])

RolloutId = Annotated[Id, Path(description="Which rollout.")]
Person = Annotated[Name, Path(description="The id of the person in the document.")]


class Erased(BaseModel):
    """What stands in the place of somebody now."""

    alias: str = Field(description="The made-up id.")


@router.get("/{person}", responses=responses(403, 404))
def export(service: Service, caller: Admin, rollout: RolloutId, person: Person) -> dict[str, Any]:
    """All that is kept of a person of a rollout, in its documents, plans and whatever else."""
    with service.database.read() as connection:
        return personal.export(connection, caller.tenant, rollout, person)


@router.delete("/{person}", responses=responses(403, 404, 409))
def erase(
    request: Request, service: Service, caller: Admin, rollout: RolloutId, person: Person
) -> Erased:
    """Take a person out of all that is kept of a rollout; a made-up id stands for them then."""
    with service.database.write() as connection:
        alias = personal.erase(connection, caller.actor, rollout, person)
    request.app.state.kept.forget()
    return Erased(alias=alias)

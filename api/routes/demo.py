"""Rollouts to try: listed, and kept as rollouts of the tenant."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from api.auth import Editor, Reader
from api.errors import responses
from api.http.idempotency import Key, once
from api.routes.rollouts import etag
from api.schemas.plans_and_rollouts import Id, RolloutShown
from api.state import Service
from service import demo
from service.store import rollouts

router = APIRouter(prefix="/v1/demo", tags=["demo"])


class DemoShown(BaseModel):
    """A rollout to try, and how much there is to plan."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    title: str
    people: int
    tasks: int
    courses: int


@router.get("")
def listed(_: Reader) -> list[DemoShown]:
    """Small rollouts that come with the service."""
    return [DemoShown.model_validate(it) for it in demo.listed()]


@router.post("/{name}", status_code=201, response_model=RolloutShown, responses=responses(404))
def keep(
    service: Service,
    caller: Editor,
    name: Annotated[Id, Path(description="Which one.")],
    key: Key = None,
) -> JSONResponse:
    """Keep one of them as a new rollout, to be changed and planned like any other."""
    tree = demo.document(name)

    def change(connection: Connection) -> JSONResponse:
        kept = rollouts.create(connection, caller.actor, tree)
        headers = {"Location": f"/v1/rollouts/{kept.id}", "ETag": etag(kept.sha256)}
        return JSONResponse(RolloutShown.of(kept).model_dump(), 201, headers)

    return once(service, caller, key, ["demo", name], change)

"""Nights: which rollouts are planned again every night, and what came of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from api.auth import Editor, Reader
from api.errors import responses
from api.http.idempotency import Key, once
from api.http.paging import After, Limit, Page, cut, position
from api.routes.plans import within
from api.schemas.plans_and_rollouts import Id, PlanShown, Strict
from api.state import Service
from service.access.privacy import open_edits
from service.access.roles import Caller
from service.lifecycle import digest, nightly
from service.lifecycle.digest import Digest
from service.store import nights
from service.store.clock import moment, now
from service.store.nights import Nightly
from service.store.runs import Limits

router = APIRouter(prefix="/v1/rollouts", tags=["nightly"])

RolloutId = Annotated[Id, Path(description="Which rollout.")]


class NightlyWanted(Strict):
    """How a rollout is to be planned again every night."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"at": "02:00", "seconds": 60}]}
    )

    at: str = Field(
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="Local time of the rollout."
    )
    seconds: float = Field(60.0, ge=0.1, le=86_400)
    workers: int = Field(2, ge=1, le=256)
    frozen_days: int = Field(2, ge=0, le=366, description="What starts within them stays.")
    most_people: int = Field(
        20,
        ge=0,
        le=1_000_000,
        description="Change budget: people notified x weight; beyond it a plan is only proposed.",
    )
    least_gain: float = Field(
        0.01, ge=0, le=1, description="Share of the total to save, else the old plan is kept."
    )
    publish: bool = Field(False, description="Publish what is within both limits.")
    priority: int = Field(3, ge=1, le=5, description="5 first.")


class NightlyShown(NightlyWanted):
    """How a rollout is planned every night, and when next."""

    next_at: str


class DigestShown(BaseModel):
    """What came of one night."""

    id: str
    plan: str | None = Field(description="The plan of that night.")
    at: str
    outcome: Literal["kept", "published", "proposed", "failed"]
    reason: str
    body: dict[str, Any] = Field(
        description="What has changed, what is at risk, who is affected, what had happened."
    )


class DigestPage(Page[DigestShown]):
    """What came of some nights, latest first."""


@router.put("/{rollout}/nightly", responses=responses(404, 422))
def keep(
    service: Service, caller: Editor, rollout: RolloutId, wanted: NightlyWanted
) -> NightlyShown:
    """Plan a rollout again every night, from its published plan on."""
    kept = Nightly(**wanted.model_dump())
    with service.database.write() as connection:
        within(service, connection, caller, Limits(wanted.seconds, wanted.workers))
        following = nights.keep(connection, caller.actor, rollout, kept)
    return NightlyShown(**wanted.model_dump(), next_at=moment(following))


@router.get("/{rollout}/nightly", responses=responses(404))
def read(service: Service, caller: Reader, rollout: RolloutId) -> NightlyShown:
    """How a rollout is planned every night, and when next."""
    with service.database.read() as connection:
        kept, following = nights.get(connection, caller.tenant, rollout)
    settings = {name: getattr(kept, name) for name in NightlyWanted.model_fields}
    return NightlyShown(**settings, next_at=moment(following))


@router.delete("/{rollout}/nightly", status_code=204, responses=responses(404))
def drop(service: Service, caller: Editor, rollout: RolloutId) -> None:
    """Plan a rollout no more every night."""
    with service.database.write() as connection:
        nights.drop(connection, caller.actor, rollout)


@router.post(
    "/{rollout}/nightly/run",
    status_code=202,
    response_model=PlanShown,
    responses=responses(404, 409, 422),
)
def run(service: Service, caller: Editor, rollout: RolloutId, key: Key = None) -> JSONResponse:
    """Do now what is done every night; a digest follows."""

    def change(connection: Connection) -> JSONResponse:
        asked = nightly.begin(connection, service.queue, caller.tenant, rollout, now())
        headers = {"Location": f"/v1/plans/{asked.id}"}
        return JSONResponse(PlanShown.of(asked).model_dump(), 202, headers)

    return once(service, caller, key, ["night", rollout], change)


@router.get("/{rollout}/digests", responses=responses(404, 422))
def digests(
    service: Service, caller: Reader, rollout: RolloutId, limit: Limit = 50, after: After = None
) -> DigestPage:
    """What came of the nights of a rollout, latest first."""
    with service.database.read() as connection:
        found = digest.listed(
            connection, caller.tenant, rollout, after=position(after), limit=limit + 1
        )
    page, more = cut(found, limit, lambda it: (it.at, it.id))
    shown = [
        DigestShown(
            id=it.id,
            plan=it.run,
            at=moment(it.at),
            outcome=it.outcome,
            reason=it.body["reason"],
            body=_body(caller, it),
        )
        for it in page
    ]
    return DigestPage(items=shown, next=more)


def _body(caller: Caller, found: Digest) -> dict[str, Any]:
    body = {name: value for name, value in found.body.items() if name != "reason"}
    if "since" in body and not caller.sees_private:
        body["since"] = open_edits(body["since"])
    return body

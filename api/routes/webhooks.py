"""Webhooks: who is notified of the end of a run, what signs it, and what was delivered."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from api.auth import Admin, Editor, Planner
from api.errors import responses
from api.http.paging import After, Limit, Page, cut, position
from api.schemas.plans_and_rollouts import Id, Strict, Url
from api.state import Service
from service.access import accounts
from service.store import deliveries, runs, webhooks
from service.store.clock import moment
from service.store.deliveries import Delivery
from service.store.webhooks import Webhook

router = APIRouter(prefix="/v1", tags=["webhooks"])

RolloutId = Annotated[Id, Path(description="Which rollout.")]


class SecretMade(BaseModel):
    """What webhooks are signed with from now on; it is shown only this once."""

    secret: str


class WebhookWanted(Strict):
    """Who is to be notified."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"url": "https://hooks.example.org/plans"}]},
    )

    url: Url


class WebhookShown(BaseModel):
    """Who is notified of every run of a rollout that ends."""

    url: str
    created_at: str
    created_by: str

    @classmethod
    def of(cls, it: Webhook) -> WebhookShown:
        """As it is shown."""
        return cls(url=it.url, created_at=moment(it.created_at), created_by=it.created_by)


class DeliveryShown(BaseModel):
    """The end of a plan as it is asked to somebody, and what came of that."""

    id: str = Field(description="The `webhook-id`, the same in each attempt.")
    host: str
    state: Literal["waiting", "due", "delivered", "given up"]
    attempts: int
    answer: str | None = Field(description="What came of the last attempt.")
    next_at: str | None
    created_at: str
    ended_at: str | None

    @classmethod
    def of(cls, it: Delivery) -> DeliveryShown:
        """As it is shown."""
        return cls(
            id=it.id,
            host=webhooks.host_of(it.url),
            state=it.state,
            attempts=it.attempts,
            answer=it.answer,
            next_at=None if it.next_at is None else moment(it.next_at),
            created_at=moment(it.created_at),
            ended_at=None if it.ended_at is None else moment(it.ended_at),
        )


class DeliveryPage(Page[DeliveryShown]):
    """Some of them, in the order in which they were asked for."""


@router.post("/webhook-secret", status_code=201)
def renew(service: Service, caller: Admin) -> SecretMade:
    """Make what the webhooks of the tenant are signed with, in place of what was there."""
    with service.database.write() as connection:
        return SecretMade(secret=webhooks.new_secret(connection, caller.actor))


@router.put("/rollouts/{rollout}/webhook", responses=responses(404, 409))
def keep(
    service: Service, caller: Editor, rollout: RolloutId, wanted: WebhookWanted
) -> WebhookShown:
    """Tell a URL of every plan of a rollout that has ended, those of the nights too."""
    with service.database.write() as connection:
        accounts.hold(connection, caller.actor, "edit")
        return WebhookShown.of(webhooks.keep(connection, caller.actor, rollout, wanted.url))


@router.get("/rollouts/{rollout}/webhook", responses=responses(404))
def read(service: Service, caller: Editor, rollout: RolloutId) -> WebhookShown:
    """Who is notified."""
    with service.database.read() as connection:
        return WebhookShown.of(webhooks.get(connection, caller.tenant, rollout))


@router.delete("/rollouts/{rollout}/webhook", status_code=204, responses=responses(404))
def drop(service: Service, caller: Editor, rollout: RolloutId) -> None:
    """Tell nobody any more."""
    with service.database.write() as connection:
        webhooks.drop(connection, caller.actor, rollout)


@router.get("/plans/{plan}/deliveries", responses=responses(404, 422))
def delivered(
    service: Service,
    caller: Planner,
    plan: Annotated[Id, Path(description="Which plan.")],
    limit: Limit = 50,
    after: After = None,
) -> DeliveryPage:
    """Who is notified of the end of a plan, and what came of it; asked for first, first."""
    with service.database.read() as connection:
        runs.get(connection, caller.tenant, plan)
        found = deliveries.listed(
            connection, caller.tenant, plan, after=position(after), limit=limit + 1
        )
    page, more = cut(found, limit, lambda it: (it.created_at, it.id))
    return DeliveryPage(items=[DeliveryShown.of(it) for it in page], next=more)

"""How ready a rollout is for its go-lives: lights by stated thresholds, and what to do next."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from api.auth import Follower
from api.errors import responses
from api.schemas.plans_and_rollouts import Id
from api.state import Service
from service.lifecycle.ready import Readiness, ready
from service.plans.readiness import Light, Ready, What

router = APIRouter(prefix="/v1", tags=["readiness"])


class CheckShown(BaseModel):
    """One thing that has to be so, and how much of it is."""

    what: What
    light: Light
    done: int
    of: int = Field(description="Heads, tasks, departments, supporters; of the budget cents.")


class NextShown(BaseModel):
    """Something to do."""

    what: What
    why: Literal["open", "late", "no seat", "nobody", "pending", "refused"]
    id: str
    department: str | None
    by: str | None
    count: int


class GoLiveShown(BaseModel):
    """A go-live, or one department of it."""

    wave: str
    name: str
    project: str
    department: str | None
    go_live: str
    days_left: int
    light: Light
    checks: list[CheckShown]
    next: list[NextShown]

    @classmethod
    def of(cls, it: Ready) -> GoLiveShown:
        """As it is shown."""
        return cls(
            wave=it.wave,
            name=it.name,
            project=it.project,
            department=it.department,
            go_live=it.go_live,
            days_left=it.days_left,
            light=it.light,
            checks=[
                CheckShown(what=one.what, light=one.light, done=one.done, of=one.of)
                for one in it.checks
            ],
            next=[
                NextShown(
                    what=one.what,
                    why=one.why,
                    id=one.id,
                    department=one.department,
                    by=one.by,
                    count=one.count,
                )
                for one in it.next
            ],
        )


class ReadinessShown(BaseModel):
    """How ready a rollout is."""

    name: str
    published: str | None
    as_of: str = Field(description="The day from which days are counted.")
    currency: str
    go_lives: list[GoLiveShown]
    answers: int | None = Field(description="To be settled; for those who plan.")
    names: dict[str, dict[str, str]] = Field(description="Names of what is named, by id.")

    @classmethod
    def of(cls, it: Readiness, *, plans: bool) -> ReadinessShown:
        """As it is shown."""
        return cls(
            name=it.name,
            published=it.published,
            as_of=it.as_of,
            currency=it.currency,
            go_lives=[GoLiveShown.of(one) for one in it.go_lives],
            answers=it.answers if plans else None,
            names=it.names,
        )


@router.get("/rollouts/{rollout}/readiness", responses=responses(404))
def read(
    service: Service, caller: Follower, rollout: Annotated[Id, Path(description="Which rollout.")]
) -> ReadinessShown:
    """How ready each go-live is now; a department head sees the own departments alone."""
    sees = None if caller.may("read") else lambda it: caller.sees(it, rollout)
    with service.database.read() as connection:
        found = ready(connection, caller.tenant, rollout, sees)
    return ReadinessShown.of(found, plans=caller.may("try"))

"""What requests and answers about green lights hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from api.http.paging import Page
from api.schemas.plans_and_rollouts import Strict
from service.lifecycle.approvals import Approval, Latest, Part, Said, Word
from service.store.clock import moment
from service.store.rollouts import Rollout

Name = Annotated[str, Field(min_length=1, max_length=200)]


class SaidShown(BaseModel):
    """What was said once, and of which plan."""

    plan: str
    granted: bool
    who: str
    at: str
    note: str

    @classmethod
    def of(cls, it: Said) -> SaidShown:
        """As it is shown."""
        return cls(plan=it.run, granted=it.granted, who=it.who, at=moment(it.at), note=it.note)


class ApprovalShown(BaseModel):
    """Where the green light of a department for a plan stands."""

    department: str
    name: str
    sha256: str = Field(description="The fingerprint of the department's part of the plan.")
    word: Word
    said: SaidShown | None = Field(description="The word that holds.")
    earlier: SaidShown | None = Field(description="Of a pending one: the last word.")

    @classmethod
    def of(cls, it: Approval) -> ApprovalShown:
        """As it is shown."""
        said = None if it.said is None else SaidShown.of(it.said)
        pending = it.word == "pending"
        return cls(
            department=it.department,
            name=it.name,
            sha256=it.sha256,
            word=it.word,
            said=None if pending else said,
            earlier=said if pending else None,
        )


class Approve(Strict):
    """A department head's word on the part of a plan that they have seen."""

    department: Name
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    granted: bool
    note: str = Field("", max_length=2000, description="A refusal needs a reason.")


class WaitingShown(BaseModel):
    """The latest plan of a rollout, and its green lights."""

    rollout: str
    name: str
    plan: str
    created_at: str
    published: bool = Field(description="This plan is published.")
    approvals: list[ApprovalShown]

    @classmethod
    def of(cls, rollout: Rollout, latest: Latest, own: Sequence[Approval]) -> WaitingShown:
        """As it is shown."""
        return cls(
            rollout=rollout.id,
            name=rollout.name,
            plan=latest.run,
            created_at=moment(latest.created_at),
            published=rollout.published == latest.run,
            approvals=[ApprovalShown.of(it) for it in own],
        )


class WaitingPage(Page[WaitingShown]):
    """Some of them, those of rollouts changed latest first."""


class PartShown(BaseModel):
    """What a plan has for one department."""

    plan: str
    rollout: str
    name: str
    approval: ApprovalShown
    part: dict[str, Any]
    changes: list[dict[str, Any]] | None = Field(
        description="Bookings that differ from the plan of the last word; null without one."
    )

    @classmethod
    def of(cls, it: Part) -> PartShown:
        """As it is shown."""
        return cls(
            plan=it.run,
            rollout=it.rollout,
            name=it.name,
            approval=ApprovalShown.of(it.approval),
            part=it.document,
            changes=it.changes,
        )

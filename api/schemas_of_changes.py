"""What requests and answers about changes hold: published, happened, approved, what if."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from allocator.formats.models.rollout import Preset
from api.schemas import Id, Strict, ViolationShown
from service.approvals import Approval, Word
from service.edits.actuals import Actual
from service.edits.base import DayOrMoment, Moment
from service.edits.changes import Change
from service.recommend import Candidate
from service.scenarios import Scenario
from service.store.clock import moment
from service.store.runs import Limits

Name = Annotated[str, Field(min_length=1, max_length=200)]


class Publish(Strict):
    """A request to publish a plan."""

    plan: Id
    frozen_until: DayOrMoment | None = Field(None, description="What starts before stays.")
    approved: bool = Field(True, description="Only with the green light of every department.")


class Happened(Strict):
    """What has happened since the last time."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"actuals": [{"edit": "progress", "task": "t-move", "done_hours": 4}]}]
        },
    )

    actuals: list[Actual] = Field(min_length=1, max_length=1000)


class Again(Strict):
    """A request to plan again from a moment on."""

    as_of: Moment
    frozen_until: DayOrMoment | None = None
    seconds: float = Field(60.0, ge=0.1, le=86_400)
    workers: int = Field(2, ge=1, le=256)
    seed: int = Field(1, ge=0, le=2**31 - 1)
    preset: Preset | None = None

    def limits(self) -> Limits:
        """As the service knows it."""
        return Limits(self.seconds, self.workers, self.seed, self.preset)


class ApprovalShown(BaseModel):
    """Where the green light of a department for a plan stands."""

    department: str
    sha256: str = Field(description="The fingerprint of the department's part of the plan.")
    word: Word
    who: str | None
    at: str | None
    note: str

    @classmethod
    def of(cls, it: Approval) -> ApprovalShown:
        """As it is shown."""
        return cls(
            department=it.department,
            sha256=it.sha256,
            word=it.word,
            who=it.who,
            at=None if it.at is None else moment(it.at),
            note=it.note,
        )


class Approve(Strict):
    """A department head's word on the part of a plan that they have seen."""

    department: Name
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    granted: bool
    note: str = Field("", max_length=2000)


class ScenarioWanted(Strict):
    """A named set of edits on a rollout."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "rollout": "{rollout}",
                    "name": "One more like Ana",
                    "edits": [{"edit": "one_more", "like": "ana", "id": "ana-2"}],
                }
            ]
        },
    )

    rollout: Id
    name: Name
    edits: list[Change] = Field(max_length=1000)


class Edits(Strict):
    """The edits of a scenario."""

    edits: list[Change] = Field(max_length=1000)


class Rebase(Strict):
    """A request to carry a scenario over; edits in `drop` are given up."""

    drop: list[Annotated[int, Field(ge=0, le=1000)]] = Field([], max_length=1000)


class ScenarioShown(BaseModel):
    """A what-if. Its id is that of its document too, among rollouts and for plans."""

    id: str
    rollout: str
    revision: int
    name: str
    edits: list[dict[str, Any]]
    created_at: str
    created_by: str
    promoted_at: str | None

    @classmethod
    def of(cls, it: Scenario) -> ScenarioShown:
        """As it is shown."""
        return cls(
            id=it.id,
            rollout=it.rollout,
            revision=it.revision,
            name=it.name,
            edits=[edit.model_dump(by_alias=True, exclude_unset=True) for edit in it.edits],
            created_at=moment(it.created_at),
            created_by=it.created_by,
            promoted_at=None if it.promoted_at is None else moment(it.promoted_at),
        )


class Seats(Strict):
    """Whose place on which work of a plan is to be filled by somebody else."""

    plan: Id
    task: Name | None = None
    session: Name | None = Field(
        None, description="A class by its id in the plan, such as c-basic/1."
    )
    person: Name = Field(description="Who is booked there now.")


class CandidateShown(BaseModel):
    """Somebody who could: what the plan would cost more, and the rules it would break."""

    person: str
    difference: float
    terms: dict[str, float]
    breaks: list[ViolationShown]
    ends: str

    @classmethod
    def of(cls, it: Candidate) -> CandidateShown:
        """As it is shown."""
        return cls(
            person=it.person,
            difference=it.difference,
            terms=it.terms,
            breaks=[ViolationShown(rule=one.rule, message=one.message) for one in it.breaks],
            ends=it.ends,
        )

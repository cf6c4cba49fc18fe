"""What requests and answers about changes hold: published, happened, planned again, what if."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.paging import Page
from api.schemas.approvals import ApprovalShown, Name
from api.schemas.plans_and_rollouts import Id, SolveWanted, Strict, ViolationShown
from service.edits.actuals import Actual
from service.edits.base import Day, DayOrMoment, Moment
from service.edits.changes import Change
from service.lifecycle.preview import Preview
from service.lifecycle.replanning import Reported
from service.lifecycle.scenarios import Scenario
from service.notify.notices.publication import Choice
from service.plans.recommend import Candidate
from service.store.audit import Entry
from service.store.clock import moment


class Publish(Strict):
    """A request to publish a plan."""

    plan: Id
    frozen_until: DayOrMoment | None = Field(None, description="What starts before stays.")
    approved: bool = Field(True, description="Only with the green light of every department.")
    notify: Choice | None = Field(
        None, description="What is done with the messages, if not what the rollout has for that."
    )


class Happened(Strict):
    """What has happened since the last time."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"actuals": [{"edit": "progress", "task": "t-move", "done_hours": 4}]}]
        },
    )

    actuals: list[Actual] = Field(min_length=1, max_length=1000)


class Again(SolveWanted):
    """A request to plan again from a moment on."""

    as_of: Moment
    frozen_until: DayOrMoment | None = None


class PublicationShown(BaseModel):
    """A plan that was published once."""

    number: int
    plan: str
    revision: int | None
    at: str
    who: str

    @classmethod
    def of(cls, it: Entry) -> PublicationShown:
        """As it is shown."""
        return cls(
            number=it.number,
            plan=it.detail["run"],
            revision=it.revision,
            at=moment(it.at),
            who=it.who,
        )


class PublicationPage(Page[PublicationShown]):
    """Some of them, latest first."""


class ReportedShown(BaseModel):
    """What was reported to have happened, and the revision that it led to."""

    revision: int
    at: str
    who: str
    actuals: list[dict[str, Any]]

    @classmethod
    def of(cls, it: Reported) -> ReportedShown:
        """As it is shown."""
        return cls(
            revision=it.revision,
            at=moment(it.at),
            who=it.who,
            actuals=[edit.model_dump(by_alias=True, exclude_unset=True) for edit in it.actuals],
        )


class ReportedPage(Page[ReportedShown]):
    """Some of what was reported, latest first."""


class RefusalShown(BaseModel):
    """Why publishing a plan would be refused."""

    why: Literal["scenario", "green lights", "rules", "document"]
    message: str


class PreviewShown(BaseModel):
    """What is in the way of publishing a plan, and who would have to be notified."""

    plan: str
    revision: int = Field(description="What the plan was made for.")
    latest: int = Field(description="The revision of the rollout now.")
    content: int = Field(description="The revision since which the same is planned.")
    published: str | None = Field(description="The published plan.")
    approvals: list[ApprovalShown]
    breaks: list[ViolationShown] = Field(description="With any of them it is refused.")
    refused: list[RefusalShown] = Field(description="Why publishing it would be refused now.")
    bookings: dict[str, int] = Field(description="How many differ from what is published, by what.")
    people: dict[str, int] = Field(description="Whose bookings differ, and how many.")
    heads: dict[str, int] = Field(description="Seats by audience in classes that differ.")

    @classmethod
    def of(cls, it: Preview) -> PreviewShown:
        """As it is shown."""
        return cls(
            plan=it.plan,
            revision=it.revision,
            latest=it.rollout.revision,
            content=it.rollout.content,
            published=it.rollout.published,
            approvals=[ApprovalShown.of(word) for word in it.approvals],
            breaks=[ViolationShown(rule=one.rule, message=one.message) for one in it.breaks],
            refused=[RefusalShown(why=one.why, message=one.message) for one in it.refused],
            bookings=it.bookings,
            people=it.people,
            heads=it.heads,
        )


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
    behind: bool = Field(description="The rollout was changed since, not only published.")
    planned: bool = Field(description="There is a plan of it.")
    outdated: bool = Field(
        description="Its latest plan was made before the edits, or what they are made on, changed."
    )

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
            behind=it.behind,
            planned=it.planned,
            outdated=it.outdated,
        )


class ScenarioPage(Page[ScenarioShown]):
    """Some scenarios, latest first."""


class Seats(Strict):
    """Whose place on which work of a plan is to be filled by somebody else, or what is open."""

    plan: Id
    task: Name | None = None
    session: Name | None = Field(
        None, description="A class by its id in the plan, such as c-basic/1."
    )
    support: Name | None = Field(None, description="With `department` and `day`: one shift of it.")
    department: Name | None = None
    day: Day | None = None
    person: Name | None = Field(
        None, description="Who is booked there now; nobody where work is open."
    )


class CandidateShown(BaseModel):
    """Somebody who could: what the plan would cost more, and the rules it would break."""

    person: str = Field(description="Of a whole crew the one on its first seat.")
    crew: list[str] = Field(description="Who would come in; on an open task seat by seat.")
    difference: float
    terms: dict[str, float]
    breaks: list[ViolationShown]
    starts: str
    ends: str

    @classmethod
    def of(cls, it: Candidate) -> CandidateShown:
        """As it is shown."""
        return cls(
            person=it.person,
            crew=list(it.crew),
            difference=it.difference,
            terms=it.terms,
            breaks=[ViolationShown(rule=one.rule, message=one.message) for one in it.breaks],
            starts=it.starts,
            ends=it.ends,
        )

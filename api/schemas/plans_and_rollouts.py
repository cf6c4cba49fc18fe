"""What requests and answers hold, as the OpenAPI document describes them."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from allocator.errors import InvalidDocument
from allocator.formats.text.plain import unfit
from allocator.terms import Preset
from api.http.paging import Page
from service.store.clock import moment
from service.store.plans import KeptPlan
from service.store.rollouts import Revision, Rollout
from service.store.runs import Kind, Limits, Run, State

Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]


Url = Annotated[
    str,
    Field(
        max_length=1000,
        pattern=r"^https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[!-~]*)?$",
        examples=["https://hooks.example.org/plans"],
    ),
]
"""Where a webhook goes: without a name or a password in it."""


MostPeople = Annotated[
    int | None,
    Field(ge=0, le=1_000_000, description="Change budget: people notified x weight, at most."),
]


class Strict(BaseModel):
    """A request: what we do not know is an error, not ignored, and nothing in it is unprintable."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _fit(cls, tree: Any) -> Any:
        """InvalidDocument if a text or a number is none that may be kept and shown."""
        faults = unfit(tree)
        if faults:
            raise InvalidDocument(faults)
        return tree


class RolloutShown(BaseModel):
    """A rollout as it is now."""

    id: str
    name: str
    revision: int
    sha256: str
    content: int = Field(
        description="The revision since which the same is planned: publishing makes a new "
        "revision, but changes nothing of that. A plan of this revision or a later one is current."
    )
    created_at: str
    changed_at: str
    scenario_of: str | None = None
    published: str | None = Field(None, description="The published plan.")

    @classmethod
    def of(cls, it: Rollout) -> RolloutShown:
        """As it is shown."""
        return cls(
            id=it.id,
            name=it.name,
            revision=it.revision,
            sha256=it.sha256,
            content=it.content,
            created_at=moment(it.created_at),
            changed_at=moment(it.changed_at),
            scenario_of=it.scenario_of,
            published=it.published,
        )


class RolloutPage(Page[RolloutShown]):
    """Some rollouts, changed latest first."""


class RevisionShown(BaseModel):
    """A saved document of a rollout."""

    number: int
    sha256: str
    saved_at: str
    saved_by: str

    @classmethod
    def of(cls, it: Revision) -> RevisionShown:
        """As it is shown."""
        return cls(
            number=it.number, sha256=it.sha256, saved_at=moment(it.saved_at), saved_by=it.saved_by
        )


class RevisionPage(Page[RevisionShown]):
    """Some revisions, latest first."""


class SolveWanted(Strict):
    """What a solve may use, wherever one is asked for; a field for each of the `Limits`."""

    seconds: float = Field(60.0, ge=0.1, le=86_400, description="Time to look for better plans.")
    workers: int = Field(2, ge=1, le=256, description="Searches side by side.")
    seed: int = Field(1, ge=0, le=2**31 - 1)
    preset: Preset | None = Field(None, description="Prices instead of the document's preset.")
    most_people: MostPeople = None

    def limits(self) -> Limits:
        """As the service knows it."""
        known = {it.name for it in fields(Limits)} & type(self).model_fields.keys()
        return Limits(**{name: getattr(self, name) for name in known})


class PlanWanted(SolveWanted):
    """A request for a plan."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"rollout": "{rollout}", "seconds": 10, "workers": 1}]},
    )

    rollout: Id = Field(description="Which rollout.")
    revision: int | None = Field(None, ge=1, le=2**31 - 1, description="Default: the latest.")
    base: Id | None = Field(
        None,
        description="A plan to begin with; default for a scenario: the latest of its rollout.",
    )
    webhook: Url | None = Field(None, description="Is notified when the plan has ended.")


class PlanShown(BaseModel):
    """A plan that was asked for: how far it is, and where its parts are."""

    id: str
    rollout: str
    revision: int
    kind: Kind = Field(description="A control is what a what-if is measured against.")
    preset: Preset | None = None
    base: str | None = Field(None, description="The plan that the solve began with.")
    most_people: int | None = Field(None, description="The change budget.")
    limit: float = Field(description="Seconds that it may take.")
    state: State
    asked: Literal["stop", "cancel"] | None = None
    phase: str | None = None
    seconds: float | None = None
    best: float | None = Field(None, description="Total of the best plan so far.")
    bound: float | None = Field(None, description="No plan has a total below it.")
    gap: float | None = None
    open: int | None = Field(None, description="How many pieces of work it leaves open.")
    late: int | None = Field(None, description="How many tasks it ends late.")
    control: str | None = Field(
        None, description="The plan that this one, of a what-if, is measured against."
    )
    attempt: int
    failure: str | None = None
    created_at: str
    created_by: str
    started_at: str | None = None
    ended_at: str | None = None
    result: str | None = Field(None, description="Where the plan document is, once there is one.")
    events: str

    @classmethod
    def of(cls, it: Run) -> PlanShown:
        """As it is shown."""
        place = f"/v1/plans/{it.id}"
        return cls(
            id=it.id,
            rollout=it.rollout,
            revision=it.revision,
            kind=it.kind,
            preset=it.limits.preset,
            limit=it.limits.seconds,
            base=it.limits.base,
            most_people=it.limits.most_people,
            state=it.state,
            asked=it.asked,
            phase=it.phase,
            seconds=it.seconds,
            best=it.best,
            bound=it.bound,
            gap=it.gap,
            open=it.open,
            late=it.late,
            control=it.control,
            attempt=it.attempt,
            failure=it.failure,
            created_at=moment(it.created_at),
            created_by=it.created_by,
            started_at=None if it.started_at is None else moment(it.started_at),
            ended_at=None if it.ended_at is None else moment(it.ended_at),
            result=None if it.plan is None else f"{place}/result",
            events=f"{place}/events",
        )


class PlanPage(Page[PlanShown]):
    """Some plans, asked for latest first."""


class Result(BaseModel):
    """What a solve came to: the plan document, and what it means."""

    outcome: Literal["optimal", "feasible", "infeasible", "no_plan"]
    revision: int
    sha256: str
    solver_version: str
    plan: dict[str, Any]
    report: dict[str, Any]

    @classmethod
    def of(cls, it: KeptPlan, plan: dict[str, Any], report: dict[str, Any]) -> Result:
        """As it is shown."""
        return cls.model_validate(
            {
                "outcome": it.outcome,
                "revision": it.revision,
                "sha256": it.sha256,
                "solver_version": it.solver_version,
                "plan": plan,
                "report": report,
            }
        )


class CheckWanted(Strict):
    """A plan and the rollout that it is checked against."""

    rollout: dict[str, Any] = Field(description="A rollout document.")
    plan: dict[str, Any] = Field(description="A plan document.")


class ViolationShown(BaseModel):
    """A rule that a plan breaks."""

    rule: str
    message: str


class TermShown(BaseModel):
    """One priced term: amount x price."""

    term: str
    amount: float
    price: float | None = Field(description="None if the term is forbidden.")
    total: float


class Checked(BaseModel):
    """A plan checked and scored anew."""

    violations: list[ViolationShown]
    total: float
    terms: list[TermShown]
    other_rollout: bool = Field(description="The plan was made for another revision.")


class Validated(BaseModel):
    """What is wrong in a document, or what a planner should look at in it."""

    valid: bool
    faults: list[dict[str, Any]]
    warnings: list[dict[str, Any]]


class AuditEntry(BaseModel):
    """Something that somebody did."""

    number: int
    at: str
    who: str
    action: str
    kind: str
    id: str
    revision: int | None
    detail: dict[str, Any]


class AuditPage(Page[AuditEntry]):
    """Some entries, latest first."""

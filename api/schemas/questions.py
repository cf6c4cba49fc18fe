"""What requests and answers about questions of plans hold: ways out, why not, what it is worth."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, Field

from api.http.paging import Page
from api.schemas.approvals import Name
from api.schemas.plans_and_rollouts import Strict
from service.edits.base import Day
from service.store.clock import moment
from service.store.runs import Question, Run, State


class QuestionWanted(Strict):
    """A question about a plan, and how long it may take."""

    seconds: float = Field(60.0, ge=1, le=3600, description="Time for it.")

    def about(self) -> dict[str, Any]:
        """What is asked, without the time for it."""
        return self.model_dump(exclude={"seconds"}, exclude_none=True)


class RepairsWanted(QuestionWanted):
    """For which work ways out are looked for; without one, for a rollout that has no plan."""

    work: Name | None = Field(None, description="An open or late task, course or support.")
    audience: Name | None = Field(None, description="Whose course, where several take it.")
    department: Name | None = Field(None, description="Which department's support.")
    day: Day | None = Field(None, description="Support of which day.")


class WhyNotWanted(QuestionWanted):
    """How planned work might be otherwise: at least one of person, day, room and before."""

    seconds: float = Field(20.0, ge=1, le=3600, description="Time for it.")
    work: Name = Field(description="A planned task or course.")
    audience: Name | None = Field(None, description="Whose course, where several take it.")
    person: Name | None = Field(None, description="By whom.")
    day: Day | None = Field(None, description="On which day.")
    room: Name | None = Field(None, description="In which room.")
    before: Name | None = Field(None, description="Before which other task.")


class WorthWanted(QuestionWanted):
    """What more of would lower the total of a plan: only the time for it can be chosen."""

    seconds: float = Field(120.0, ge=1, le=3600, description="Time for it.")


class QuestionShown(BaseModel):
    """A question that was asked about a plan: how far it is, and what was found."""

    id: str
    plan: str
    question: Question
    about: dict[str, Any] = Field(description="What exactly was asked.")
    state: State
    asked: Literal["stop", "cancel"] | None = None
    phase: str | None = Field(
        None, description="What it is at, with how many of how many: `solve:2:5`."
    )
    seconds: float | None = None
    limit: float = Field(description="Seconds that it may take.")
    failure: str | None = None
    created_at: str
    created_by: str
    ended_at: str | None = None
    events: str
    found: dict[str, Any] | None = Field(None, description="Once it has ended.")
    text: list[str] = Field([], description="What was found in words, line by line.")

    @classmethod
    def of(
        cls, it: Run, found: dict[str, Any] | None = None, text: Iterable[str] = ()
    ) -> QuestionShown:
        """As it is shown."""
        about = json.loads(it.limits.question or "{}")
        question = about.pop("question")
        return cls(
            id=it.id,
            plan=it.limits.base or "",
            question=question,
            about=about,
            state=it.state,
            asked=it.asked,
            phase=it.phase,
            seconds=it.seconds,
            limit=it.limits.seconds,
            failure=it.failure,
            created_at=moment(it.created_at),
            created_by=it.created_by,
            ended_at=None if it.ended_at is None else moment(it.ended_at),
            events=f"/v1/plans/{it.id}/events",
            found=found,
            text=list(text),
        )


class QuestionPage(Page[QuestionShown]):
    """Questions of a kind about a plan, latest first, without what was found."""

"""What requests and answers about people's answers hold: bookings, words, ways out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.http.paging import Page
from api.schemas.approvals import Name
from api.schemas.plans_and_rollouts import Id, Strict, ViolationShown
from service.edits.base import Moment
from service.lifecycle.answering import Asked, Sheet
from service.lifecycle.repairs import Repair
from service.store.clock import moment
from service.store.replies import Reply, Word


class Wish(Strict):
    """With whom somebody would like to swap, or for which other class of the course."""

    with_: Name | None = Field(None, alias="with")
    start: Annotated[str, Field(max_length=40)] | None = None

    @property
    def kept(self) -> dict[str, str]:
        """As the service knows it."""
        said = {"with": self.with_, "start": self.start}
        return {name: value for name, value in said.items() if value is not None}


class SwapShown(BaseModel):
    """What a booking could be swapped for."""

    wish: dict[str, str] = Field(description="As it is sent to ask for it.")
    name: str
    start: str
    end: str


class BookingShown(BaseModel):
    """A booking that somebody may answer to."""

    booking: str
    sequence: int
    kind: Literal["task", "class", "support"]
    part: str
    title: str
    start: str
    end: str
    zone: str
    place: list[str]
    department: str
    answered: Word | None
    settled: bool
    swaps: list[SwapShown]

    @classmethod
    def of(cls, it: Asked) -> BookingShown:
        """As it is shown."""
        entry = it.event.entry
        return cls(
            booking=it.event.uid,
            sequence=it.event.sequence,
            kind=entry.kind,
            part=entry.part,
            title=entry.title,
            start=entry.start,
            end=entry.end,
            zone=entry.zone,
            place=list(entry.place),
            department=entry.department,
            answered=None if it.reply is None else it.reply.answer,
            settled=it.reply is not None and it.reply.settled_at is not None,
            swaps=[
                SwapShown(wish=one.wish, name=one.name, start=one.start, end=one.end)
                for one in it.swaps[:50]
            ],
        )


class SheetShown(BaseModel):
    """All that somebody may answer to by a link."""

    name: str
    rollout: str
    until: str
    bookings: list[BookingShown]

    @classmethod
    def of(cls, it: Sheet) -> SheetShown:
        """As it is shown."""
        return cls(
            name=it.name,
            rollout=it.rollout,
            until=moment(it.until),
            bookings=[BookingShown.of(one) for one in it.bookings],
        )


class Answered(Strict):
    """What somebody answers to a booking."""

    booking: Id
    sequence: int = Field(ge=0, le=1_000_000, description="Of the booking as it was seen.")
    answer: Word
    reason: Annotated[str, Field(max_length=500)] | None = None
    private: bool = Field(False, description="The reason is for the coordinator alone.")
    wish: Wish | None = Field(None, description="For `swap`: one of the `swaps` of the booking.")


class ReplyShown(BaseModel):
    """What somebody has answered; a private reason is shown to the coordinator alone."""

    id: str
    person: str
    answer: Word
    booking: dict[str, object]
    reason: str | None
    private: bool
    wish: dict[str, str] | None
    at: str
    revision: int | None
    settled_at: str | None
    settled_by: str | None

    @classmethod
    def of(cls, it: Reply, *, sees_private: bool) -> ReplyShown:
        """As it is shown to somebody."""
        return cls(
            id=it.id,
            person=it.whose,
            answer=it.answer,
            booking=it.booking,
            reason=it.reason if sees_private or not it.private else None,
            private=it.private,
            wish=it.wish,
            at=moment(it.at),
            revision=it.revision,
            settled_at=None if it.settled_at is None else moment(it.settled_at),
            settled_by=it.settled_by,
        )


class ReplyPage(Page[ReplyShown]):
    """Some answers of a rollout, latest first."""


class RepairShown(BaseModel):
    """One way out: what the plan would cost more, which rules it breaks, whom it concerns."""

    person: str
    starts: str
    ends: str
    difference: float
    breaks: list[ViolationShown]
    wished: bool
    concerned: list[str]

    @classmethod
    def of(cls, it: Repair) -> RepairShown:
        """As it is shown."""
        return cls(
            person=it.candidate.person,
            starts=it.candidate.starts,
            ends=it.candidate.ends,
            difference=it.candidate.difference,
            breaks=[
                ViolationShown(rule=one.rule, message=one.message) for one in it.candidate.breaks
            ],
            wished=it.is_wished,
            concerned=list(it.concerned),
        )


class Settled(Strict):
    """What settles an answer: a way out that is published, or (without one) whatever was done."""

    person: Name | None = Field(None, description="Of a way out: it is published at once.")
    start: Moment | None = Field(None, description="Where there are several with this person.")

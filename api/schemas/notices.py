"""What requests and answers about notices hold: addresses, settings, mailings, messages."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from allocator.formats.icalendar import Owner, Whose
from api.http.paging import Page
from api.schemas.approvals import Name
from api.schemas.plans_and_rollouts import Strict, Url
from service.lifecycle.notice_preview import NoticePreview
from service.notify.mail_settings import Address
from service.store.clock import moment
from service.store.directory import Form, Language, Recipient
from service.store.mailings import Decision, Mailing
from service.store.notice_settings import NoticeSettings, Send
from service.store.notices import Kept, State

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["19:00"])]


class RecipientShown(Strict):
    """Under which address somebody is notified, and how; what is left out is as the rollout has."""

    kind: Whose
    id: Name
    address: Address
    language: Language | None = None
    form: Form | None = Field(
        None, description="`invitation`: bookings come with the message; `link`: as a calendar."
    )
    daily_at: Clock | None = Field(
        None, description="One message a day, at this local time of the rollout."
    )

    @property
    def recipient(self) -> Recipient:
        """As the service knows it."""
        owner = Owner(self.kind, self.id)
        return Recipient(owner, self.address, self.language, self.form, self.daily_at)

    @classmethod
    def of(cls, it: Recipient) -> RecipientShown:
        """As it is shown."""
        return cls.model_construct(
            kind=it.owner.kind,
            id=it.owner.id,
            address=it.address,
            language=it.language,
            form=it.form,
            daily_at=it.daily_at,
        )


class RecipientPage(Page[RecipientShown]):
    """Some of the directory, in order of kind and id."""


class Entries(Strict):
    """Some entries of the directory."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"entries": [{"kind": "person", "id": "ana", "address": "ana@example.org"}]}
            ]
        },
    )

    entries: list[RecipientShown] = Field(min_length=1, max_length=20_000)


class Counted(BaseModel):
    """How many were entered."""

    entries: int


class SettingsShown(Strict):
    """How people are notified of a rollout, who have no wish of their own in the directory."""

    send: Send = Field("ask", description="Whether a publication's messages wait for a decision.")
    language: Language = "en"
    form: Form = "link"
    quiet_from: Clock | None = None
    quiet_until: Clock | None = Field(
        None, description="Local time of the rollout; between the two nothing is sent."
    )
    webhook: Url | None = Field(None, description="Who sends in place of the mail server.")

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise ValueError("quiet hours need both `quiet_from` and `quiet_until`")
        return self

    @property
    def settings(self) -> NoticeSettings:
        """As the service knows it."""
        return NoticeSettings(**self.model_dump())

    @classmethod
    def of(cls, it: NoticeSettings) -> SettingsShown:
        """As it is shown."""
        return cls(
            send=it.send,
            language=it.language,
            form=it.form,
            quiet_from=it.quiet_from,
            quiet_until=it.quiet_until,
            webhook=it.webhook,
        )


class SampleShown(BaseModel):
    """One of the messages, as it would be sent."""

    kind: Whose
    id: str
    language: str
    subject: str
    text: str
    invitations: int


class OwnerShown(BaseModel):
    """Somebody by kind and id."""

    kind: Whose
    id: str


class NoticePreviewShown(BaseModel):
    """Who would be notified if a plan were published now."""

    recipients: dict[str, int] = Field(description="Messages, by kind of recipient.")
    what: dict[str, int] = Field(description="Bookings that are new, moved, cancelled.")
    without_address: int
    without: list[OwnerShown] = Field(description="The first of those who have no address.")
    mail: bool = Field(description="Whether the service knows of a way to send messages.")
    samples: list[SampleShown]

    @classmethod
    def of(cls, it: NoticePreview, *, mail: bool) -> NoticePreviewShown:
        """As it is shown."""
        return cls(
            recipients={str(kind): number for kind, number in it.recipients.items()},
            what=it.what,
            without_address=len(it.without_address),
            without=[OwnerShown(kind=one.kind, id=one.id) for one in it.without_address[:50]],
            mail=mail,
            samples=[
                SampleShown(
                    kind=owner.kind,
                    id=owner.id,
                    language=letter.language,
                    subject=letter.written.subject,
                    text=letter.written.text,
                    invitations=len(letter.invitations),
                )
                for owner, letter in it.samples
            ],
        )


class MailingShown(BaseModel):
    """The messages of one publication, counted, and what was decided about them."""

    id: str
    plan: str
    revision: int
    created_at: str
    created_by: str
    decision: Decision
    send_at: str | None
    decided_at: str | None
    decided_by: str | None
    without_address: int
    messages: dict[str, int] = Field(description="How many are in each state.")

    @classmethod
    def of(cls, it: Mailing, counts: dict[State, int]) -> MailingShown:
        """As it is shown."""
        return cls(
            id=it.id,
            plan=it.plan,
            revision=it.revision,
            created_at=moment(it.created_at),
            created_by=it.created_by,
            decision=it.decision,
            send_at=None if it.send_at is None else moment(it.send_at),
            decided_at=None if it.decided_at is None else moment(it.decided_at),
            decided_by=it.decided_by,
            without_address=it.without_address,
            messages={str(state): number for state, number in counts.items()},
        )


class MailingPage(Page[MailingShown]):
    """Some mailings of a rollout, latest first."""


class Decided(Strict):
    """What is to become of the messages of a mailing that wait."""

    send: Literal["at once", "at", "never"]
    at: Annotated[str, Field(max_length=40, examples=["2027-01-12T08:00:00Z"])] | None = None


class NoticeShown(BaseModel):
    """A message, without what it says, and what came of it."""

    id: str
    kind: Whose
    of: str
    name: str
    new: int
    moved: int
    cancelled: int
    state: State
    attempts: int
    answer: str | None = Field(description="What came of the last attempt.")
    next_at: str | None
    ended_at: str | None

    @classmethod
    def shown(cls, it: Kept) -> NoticeShown:
        """As it is shown."""
        return cls(
            id=it.id,
            kind=it.owner.kind,
            of=it.owner.id,
            name=it.name,
            new=it.new,
            moved=it.moved,
            cancelled=it.cancelled,
            state=it.state,
            attempts=it.attempts,
            answer=it.answer,
            next_at=None if it.next_at is None else moment(it.next_at),
            ended_at=None if it.ended_at is None else moment(it.ended_at),
        )


class NoticePage(Page[NoticeShown]):
    """Some messages of a mailing."""

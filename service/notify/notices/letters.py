"""A message as it is handed over: a mail with its parts, or a document for a webhook.

Both are the same each time that they are made of the same notice: an attempt that comes after one
whose end nobody knows has the same Message-ID, so that it is known for the same message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from allocator.formats.icalendar import Event
from allocator.formats.invitations import Parties, invitation, method_of
from service.notify.mail_settings import Sender
from service.notify.notices.changes import Change
from service.notify.notices.language import Language
from service.notify.notices.writing import Written


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with all that is sent of it."""

    id: str
    """Of its notice; the same in each attempt."""
    sender: Sender
    to: str
    to_name: str
    at: int
    language: str
    written: Written
    invitations: tuple[tuple[str, str], ...] = ()
    """Each with what it asks for (`REQUEST`, `CANCEL`), as iCalendar."""

    @property
    def message_id(self) -> str:
        """What makes two copies of the message one."""
        return f"<{self.id}@{self.sender.address.partition('@')[2]}>"


def invitations(
    changes: Sequence[Change], sender: Sender, to: str, to_name: str, language: Language
) -> tuple[tuple[str, str], ...]:
    """The bookings that have changed, each as an invitation or as the end of one."""
    parties = Parties(sender.address, sender.name or sender.address, to, to_name)
    events: list[Event] = [it.event for it in changes]
    return tuple(
        (method_of(it), invitation(it, parties, language.events).decode()) for it in events
    )


def mail(letter: Letter) -> EmailMessage:
    """A mail: plain text, HTML, and the invitations that calendar programs take over."""
    found = EmailMessage(policy=SMTP)
    found["Message-ID"] = letter.message_id
    found["Date"] = format_datetime(datetime.fromtimestamp(letter.at // 1000, UTC))
    found["From"] = Address(letter.sender.name, addr_spec=letter.sender.address)
    found["To"] = Address(letter.to_name, addr_spec=letter.to)
    found["Subject"] = letter.written.subject
    found["Auto-Submitted"] = "auto-generated"
    found["Content-Language"] = letter.language
    found.set_content(letter.written.text)
    found.add_alternative(letter.written.html, subtype="html")
    match letter.invitations:
        case [(method, content)]:  # alone it is one more form of the same message
            found.add_alternative(content, subtype="calendar", params={"method": method})
        case several:
            for number, (method, content) in enumerate(several, 1):
                found.add_attachment(
                    content,
                    subtype="calendar",
                    params={"method": method},
                    filename=f"{method.lower()}-{number}.ics",
                )
    multiparts = (it for it in found.walk() if it.is_multipart())
    for number, part in enumerate(multiparts):
        part.set_boundary(f"{letter.id}.{number}")  # left alone it is another one each time
    return found


def document(letter: Letter, rollout: str, kind: str, whose: str) -> dict[str, Any]:
    """The same for whoever has a mail system of their own."""
    return {
        "type": "notice",
        "timestamp": datetime.fromtimestamp(letter.at / 1000, UTC).isoformat(),
        "data": {
            "id": letter.id,
            "message_id": letter.message_id,
            "rollout": rollout,
            "kind": kind,
            "of": whose,
            "to": {"address": letter.to, "name": letter.to_name},
            "language": letter.language,
            "subject": letter.written.subject,
            "text": letter.written.text,
            "html": letter.written.html,
            "invitations": [
                {"method": method, "content": content} for method, content in letter.invitations
            ],
        },
    }

"""A mail server on this machine: a real one, that keeps what comes and answers as it is set to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from service.notify.mail_settings import MailSettings


@dataclass
class Mailbox:
    """What has come so far, in order, and what the next mails are answered with."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    """To the next mails; "250 OK" when there are none left."""
    unknown: set[str] = field(default_factory=set)
    """Addresses that nobody has."""

    def settings(self) -> MailSettings:
        """How the service gets here."""
        return MailSettings.model_validate(
            {
                "address": "https://plan.example",
                "from": {"address": "rollouts@plan.example", "name": "Rollouts"},
                "host": "127.0.0.1",
                "port": self.port,
                "security": "none",
            }
        )

    def ids(self) -> list[str]:
        """The Message-ID of each mail that came."""
        return [str(it["Message-ID"]) for it in self.received]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.unknown:
            return f"550 5.1.1 <{address}> has no mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            content = cast(bytes, envelope.content)
            self.received.append(message_from_bytes(content, policy=policy.default))
            self.recipients += envelope.rcpt_tos
        return answer


@contextmanager
def mailing(port: int = 0) -> Iterator[Mailbox]:
    """A mail server for the time of a test."""
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=port or _free())
    server.start()
    mailbox.port = server.port
    yield mailbox
    server.stop()


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])

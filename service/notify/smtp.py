"""Mails on their way to the mail server, over a connection that several of them share."""

from __future__ import annotations

import re
from email.message import EmailMessage
from types import TracebackType

import aiosmtplib
from aiosmtplib.errors import (
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from service.notify.mail_settings import MailSettings
from service.notify.webhooks import Answer

SECONDS = 10.0
"""How long a step may take: to connect, or to hand over one mail."""

PERMANENT = 500
"""From this status on the server will not take it later either (RFC 5321, 4.2.1)."""

SENDER_REFUSED = (530, 535, 538)
"""Who sends is refused, and not the mail: somebody has to mend that, so it is tried again."""


class Server:
    """The mail server, connected while it is entered; an error in one mail leaves the others."""

    def __init__(self, settings: MailSettings) -> None:
        assert settings.host is not None
        self._settings = settings
        self._smtp = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port_used,
            timeout=SECONDS,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            username=settings.user,
            password=settings.password,
        )

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._smtp.is_connected:
            try:
                await self._smtp.quit()
            except (OSError, SMTPException):
                self._smtp.close()

    async def send(self, message: EmailMessage, to: str) -> Answer:
        """Hand over one mail; what the server said to it, without anybody's address."""
        try:
            if not self._smtp.is_connected:
                await self._smtp.connect()
            _, said = await self._smtp.send_message(
                message, sender=self._settings.from_.address, recipients=[to]
            )
        except SMTPRecipientsRefused as error:
            return _refused(error.recipients[0])
        except SMTPRecipientRefused as error:
            return _refused(error)
        except SMTPResponseException as error:
            return _refused(error)
        except (OSError, SMTPException) as error:
            return Answer(f"Not reached: {type(error).__name__}.")
        return Answer(f"Taken: {_plain(said)}", taken=True)


def _refused(error: SMTPResponseException) -> Answer:
    final = error.code >= PERMANENT and error.code not in SENDER_REFUSED
    return Answer(f"Refused with {error.code}: {_plain(error.message)}", final=final)


def _plain(said: str) -> str:
    """What a server says in a line without addresses, which are nobody's business in a log."""
    return re.sub(r"<?[^\s<>@]+@[^\s<>@]+>?", "…", " ".join(said.split()))[:300]

"""What a worker does beside solving: it sends the messages that are due.

Every worker has a sender. A message is claimed in the database first, and what became of it is
written down as soon as it is known. One that dies in between leaves it to another, who sends the
same message with the same Message-ID.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from service.notify import webhooks
from service.notify.mail_settings import MailSettings
from service.notify.notices.letters import document, mail
from service.notify.notices.making import Keys, Made, made
from service.notify.smtp import SECONDS, Server
from service.notify.webhooks import Answer, Network
from service.store import outbox
from service.store import webhooks as kept
from service.store.database import Database
from service.store.errors import StoreError

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often messages that are due are looked for, when the last look has found none."""

AT_A_TIME = 10

CLAIM_SECONDS = AT_A_TIME * SECONDS + 20
"""After so long without a word from the one who sends, another one does."""

DEFECT = "A defect of allocator; the log of the worker says which."
NO_ADDRESS = "The directory has no address any more."


class NoticeSender:
    """Sends what is due until the worker leaves."""

    def __init__(
        self,
        database: Database,
        settings: MailSettings,
        allowed: Sequence[Network],
        claim_seconds: float = CLAIM_SECONDS,
    ) -> None:
        self._database = database
        self._settings = settings
        self._allowed = allowed
        self._claim_seconds = claim_seconds

    def work(self, leave: threading.Event) -> None:
        """Go round until asked to leave; whatever goes wrong, the next round follows."""
        pause = LOOK_SECONDS
        while not leave.wait(pause):
            pause = LOOK_SECONDS
            try:
                if self.go_round():
                    pause = 0.0
            except Exception:
                log.exception("a round of the sender broke off")

    def go_round(self) -> int:
        """Send some messages that are due, one after another; how many were tried."""
        with self._database.read() as connection:
            if not outbox.anything_due(connection):
                return 0
        keys = Keys.of(self._database)
        with self._database.write() as connection:
            claimed = outbox.claim(connection, self._claim_seconds, AT_A_TIME)
            found: list[Made] = []
            for it in claimed:
                try:
                    letter = made(connection, it, self._settings, keys)
                except SQLAlchemyError:
                    raise
                except Exception:  # whatever it is, the other messages must not wait for it
                    log.exception("notice %s could not be written", it.id)
                    outbox.failed(connection, it, DEFECT, final=False)
                    continue
                if letter is None:
                    outbox.failed(connection, it, NO_ADDRESS, final=True)
                else:
                    found.append(letter)
        if found:
            asyncio.run(self._send(found))
        return len(claimed)

    async def _send(self, found: Sequence[Made]) -> None:
        mails = [it for it in found if it.webhook is None]
        to_send = [it for it in found if it.webhook is not None]
        if mails and self._settings.host is None:
            for it in mails:
                self._write(it, Answer("The service knows of no mail server."))
        elif mails:
            async with Server(self._settings) as server:
                for it in mails:
                    self._write(it, await self._mail(server, it))
        for it in to_send:
            self._write(it, await self._post(it))

    async def _mail(self, server: Server, it: Made) -> Answer:
        try:
            message = mail(it.letter)
        except Exception:  # likewise
            log.exception("notice %s could not be put together", it.letter.id)
            return Answer(DEFECT)
        return await server.send(message, it.letter.to)

    async def _post(self, it: Made) -> Answer:
        owner = it.claimed.owner
        body = document(it.letter, it.claimed.rollout, owner.kind, owner.id)
        try:
            with self._database.read() as connection:
                secrets = kept.secrets_of(connection, it.claimed.tenant)
        except StoreError as error:
            return Answer(str(error))
        assert it.webhook is not None
        content = json.dumps(body).encode()
        return await webhooks.post(it.webhook, it.letter.id, content, secrets, self._allowed)

    def _write(self, it: Made, answer: Answer) -> None:
        with self._database.write() as connection:
            if answer.taken:
                outbox.arrived(connection, it.claimed, answer.sentence)
            else:
                outbox.failed(connection, it.claimed, answer.sentence, final=answer.final)
        taken = "taken" if answer.taken else "not taken"
        log.info("notice %s, attempt %d: %s", it.letter.id, it.claimed.attempt, taken)

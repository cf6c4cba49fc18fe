"""What a worker does beside solving: it tells those who want to know that runs have ended.

Every worker has a sender. A delivery is claimed in the database first, for as long as an attempt
may take: none is tried by two at a time, and none is lost with a worker.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence

import structlog

from service.notify import webhooks
from service.store import deliveries
from service.store import webhooks as kept
from service.store.database import Database
from service.store.deliveries import Claimed

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often deliveries that are due are looked for."""

CLAIM_SECONDS = webhooks.SECONDS + 20
"""After so long without a word from the one who tries, another one does."""

AT_A_TIME = 20


class WebhookSender:
    """Delivers what is due until the worker leaves."""

    def __init__(self, database: Database, allowed: Sequence[webhooks.Network]) -> None:
        self._database = database
        self._allowed = allowed

    def work(self, leave: threading.Event) -> None:
        """Go round until asked to leave; whatever goes wrong, the next round follows."""
        while not leave.wait(LOOK_SECONDS):
            try:
                self.go_round()
            except Exception:
                log.exception("a round of the sender broke off")

    def go_round(self) -> int:
        """Try all deliveries that are due, side by side; how many."""
        with self._database.read() as connection:
            if not deliveries.anything_due(connection):
                return 0
        with self._database.write() as connection:
            claimed = deliveries.claim(connection, CLAIM_SECONDS, AT_A_TIME)
        if claimed:
            asyncio.run(self._deliver(claimed))
        return len(claimed)

    async def _deliver(self, claimed: Sequence[Claimed]) -> None:
        ends = await asyncio.gather(*(self._try(it) for it in claimed), return_exceptions=True)
        for it, end in zip(claimed, ends, strict=True):
            if isinstance(end, BaseException):
                log.error("delivery %s broke off", it.id, exc_info=end)

    async def _try(self, it: Claimed) -> None:
        with self._database.read() as connection:
            body = webhooks.document(connection, it.tenant, it.run)
            secrets = kept.secrets_of(connection, it.tenant)
        answer = await webhooks.post(it.url, it.id, body, secrets, self._allowed)
        with self._database.write() as connection:
            if answer.taken:
                deliveries.arrived(connection, it, answer.sentence)
            else:
                deliveries.failed(connection, it, answer.sentence, final=answer.final)
        with structlog.contextvars.bound_contextvars(run=it.run, tenant=it.tenant):
            host = kept.host_of(it.url)
            log.info("delivery %s to %s, attempt %d: %s", it.id, host, it.attempt, answer.sentence)

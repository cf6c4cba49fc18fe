"""The process of a worker: it works off the queue, shows signs of life, and stands in for others.

DBOS runs the jobs of the queue but does not notice that a host is gone. So each worker has a lease
(`leases`), and each one returns the jobs of those whose lease has run out.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
import time
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from service.jobs import solving
from service.jobs.attempt import LEAVING_SECONDS
from service.jobs.execution import Work
from service.jobs.housekeeping import Housekeeper
from service.jobs.notice_sender import NoticeSender
from service.jobs.polling import Polling
from service.jobs.webhook_sender import WebhookSender
from service.notify.mail_settings import PASSWORD, MailSettings, read
from service.notify.webhooks import Network
from service.queue import JOB, NAME, QUEUES, Queue
from service.runtime.processes import CANNOT_GO_ON, end_with_parent
from service.store import leases
from service.store.database import Database
from service.store.error_text import UNUSABLE, sentence
from service.store.errors import StoreUnusable

log = logging.getLogger(__name__)

LOST_LEASE = 75
"""The exit code of a worker that was taken for dead and has been replaced."""

STALLED = 76
"""The exit code of a worker whose queue has not been looked at although the database answers."""

STALL_SECONDS = 40.0
"""A worker whose queue has not been looked at for so long ends, and is started again."""

CONNECTIONS = 20
"""Of the queue to PostgreSQL."""

POLL_SECONDS, NIGHTLY_POLL_SECONDS = 0.2, 2.0
"""How often the queues are looked at: somebody waits for a plan, nobody for a night."""


def new_name() -> str:
    """A name for a worker that no other process ever has."""
    return f"{os.getpid()}-{secrets.token_hex(8)}"


class Worker:
    """Works off the queue until it is asked to leave or has lost its lease."""

    def __init__(
        self,
        database: Database,
        *,
        slots: int,
        per_tenant: int,
        lease: float = leases.LEASE,
        webhooks_to: Sequence[Network] = (),
        mail: MailSettings | None = None,
    ) -> None:
        self.name = new_name()
        self._database = database
        self._slots = slots
        self._per_tenant = per_tenant
        self._lease = lease
        self._work = Work(database, self.name)
        self._queue = Queue(database)
        self._assistants: list[Housekeeper | WebhookSender | NoticeSender] = [
            Housekeeper(database, self._queue),
            WebhookSender(database, webhooks_to),
        ]
        if mail is not None:
            self._assistants.append(NoticeSender(database, mail, webhooks_to))
        self._leave = threading.Event()
        self._trust_others_from = 0.0
        self._queue_engine = database.engine_for_queue(CONNECTIONS)
        self._polling = Polling(QUEUES.values())
        self._answered_since = 0.0
        self._is_late = False

    def run(self) -> int:
        """Work until the end, and return the exit code. The process must end after it."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._leave.set())
        solving.preload()
        with self._database.write() as connection:
            leases.enter(connection, self.name)
        self._launch()
        for assistant in self._assistants:
            threading.Thread(target=assistant.work, args=(self._leave,), daemon=True).start()
        log.info("worker %s works on %d runs at a time", self.name, self._slots)
        while True:
            if not self._beat():
                log.error("worker %s was taken for dead and ends", self.name)
                return LOST_LEASE
            if self._has_stalled():
                log.error("worker %s does not look at its queue any more and ends", self.name)
                self._return_all()
                return STALLED
            if self._leave.wait(self._lease / leases.BEATS):
                break
        self._return_all()
        return 0

    def _has_stalled(self) -> bool:
        """Whether the database has answered us for a while, and yet the queue was not looked at.

        Found twice in a row: a worker that was frozen and goes on gets the time to look. Without a
        server in between nothing can fall silent.
        """
        since = max(self._polling.last(), self._answered_since)
        is_late = time.monotonic() - since > STALL_SECONDS
        was_late, self._is_late = self._is_late, is_late and self._queue_engine is not None
        return was_late and self._is_late

    def _launch(self) -> None:
        if self._queue_engine is not None:
            self._polling.watch(self._queue_engine)
        DBOS(
            config=DBOSConfig(
                name=NAME,
                system_database_url=self._database.plain_url,
                system_database_engine=self._queue_engine,
                executor_id=self.name,
                application_version=NAME,
                serializer=DBOSPortableJSONSerializer(),
                run_migrations=False,
                log_level="WARNING",
            )
        )

        # How often a run is tried is counted in its own row: graceful ends do not count there.
        @DBOS.workflow(name=JOB, max_recovery_attempts=None)
        def carry_out(tenant: str, run: str) -> None:
            self._work.carry_out(tenant, run)

        DBOS.listen_queues(sorted(set(QUEUES.values())))
        DBOS.launch()
        DBOS.register_queue(
            QUEUES["plan"],
            worker_concurrency=self._slots,
            partition_concurrency=self._per_tenant,
            polling_interval_sec=POLL_SECONDS,
            on_conflict="always_update",
        )
        DBOS.register_queue(
            QUEUES["nightly"],
            worker_concurrency=self._slots,
            polling_interval_sec=NIGHTLY_POLL_SECONDS,
            on_conflict="always_update",
        )

    def _beat(self) -> bool:
        """Show a sign of life and do what others have left; False if this one's lease is lost."""
        try:
            with self._database.write() as connection:
                if not leases.beat(connection, self.name):
                    return False
            if time.monotonic() >= self._trust_others_from:
                self._stand_in()
        except UNUSABLE as error:
            log.warning("the database does not answer: %s", sentence(error))
            self._answered_since = time.monotonic()
            # The others could not show signs of life either: they get the time to do so first.
            self._trust_others_from = time.monotonic() + 2 * self._lease
        return True

    def _stand_in(self) -> None:
        with self._database.write() as connection:
            lost = leases.lost(connection, self._lease)
        for worker in lost:
            log.warning("the jobs of worker %s return to the queue", worker)
            return_jobs(self._queue, worker)
            with self._database.write() as connection:
                leases.forget(connection, worker)

    def _return_all(self) -> None:
        """Leave: running solves keep their best plan and return to the queue."""
        log.info("worker %s leaves", self.name)
        self._work.leaving.set()
        self._work.wait_until_idle(LEAVING_SECONDS + 5)
        with self._database.write() as connection:
            leases.leave(connection, self.name)


def return_jobs(queue: Queue, worker: str) -> None:
    """Return all jobs of a worker to the queue. It must not work any more.

    DBOS keeps its call for this to itself, although it is what a cluster needs. A test guards it;
    without it the queue is asked for the same by what is public.
    """
    recover = getattr(DBOS, "_recover_pending_workflows", None)
    if recover is None:
        queue.take_back(worker)
    else:
        recover([worker])


def main(
    url: str,
    slots: int,
    per_tenant: int,
    lease: float = leases.LEASE,
    webhooks_to: Sequence[str] = (),
    mail: Path | None = None,
) -> None:
    """The process of a worker, from its start to its end."""
    end_with_parent(signal.SIGTERM)
    code = 1
    try:
        worker = Worker(
            Database(url),
            slots=slots,
            per_tenant=per_tenant,
            lease=lease,
            webhooks_to=[ip_network(it) for it in webhooks_to],
            mail=None if mail is None else read(mail, os.environ.get(PASSWORD)),
        )
        code = worker.run()
    except StoreUnusable as error:
        log.error("%s", error)
        code = CANNOT_GO_ON
    except Exception:
        log.exception("the worker broke off")
    finally:
        logging.shutdown()
        # Jobs that were handed back stay open in threads of DBOS that must not go on: no clean end,
        # nor may such a thread keep a worker alive whose database is gone.
        os._exit(code)

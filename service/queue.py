"""The durable queue of runs, on DBOS: what is put there is worked off, whoever dies meanwhile.

A run and its job are written in one transaction. A job only says which run to take up; all else is
in the run's row, so that a job that comes twice does no harm.
"""

from __future__ import annotations

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions, WorkflowStatus
from sqlalchemy import Connection

from service.store import migrate
from service.store.clock import moment
from service.store.database import Database
from service.store.runs import Kind, Run

NAME = "allocator"
"""The name of the application in DBOS's tables, and the only one of its versions: jobs must be
found again by every later version of the package."""

QUEUES: dict[Kind, str] = {
    "plan": "plans",
    "control": "plans",
    "repairs": "plans",
    "why-not": "plans",
    "worth": "plans",
    "nightly": "nightly",
}
"""What people wait for is not held up by what a night has to do."""

JOB = "carry_out"

CONNECTIONS = 5
"""For putting jobs there and looking after them."""

WAITING = ("ENQUEUED", "PENDING", "DELAYED")
"""The states of DBOS in which a job is still to be done."""


def set_up(database: Database) -> None:
    """Create or upgrade our tables and, beside them, those of DBOS."""
    migrate.upgrade(database)
    DBOS.migrate(database.plain_url)


class Queue:
    """Where runs wait. Those of one tenant are worked off by priority (1 first), then by age."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine_for_queue(CONNECTIONS)
        self._client = DBOSClient(
            system_database_url=database.plain_url,
            system_database_engine=self._engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=NAME,
            lazy=True,
            retry_connection_errors=False,
        )

    def put(self, connection: Connection, tenant: str, run: Run, *, turn: int = 0) -> None:
        """Let a run be worked off, if the transaction is kept; `turn` counts earlier jobs of it."""
        options = EnqueueOptions(
            workflow_name=JOB,
            queue_name=QUEUES[run.kind],
            workflow_id=_id(tenant, run.id, turn),
            app_version=NAME,
            priority=run.priority,
        )
        if run.kind != "nightly":  # what a tenant has at a time is limited there
            options["queue_partition_key"] = tenant
        self._client.enqueue_in_transaction(connection, options, tenant, run.id)

    def waiting(self, tenant: str, run: str) -> bool:
        """Whether there is a job that is still to be done for a run."""
        return any(job.status in WAITING for job in self._jobs(tenant, run))

    def put_again(self, database: Database, tenant: str, run: Run) -> bool:
        """Let a run be worked off for which no job is left, as after a restore; whether so."""
        jobs = self._jobs(tenant, run.id)
        if any(job.status in WAITING for job in jobs):
            return False
        with database.write() as connection:
            self.put(connection, tenant, run, turn=len(jobs))
        return True

    def _jobs(self, tenant: str, run: str) -> list[WorkflowStatus]:
        return self._client.list_workflows(
            workflow_id_prefix=_id(tenant, run, None), load_input=False, load_output=False
        )

    def take_back(self, worker: str) -> int:
        """Let the jobs of a worker that does not work any more be taken up by others; how many."""
        jobs = self._client.list_workflows(
            status="PENDING", executor_id=worker, load_input=False, load_output=False
        )
        for job in jobs:
            self._client.resume_workflow(job.workflow_id, queue_name=job.queue_name)
        return len(jobs)

    def forget(self, before: int) -> int:
        """Delete jobs that were done before a moment (milliseconds); how many."""
        jobs = self._client.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            completed_before=moment(before),
            limit=1000,
            load_input=False,
            load_output=False,
        )
        self._client.delete_workflows([job.workflow_id for job in jobs])
        return len(jobs)

    def close(self) -> None:
        """Let go of all connections."""
        self._client.destroy()
        if self._engine is not None:
            self._engine.dispose()


def _id(tenant: str, run: str, turn: int | None) -> str:
    return f"{tenant}/{run}/{'' if turn is None else turn}"

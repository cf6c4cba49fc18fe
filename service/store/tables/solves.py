"""Tables of solves: runs, what happened to them, what they came to, and the workers."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from service.store.tables.base import ID, NAME, metadata

runs = Table(
    "runs",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String(16), nullable=False, server_default="plan"),
    Column("settings", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("same_as", String(64)),
    Column("state", String(16), nullable=False),
    Column("asked", String(16)),
    Column("attempt", Integer, nullable=False),
    Column("worker", ID),
    Column("lost", Integer, nullable=False, server_default="0"),
    Column("defects", Integer, nullable=False, server_default="0"),
    Column("events", Integer, nullable=False),
    Column("phase", String(64)),
    Column("seconds", Double),
    Column("best", Double),
    Column("bound", Double),
    Column("gap", Double),
    Column("plan", ID),
    Column("open", Integer),
    Column("late", Integer),
    Column("control", ID),
    Column("failure", Text),
    Column("spent", Double, nullable=False),
    Column("kept", LargeBinary),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    UniqueConstraint("tenant", "same_as"),
    ForeignKeyConstraint(
        ["tenant", "rollout", "revision"],
        ["revisions.tenant", "revisions.rollout", "revisions.number"],
    ),
    Index(None, "tenant", "created_at"),
    Index(None, "tenant", "rollout", "created_at"),
    Index(None, "state"),
    Index(None, "ended_at"),
)
"""A solve that was asked for. `attempt` counts who has taken it up: a result of an earlier attempt
is refused. `same_as` is the same for requests for the same work until it has ended. `kept` is the
best plan of an attempt that was interrupted after `spent` seconds, until the run has ended; `lost`
counts the workers that were lost while they were at it, `defects` what went wrong by our fault and
was set aside. `open` and `late` count what its plan leaves open and what it ends late. `control` is
the run that a what-if is measured against."""

plans = Table(
    "plans",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("run", ID, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("solver_version", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("total", Double),
    Column("bound", Double),
    Column("gap", Double),
    Column("document", LargeBinary, nullable=False),
    Column("report", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    UniqueConstraint("tenant", "run"),
    ForeignKeyConstraint(
        ["tenant", "rollout", "revision"],
        ["revisions.tenant", "revisions.rollout", "revisions.number"],
    ),
    ForeignKeyConstraint(["tenant", "run"], ["runs.tenant", "runs.id"]),
    Index(None, "tenant", "rollout", "created_at"),
)
"""What a run came to, a plan or the proof that there is none; never changed. One for each run."""

findings = Table(
    "findings",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("run", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("plan", ID, nullable=False),
    Column("document", LargeBinary, nullable=False),
    ForeignKeyConstraint(["tenant", "run"], ["runs.tenant", "runs.id"]),
)
"""What a run found that was asked something about a plan; `plan` is the run that made that plan."""

events = Table(
    "events",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("run", ID, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["tenant", "run"], ["runs.tenant", "runs.id"]),
)
"""What happened to a run, numbered from 1, so that a listener can go on where it left off."""

workers = Table(
    "workers",
    metadata,
    Column("id", ID, primary_key=True),
    Column("host", NAME, nullable=False),
    Column("process", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("lost", Boolean, nullable=False),
)
"""The processes that solve, each with the moment of its last sign of life on the database's clock.
They belong to no tenant."""

"""The tables. Each row belongs to a tenant; moments are milliseconds since 1970 UTC.

Documents are kept as compressed canonical JSON. A change here needs a migration: a test compares.
"""

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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(64)
NAME = String(200)

rollouts = Table(
    "rollouts",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("removed_at", BigInteger),
    Column("scenario_of", ID),
    Column("published", ID),
    Index(None, "tenant", "changed_at"),
)
"""A rollout as it is now; `revision` and `sha256` are those of its latest document. `published` is
the run whose plan people have been told. The document of a scenario is kept like a rollout of its
own, which is not listed; `scenario_of` then names the real one."""

revisions = Table(
    "revisions",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("rollout", ID, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("saved_by", NAME, nullable=False),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
)
"""Every document that was ever saved, numbered from 1; never changed."""

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
    Column("events", Integer, nullable=False),
    Column("phase", String(64)),
    Column("seconds", Double),
    Column("best", Double),
    Column("bound", Double),
    Column("gap", Double),
    Column("plan", ID),
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
counts the workers that were lost while they were at it."""

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

audit = Table(
    "audit",
    metadata,
    Column(
        "number",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
    Column("tenant", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", NAME, nullable=False),
    Column("action", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("id", ID, nullable=False),
    Column("revision", Integer),
    Column("detail", Text, nullable=False),
    Index(None, "tenant", "number"),
    Index(None, "tenant", "kind", "id", "number"),
)
"""Who did what to which revision of what, and when; only ever added to."""

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

users = Table(
    "users",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("name", NAME, primary_key=True),
    Column("role", String(32), nullable=False),
    Column("departments", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    UniqueConstraint("name"),
)
"""People who sign in, with the argon2 hash of their password. A name is taken once for all."""

tokens = Table(
    "tokens",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", NAME, nullable=False),
    Column("role", String(32), nullable=False),
    Column("departments", Text, nullable=False),
    Column("secret", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    UniqueConstraint("id"),
)
"""What programs and signed-in browsers show: the hash of a secret, whose it is, and until when."""

answers = Table(
    "answers",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("key", NAME, primary_key=True),
    Column("request", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("answer", Text),
)
"""Answers to requests with an idempotency key, so that the same request again does nothing new."""

scenarios = Table(
    "scenarios",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("name", NAME, nullable=False),
    Column("edits", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("promoted_at", BigInteger),
    ForeignKeyConstraint(["tenant", "id"], ["rollouts.tenant", "rollouts.id"]),
    ForeignKeyConstraint(
        ["tenant", "rollout", "revision"],
        ["revisions.tenant", "revisions.rollout", "revisions.number"],
    ),
    Index(None, "tenant", "rollout", "created_at"),
)
"""What if: a named set of edits on a revision of a rollout."""

actuals = Table(
    "actuals",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("rollout", ID, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("edits", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", NAME, nullable=False),
    ForeignKeyConstraint(
        ["tenant", "rollout", "revision"],
        ["revisions.tenant", "revisions.rollout", "revisions.number"],
    ),
)
"""What has happened, as it was told, and the revision that it led to."""

approvals = Table(
    "approvals",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("run", ID, nullable=False),
    Column("department", NAME, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", NAME, nullable=False),
    ForeignKeyConstraint(["tenant", "run"], ["runs.tenant", "runs.id"]),
    Index(None, "tenant", "rollout", "department", "at"),
)
"""A department head's word on what a plan has for the department; `sha256` is that of just this
part of the plan, so that a plan that leaves it as it was needs no new word."""

nightly = Table(
    "nightly",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("rollout", ID, primary_key=True),
    Column("settings", Text, nullable=False),
    Column("next_at", BigInteger, nullable=False),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
    Index(None, "next_at"),
)
"""Which rollouts are planned again every night, how, and when next."""

digests = Table(
    "digests",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("run", ID),
    Column("at", BigInteger, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("tenant", "run"),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
    Index(None, "tenant", "rollout", "at"),
    Index(None, "outcome"),
)
"""What came of a night: one for each run, or one without a run if there was nothing to plan."""

webhook_secrets = Table(
    "webhook_secrets",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
)
"""What a tenant's webhooks are signed with. It has to be known to sign, so it is no hash."""

webhooks = Table(
    "webhooks",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("rollout", ID, primary_key=True),
    Column("url", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
)
"""Who is told of every run of a rollout that ends."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("run", ID, nullable=False),
    Column("url", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", BigInteger),
    Column("answer", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    UniqueConstraint("tenant", "run", "url"),
    ForeignKeyConstraint(["tenant", "run"], ["runs.tenant", "runs.id"]),
    Index(None, "next_at"),
)
"""What is told to whom about the end of a run. `next_at` is when it is tried next, if it is; it is
moved on before each attempt, so that another worker tries again if this one dies at it."""

calendars = Table(
    "calendars",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("rollout", ID, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("id", NAME, primary_key=True),
    Column("events", LargeBinary, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
)
"""What a person, room, audience or department has been told by the plans that were published."""

calendar_links = Table(
    "calendar_links",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("whose", NAME, nullable=False),
    Column("name", Text, nullable=False),
    Column("secret", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("revoked_at", BigInteger),
    UniqueConstraint("id"),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
    Index(None, "tenant", "rollout", "created_at"),
)
"""Who knows the secret of one of these reads one calendar without signing in; only a hash is
kept."""

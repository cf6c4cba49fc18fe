"""Tables of who is notified: webhooks and their deliveries, calendars and the links to them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
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

webhook_secrets = Table(
    "webhook_secrets",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("previous", Text),
    Column("previous_until", BigInteger),
)
"""What a tenant's webhooks are signed with, and until a moment with the one before as well. It has
to be known to sign, so it is no hash: `sealed` says how it is kept."""

webhooks = Table(
    "webhooks",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("rollout", ID, primary_key=True),
    Column("url", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("account", NAME),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
    Index("ix_webhooks_tenant_account", "tenant", "account"),
)
"""Who is notified of every run of a rollout that ends, as long as their account is open."""

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
"""What is asked to whom about the end of a run. `next_at` is when it is tried next, if it is; it is
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
"""What a person, room, audience or department has by the plans that were published."""

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
    Column("account", NAME),
    UniqueConstraint("id"),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
    Index(None, "tenant", "rollout", "created_at"),
    Index("ix_calendar_links_tenant_account", "tenant", "account"),
)
"""Who knows the secret of one of these reads one calendar without signing in, as long as the
account that it is of is open; only a hash is kept."""

"""Tables of nights: which rollouts are planned again, and what came of it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from service.store.tables.base import ID, metadata

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

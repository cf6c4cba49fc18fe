"""Tables of who is notified of what, what has arrived, and what they have answered."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from service.store.tables.base import ID, NAME, metadata

directory = Table(
    "directory",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("id", NAME, primary_key=True),
    Column("address", Text, nullable=False),
    Column("language", String(8)),
    Column("form", String(16)),
    Column("daily_at", String(5)),
    Column("changed_at", BigInteger, nullable=False),
    Column("changed_by", NAME, nullable=False),
)
"""Under which address somebody is notified, in all rollouts of a tenant, and how they wish it."""

notice_settings = Table(
    "notice_settings",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("rollout", ID, primary_key=True),
    Column("settings", Text, nullable=False),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
)
"""How people are notified of a rollout, where that is not as usual."""

mailings = Table(
    "mailings",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("plan", ID, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", NAME, nullable=False),
    Column("without_address", Integer, nullable=False),
    Column("decision", String(16), nullable=False),
    Column("send_at", BigInteger),
    Column("decided_at", BigInteger),
    Column("decided_by", NAME),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
    Index("ix_mailings_tenant_rollout", "tenant", "rollout", "created_at"),
)
"""The messages of one publication, and whether and when somebody has decided to send them."""

notices = Table(
    "notices",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("mailing", ID, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("whose", NAME, nullable=False),
    Column("name", Text, nullable=False),
    Column("new", Integer, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("events", LargeBinary, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("in_flight", Boolean, nullable=False),
    Column("next_at", BigInteger),
    Column("answer", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    ForeignKeyConstraint(["tenant", "mailing"], ["mailings.tenant", "mailings.id"]),
    Index(None, "next_at"),
    Index("ix_notices_tenant_mailing_state", "tenant", "mailing", "state"),
    Index("ix_notices_tenant_rollout_whose", "tenant", "rollout", "kind", "whose"),
)
"""One message to one recipient: it carries on from what they were notified of before to `events`.

`in_flight` from the moment that it is handed to a mail server until it is known what came of that.
"""

notified = Table(
    "notified",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("rollout", ID, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("id", NAME, primary_key=True),
    Column("events", LargeBinary, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
)
"""What each recipient has been notified of by the last message that arrived, and the version of
their calendar that this was."""

replies = Table(
    "replies",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("rollout", ID, nullable=False),
    Column("whose", NAME, nullable=False),
    Column("uid", ID, nullable=False),
    Column("booking", Text, nullable=False),
    Column("answer", String(16), nullable=False),
    Column("reason", Text),
    Column("private", Boolean, nullable=False),
    Column("wish", Text),
    Column("at", BigInteger, nullable=False),
    Column("revision", Integer),
    Column("settled_at", BigInteger),
    Column("settled_by", NAME),
    ForeignKeyConstraint(["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"]),
    Index("ix_replies_tenant_rollout", "tenant", "rollout", "at"),
)
"""What people have answered to their bookings: that they come, cannot, or would like to swap."""

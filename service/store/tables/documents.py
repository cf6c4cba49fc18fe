"""Tables of what people say: rollouts with their revisions, scenarios, actuals, green lights."""

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

rollouts = Table(
    "rollouts",
    metadata,
    Column("tenant", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", Integer, nullable=False, server_default="1"),
    Column("planned", String(64), nullable=False, server_default=""),
    Column("created_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("removed_at", BigInteger),
    Column("scenario_of", ID),
    Column("published", ID),
    Index(None, "tenant", "changed_at"),
)
"""A rollout as it is now; `revision` and `sha256` are those of its latest document. `content` is
the revision since which the same is `planned` (the fingerprint of the document without what
publishing writes).
`published` is the run whose plan is published. The document of a scenario is kept like a
rollout of its own, which is not listed; `scenario_of` then names the real one."""

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
"""What has happened, as it was reported, and the revision that it led to."""

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
part of the plan, so that a plan that leaves it unchanged needs no new approval."""

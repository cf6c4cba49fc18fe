"""Calendars: what each has had published, and the secret links to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables."""
    op.create_table(
        "calendars",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("events", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout"],
            ["rollouts.tenant", "rollouts.id"],
            name=op.f("fk_calendars_tenant_rollout"),
        ),
        sa.PrimaryKeyConstraint("tenant", "rollout", "kind", "id", name=op.f("pk_calendars")),
    )
    op.create_table(
        "calendar_links",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("whose", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout"],
            ["rollouts.tenant", "rollouts.id"],
            name=op.f("fk_calendar_links_tenant_rollout"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_calendar_links")),
        sa.UniqueConstraint("id", name=op.f("uq_calendar_links_id")),
    )
    op.create_index(
        op.f("ix_calendar_links_tenant_rollout_created_at"),
        "calendar_links",
        ["tenant", "rollout", "created_at"],
        unique=False,
    )

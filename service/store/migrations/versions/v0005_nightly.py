"""Nights and their digests, and what kind of a run each one is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables and a column; runs that are there were asked for by people."""
    op.create_table(
        "digests",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("run", sa.String(length=64), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout"],
            ["rollouts.tenant", "rollouts.id"],
            name=op.f("fk_digests_tenant_rollout"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_digests")),
        sa.UniqueConstraint("tenant", "run", name=op.f("uq_digests_tenant_run")),
    )
    op.create_index(
        op.f("ix_digests_tenant_rollout_at"), "digests", ["tenant", "rollout", "at"], unique=False
    )
    op.create_table(
        "nightly",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout"],
            ["rollouts.tenant", "rollouts.id"],
            name=op.f("fk_nightly_tenant_rollout"),
        ),
        sa.PrimaryKeyConstraint("tenant", "rollout", name=op.f("pk_nightly")),
    )
    op.create_index(op.f("ix_nightly_next_at"), "nightly", ["next_at"], unique=False)
    op.add_column(
        "runs", sa.Column("kind", sa.String(length=16), server_default="plan", nullable=False)
    )

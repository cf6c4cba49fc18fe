"""Scenarios, actuals and approvals, and which plan has been published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables and two columns."""
    op.create_table(
        "actuals",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout", "revision"],
            ["revisions.tenant", "revisions.rollout", "revisions.number"],
            name=op.f("fk_actuals_tenant_rollout_revision"),
        ),
        sa.PrimaryKeyConstraint("tenant", "rollout", "revision", name=op.f("pk_actuals")),
    )
    op.create_table(
        "scenarios",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("promoted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "id"],
            ["rollouts.tenant", "rollouts.id"],
            name=op.f("fk_scenarios_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout", "revision"],
            ["revisions.tenant", "revisions.rollout", "revisions.number"],
            name=op.f("fk_scenarios_tenant_rollout_revision"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_scenarios")),
    )
    op.create_index(
        op.f("ix_scenarios_tenant_rollout_created_at"),
        "scenarios",
        ["tenant", "rollout", "created_at"],
        unique=False,
    )
    op.create_table(
        "approvals",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("run", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "run"], ["runs.tenant", "runs.id"], name=op.f("fk_approvals_tenant_run")
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_approvals")),
    )
    op.create_index(
        op.f("ix_approvals_tenant_rollout_department_at"),
        "approvals",
        ["tenant", "rollout", "department", "at"],
        unique=False,
    )
    op.add_column("rollouts", sa.Column("scenario_of", sa.String(length=64), nullable=True))
    op.add_column("rollouts", sa.Column("published", sa.String(length=64), nullable=True))

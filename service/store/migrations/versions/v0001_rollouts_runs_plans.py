"""Rollouts with revisions, runs with events, plans, and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Set up an empty database."""

    op.create_table(
        "audit",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_index(
        op.f("ix_audit_tenant_kind_id_number"),
        "audit",
        ["tenant", "kind", "id", "number"],
        unique=False,
    )
    op.create_index(op.f("ix_audit_tenant_number"), "audit", ["tenant", "number"], unique=False)
    op.create_table(
        "rollouts",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_rollouts")),
    )
    op.create_index(
        op.f("ix_rollouts_tenant_changed_at"), "rollouts", ["tenant", "changed_at"], unique=False
    )
    op.create_table(
        "revisions",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout"],
            ["rollouts.tenant", "rollouts.id"],
            name=op.f("fk_revisions_tenant_rollout"),
        ),
        sa.PrimaryKeyConstraint("tenant", "rollout", "number", name=op.f("pk_revisions")),
    )
    op.create_table(
        "runs",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("same_as", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.String(length=16), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=64), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("best", sa.Double(), nullable=True),
        sa.Column("bound", sa.Double(), nullable=True),
        sa.Column("gap", sa.Double(), nullable=True),
        sa.Column("plan", sa.String(length=64), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("spent", sa.Double(), nullable=False),
        sa.Column("kept", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout", "revision"],
            ["revisions.tenant", "revisions.rollout", "revisions.number"],
            name=op.f("fk_runs_tenant_rollout_revision"),
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_runs")),
        sa.UniqueConstraint("tenant", "same_as", name=op.f("uq_runs_tenant_same_as")),
    )
    op.create_index(op.f("ix_runs_state"), "runs", ["state"], unique=False)
    op.create_index(
        op.f("ix_runs_tenant_created_at"), "runs", ["tenant", "created_at"], unique=False
    )
    op.create_index(
        op.f("ix_runs_tenant_rollout_created_at"),
        "runs",
        ["tenant", "rollout", "created_at"],
        unique=False,
    )
    op.create_table(
        "events",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("run", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "run"], ["runs.tenant", "runs.id"], name=op.f("fk_events_tenant_run")
        ),
        sa.PrimaryKeyConstraint("tenant", "run", "number", name=op.f("pk_events")),
    )
    op.create_table(
        "plans",
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("rollout", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("run", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("solver_version", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("total", sa.Double(), nullable=True),
        sa.Column("bound", sa.Double(), nullable=True),
        sa.Column("gap", sa.Double(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout", "revision"],
            ["revisions.tenant", "revisions.rollout", "revisions.number"],
            name=op.f("fk_plans_tenant_rollout_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "run"], ["runs.tenant", "runs.id"], name=op.f("fk_plans_tenant_run")
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_plans")),
        sa.UniqueConstraint("tenant", "run", name=op.f("uq_plans_tenant_run")),
    )
    op.create_index(
        op.f("ix_plans_tenant_rollout_created_at"),
        "plans",
        ["tenant", "rollout", "created_at"],
        unique=False,
    )

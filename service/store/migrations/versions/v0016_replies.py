"""What people have answered to their bookings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID, NAME = sa.String(length=64), sa.String(length=200)


def upgrade() -> None:
    """Add a table that older versions know nothing of, and need not: they may go on."""
    op.create_table(
        "replies",
        sa.Column("tenant", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("rollout", ID, nullable=False),
        sa.Column("whose", NAME, nullable=False),
        sa.Column("uid", ID, nullable=False),
        sa.Column("booking", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("wish", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer()),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("settled_by", NAME),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_replies")),
        sa.ForeignKeyConstraint(
            ["tenant", "rollout"],
            ["rollouts.tenant", "rollouts.id"],
            name=op.f("fk_replies_tenant"),
        ),
    )
    op.create_index("ix_replies_tenant_rollout", "replies", ["tenant", "rollout", "at"])
    op.execute("INSERT INTO compatible (version) VALUES ('0015')")

"""Who is notified of what is published: addresses, mailings, their messages, what has arrived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID, NAME = sa.String(length=64), sa.String(length=200)
OF_ROLLOUT = (["tenant", "rollout"], ["rollouts.tenant", "rollouts.id"])


def upgrade() -> None:
    """Add tables that older versions know nothing of, and need not: they may go on."""
    _recipients()
    _messages()
    op.execute("DELETE FROM compatible")
    op.execute("INSERT INTO compatible (version) VALUES ('0013')")


def _recipients() -> None:
    op.create_table(
        "directory",
        sa.Column("tenant", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("id", NAME, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8)),
        sa.Column("form", sa.String(length=16)),
        sa.Column("daily_at", sa.String(length=5)),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", NAME, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "kind", "id", name=op.f("pk_directory")),
    )
    op.create_table(
        "notice_settings",
        sa.Column("tenant", ID, nullable=False),
        sa.Column("rollout", ID, nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "rollout", name=op.f("pk_notice_settings")),
        sa.ForeignKeyConstraint(*OF_ROLLOUT, name=op.f("fk_notice_settings_tenant")),
    )
    op.create_table(
        "notified",
        sa.Column("tenant", ID, nullable=False),
        sa.Column("rollout", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("id", NAME, nullable=False),
        sa.Column("events", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "rollout", "kind", "id", name=op.f("pk_notified")),
        sa.ForeignKeyConstraint(*OF_ROLLOUT, name=op.f("fk_notified_tenant")),
    )


def _messages() -> None:
    op.create_table(
        "mailings",
        sa.Column("tenant", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("rollout", ID, nullable=False),
        sa.Column("plan", ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", NAME, nullable=False),
        sa.Column("without_address", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("send_at", sa.BigInteger()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("decided_by", NAME),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_mailings")),
        sa.ForeignKeyConstraint(*OF_ROLLOUT, name=op.f("fk_mailings_tenant")),
    )
    op.create_index("ix_mailings_tenant_rollout", "mailings", ["tenant", "rollout", "created_at"])
    op.create_table(
        "notices",
        sa.Column("tenant", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("rollout", ID, nullable=False),
        sa.Column("mailing", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("whose", NAME, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.Column("events", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("in_flight", sa.Boolean(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("answer", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_notices")),
        sa.ForeignKeyConstraint(
            ["tenant", "mailing"],
            ["mailings.tenant", "mailings.id"],
            name=op.f("fk_notices_tenant"),
        ),
    )
    op.create_index(op.f("ix_notices_next_at"), "notices", ["next_at"])
    op.create_index("ix_notices_tenant_mailing_state", "notices", ["tenant", "mailing", "state"])
    op.create_index(
        "ix_notices_tenant_rollout_whose", "notices", ["tenant", "rollout", "kind", "whose"]
    )

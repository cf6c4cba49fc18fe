"""Whose account sessions, tokens, links and webhooks are; providers; secrets that take turns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OWNED = ("tokens", "calendar_links", "webhooks")


def upgrade() -> None:
    """Add columns and a table, and say of what is there whose it is."""
    name = sa.String(length=200)
    for table in OWNED:
        op.add_column(table, sa.Column("account", name, nullable=True))
        op.execute(
            f"UPDATE {table} SET account = created_by WHERE EXISTS (SELECT 1 FROM users "
            f"WHERE users.tenant = {table}.tenant AND users.name = {table}.created_by)"
        )
        op.create_index(op.f(f"ix_{table}_tenant_account"), table, ["tenant", "account"])
    op.add_column("tokens", sa.Column("rollouts", sa.Text(), nullable=True))
    op.add_column("tokens", sa.Column("seen_at", sa.BigInteger(), nullable=True))
    op.add_column("tokens", sa.Column("agent", name, nullable=True))
    op.create_index(op.f("ix_tokens_tenant_name"), "tokens", ["tenant", "name"])
    op.add_column("users", sa.Column("issuer", sa.Text(), nullable=True))
    op.add_column("users", sa.Column("subject", sa.Text(), nullable=True))
    op.create_index(op.f("ix_users_issuer_subject"), "users", ["issuer", "subject"], unique=True)
    op.add_column("webhook_secrets", sa.Column("previous", sa.Text(), nullable=True))
    op.add_column("webhook_secrets", sa.Column("previous_until", sa.BigInteger(), nullable=True))
    op.create_table(
        "service_keys",
        sa.Column("name", name, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_service_keys")),
    )

"""Runs count what went wrong by our fault and was set aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column."""
    op.add_column("runs", sa.Column("defects", sa.Integer(), nullable=False, server_default="0"))

"""Which older versions may go on working beside the latest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table: so far none may."""
    op.create_table(
        "compatible",
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_compatible")),
    )

"""What the metrics count is found by an index."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two indexes."""
    op.create_index(op.f("ix_runs_ended_at"), "runs", ["ended_at"], unique=False)
    op.create_index(op.f("ix_digests_outcome"), "digests", ["outcome"], unique=False)

"""What was found of questions about plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.String(length=64)


def upgrade() -> None:
    """Add a table; older workers do not know these runs, so none may go on."""
    op.create_table(
        "findings",
        sa.Column("tenant", ID, nullable=False),
        sa.Column("run", ID, nullable=False),
        sa.Column("rollout", ID, nullable=False),
        sa.Column("plan", ID, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "run", name=op.f("pk_findings")),
        sa.ForeignKeyConstraint(
            ["tenant", "run"], ["runs.tenant", "runs.id"], name=op.f("fk_findings_tenant_run_runs")
        ),
    )
    op.execute("DELETE FROM compatible")

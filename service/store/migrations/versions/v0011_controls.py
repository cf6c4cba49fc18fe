"""Since when the same is planned of a rollout, controls of what-ifs, what plans leave open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.documents import planned_of, unpacked

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add five columns, and fill those in that can be counted from what was kept."""
    op.add_column(
        "rollouts", sa.Column("content", sa.Integer(), nullable=False, server_default="1")
    )
    op.add_column(
        "rollouts", sa.Column("planned", sa.String(length=64), nullable=False, server_default="")
    )
    for column in (
        sa.Column("control", sa.String(length=64), nullable=True),
        sa.Column("open", sa.Integer(), nullable=True),
        sa.Column("late", sa.Integer(), nullable=True),
    ):
        op.add_column("runs", column)
    _since_when()
    _open_and_late()


def _since_when() -> None:
    connection = op.get_bind()
    rollouts = sa.table("rollouts", *map(sa.column, ("tenant", "id", "content", "planned")))
    revisions = sa.table("revisions", *map(sa.column, ("tenant", "rollout", "number", "document")))
    for row in connection.execute(sa.select(rollouts)).all():
        content, latest = 1, ""
        earlier = connection.execute(
            sa.select(revisions.c.number, revisions.c.document)
            .where(revisions.c.tenant == row.tenant, revisions.c.rollout == row.id)
            .order_by(revisions.c.number.desc())
        )
        for number, document in earlier:
            planned = planned_of(unpacked(document))
            if latest and planned != latest:
                break
            content, latest = number, planned
        connection.execute(
            sa.update(rollouts)
            .where(rollouts.c.tenant == row.tenant, rollouts.c.id == row.id)
            .values(content=content, planned=latest)
        )


def _open_and_late() -> None:
    connection = op.get_bind()
    runs = sa.table("runs", *map(sa.column, ("tenant", "id", "open", "late")))
    plans = sa.table("plans", *map(sa.column, ("tenant", "run", "total", "document", "report")))
    for row in connection.execute(sa.select(plans).where(plans.c.total.is_not(None))).all():
        connection.execute(
            sa.update(runs)
            .where(runs.c.tenant == row.tenant, runs.c.id == row.run)
            .values(
                open=len(unpacked(row.document).get("open") or []),
                late=len(unpacked(row.report).get("late") or []),
            )
        )

"""Which version of the store this package is of, and whether it may work on a database as it is.

A process that was started before an upgrade goes on only where the upgrade says that it may: so an
old worker or API does no harm to what a newer one keeps.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, func, inspect, select, table

from service.store import clock
from service.store.errors import StoreUnusable
from service.store.tables import compatible

FOLDER = Path(__file__).parent / "migrations"

_present = table("alembic_version", column("version_num"))


@cache
def latest() -> str:
    """The version that this package works with."""
    head = ScriptDirectory(str(FOLDER)).get_current_head()
    assert head is not None  # there are migrations
    return head


@cache
def known() -> frozenset[str]:
    """All versions that this package can bring a database on from."""
    return frozenset(it.revision for it in ScriptDirectory(str(FOLDER)).walk_revisions())


def may_work(connection: Connection) -> bool:
    """Whether a database that a newer version has brought on still lets this one work."""
    if not inspect(connection).has_table(compatible.name):
        return False
    found = select(compatible.c.version).where(compatible.c.version == latest())
    return connection.execute(found).first() is not None


def begin_to_write(connection: Connection) -> None:
    """StoreUnusable if a newer version does not let this one write; and learn what time it is."""
    before = clock.local()
    row = connection.execute(
        select(
            clock.DatabaseNow(),
            select(_present.c.version_num).scalar_subquery(),
            select(func.count()).where(compatible.c.version == latest()).scalar_subquery(),
        )
    ).one()
    clock.learn(before, row[0])
    if row[1] != latest() and not row[2]:
        raise StoreUnusable(
            f"The database is at version {row[1]}, and this process of version {latest()} may not "
            "write there any more: a newer one has been at work. Start the new version instead."
        )

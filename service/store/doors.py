"""What a backup would let in again when it is restored: accounts, sessions, tokens and links.

A backup knows nothing of what was revoked after it. So a restore shuts everything that lets
somebody in, unless it is stated how that stands: as in the database that is being replaced, or as
in the backup, because nothing has been revoked since.

This works on the tables as the backup has them, which may be those of an older version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, MetaData, Table, delete, insert, select, update

from service.store.clock import now
from service.store.database import Database

Doors = Callable[[Connection, Mapping[str, Table]], None]

NO_PASSWORD = "!"
"""What is kept of the password of somebody who cannot sign in with one."""

COPIED = ("users", "tokens", "webhook_secrets")
REVOKED = ("tokens", "calendar_links")


def shut(connection: Connection, tables: Mapping[str, Table]) -> None:
    """End all sessions, tokens and links, and take away all passwords."""
    for name in REVOKED:
        if name in tables:
            table = tables[name]
            connection.execute(
                update(table).where(table.c.revoked_at.is_(None)).values(revoked_at=now())
            )
    if "users" in tables:
        connection.execute(update(tables["users"]).values(password=NO_PASSWORD))
    if "service_keys" in tables:
        connection.execute(delete(tables["service_keys"]))


def as_kept(_connection: Connection, _tables: Mapping[str, Table]) -> None:
    """Let in whoever was let in when the backup was made."""


def as_in(other: Database) -> Doors:
    """Let in whoever another database lets in now: the one that is being replaced."""

    def carry_over(connection: Connection, tables: Mapping[str, Table]) -> None:
        with other.read() as there:
            stored = MetaData()
            stored.reflect(there, only=lambda name, _: name in (*COPIED, *REVOKED))
            for name in COPIED:
                _copy(connection, tables, there, stored.tables, name)
            _revoke(connection, tables, there, stored.tables)

    return carry_over


def _copy(
    connection: Connection,
    tables: Mapping[str, Table],
    there: Connection,
    stored: Mapping[str, Table],
    name: str,
) -> None:
    if name not in tables or name not in stored:
        return
    columns = [it.name for it in tables[name].c if it.name in stored[name].c]
    rows = there.execute(select(*(stored[name].c[it] for it in columns))).mappings().all()
    connection.execute(delete(tables[name]))
    if rows:
        connection.execute(insert(tables[name]), [dict(row) for row in rows])


def _revoke(
    connection: Connection,
    tables: Mapping[str, Table],
    there: Connection,
    stored: Mapping[str, Table],
) -> None:
    """Links go with their rollouts, so they are not copied; those that ended there end here."""
    links = stored.get("calendar_links")
    if links is None or "calendar_links" not in tables:
        return
    ended = there.execute(
        select(links.c.tenant, links.c.id, links.c.revoked_at).where(
            links.c.revoked_at.is_not(None)
        )
    )
    table = tables["calendar_links"]
    for row in ended:
        connection.execute(
            update(table)
            .where(table.c.tenant == row.tenant, table.c.id == row.id)
            .values(revoked_at=row.revoked_at)
        )

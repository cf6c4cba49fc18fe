"""Leases of workers, on the clock of the database: who is alive, and who is to be replaced.

A worker shows BEATS signs of life in the time of a lease. One that shows none for so long is marked
as lost, which cannot be undone: it has to end, and its runs are taken up by others. The mark stays
until they have been returned to the queue, so that no work is forgotten if the one that does this
dies on the way. A worker of this machine whose process is gone is lost at once: nothing is to be
waited for.
"""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from service.store import tables
from service.store.clock import DatabaseNow

LEASE = 20.0
"""Seconds after which a silent worker is taken for dead."""

BEATS = 4
"""Signs of life in the time of a lease."""


def enter(connection: Connection, worker: str) -> None:
    """Begin to be alive."""
    connection.execute(
        insert(tables.workers).values(
            id=worker,
            host=_place(),
            process=os.getpid(),
            since=DatabaseNow(),
            seen_at=DatabaseNow(),
            lost=False,
        )
    )


def beat(connection: Connection, worker: str) -> bool:
    """Show a sign of life; False if the worker has been taken for dead and has to end."""
    table = tables.workers
    changed = connection.execute(
        update(table)
        .where(table.c.id == worker, table.c.lost.is_(False))
        .values(seen_at=DatabaseNow())
    )
    return changed.rowcount == 1


def leave(connection: Connection, worker: str) -> None:
    """End on purpose: whatever jobs are left are for others, at once."""
    table = tables.workers
    connection.execute(update(table).where(table.c.id == worker).values(lost=True))


def lost(connection: Connection, lease: float = LEASE) -> list[str]:
    """Mark those who have been silent for too long, and name all whose jobs are to be returned."""
    table = tables.workers
    connection.execute(
        update(table).where(table.c.seen_at < DatabaseNow() - int(lease * 1000)).values(lost=True)
    )
    here = connection.execute(
        select(table.c.id, table.c.process).where(table.c.host == _place(), table.c.lost.is_(False))
    )
    gone = [row.id for row in here if _is_gone(row.process)]
    connection.execute(update(table).where(table.c.id.in_(gone)).values(lost=True))
    return list(connection.execute(select(table.c.id).where(table.c.lost.is_(True))).scalars())


def forget(connection: Connection, worker: str) -> None:
    """Strike out a lost worker whose jobs have been returned."""
    table = tables.workers
    connection.execute(delete(table).where(table.c.id == worker, table.c.lost.is_(True)))


def alive(connection: Connection) -> int:
    """How many workers have shown a sign of life within the lease."""
    table = tables.workers
    found = connection.execute(
        select(table.c.id).where(
            table.c.lost.is_(False),
            table.c.seen_at >= DatabaseNow() - int(LEASE * 1000),
        )
    )
    return len(found.all())


@cache
def _place() -> str:
    """Where the number of a process means one process: a machine since its start, a namespace.

    Containers may share the name of their host, and numbers begin anew in each.
    """
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return f"{socket.gethostname()[:100]} {boot} {os.readlink('/proc/self/ns/pid')}"


def _is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False  # it is somebody else's, and there
    return False

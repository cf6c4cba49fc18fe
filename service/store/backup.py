"""Backup and restore: all rows as compressed lines of JSON, the same for SQLite and PostgreSQL.

The first line says what it is and at which version; each further line is one row; the last one
counts them, so that a file that was cut off is noticed. A backup can be restored into a database
of the other kind, and by a later version of the package.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, MetaData, Table, func, insert, select, text

from service.store import doors, migrate
from service.store.database import Database
from service.store.errors import StoreUnusable
from service.store.tables import metadata

FORMAT = "allocator-backup/1"
PASSING = ("workers", "compatible")
"""Tables whose rows tell of running processes, or are written by migrations: nothing to be kept."""
BATCH = 500


def back_up(database: Database, path: Path) -> int:
    """Write all rows, as they are at one moment, to a file; the number of rows."""
    migrate.require_latest(database)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as raw:
            with gzip.open(raw, "wt", encoding="utf-8") as lines, _snapshot(database) as connection:
                rows = _write(connection, lines)
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return rows


def restore(database: Database, path: Path, let_in: doors.Doors = doors.shut) -> int:
    """Fill an empty database from a file, then bring it up to date; the number of rows.

    `let_in` says who is let in by it; nobody, unless it is instructed otherwise.
    """
    lines = _lines(path)
    head = next(lines, None)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise StoreUnusable(f"{path} is no backup that this version of allocator can read.")
    with database.read() as connection:
        found = migrate.present(connection)
    if found is not None and found != head["version"]:
        raise StoreUnusable(
            f"The database is at version {found} and the backup at {head['version']}; "
            "restore into a new database."
        )
    migrate.upgrade(database, head["version"])
    with database.write(fenced=False) as connection:
        rows = _fill(connection, lines, path, let_in)
    migrate.upgrade(database)
    return rows


def _snapshot(database: Database) -> Any:
    if database.is_sqlite:
        return database.read()  # one transaction of SQLite sees one moment
    return database.engine.execution_options(isolation_level="REPEATABLE READ").begin()


def _write(connection: Connection, lines: Any) -> int:
    def write(tree: object) -> None:
        lines.write(json.dumps(tree, separators=(",", ":")) + "\n")

    write({"format": FORMAT, "version": migrate.present(connection)})
    rows = 0
    for table in _kept(metadata):
        streamed = connection.execution_options(yield_per=BATCH).execute(
            select(table).order_by(*table.primary_key)
        )
        for row in streamed:
            columns = {name: _shown(value) for name, value in row._mapping.items()}
            write({"table": table.name, "row": columns})
            rows += 1
    write({"rows": rows})
    return rows


def _lines(path: Path) -> Iterator[Any]:
    """The lines of a backup as trees; StoreUnusable where the file is damaged."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except (OSError, EOFError, ValueError, zlib.error):
        raise StoreUnusable(f"{path} is damaged or no backup at all.") from None


def _fill(connection: Connection, lines: Iterator[Any], path: Path, let_in: doors.Doors) -> int:
    stored = MetaData()
    stored.reflect(connection, only=lambda name, _: name in metadata.tables)
    tables = {table.name: table for table in _kept(stored)}
    for table in tables.values():
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise StoreUnusable("The database is not empty; restore into a new one.")
    rows, stated = 0, None
    for name, group in groupby(lines, key=lambda line: line.get("table")):
        if name is None:
            stated = next(group)["rows"]
            continue
        while batch := list(islice(group, BATCH)):
            rows += len(batch)
            connection.execute(
                insert(tables[name]),
                [{key: _read(value) for key, value in it["row"].items()} for it in batch],
            )
    if stated != rows:
        raise StoreUnusable(f"{path} is incomplete; nothing has been restored.")
    let_in(connection, tables)
    _go_on_counting(connection, list(tables.values()))
    return rows


def _go_on_counting(connection: Connection, tables: list[Table]) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key:
            if len(table.primary_key) == 1 and isinstance(column.type, BigInteger):
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
                        f"coalesce(max({column.name}), 0) + 1, false) FROM {table.name}"
                    )
                )


def _kept(described: MetaData) -> list[Table]:
    return [table for table in described.sorted_tables if table.name not in PASSING]


def _shown(value: object) -> object:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _read(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value

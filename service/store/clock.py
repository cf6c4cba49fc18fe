"""Moments as the store keeps them: milliseconds since 1970-01-01T00:00 UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


def now() -> int:
    """The moment on this machine's clock."""
    return time.time_ns() // 1_000_000


def moment(milliseconds: int) -> str:
    """A stored moment as documents show it, in UTC."""
    shown = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{shown:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"


class DatabaseNow(FunctionElement[int]):
    """The moment on the database's clock: the one clock that all hosts share.

    It goes on within a transaction, so that waiting for a lock does not turn it back.
    """

    type = BigInteger()
    inherit_cache = True


@compiles(DatabaseNow, "sqlite")
def _sqlite(*_: Any, **__: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


@compiles(DatabaseNow, "postgresql")
def _postgresql(*_: Any, **__: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"

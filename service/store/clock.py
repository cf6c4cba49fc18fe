"""Moments as the store keeps them: milliseconds since 1970-01-01T00:00 UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

SLACK_MILLISECONDS = 1000
"""A clock that is off by less is taken for right: so moments of one machine stay in order."""

LEARN_MILLISECONDS = 10_000
"""How often a process that only reads looks at the database's clock."""

_correction = [0, 0]
"""Milliseconds that the database's clock is ahead, and when that was learned."""


def now() -> int:
    """The moment on the database's clock, as far as this process knows it.

    Clocks of machines may be wrong. What is kept is to be in one order, and what ends at a moment
    must not end early, or late, where one is.
    """
    return local() + _correction[0]


def local() -> int:
    """The moment on this machine's clock."""
    return time.time_ns() // 1_000_000


def learn(before: int, answered: int) -> None:
    """Take over what the database says of the moment; `before` is when it was asked."""
    after = local()
    ahead = answered - (before + after) // 2
    _correction[:] = (ahead if abs(ahead) > SLACK_MILLISECONDS else 0), after


def is_due() -> bool:
    """Whether the database's clock was looked at too long ago."""
    return abs(local() - _correction[1]) > LEARN_MILLISECONDS


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

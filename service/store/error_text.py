"""What may be said of an error of the database: its kind and its sentence, never what it was about.

The texts of drivers hold statements with their values, or the row that does not fit: hashes of
passwords and secrets among them.
"""

from __future__ import annotations

import traceback

import psycopg
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

DEFECTS = (DataError, ProgrammingError, NotSupportedError)
"""What is wrong with a statement of ours, and would be wrong again."""

UNUSABLE = (DBAPIError, PoolTimeout)
"""What the database refuses or cannot do now, unless it is one of the DEFECTS."""


def is_away(error: BaseException) -> bool:
    """Whether the database could not do what it was asked for: away, full, damaged, read-only."""
    return isinstance(error, UNUSABLE) and not isinstance(error, DEFECTS)


def is_silent(error: BaseException) -> bool:
    """Whether the database is not there at all, as far as can be known."""
    return isinstance(error, OperationalError | InterfaceError | PoolTimeout)


def sentence(error: BaseException) -> str:
    """An error in a line, without any value."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    match cause:
        case psycopg.Error():
            text = cause.diag.message_primary or str(cause).partition("\n")[0]
        case SQLAlchemyError() | None:
            text = ""
        case _:
            text = str(cause).partition("\n")[0]
    return f"{type(cause or error).__name__}: {text}".removesuffix(": ")


def whole(error: BaseException) -> str:
    """An error with where it came from, and what caused it; those of the database in a line."""
    parts: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        said = (
            sentence(at)
            if isinstance(at, SQLAlchemyError | psycopg.Error)
            else "".join(traceback.format_exception_only(at)).rstrip()
        )
        parts.append("".join(traceback.format_tb(at.__traceback__)) + said)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "\n\nwhich came of\n\n".join(parts)

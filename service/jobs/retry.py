"""Writing to a database that may be away for a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from service.store.database import Database
from service.store.error_text import UNUSABLE, is_away, sentence

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.2, 5.0
"""Seconds before another try."""

Parameters = ParamSpec("Parameters")
Written = TypeVar("Written")


def write_patiently(
    database: Database,
    change: Callable[Concatenate[Connection, Parameters], Written],
    *args: Parameters.args,
    **kwargs: Parameters.kwargs,
) -> Written:
    """Write what must not be lost, however long the database does not answer."""
    wait = FIRST_WAIT
    while True:
        try:
            with database.write() as connection:
                return change(connection, *args, **kwargs)
        except UNUSABLE as error:
            if not is_away(error) or isinstance(error, IntegrityError):
                raise
            log.warning("this was not written, another try follows: %s", sentence(error))
            time.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)


def write_if_possible(
    database: Database,
    change: Callable[Concatenate[Connection, Parameters], object],
    *args: Parameters.args,
    **kwargs: Parameters.kwargs,
) -> None:
    """Write what may be lost, such as how far a solve is."""
    try:
        with database.write() as connection:
            change(connection, *args, **kwargs)
    except UNUSABLE as error:
        log.warning("this was not written: %s", sentence(error))

"""Logs as lines of JSON on stderr, each with its time, its place and what it is about."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog

from service.store.error_text import sentence, whole

LEVEL = "ALLOCATOR_LOG_LEVEL"
"""The environment variable that says from which level on lines are written."""


STEPS, LETTERS = 6, 300
"""How much of a defect is written on its line."""


def in_short(defect: Exception) -> dict[str, str]:
    """A defect on one line of the log: what, and where in our own code."""
    steps = traceback.extract_tb(defect.__traceback__)[-STEPS:]
    return {
        "error": sentence(defect)[:LETTERS],
        "at": " > ".join(f"{Path(it.filename).name}:{it.lineno} {it.name}" for it in steps),
    }


def _whole(exc_info: Any) -> str:
    """An exception as the log has it: what the database says of it may hold secrets."""
    return whole(exc_info[1])


def configure() -> None:
    """Let our own lines and those of libraries come out alike."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_whole),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    levels = logging.getLevelNamesMapping()
    asked = os.environ.get(LEVEL, "INFO").upper()
    logging.basicConfig(level=levels.get(asked, logging.INFO), handlers=[handler], force=True)
    if asked not in levels:
        logging.getLogger(__name__).warning("%s is not one of %s", LEVEL, ", ".join(levels))
    for talkative in ("alembic", "dbos", "httpx2", "httpcore2", "uvicorn"):
        logging.getLogger(talkative).setLevel(logging.WARNING)

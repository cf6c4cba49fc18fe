"""A reason as far as there is time for it; explaining never costs anybody the plan."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from allocator.reasons.common.situation import OutOfTime, Situation

UNEXPLAINED = "why is not worked out yet, as the time was up; it can be asked for later"
"""Stands where the time for explaining was up."""

FAILED = "why could not be worked out, by a defect of allocator"

log = logging.getLogger(__name__)

Said = TypeVar("Said")


def in_time(say: Callable[[], Said], situation: Situation) -> tuple[Said | None, str]:
    """What is said, or None and what stands in its place."""
    try:
        situation.look()
        return say(), ""
    except OutOfTime:
        return None, UNEXPLAINED
    except Exception:
        log.exception("a reason could not be worked out")
        return None, FAILED

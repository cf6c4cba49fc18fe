"""Functions compiled to machine code by Numba, kept on disk so that it is done once on a machine.

Machine code takes over constants and functions of other modules. So what is kept belongs to all
the sources that it was made from, wherever they lie: a change in one asks for a place of its own.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import _CacheLocator

Function = TypeVar("Function", bound=Callable[..., Any])

COMPILED = ("compiled/*.py", "makespan/annealing/*.py")
"""Where compiled functions are; of these modules, those that have some."""

CONSTANTS = ("insertion/classes.py", "ledger/score.py", "ruin_recreate/search.py")
"""Whose constants they take over."""


@cache
def kept_in() -> Path | None:
    """Where machine code is kept; None if nothing can be written anywhere."""
    name = f"rollout-{_fingerprint()}"
    asked = os.environ.get("NUMBA_CACHE_DIR")
    usual = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    mine = Path(tempfile.gettempdir()) / f"numba-{os.getuid()}"
    for base in (Path(asked or usual), mine):
        place = base / name
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(place, os.W_OK) or any(place.iterdir()):
            return place
    return None


def _fingerprint() -> str:
    """What the sources of machine code are at the moment."""
    here, found = Path(__file__).parent, hashlib.sha256()
    for pattern in (*COMPILED, *CONSTANTS):
        for path in sorted(here.glob(pattern)):
            source = path.read_bytes()
            if pattern in CONSTANTS or b"\n@compiled\n" in source:
                found.update(source)
    return found.hexdigest()[:16]


class Kept(_CacheLocator):
    """Tells Numba where the machine code of a function is kept."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._line = function.__code__.co_firstlineno

    def ensure_cache_path(self) -> None:
        """The place is there; what can only be read can be read."""

    def get_cache_path(self) -> str:
        """The directory."""
        return str(kept_in())

    def get_source_stamp(self) -> str:
        """The directory says which sources it belongs to."""
        return ""

    def get_disambiguator(self) -> str:
        """Tells functions of the same name apart."""
        return str(self._line)

    @classmethod
    def from_function(cls, function: Callable[..., Any], _: str) -> Kept:
        """The place of a function."""
        return cls(function)


def compiled(function: Function) -> Function:
    """The function as machine code; other threads may run beside it."""
    config: Any = numba.config
    before = config.CACHE_LOCATOR_CLASSES
    config.CACHE_LOCATOR_CLASSES = f"{__name__}.{Kept.__name__}"
    try:
        keep = kept_in() is not None
        made = numba.njit(nogil=True, error_model="numpy", cache=keep)(function)
    finally:
        config.CACHE_LOCATOR_CLASSES = before
    return cast(Function, made)

"""The fork server of this process: it loads once what each process that it forks needs."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

_loaded: list[str] = []


def context(module: str) -> ForkServerContext:
    """Where processes are forked that need a module, which is loaded once for all of them."""
    if module not in _loaded:
        _loaded.append(module)
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(list(_loaded))
    return found


def start(module: str) -> None:
    """Start the fork server now: else the first process would wait until all is loaded."""
    context(module)
    forkserver.ensure_running()

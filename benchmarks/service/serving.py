"""The service as people run it, on a database of its own, for as long as it is measured."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from allocator.formats.text.tree import read_tree
from benchmarks.generate import SIZES, rollout
from tests.service.databases import created, dropped, url_of
from tests.service.jobs.processes import children

HERE = Path(__file__).parents[2]

Seen = TypeVar("Seen")


class Served:
    """`allocator serve` as a process, with its URL; `code` is the checkout that it runs."""

    def __init__(self, database: str, *, solves: int = 2, code: Path = HERE) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        words = ["serve", "--port", str(self.port), "--database", database]
        words += ["--solves", str(solves), "--per-tenant", str(solves)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", *words], cwd=code, stderr=subprocess.DEVNULL
        )
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = httpx2.Client(base_url=self.url, timeout=120)
        try:
            until(self.is_ready)
        except BaseException:
            self.end()
            raise

    def is_ready(self) -> bool:
        """Whether it answers and has a worker."""
        try:
            return self.client.get("/readyz").status_code == 200
        except httpx2.TransportError:
            return False

    def children(self) -> dict[str, int]:
        """The processes that it has started: command and number."""
        return children(self.process.pid)

    def kill(self, *modules: str) -> None:
        """kill -9 of the processes that run a module, such as `api`."""
        for words, pid in self.children().items():
            if any(f"-m {module} " in f"{words} " for module in modules):
                os.kill(pid, signal.SIGKILL)

    def keep(self, tree: Mapping[str, Any]) -> str:
        """Keep a rollout; its id."""
        answer = self.client.post("/v1/rollouts", json=tree).raise_for_status()
        return str(answer.json()["id"])

    def ask(self, rollout: str, **limits: Any) -> str:
        """Ask for a plan of a rollout; its id."""
        answer = self.client.post("/v1/plans", json={"rollout": rollout, "workers": 1, **limits})
        answer.raise_for_status()
        return str(answer.json()["id"])

    def plan(self, plan: str) -> dict[str, Any]:
        """How far a plan is."""
        return dict(self.client.get(f"/v1/plans/{plan}").raise_for_status().json())

    def end(self) -> None:
        """End it, as Ctrl-C does."""
        self.process.terminate()
        self.process.wait()
        self.client.close()


@contextmanager
def database_url(*, postgresql: bool) -> Iterator[str]:
    """A database that nobody else uses: its URL."""
    if postgresql:
        name = created()
        try:
            yield url_of(name)
        finally:
            dropped(name)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/kept.db"


@contextmanager
def serving(*, postgresql: bool, solves: int = 2, code: Path = HERE) -> Iterator[Served]:
    """The service on an empty database, ready."""
    with database_url(postgresql=postgresql) as url:
        served = Served(url, solves=solves, code=code)
        try:
            yield served
        finally:
            served.end()


def document(named: Path | None, size: str = "M") -> dict[str, Any]:
    """The rollout document that was named, or a generated one."""
    if named is None:
        return rollout(SIZES[size], 1)
    tree = read_tree(named.read_bytes())
    assert isinstance(tree, dict)
    return tree


def until(look: Callable[[], Seen | None], seconds: float = 600) -> Seen:
    """What `look` sees as soon as it sees something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if seen := look():
            return seen
        time.sleep(0.05)
    raise TimeoutError(f"nothing was seen for {seconds:g} s")


def show(title: str, rows: Sequence[Mapping[str, object]]) -> None:
    """A table on stdout, as docs have it."""
    print(f"\n{title}\n")
    print("| " + " | ".join(rows[0]) + " |")
    print("|" + " --- |" * len(rows[0]))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row.values()) + " |", flush=True)

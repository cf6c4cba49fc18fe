"""How soon a run is taken over when its worker is killed or frozen, with the lease that holds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from argparse import Namespace
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from benchmarks.service.serving import HERE, Served, database_url, document, show, until
from service.lifecycle.requests import ask_for_plan
from service.queue import Queue, set_up
from service.store import leases, plans, rollouts, runs, tables
from service.store.audit import Actor
from service.store.database import Database
from service.store.runs import Limits, Run
from tests.service.jobs.processes import gone, parents

ADA = Actor("default", "ada")


@dataclass
class Kept:
    """A database with a queue, and the runs in it."""

    database: Database
    queue: Queue
    tree: dict[str, Any]

    def ask(self, seed: int) -> str:
        """Ask for a plan that takes minutes; its run."""
        with self.database.write() as connection:
            kept = rollouts.create(connection, ADA, self.tree)
            limits = Limits(seconds=600, workers=1, seed=seed)
            return ask_for_plan(connection, self.queue, ADA, kept.id, limits).id

    def run(self, run: str) -> Run:
        """A run as it is now."""
        with self.database.read() as connection:
            return runs.get(connection, ADA.tenant, run)

    def found_by(self, run: str, attempt: int) -> Run:
        """A run as soon as an attempt at it has a plan."""
        until(lambda: self.run(run).attempt == attempt and self.run(run).best is not None)
        return self.run(run)

    def stop(self, run: str) -> int:
        """End it with its best plan; how many plans it has."""
        with self.database.write() as connection:
            runs.ask_to_end(connection, ADA, run, "stop")
        until(lambda: self.run(run).ended)
        return self.results(run)

    def results(self, run: str) -> int:
        """How many plans a run has."""
        with self.database.read() as connection:
            found = plans.listed(connection, ADA.tenant, self.run(run).rollout)
        return len([it for it in found if it.run == run])


def measure(asked: Namespace) -> None:
    """Print seconds from the signal until another worker has the run, and how many results."""
    tree = document(asked.rollout)
    rows: list[dict[str, object]] = []
    for turn in range(asked.turns):
        for how in ("kill -9", "SIGSTOP"):
            rows.append({"database": "PostgreSQL", "what": how, **_two_workers(tree, how, turn)})
        rows.append({"database": "SQLite", "what": "kill -9 of all", **_again(tree, turn)})
    show("Seconds until a run is taken over, lease of 20 s", rows)


def _two_workers(tree: dict[str, Any], how: str, seed: int) -> dict[str, object]:
    with database_url(postgresql=True) as url:
        kept = _set_up(url, tree)
        workers = [_worker(url), _worker(url)]
        try:
            until(lambda: _alive(kept.database) == 2)
            run = kept.ask(seed)
            held = kept.found_by(run, 1)
            process = _process_of(kept.database, held)
            os.kill(process, signal.SIGKILL if how == "kill -9" else signal.SIGSTOP)
            seconds = _until_taken(kept, run, time.monotonic())
            results = kept.stop(run)
            row: dict[str, object] = {**seconds, "results": results}
            if how == "SIGSTOP":
                os.kill(process, signal.SIGCONT)
                worker = next(it for it in workers if it.pid == process)
                row["frozen one"] = f"ends with {worker.wait()}"
                row["results"] = f"{results}, later {kept.results(run)}"
            else:
                row["frozen one"] = ""
            return row
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
            kept.queue.close()
            kept.database.close()


def _again(tree: dict[str, Any], seed: int) -> dict[str, object]:
    """All processes of `allocator serve` are killed, and it is started again at once."""
    with database_url(postgresql=False) as url:
        served = Served(url)
        try:
            kept = _set_up(url, tree)
            run = kept.ask(seed)
            kept.found_by(run, 1)
            # Known before the first of them is killed: those below get another parent then.
            everything = [served.process.pid, *_below(served.process.pid)]
            for process in everything:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            served.process.wait()
            until(lambda: all(gone(process) for process in everything))
            begun = time.monotonic()
            served = Served(url)
            row = {**_until_taken(kept, run, begun), "results": kept.stop(run), "frozen one": ""}
            kept.queue.close()
            kept.database.close()
            return row
        finally:
            served.end()


def _below(process: int) -> list[int]:
    """The processes that a process has started, with all that these have started."""
    found = [process]
    of = parents()
    for above in found:
        found += [it for it, parent in of.items() if parent == above]
    return found[1:]


def _until_taken(kept: Kept, run: str, begun: float) -> dict[str, object]:
    until(lambda: kept.run(run).attempt == 2)
    taken = time.monotonic() - begun
    kept.found_by(run, 2)
    return {
        "taken over": f"{taken:.1f}",
        "with a plan again": f"{time.monotonic() - begun:.1f}",
    }


def _set_up(url: str, tree: dict[str, Any]) -> Kept:
    database = Database(url)
    set_up(database)
    return Kept(database, Queue(database), tree)


def _worker(url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "service.jobs", "--slots", "1", "--per-tenant", "2"],
        cwd=HERE,
        env={**os.environ, "ALLOCATOR_DATABASE": url},
        stderr=subprocess.DEVNULL,
    )


def _alive(database: Database) -> int:
    with database.read() as connection:
        return leases.alive(connection)


def _process_of(database: Database, run: Run) -> int:
    with database.read() as connection:
        table = tables.workers
        found = connection.execute(table.select().where(table.c.id == run.worker)).one()
    return int(found.process)

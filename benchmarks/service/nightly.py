"""A batch of nights on two workers, one of which is killed midway: each has one result."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections import Counter

from sqlalchemy import select

from benchmarks.generate import SIZES, rollout
from benchmarks.service.serving import HERE, database_url, show, until
from service.queue import set_up
from service.store import plans, tables
from service.store.audit import Actor
from service.store.database import Database
from service.store.nights import Nightly
from tests.service.jobs.processes import parents
from tests.service.nights import digests, let_night_fall, nights_of, publish_for_tonight

ADA = Actor("default", "ada")
SECONDS = 5.0


def measure(asked: Namespace) -> None:
    """Print how many nights have one result, and the wall time against that of the solves."""
    trees = (rollout(SIZES["S"], seed) for seed in range(1, asked.nights + 1))
    with database_url(postgresql=True) as url:
        database = Database(url)
        set_up(database)
        wanted = Nightly("02:00", seconds=SECONDS, workers=1)
        kept = publish_for_tonight(database, ADA, trees, wanted)
        workers = [_worker(url), _worker(url)]
        try:
            let_night_fall(database)
            until(lambda: digests(database) >= asked.nights // 2, 7200)
            _kill_below(workers[0].pid)
            until(lambda: digests(database) >= asked.nights, 7200)
            show(
                f"{asked.nights} nights of small rollouts, {SECONDS:g} s each, on two workers",
                [_row(database, kept)],
            )
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait()
            database.close()


def _row(database: Database, kept: list[str]) -> dict[str, object]:
    nights = nights_of(database, ADA, kept)
    table = tables.runs
    with database.read() as connection:
        of_night = select(table).where(table.c.kind == "nightly")
        runs = list(connection.execute(of_night))
        found = [plans.get(connection, ADA.tenant, it.plan)[1] for it in runs]
        outcomes = Counter(connection.execute(select(tables.digests.c.outcome)).scalars())
    solved = sum(it.document["solver"]["seconds"] for it in found)
    wall = (max(it.ended_at for it in runs) - min(it.started_at for it in runs)) / 1000
    return {
        "nights with one run, plan and digest": sum(
            (it.runs, it.plans, it.digests) == (1, 1, 1) for it in nights
        ),
        "taken up twice": sum(it.attempt == 2 for it in runs),
        "outcomes": ", ".join(f"{number} {name}" for name, number in outcomes.items()),
        "solves in all": f"{solved:.0f} s",
        "wall time": f"{wall:.0f} s",
        "of half the solves": f"{wall / (solved / 2):.2f}",
    }


def _worker(url: str) -> subprocess.Popen[bytes]:
    words = ["worker", "--solves", "1", "--per-tenant", "2", "--database", url]
    return subprocess.Popen(
        [sys.executable, "-m", "service.cli", *words], cwd=HERE, stderr=subprocess.DEVNULL
    )


def _kill_below(supervisor: int) -> None:
    for process, parent in parents().items():
        if parent == supervisor:
            os.kill(process, signal.SIGKILL)

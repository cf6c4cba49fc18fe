"""A run: each instance solved in a child process, one line of results as soon as it is there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from benchmarks.measure import Job, failed
from benchmarks.record import Record

GRACE = 120.0
"""Seconds beyond the limit, and beyond twice the limit, after which a child is ended."""

ROOT = Path(__file__).resolve().parent.parent


def run(
    paths: Sequence[Path],
    *,
    engine: str,
    seconds: float,
    workers: int,
    seeds: Sequence[int],
    solutions: Path | None,
    out: TextIO,
) -> Iterator[Record]:
    """Solve every file with every seed; yields each record once its line has been written."""
    commit = current_commit()
    if solutions is not None:
        solutions.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        for path in paths:
            record = _in_child(
                Job(
                    path=str(path.resolve()),
                    engine=engine,
                    seconds=seconds,
                    workers=workers,
                    seed=seed,
                    commit=commit,
                    solutions=None if solutions is None else str(solutions.resolve()),
                )
            )
            out.write(record.line() + "\n")
            out.flush()
            yield record


def current_commit() -> str:
    """The commit of the code that runs, with a `+` if files differ from it."""
    try:
        commit = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return ""
    return commit + ("+" if changed else "")


def _git(*words: str) -> str:
    answer = subprocess.run(
        ["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


def _in_child(job: Job) -> Record:
    try:
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.measure"],
            input=json.dumps(asdict(job)),
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=2 * job.seconds + GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return failed(job, f"ended after {2 * job.seconds + GRACE:.0f} s")
    if child.returncode != 0:
        last = child.stderr.strip().splitlines()[-1:] or ["no message"]
        return failed(job, f"exit {child.returncode}: {last[0]}")
    return Record.from_line(child.stdout.splitlines()[-1])

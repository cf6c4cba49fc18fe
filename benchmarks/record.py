"""One line of results: what was run, what came out, what it took."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """One solve of one instance. Times are seconds of the solve, memory is in MB."""

    instance: str
    family: str
    subset: str
    sha256: str
    engine: str
    objective: float | None
    bound: float | None
    outcome: str
    """optimal | feasible | infeasible | no_plan | error"""
    check: str
    """ok, what the independent check objects to, or nothing without a plan."""
    error: str
    seed: int
    workers: int
    limit: float
    seconds: float
    reading_seconds: float
    first_plan_seconds: float | None
    best_plan_seconds: float | None
    deterministic_time: float
    peak_mb: float | None
    terms: Mapping[str, float]
    known_bound: int | None
    known_best: int | None
    known_status: str
    commit: str
    versions: Mapping[str, str]
    trace: tuple[tuple[float, float | None, float], ...]
    """(seconds, objective, bound) whenever one of the two got better."""

    def line(self) -> str:
        """The record as a line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_line(line: str) -> Record:
        """The record in a line of JSON."""
        row = json.loads(line)
        row["trace"] = tuple(tuple(point) for point in row["trace"])
        return Record(**row)

    @property
    def gap(self) -> float | None:
        """(objective - bound) / objective; None without a plan."""
        if self.objective is None or self.bound is None:
            return None
        return (self.objective - self.bound) / self.objective if self.objective > 0 else 0.0


def read_records(paths: Iterable[Path]) -> list[Record]:
    """The records of some files, in their order; of equal runs the last."""
    found: dict[tuple[str, str, str, int], Record] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = Record.from_line(line)
            found[record.instance, record.sha256, record.engine, record.seed] = record
    return list(found.values())

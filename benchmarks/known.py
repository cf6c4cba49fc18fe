"""What the literature knows: `best_known.csv` beside the files of a family."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from benchmarks.instance import Known

FILE = "best_known.csv"


def known_of(path: Path, name: str) -> Known:
    """The row of an instance in the list beside its file; nothing known where there is none."""
    return _rows(path.parent / FILE).get(name, Known())


@cache
def _rows(path: Path) -> dict[str, Known]:
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as lines:
        return {row["instance"]: _known(row) for row in csv.DictReader(lines)}


def _known(row: dict[str, str]) -> Known:
    return Known(
        lower_bound=int(row["lower_bound"]) if row["lower_bound"] else None,
        best=int(row["best_known"]) if row["best_known"] else None,
        status=row["status"],
        subset=row.get("subset", ""),
    )

"""Multi-skill project scheduling of Young, Feydy and Schutt (CP 2017): MiniZinc data, `.dzn`.

An activity needs `sreq[i][k]` people who each contribute the skill k for its whole length.
"""

from __future__ import annotations

import re

from benchmarks.families.makespan import instance_of
from benchmarks.families.project import Activity, Need, Worker
from benchmarks.instance import BadInstance, Instance

FAMILY = "mspsp"

_FIELD = re.compile(r"(\w+)\s*=\s*(\[\|.*?\|\]|\[.*?\]|[^;\[\]]+?)\s*;", re.DOTALL)


def read(name: str, text: str, sha256: str) -> Instance:
    """The instance in the text of a file."""
    plain = "\n".join(line.split("%")[0] for line in text.splitlines())
    fields = {match[1]: match[2] for match in _FIELD.finditer(plain)}
    missing = {"dur", "sreq", "mastery", "pred", "succ"} - set(fields)
    if missing:
        raise BadInstance(f"No field {', '.join(sorted(missing))}.")
    durations = _numbers(fields["dur"])
    required = [[int(cell) for cell in row] for row in _rows(fields["sreq"])]
    mastered = [[cell == "true" for cell in row] for row in _rows(fields["mastery"])]
    if len(required) != len(durations):
        raise BadInstance(f"{len(durations)} durations, but {len(required)} rows of sreq.")
    after: dict[int, list[int]] = {}
    for first, then in zip(_numbers(fields["pred"]), _numbers(fields["succ"]), strict=True):
        after.setdefault(then, []).append(first)
    activities = [
        Activity(
            number,
            duration,
            tuple(Need(f"skill {k}", 1, n) for k, n in enumerate(row, 1) if n),
            tuple(after.get(number, ())),
        )
        for number, (duration, row) in enumerate(zip(durations, required, strict=True), 1)
    ]
    workers = [
        Worker(number, {f"skill {k}": 1 for k, has in enumerate(row, 1) if has})
        for number, row in enumerate(mastered, 1)
    ]
    return instance_of(name.removeprefix("inst_"), FAMILY, sha256, activities, workers)


def _numbers(field: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", field)]


def _rows(field: str) -> list[list[str]]:
    rows = [re.findall(r"\w+", row) for row in field.strip("[]").split("|")]
    return [row for row in rows if row]

"""Multi-skill scheduling with levels of Myszkowski and others (iMOPSE): `.def` files.

Each task is done by one resource that has the skill at the task's level or above. A level of 0
still means having the skill, so levels are one higher in the problem. The objective read here is
the duration of the project; salaries are not read.
"""

from __future__ import annotations

import re

from benchmarks.families.makespan import instance_of
from benchmarks.families.project import Activity, Need, Worker
from benchmarks.instance import BadInstance, Instance

FAMILY = "imopse"

_SKILL = re.compile(r"(\w+)\s*:\s*(\d+)")
_TASK = re.compile(r"\s*(\d+)\s+(\d+)\s+(\w+)\s*:\s*(\d+)((?:\s+\d+)*)\s*")


def read(name: str, text: str, sha256: str) -> Instance:
    """The instance in the text of a file."""
    activities: list[Activity] = []
    workers: list[Worker] = []
    table = ""
    for line in text.splitlines():
        if line.startswith(("ResourceID", "TaskID")):
            table = line.split()[0]
        elif not line.strip() or line.startswith("="):
            continue
        elif table == "ResourceID":
            levels = {skill: int(level) + 1 for skill, level in _SKILL.findall(line)}
            workers.append(Worker(int(line.split()[0]), levels))
        elif table == "TaskID":
            activities.append(_activity(line))
    if not activities or not workers:
        raise BadInstance("No table of resources and tasks.")
    return instance_of(name, FAMILY, sha256, activities, workers)


def _activity(line: str) -> Activity:
    row = _TASK.fullmatch(line)
    if row is None:
        raise BadInstance(f"Not a task: {line.strip()!r}.")
    need = Need(row[3], int(row[4]) + 1, 1)
    after = tuple(dict.fromkeys(int(number) for number in row[5].split()))
    return Activity(int(row[1]), int(row[2]), (need,), after)

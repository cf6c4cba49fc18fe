"""MSLIB of Snauwaert and Vanhoucke (2021): multi-skill projects with skill levels, `.msrcp`.

Each required person has a skill at a minimum level of its own; the levels of an activity are
listed skill by skill.
"""

from __future__ import annotations

import re
from collections import Counter

from benchmarks.families.makespan import instance_of
from benchmarks.families.project import Activity, Need, Worker
from benchmarks.instance import BadInstance, Instance

FAMILY = "mslib"

TITLES = (
    "Project Module",
    "Workforce Module with Skill Levels",
    "Skill Requirements Module",
    "Skill Level Requirements Module",
)

_TITLE = re.compile(r"\\\*\s*(.*?)\s*(?:\*\\)?\s*$")


def read(name: str, text: str, sha256: str) -> Instance:
    """The instance in the text of a file."""
    blocks = _blocks(text)
    missing = [title for title in TITLES if not blocks.get(title)]
    if missing:
        raise BadInstance(f"Nothing under {', '.join(missing)}.")
    (head, *rest), levels, required, minimum = (blocks[title] for title in TITLES)
    project = rest[-head[0] :]  # between the head and the activities stand two deadlines
    after: dict[int, list[int]] = {}
    for number, (_, count, *successors) in enumerate(project, 1):
        if len(successors) != count:
            raise BadInstance(f"Activity {number} has {len(successors)} of {count} successors.")
        for successor in successors:
            after.setdefault(successor, []).append(number)
    rows = zip(project, required, minimum, strict=True)
    activities = [
        Activity(number, row[0], _needs(number, people, at_least), tuple(after.get(number, ())))
        for number, (row, people, at_least) in enumerate(rows, 1)
    ]
    workers = [
        Worker(number, {f"skill {k}": level for k, level in enumerate(row, 1) if level > 0})
        for number, row in enumerate(levels, 1)
    ]
    return instance_of(name, FAMILY, sha256, activities, workers)


def _needs(number: int, people: list[int], at_least: list[int]) -> tuple[Need, ...]:
    """One need per skill and level, in the order of the file."""
    levels = iter(level for level in at_least if level != -1)
    seats = [(k, next(levels, None)) for k, wanted in enumerate(people, 1) for _ in range(wanted)]
    if next(levels, None) is not None or any(level is None for _, level in seats):
        message = f"Activity {number} needs {len(seats)} people, but its levels are {at_least}."
        raise BadInstance(message)
    counted = Counter((k, level) for k, level in seats if level is not None)
    return tuple(Need(f"skill {k}", level, n) for (k, level), n in counted.items())


def _blocks(text: str) -> dict[str, list[list[int]]]:
    """The rows of whole numbers under each title; rows of other numbers are not read."""
    blocks: dict[str, list[list[int]]] = {}
    rows: list[list[int]] = []
    for line in text.splitlines():
        title = _TITLE.match(line)
        if title:
            rows = blocks.setdefault(title[1], [])
        elif line.strip() and "." not in line:
            rows.append([int(number) for number in line.split()])
    return blocks

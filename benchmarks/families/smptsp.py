"""Shift minimisation of Krishnamoorthy, Ernst and Baatar (2012): `.dat` files.

Tasks with given times, each for one qualified worker, no two of a worker at once; the fewest
workers. The problem has each task pinned to its start. All times lie within one day on which every
worker would rather stay away, so that a worker who is needed at all breaks exactly one wish: the
term `wishes`, at a price of 1 with all others at 0, counts the workers.

Only the order of starts and ends matters, so a time is replaced by the number of different ends up
to it: of two tasks, one ends by the start of the other before and after alike.
"""

from __future__ import annotations

from bisect import bisect_right

from allocator.problem import Line, Wish
from allocator.timeline import Axis
from benchmarks.families.makespan import START, always, people, plain_problem, task
from benchmarks.families.project import Worker
from benchmarks.instance import BadInstance, Instance

FAMILY = "smptsp"

SLOTS_PER_DAY = 1440
"""At one slot a minute, the longest day there is."""


def read(name: str, text: str, sha256: str) -> Instance:
    """The instance in the text of a file."""
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    rows = iter([line for line in lines if line])
    times: list[tuple[int, int]] = []
    qualified: list[set[int]] = []
    for row in rows:
        field, _, value = (part.strip() for part in row.partition("="))
        if field == "Jobs":
            times = [_times(next(rows, "")) for _ in range(int(value))]
        elif field == "Qualifications":
            qualified = [_tasks(next(rows, "")) for _ in range(int(value))]
        elif field != "Type":
            raise BadInstance(f"Not understood: {row!r}.")
    if not times or not qualified:
        raise BadInstance("No jobs or no qualifications.")
    return _instance(name, sha256, times, qualified)


def _instance(
    name: str, sha256: str, times: list[tuple[int, int]], qualified: list[set[int]]
) -> Instance:
    ends = sorted({end for _, end in times})
    if len(ends) > SLOTS_PER_DAY:
        raise BadInstance(f"{len(ends)} different ends; at most {SLOTS_PER_DAY} can be read.")
    teams = [tuple(w for w, able in enumerate(qualified) if n in able) for n in range(len(times))]
    position = {team: f"team {number}" for number, team in enumerate(dict.fromkeys(teams))}
    able_in: list[dict[str, int]] = [{} for _ in qualified]
    for team, skill in position.items():
        for worker in team:
            able_in[worker][skill] = 1
    slots = len(ends)
    order = {skill: number for number, skill in enumerate(position.values())}
    workers = [Worker(number, levels) for number, levels in enumerate(able_in)]
    problem = plain_problem(
        name=name,
        sha256=sha256,
        axis=Axis(START, 1, ("UTC",), slots),
        prices={"wishes": 1},
        skills=tuple(order),
        people=people(workers, order, always(slots), (Wish(0, slots, 1),)),
        tasks=tuple(
            task(
                number,
                (Line(order[position[teams[number]]], 1, 1, bisect_right(ends, end) - first),),
                (),
                start=first,
            )
            for number, (start, end) in enumerate(times)
            for first in (bisect_right(ends, start),)
        ),
    )
    return Instance(name, FAMILY, sha256, problem, workers=len(workers), given_times=tuple(times))


def _times(row: str) -> tuple[int, int]:
    start, end = _whole(row.split(), 2)
    if start >= end:
        raise BadInstance(f"A job from {start} to {end}.")
    return start, end


def _tasks(row: str) -> set[int]:
    count, _, numbers = row.partition(":")
    return set(_whole(numbers.split(), _whole([count], 1)[0]))


def _whole(words: list[str], count: int) -> list[int]:
    if len(words) != count or not all(word.strip().isdigit() for word in words):
        raise BadInstance(f"Expected {count} whole numbers, found {' '.join(words)!r}.")
    return [int(word) for word in words]

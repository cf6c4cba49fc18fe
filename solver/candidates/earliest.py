"""When tasks could run at all, nobody being booked on anything else: earliest starts and ends."""

from __future__ import annotations

import numpy as np

from allocator.timeline import NEVER, IntArray
from solver.candidates import bits
from solver.candidates.candidates import Candidates
from solver.candidates.quickest import quickest_ends
from solver.settings import Stop
from solver.stopping import never, until

Spans = dict[int, tuple[int, int]]
"""By task its earliest start and end; a task that cannot be planned is missing."""


def earliest_spans(candidates: Candidates, stop: Stop = never) -> Spans:
    """Earliest start and earliest end of each task, nobody being booked on anything else.

    A task that is missing here cannot be planned at all. Worked out once for some candidates.
    """
    if candidates.spans:
        return candidates.spans
    problem = candidates.problem
    spans: Spans = {}
    for index in until(stop, candidates.task_order):
        task = problem.tasks[index]
        if task.finished is not None:
            spans[index] = (task.finished, task.finished)
            continue
        if index not in candidates.plannable or any(
            link.task not in spans and problem.known(link) is None for link in task.after
        ):
            continue
        ends = quickest_ends(candidates, index)
        for link in task.after:
            known = problem.known(link)
            start, end = spans[link.task] if known is None else (known, known)
            moment = (end if link.type in ("FS", "FF") else start) + link.lag
            if link.type in ("FS", "SS") and known is not None:
                continue  # it is in the masks
            if link.type in ("FS", "SS"):
                ends[: max(0, moment)] = NEVER
            else:
                # A slower crew from the same start may end late enough where the fastest does not.
                ends[crew_ends(candidates, index)[1] < moment] = NEVER
                ends[ends != NEVER] = np.maximum(ends[ends != NEVER], moment)
        starts = np.flatnonzero(ends != NEVER)
        if len(starts):
            spans[index] = (int(starts[0]), int(ends[starts].min()))
    candidates.spans.update(spans)
    return candidates.spans


def crew_ends(candidates: Candidates, index: int) -> tuple[IntArray, IntArray]:
    """Earliest and latest end of a task's crew for each start; NEVER where too few can start."""
    task, horizon = candidates.problem.tasks[index], candidates.problem.horizon
    result = np.zeros(horizon, dtype=np.int64)
    latest = np.full(horizon, NEVER, dtype=np.int32)
    beyond = np.iinfo(np.int32).max
    for number, line in enumerate(task.crew):
        people = candidates.seat_people(index, number)
        if len(people) < line.people:
            return np.full(horizon, NEVER, dtype=np.int32), latest
        if task.splittable:
            ends = np.stack([candidates.ends(index, number, person) for person in people])
        else:
            ends = _sitting_ends(candidates, index, number, people)
        latest = np.maximum(latest, ends.max(axis=0))
        ends = np.where(ends == NEVER, beyond, ends)
        ends.partition(line.people - 1, axis=0)
        result = np.maximum(result, ends[line.people - 1])
    return np.where(result >= beyond, NEVER, result).astype(np.int32), latest


def _sitting_ends(
    candidates: Candidates, index: int, number: int, people: tuple[int, ...]
) -> IntArray:
    """Ends of so many seats of a sitting: whoever is there ends at the same time."""
    line, horizon = candidates.problem.tasks[index].crew[number], candidates.problem.horizon
    starts = [candidates.seat_starts(index, number, person) for person in people]
    slots = np.arange(horizon, dtype=np.int32) + np.int32(line.work)
    able = [
        bits.to_mask(bits.at_least(starts, seat), horizon) for seat in range(1, line.people + 1)
    ]
    return np.stack([np.where(mask, slots, np.int32(NEVER)) for mask in able])


def ended_before(candidates: Candidates) -> dict[int, frozenset[int]]:
    """The tasks that must have ended before each task begins."""
    found: dict[int, frozenset[int]] = {}
    for index in candidates.task_order:
        links = candidates.problem.tasks[index].after
        earlier = [link.task for link in links if link.type == "FS" and link.lag >= 0]
        found[index] = frozenset(earlier).union(*(found[each] for each in earlier))
    return found


def tails(candidates: Candidates) -> dict[int, int]:
    """Slots of work that must still follow the end of each task, on the longest way after it."""
    tasks = candidates.problem.tasks
    found = dict.fromkeys(candidates.open_tasks, 0)
    for index in reversed(candidates.task_order):
        if index not in found:
            continue
        longest = max(line.work for line in tasks[index].crew)
        for link in tasks[index].after:
            if link.task in found and link.type in ("FS", "FF"):
                beyond = link.lag + found[index] + (longest if link.type == "FS" else 0)
                found[link.task] = max(found[link.task], beyond)
    return found

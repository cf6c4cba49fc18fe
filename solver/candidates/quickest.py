"""How soon a crew could be done if everybody were free: its quickest people, start by start."""

from __future__ import annotations

import numpy as np

from allocator.timeline import NEVER, IntArray
from solver.candidates import bits
from solver.candidates.candidates import Candidates


def quickest_ends(candidates: Candidates, task: int) -> IntArray:
    """The earliest end of a task's crew for each start, windows counting; NEVER where none is.

    Of people who were notified of a start one may be early alone: no later than the crew, then.
    """
    what = candidates.problem.tasks[task]
    ends = np.zeros(candidates.problem.horizon, dtype=np.int32)
    for index in range(len(what.crew)):
        found = _line_ends(candidates, task, index)
        if task in candidates.published_seats:
            found = _with_published(candidates, task, index, found)
        np.maximum(ends, found, out=ends)
    inside = np.full_like(ends, NEVER)
    for first, beyond, closes in candidates.task_runs(task):
        span = ends[first:beyond]
        inside[first:beyond] = np.where(span <= closes, span, NEVER)
    return inside


def _line_ends(candidates: Candidates, task: int, index: int) -> IntArray:
    """For each start, when a crew line filled by the quickest is done; windows do not count.

    Beyond every end where too few can start. Lines that ask for the same share it.
    """
    what, horizon = candidates.problem.tasks[task], candidates.problem.horizon
    line = what.crew[index]
    key = (line.skill, line.level, line.people, line.work, what.splittable)
    if key not in candidates.line_ends:
        starts = [
            (person, candidates.line_starts(task, index, person))
            for person in candidates.people_with(line.skill, line.level)
        ]
        found = np.full(horizon, np.iinfo(np.int32).max, dtype=np.int32)
        if what.splittable and len(starts) >= line.people:
            ends = np.stack([candidates.ends_of(task, index, *each) for each in starts])
            ends[ends == NEVER] = np.iinfo(np.int32).max
            ends.partition(line.people - 1, axis=0)
            found = ends[line.people - 1].copy()
        elif not what.splittable:
            enough = bits.at_least([each for _, each in starts], line.people)
            at = np.flatnonzero(bits.to_mask(enough, horizon))
            found[at] = at + line.work
        candidates.line_ends[key] = found
    return candidates.line_ends[key]


def _with_published(candidates: Candidates, task: int, index: int, ends: IntArray) -> IntArray:
    """`_line_ends`, with starts that only those may keep who have them in the published plan."""
    what = candidates.problem.tasks[task]
    line, ends = what.crew[index], ends.copy()
    for person in candidates.people_with(line.skill, line.level):
        starts = candidates.seat_starts(task, index, person)
        for start in bits.each(starts & ~candidates.line_starts(task, index, person)):
            duty = candidates.duty(person)
            end = duty.end(start, line.work) if what.splittable else start + line.work
            ends[start] = min(int(ends[start]), end)
    return ends

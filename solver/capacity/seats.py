"""How many seats a site can have in a course at most: rooms and trainers counted, day by day.

Every class takes a room (if it is not virtual) and its trainers for its length, so no plan has more
classes than fit one after another into the time of each. What else holds them back is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np

from allocator.timeline import BoolArray
from solver.candidates.candidates import Candidates


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a course at a site: what is asked for, and what there can be at most."""

    course: int
    site: int
    asked: int
    by: Literal["rooms", "trainers"]
    """What there is too little of."""
    number: int
    """Rooms, or trainers."""
    classes: int
    size: int
    """Heads in a class at most."""
    seats: int
    needed: int
    """So many such rooms, or trainers, would have enough seats."""
    weeks: int
    """So many weeks like those that there are would."""


def short_of_seats(candidates: Candidates) -> Iterator[Seats]:
    """Courses at a site for which more seats are asked for than there can be."""
    needs: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for audience, course in candidates.needs():
        needs[course, candidates.site_of(audience)].append(audience)
    for (course, site), audiences in sorted(needs.items()):
        found = _counted(candidates, course, site, audiences)
        if found is not None and found.seats < found.asked:
            yield found


def _counted(candidates: Candidates, course: int, site: int, audiences: list[int]) -> Seats | None:
    """What holds the seats back most: the rooms, or those who train alone."""
    problem = candidates.problem
    what = problem.courses[course]
    starts = np.any([candidates.meeting_starts(it, course) for it in audiences], axis=0)
    asked = sum(problem.untrained(it, course) for it in audiences)
    weeks, found = _weeks(candidates, starts), []
    largest = what.largest
    if not what.virtual:
        counts, sizes = [], []
        for it in candidates.rooms(course, site):
            room = problem.rooms[it]
            able = starts & candidates.sitting(room.working, what.length)
            counts.append(one_after_another(able, what.length + room.changeover))
            sizes.append(min(what.largest, room.seats))
        largest = max(sizes, default=0)
        found.append(_side(course, site, asked, weeks, "rooms", counts, sizes))
    published = any(it.course == course for it in candidates.published_sessions)
    for line, need in enumerate(what.trainers):
        if need.people == 1 and not published:  # what is published may have others still
            people = candidates.teachers(course, line)
            counts = [_given(candidates, course, line, it, starts) for it in people]
            sizes = [largest] * len(counts)
            found.append(_side(course, site, asked, weeks, "trainers", counts, sizes))
    return min(found, key=lambda it: it.seats, default=None)


def _side(
    course: int,
    site: int,
    asked: int,
    weeks: int,
    by: Literal["rooms", "trainers"],
    counts: list[int],
    sizes: list[int],
) -> Seats:
    """Seats by how many classes each room or trainer has at most, and how large they are."""
    seats = sum(number * size for number, size in zip(counts, sizes, strict=True))
    return Seats(
        course,
        site,
        asked,
        by,
        len(counts),
        sum(counts),
        max(sizes, default=0),
        seats,
        ceil(asked * len(counts) / seats) if seats else 0,
        ceil(asked * weeks / seats) if seats else 0,
    )


def _given(candidates: Candidates, course: int, line: int, person: int, starts: BoolArray) -> int:
    """How many classes a trainer can give one after another, within class hours a day."""
    problem = candidates.problem
    who, length = problem.people[person], problem.courses[course].length
    able = starts & candidates.teacher_starts(course, line, person)
    most = who.class_hours_per_day
    if most is None:
        return one_after_another(able, length)
    days, found = problem.days[who.zone], 0
    for day in range(days.day(problem.horizon - 1) + 1):
        low, high = days.bounds(day)
        today = able[max(0, low) : max(0, high)]
        found += min(one_after_another(today, length), max(0, int(most // length)))
    return found


def one_after_another(starts: BoolArray, pace: int) -> int:
    """The most starts that are a pace apart from each other: always the earliest that is left."""
    count, free = 0, 0
    for start in np.flatnonzero(starts):
        if start >= free:
            count, free = count + 1, int(start) + pace
    return count


def _weeks(candidates: Candidates, starts: BoolArray) -> int:
    """Weeks in which a class could begin."""
    problem = candidates.problem
    days = problem.days[0]
    return len({days.week(int(it)) for it in np.flatnonzero(starts)})

"""A project of the literature as the engine's `Problem`: the makespan is the total.

One slot is one time unit of the file and counts as an hour. Everyone is always on duty, nothing
may stay open, `finish` costs 1 and every other term 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import numpy as np

from allocator.problem import Goals, Line, Link, Mastery, Person, Problem, Project, Task, Wish
from allocator.terms import TERMS
from allocator.timeline import Axis, WorkingTime
from benchmarks.families.project import Activity, Need, Worker, in_order
from benchmarks.families.staffing import fill
from benchmarks.instance import BadInstance, Instance, Milestone

START = date(2027, 1, 4)
"""Files of the literature know no dates; their time 0 is this midnight."""

ROOM = 2
"""The horizon is this many times the makespan of a plain list schedule."""


def instance_of(
    name: str, family: str, sha256: str, activities: list[Activity], workers: list[Worker]
) -> Instance:
    """The instance of a project.

    Activities without duration are milestones: they order others, but are no work. An activity
    that needs nobody gets a stand-in who can do nothing else.
    """
    ordered = in_order(activities)
    slots = horizon(ordered, workers)
    stand_ins = [
        Worker(activity.number, {_alone(activity): 1})
        for activity in ordered
        if activity.duration and not activity.needs
    ]
    crew = [*workers, *stand_ins]
    worked = [activity for activity in activities if activity.duration]
    index = {activity.number: position for position, activity in enumerate(worked)}
    before = _worked_before(ordered)
    skills = list(dict.fromkeys(skill for worker in crew for skill in worker.levels))
    skills += sorted({n.skill for a in worked for n in a.needs} - set(skills))
    position = {skill: number for number, skill in enumerate(skills)}
    problem = plain_problem(
        name=name,
        sha256=sha256,
        axis=Axis(START, 60, ("UTC",), slots),
        prices={"finish": 1},
        skills=tuple(skills),
        people=people(crew, position, always(slots)),
        tasks=tuple(
            task(
                activity.number,
                _crew(activity, position),
                tuple(Link(index[number], "FS", 0) for number in before[activity.number]),
            )
            for activity in worked
        ),
    )
    milestones = tuple(
        Milestone(
            activity.number,
            tuple(index[number] for number in before[activity.number]),
            tuple(workers[k].number for k in fill(activity, workers, _anyone) or ()),
        )
        for activity in activities
        if not activity.duration
    )
    return Instance(name, family, sha256, problem, milestones=milestones, workers=len(workers))


def horizon(ordered: Sequence[Activity], workers: Sequence[Worker]) -> int:
    """A number of slots that some optimal plan surely fits in, with room for worse ones.

    One activity after the other always fits; a plain list schedule, each activity as soon as its
    people are free, is an upper bound that is far below that where people are many.
    """
    free = dict.fromkeys(range(len(workers)), 0)
    ends: dict[int, int] = {}
    in_turn = sum(activity.duration for activity in ordered)
    for activity in ordered:
        crew = fill(activity, workers, free.__getitem__)
        if crew is None:
            return max(1, in_turn)
        start = max([0, *(ends[n] for n in activity.after), *(free[k] for k in crew)])
        ends[activity.number] = start + activity.duration
        if activity.duration:
            free |= dict.fromkeys(crew, start + activity.duration)
    return max(1, min(in_turn, ROOM * max(ends.values(), default=0)))


def plain_problem(
    *,
    name: str,
    sha256: str,
    axis: Axis,
    prices: dict[str, int],
    skills: tuple[str, ...],
    people: tuple[Person, ...],
    tasks: tuple[Task, ...],
) -> Problem:
    """Tasks and people only, in one project; nothing may stay open."""
    return Problem(
        name=name,
        sha256=sha256,
        currency="EUR",
        axis=axis,
        as_of=0,
        skills=skills,
        sites=(),
        travel=(),
        departments=(),
        vendors=(),
        people=people,
        rooms=(),
        projects=(Project("project", name, 3, None),),
        waves=(),
        tasks=tasks,
        courses=(),
        audiences=(),
        supports=(),
        shifts=(),
        goals=Goals(
            "balanced",
            tuple(None if t == "open_work" else Fraction(prices.get(t, 0)) for t in TERMS),
        ),
        published=None,
    )


def always(slots: int) -> WorkingTime:
    """On duty in every slot; shared by everyone, so that it is in memory once."""
    return WorkingTime(np.ones(slots, dtype=np.bool_), np.zeros(slots, dtype=np.bool_))


def people(
    workers: Sequence[Worker],
    position: dict[str, int],
    working: WorkingTime,
    wishes: tuple[Wish, ...] = (),
) -> tuple[Person, ...]:
    """The workers as people without limits or cost."""
    return tuple(
        Person(
            id=str(worker.number),
            name=str(worker.number),
            skills=tuple(Mastery(position[s], level, None) for s, level in worker.levels.items()),
            languages=frozenset(),
            site=None,
            zone=0,
            working=working,
            hours_per_day=None,
            hours_per_week=None,
            class_hours_per_day=None,
            hours_per_7_days=None,
            rest=None,
            days_in_row=None,
            nights_in_row=None,
            weekends_off=None,
            notice_until=0,
            cents_per_hour=0,
            vendor=None,
            wishes=wishes,
            absences=(),
        )
        for worker in workers
    )


def task(
    number: int, crew: tuple[Line, ...], after: tuple[Link, ...], start: int | None = None
) -> Task:
    """One sitting of its crew, at any time or at a given one."""
    return Task(
        id=str(number),
        name=str(number),
        project=0,
        wave=None,
        department=None,
        site=None,
        zone=0,
        crew=crew,
        splittable=False,
        after=after,
        earliest=0,
        due=None,
        deadline=None,
        priority=3,
        change=False,
        same_people_as=None,
        different_people_from=None,
        pin_start=start,
        pin_people=(),
        finished=None,
    )


def _crew(activity: Activity, position: dict[str, int]) -> tuple[Line, ...]:
    needs = activity.needs or (Need(_alone(activity), 1, 1),)
    for need in needs:
        if not 1 <= need.level <= 5:
            message = f"Activity {activity.number} needs level {need.level}; 1 to 5 can be read."
            raise BadInstance(message)
    return tuple(
        Line(position[need.skill], need.level, need.people, activity.duration) for need in needs
    )


def _alone(activity: Activity) -> str:
    return f"alone on {activity.number}"


def _anyone(_: int) -> int:
    return 0


def _worked_before(ordered: list[Activity]) -> dict[int, tuple[int, ...]]:
    """Predecessors with a duration of each activity, found through those that have none."""
    lasting = {activity.number: activity.duration > 0 for activity in ordered}
    found: dict[int, tuple[int, ...]] = {}
    for activity in ordered:
        found[activity.number] = tuple(
            dict.fromkeys(
                earlier
                for number in activity.after
                for earlier in ((number,) if lasting[number] else found[number])
            )
        )
    return found

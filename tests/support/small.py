"""Small rollouts for tests: documents of a few entries, and plans booked by hand.

One slot is one hour. Slot 0 is 00:00 of Monday 2027-01-11, so `at(1, 8)` is Tuesday 08:00. The
office works Monday to Friday, 08:00-12:00 and 13:00-17:00: 8 hours with one hour of lunch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from allocator.formats.document import problem_from_tree
from allocator.plan import Group, Plan, Seat, Session, Shift, TaskBooking
from allocator.problem import Problem, Published
from allocator.rules import RULES

Tree = dict[str, Any]

DAY = 24
"""Slots from one midnight to the next."""

OFFICE_DAY = 8
"""On-duty hours of an office day."""

HOURS = ["08:00-12:00", "13:00-17:00"]
OFFICE: Tree = {
    "id": "office",
    "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
}
LJ: Tree = {"id": "lj", "name": "Ljubljana", "calendar": "office"}
MB: Tree = {"id": "mb", "name": "Maribor", "calendar": "office"}
W1: Tree = {"id": "w1", "project": "erp", "departments": ["finance"], "go_live": "2027-01-25"}


def at(day: int, hour: int) -> int:
    """The slot of an hour on a day; day 0 is the first Monday."""
    return DAY * day + hour


def person(name: str, **more: Any) -> Tree:
    """Someone at Ljubljana who can do and teach everything at level 3 for 60 an hour."""
    return {
        "id": name,
        "name": name.title(),
        "skills": [{"skill": "sap", "level": 3}, {"skill": "teach", "level": 3}],
        "languages": ["sl"],
        "calendar": "office",
        "site": "lj",
        "cost_per_hour": 60,
    } | more


def task(name: str, hours: int = 2, people: int = 1, **more: Any) -> Tree:
    """A task of one line: some people with the skill at level 3 for some hours each."""
    line = {"skill": "sap", "level": 3, "people": people, "hours": hours}
    return {"id": name, "project": "erp", "crew": [line]} | more


def course(name: str = "c-basic", hours: int = 2, **more: Any) -> Tree:
    """A course in a room for 2 to 12 heads with one trainer."""
    return {
        "id": name,
        "project": "erp",
        "hours": hours,
        "trainers": [{"skill": "teach", "level": 3, "people": 1}],
        "class_size": {"min": 2, "max": 12},
        "room": {},
    } | more


def audience(name: str = "clerks", **more: Any) -> Tree:
    """Twenty clerks of finance who take the basic course."""
    return (
        {
            "id": name,
            "department": "finance",
            "language": "sl",
            "calendar": "office",
            "courses": ["c-basic"],
        }
        | ({} if "members" in more else {"headcount": 20})
        | more
    )


def department(name: str = "finance", **more: Any) -> Tree:
    return {"id": name, "site": "lj", "headcount": 20} | more


def room(name: str = "r1", **more: Any) -> Tree:
    return {"id": name, "site": "lj", "seats": 12} | more


def support(**more: Any) -> Tree:
    """One supporter for ten of the department's users on the first two working days."""
    return {
        "id": "s-w1",
        "wave": "w1",
        "skill": "sap",
        "level": 3,
        "hours": "08:00-16:00",
        "curve": [{"days": "1-2", "users_per_supporter": 10}],
    } | more


def rollout(**parts: Any) -> Tree:
    """The smallest rollout that is of use: four weeks, Ana and Bor, one room; parts replace it."""
    return {
        "schema": "rollout/1",
        "name": "Test",
        "timezone": "Europe/Ljubljana",
        "currency": "EUR",
        "start": "2027-01-11",
        "end": "2027-02-07",
        "slot_minutes": 60,
        "calendars": [OFFICE],
        "skills": [{"id": "sap", "name": "SAP"}, {"id": "teach", "name": "Teaching"}],
        "sites": [LJ],
        "departments": [department()],
        "people": [person("ana"), person("bor")],
        "rooms": [room()],
        "projects": [{"id": "erp", "name": "ERP", "priority": 3}],
    } | parts


def problem_of(**parts: Any) -> Problem:
    """The problem of a small rollout."""
    return problem_from_tree(rollout(**parts))


def class_problem(**parts: Any) -> Problem:
    """A small rollout with one course for one audience."""
    return problem_of(**({"courses": [course()], "audiences": [audience()]} | parts))


def published(problem: Problem, plan: Plan, frozen_until: int = 0) -> Problem:
    """The same rollout after a plan was published."""
    return replace(problem, published=Published(plan, frozen_until))


class HasId(Protocol):
    @property
    def id(self) -> str: ...


def index(items: Sequence[HasId], name: str) -> int:
    """Where something with an id stands in the problem."""
    return [item.id for item in items].index(name)


def booked(problem: Problem, name: str, *seats: tuple[str, int, int]) -> TaskBooking:
    """A task with (person, start, end) in the order of its lines' seats."""
    number = index(problem.tasks, name)
    lines = [
        line for line, asked in enumerate(problem.tasks[number].crew) for _ in range(asked.people)
    ]
    crew = tuple(
        Seat(line, index(problem.people, who), start, end)
        for line, (who, start, end) in zip(lines, seats, strict=True)
    )
    return TaskBooking(
        number, min(seat.start for seat in crew), max(seat.end for seat in crew), crew
    )


def group(problem: Problem, name: str, heads: int | Sequence[str]) -> Group:
    """Some heads of an audience, by number or by name."""
    number = index(problem.audiences, name)
    if isinstance(heads, int):
        return Group(number, heads)
    return Group(number, len(heads), tuple(index(problem.people, who) for who in heads))


def held(
    problem: Problem,
    start: int,
    groups: Mapping[str, int | Sequence[str]],
    *,
    name: str = "c-basic",
    trainers: Sequence[str] = ("ana",),
    where: str | None = "r1",
) -> Session:
    """A session of a course from a start for the course's hours."""
    number = index(problem.courses, name)
    return Session(
        number,
        None if where is None else index(problem.rooms, where),
        start,
        start + problem.courses[number].length,
        tuple(index(problem.people, who) for who in trainers),
        tuple(group(problem, who, heads) for who, heads in groups.items()),
    )


def stood(
    problem: Problem, day: int, *people: str, start: int = 8, end: int = 16, where: str = "finance"
) -> Shift:
    """People on the support shift of a day."""
    return Shift(
        0,
        index(problem.departments, where),
        day,
        at(day, start),
        at(day, end),
        tuple(index(problem.people, who) for who in people),
    )


def plan_of(*work: TaskBooking | Session | Shift) -> Plan:
    """A plan of some work, in the order given."""
    return Plan(
        tuple(item for item in work if isinstance(item, TaskBooking)),
        tuple(item for item in work if isinstance(item, Session)),
        tuple(item for item in work if isinstance(item, Shift)),
    )


def breaches(rule: str, problem: Problem, *work: TaskBooking | Session | Shift) -> list[str]:
    """What a rule says of a plan of some work."""
    found = RULES[rule].violations(problem, plan_of(*work))
    assert {violation.rule for violation in found} <= {rule}
    return [violation.message for violation in found]

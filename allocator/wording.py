"""How messages name people, work, moments and amounts: ids always, names where they help."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from allocator.plan import Booked, Plan
from allocator.problem import Problem


class Named(Protocol):
    """Anything of the document that has an id and a name."""

    @property
    def id(self) -> str:
        """What cross-references use."""
        ...

    @property
    def name(self) -> str:
        """What people say."""
        ...


def named(item: Named) -> str:
    """`Ana Novak (ana)`, or the id alone where there is no other name."""
    return item.id if item.name in ("", item.id) else f"{item.name} ({item.id})"


def work_id(problem: Problem, plan: Plan, kind: Booked, index: int) -> str:
    """The id of the task, course or support that a position of plan or history is about."""
    if kind == "worked":
        return problem.tasks[problem.history.worked[index].task].id
    if kind == "held":
        return problem.courses[problem.history.held[index].course].id
    if kind == "task":
        return problem.tasks[plan.tasks[index].task].id
    if kind == "session":
        return problem.courses[plan.sessions[index].course].id
    return problem.supports[plan.shifts[index].support].id


def work_zone(problem: Problem, plan: Plan, kind: Booked, index: int) -> int:
    """The zone in which the moments of a position of plan or history are written."""
    if kind in ("task", "worked"):
        works = plan.tasks if kind == "task" else problem.history.worked
        return problem.tasks[works[index].task].zone
    if kind in ("session", "held"):
        sessions = plan.sessions if kind == "session" else problem.history.held
        room = sessions[index].room
        return 0 if room is None else problem.rooms[room].zone
    return problem.departments[plan.shifts[index].department].zone


def since(problem: Problem, plan: Plan, kind: Booked, index: int, start: int) -> str:
    """`t-config from 2027-01-20T08:00`."""
    moment = problem.axis.moment(start, work_zone(problem, plan, kind, index))
    return f"{work_id(problem, plan, kind, index)} from {moment}"


def until(problem: Problem, plan: Plan, kind: Booked, index: int, end: int) -> str:
    """`t-config until 2027-01-20T16:30`."""
    moment = problem.axis.moment(end, work_zone(problem, plan, kind, index))
    return f"{work_id(problem, plan, kind, index)} until {moment}"


def span(problem: Problem, start: int, end: int, zone: int) -> str:
    """`2027-01-20T08:00 to 2027-01-20T16:30`."""
    return f"{problem.axis.moment(start, zone)} to {problem.axis.moment(end, zone)}"


def hours(problem: Problem, slots: int) -> str:
    """`7.5 h`."""
    return f"{float(problem.axis.hours(slots)):g} h"


def lag(problem: Problem, slots: int) -> str:
    """` plus 22 h`, ` less 8 h` for a lead, or nothing."""
    if slots == 0:
        return ""
    return f" {'plus' if slots > 0 else 'less'} {hours(problem, abs(slots))}"


def working_days(number: int) -> str:
    """`2 working days`."""
    return f"{number or 'no'} working day{'' if number < 2 else 's'}"


def money(problem: Problem, cents: Fraction | int) -> str:
    """`1250.00 EUR`."""
    return f"{float(cents) / 100:.2f} {problem.currency}"


def day(problem: Problem, number: int) -> str:
    """A day number as its date."""
    return problem.axis.date(number).isoformat()

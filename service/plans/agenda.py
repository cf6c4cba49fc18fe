"""A plan document as an agenda: what each person, room, project or day has, in order of time.

Works from the plan alone, which carries ids and moments; a rollout adds names and projects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pydantic import ValidationError

from allocator.errors import InvalidDocument
from allocator.formats.faults import first_faults
from allocator.formats.models.plan import PlanDocument, SessionEntry, ShiftEntry, TaskBookingEntry
from allocator.formats.text.lines import locate
from allocator.formats.text.tree import read_tree
from allocator.problem import Problem
from allocator.wording import Named
from service.plans.work_days import WorkDays, dates_between

By = Literal["person", "project", "room", "day"]

VIRTUAL = "virtual"
"""The room of classes that need none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an agenda: from when to when, which work, and what there is to know of it."""

    start: str
    end: str
    kind: Literal["task", "class", "support"]
    id: str
    detail: str
    groups: tuple[str, ...]
    """Under whom or what it is listed."""


@dataclass(frozen=True)
class Names:
    """Names and projects by id, as far as a rollout tells them."""

    names: dict[str, str] = field(default_factory=dict)
    projects: dict[tuple[str, str], str] = field(default_factory=dict)
    """(kind, id) of work -> project."""
    work: WorkDays | None = None
    """On which dates people work; without it they count as working on every date."""

    def of(self, id_: str) -> str:
        """`Ana Novak (ana)`, or the id alone."""
        name = self.names.get(id_, id_)
        return id_ if name in ("", id_) else f"{name} ({id_})"


def read_plan_document(content: bytes) -> PlanDocument:
    """A plan document by itself; raises InvalidDocument with all faults of its shape."""
    tree = read_tree(content)
    try:
        return PlanDocument.model_validate(tree)
    except ValidationError as error:
        found, more = first_faults(error, PlanDocument, tree)
        faults = tuple(fault for _, fault in found)
        raise InvalidDocument(locate(content, faults), more) from None


def names_of(problem: Problem, tree: object = None) -> Names:
    """What a rollout adds to the ids of its plans; its document adds the dates of work."""
    lists: list[Iterable[Named]] = [
        problem.tasks,
        problem.courses,
        problem.supports,
        problem.people,
        problem.rooms,
        problem.projects,
        problem.audiences,
        problem.departments,
    ]
    names: dict[str, str] = {}
    for items in lists:
        for item in items:
            names.setdefault(item.id, item.name)
    projects = {("task", task.id): problem.projects[task.project].id for task in problem.tasks}
    for course in problem.courses:
        projects["class", course.id] = problem.projects[course.project].id
    for support in problem.supports:
        projects["support", support.id] = problem.projects[support.project].id
    return Names(names, projects, WorkDays(tree) if isinstance(tree, dict) else None)


def agenda(plan: PlanDocument, by: By, names: Names) -> dict[str, list[Entry]]:
    """Groups in order of their ids, each with its entries in order of time."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in _entries(plan, by, names):
        for group in entry.groups:
            found[group].append(entry)
    order = {
        group: sorted(entries, key=lambda it: (it.start, it.end))
        for group, entries in found.items()
    }
    return dict(sorted(order.items()))


def _entries(plan: PlanDocument, by: By, names: Names) -> Iterator[Entry]:
    for task in plan.tasks:
        yield from _task(task, by, names)
    for session in plan.sessions:
        yield from _session(session, by, names)
    for shift in plan.support:
        yield _shift(shift, by, names)


def _task(task: TaskBookingEntry, by: By, names: Names) -> Iterator[Entry]:
    if by == "person":
        for seat in task.crew:
            hours = "" if seat.hours is None else f"{float(seat.hours):g} h"
            span = (seat.start.text, seat.end.text)
            yield Entry(*span, "task", task.task, hours, (seat.person,))
    elif by != "room":
        crew = ", ".join(names.of(seat.person) for seat in task.crew)
        span = (task.start.text, task.end.text)
        groups: tuple[str, ...] = (_group(by, "task", task.task, task.start.text, names),)
        if by == "day":
            people = [seat.person for seat in task.crew]
            every = tuple(str(day) for day in dates_between(*span))
            groups = every if names.work is None else names.work.of(people, *span)
        yield Entry(*span, "task", task.task, crew, groups)


def _session(session: SessionEntry, by: By, names: Names) -> Iterator[Entry]:
    span = (session.start.text, session.end.text)
    heads = ", ".join(
        f"{len(group.members) if group.heads is None else group.heads} of "
        f"{names.of(group.audience)}"
        for group in session.groups
    )
    room = names.of(session.room or VIRTUAL)
    trainers = ", ".join(names.of(person) for person in session.trainers)
    if by == "person":
        teaching = f"teaches {heads}, {room}"
        yield Entry(*span, "class", session.course, teaching, tuple(session.trainers))
        learners = tuple(person for group in session.groups for person in group.members)
        yield Entry(*span, "class", session.course, f"attends, {room}", learners)
    else:
        if by == "room":
            detail, group = f"{trainers}; {heads}", session.room or VIRTUAL
        else:
            detail = f"{trainers}; {heads}; {room}"
            group = _group(by, "class", session.course, session.start.text, names)
        yield Entry(*span, "class", session.course, detail, (group,))


def _shift(shift: ShiftEntry, by: By, names: Names) -> Entry:
    span = (shift.start.text, shift.end.text)
    department = names.of(shift.department)
    if by == "person":
        return Entry(*span, "support", shift.support, department, tuple(shift.people))
    people = ", ".join(names.of(person) for person in shift.people)
    groups = () if by == "room" else (_group(by, "support", shift.support, span[0], names),)
    return Entry(*span, "support", shift.support, f"{department}: {people}", groups)


def _group(by: By, kind: str, id_: str, start: str, names: Names) -> str:
    return names.projects.get((kind, id_), "") if by == "project" else start[:10]

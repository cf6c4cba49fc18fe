"""Reads the bookings of a plan document: ids to positions, local moments to slots."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from allocator.formats.clock import Clock
from allocator.formats.faults import Faults
from allocator.formats.models.fields import Moment
from allocator.formats.models.plan import (
    GroupEntry,
    PlanDocument,
    SessionEntry,
    ShiftEntry,
    TaskBookingEntry,
    WorkedEntry,
)
from allocator.plan import Group, Plan, Seat, Session, Shift, TaskBooking
from allocator.problem import History, Problem, Worked

GONE = -1
"""Position of something that a published plan names and the document no longer has."""


def read_bookings(
    document: PlanDocument,
    problem: Problem,
    faults: Faults,
    path: str = "",
    published: bool = False,
) -> Plan:
    """The bookings of a plan document; `path` is where the document stands in a larger one.

    In a published plan, what the rollout no longer has is GONE. Anywhere else it is a fault.
    """
    reader = _Reader(problem, faults, published)
    prefix = f"{path}." if path else ""
    _check_once(document, prefix, faults)
    return Plan(
        tasks=tuple(
            reader.task(f"{prefix}tasks[{index}]", entry)
            for index, entry in enumerate(document.tasks)
        ),
        sessions=tuple(
            reader.session(f"{prefix}sessions[{index}]", entry)
            for index, entry in enumerate(document.sessions)
        ),
        shifts=tuple(
            reader.shift(f"{prefix}support[{index}]", entry)
            for index, entry in enumerate(document.support)
        ),
    )


def read_history(document: PlanDocument, problem: Problem, faults: Faults, path: str) -> History:
    """What had happened when a published plan was made, without what the rollout no longer has."""
    if document.history is None:
        return History()
    reader = _Reader(problem, faults, published=True)
    worked = (
        reader.worked(f"{path}.history.tasks[{index}]", entry)
        for index, entry in enumerate(document.history.tasks)
    )
    return History(
        worked=tuple(it for it in worked if GONE not in (it.task, it.person)),
        held=tuple(
            reader.session(f"{path}.history.sessions[{index}]", entry)
            for index, entry in enumerate(document.history.sessions)
        ),
    )


def _check_once(document: PlanDocument, prefix: str, faults: Faults) -> None:
    """Reports tasks and shifts that are planned twice."""
    tasks: set[str] = set()
    for index, task in enumerate(document.tasks):
        if task.task in tasks:
            message = f'The task "{task.task}" is planned twice.'
            faults.add(f"{prefix}tasks[{index}].task", "duplicate_id", message)
        tasks.add(task.task)
    shifts = set()
    for index, shift in enumerate(document.support):
        key = (shift.support, shift.department, shift.day)
        if key in shifts:
            message = f'"{shift.support}" in "{shift.department}" on {shift.day} is planned twice.'
            faults.add(f"{prefix}support[{index}]", "duplicate_id", message)
        shifts.add(key)


@dataclass(frozen=True)
class _Reader:
    problem: Problem
    faults: Faults
    published: bool

    @cached_property
    def clock(self) -> Clock:
        return Clock(self.problem.axis, self.faults)

    @cached_property
    def known(self) -> dict[str, dict[str, int]]:
        problem = self.problem
        return {
            "task": _positions(task.id for task in problem.tasks),
            "person": _positions(person.id for person in problem.people),
            "course": _positions(course.id for course in problem.courses),
            "room": _positions(room.id for room in problem.rooms),
            "audience": _positions(audience.id for audience in problem.audiences),
            "support": _positions(support.id for support in problem.supports),
            "department": _positions(department.id for department in problem.departments),
        }

    def task(self, path: str, entry: TaskBookingEntry) -> TaskBooking:
        task = self._index("task", entry.task, f"{path}.task")
        zone = self.problem.tasks[task].zone if task != GONE else None
        lines = len(self.problem.tasks[task].crew) if task != GONE else 0
        seats = []
        for index, seat in enumerate(entry.crew):
            place = f"{path}.crew[{index}]"
            person = self._index("person", seat.person, f"{place}.person")
            start, end = self._span(seat.start, seat.end, zone, place)
            number = seat.seat if seat.seat < lines else GONE
            if number == GONE and task != GONE and not self.published:
                message = f'The task "{entry.task}" has no line {seat.seat} in its crew.'
                self.faults.add(f"{place}.seat", "unknown_seat", message)
            seats.append(Seat(number, person, start, end))
        start, end = self._span(entry.start, entry.end, zone, path)
        return TaskBooking(task, start, end, tuple(seats))

    def worked(self, path: str, entry: WorkedEntry) -> Worked:
        task = self._index("task", entry.task, f"{path}.task")
        person = self._index("person", entry.person, f"{path}.person")
        zone = None if task == GONE else self.problem.tasks[task].zone
        start = self._place(entry.start, zone, f"{path}.start")
        end = self._place(entry.end, zone, f"{path}.end")
        slots = self.clock.hours(entry.hours, f"{path}.hours")
        return Worked(task, entry.seat, person, start, end, slots)

    def session(self, path: str, entry: SessionEntry) -> Session:
        course = self._index("course", entry.course, f"{path}.course")
        room, zone = None, 0 if course != GONE else None
        if entry.room is not None:
            room = self._index("room", entry.room, f"{path}.room")
            zone = self.problem.rooms[room].zone if GONE not in (room, course) else None
        start, end = self._span(entry.start, entry.end, zone, path)
        return Session(
            course=course,
            room=room,
            start=start,
            end=end,
            trainers=self._people(entry.trainers, f"{path}.trainers"),
            groups=tuple(
                self._group(f"{path}.groups[{index}]", group)
                for index, group in enumerate(entry.groups)
            ),
        )

    def _group(self, path: str, entry: GroupEntry) -> Group:
        heads = len(entry.members) if entry.heads is None else entry.heads
        if heads == 0:
            self.faults.add(path, "missing_field", "The group has neither heads nor members.")
        elif entry.members and heads != len(entry.members):
            message = f"The group has {heads} heads and {len(entry.members)} named members."
            self.faults.add(f"{path}.heads", "headcount_mismatch", message)
        audience = self._index("audience", entry.audience, f"{path}.audience")
        return Group(audience, heads, self._people(entry.members, f"{path}.members"))

    def shift(self, path: str, entry: ShiftEntry) -> Shift:
        support = self._index("support", entry.support, f"{path}.support")
        department = self._index("department", entry.department, f"{path}.department")
        zone = None if department == GONE else self.problem.departments[department].zone
        start, end = self._span(entry.start, entry.end, zone, path)
        return Shift(
            support=support,
            department=department,
            day=self.problem.axis.day_number(entry.day),
            start=start,
            end=end,
            people=self._people(entry.people, f"{path}.people"),
        )

    def _people(self, ids: Sequence[str], path: str) -> tuple[int, ...]:
        return tuple(
            self._index("person", id_, f"{path}[{index}]") for index, id_ in enumerate(ids)
        )

    def _index(self, kind: str, id_: str, path: str) -> int:
        index = self.known[kind].get(id_, GONE)
        if index == GONE and not self.published:
            self.faults.unknown(path, kind, id_, self.known[kind])
        return index

    def _place(self, moment: Moment, zone: int | None, path: str) -> int:
        """A moment as a slot; a zone of None is that of something that is gone."""
        if zone is None:
            # Its zone went with it: the rollout's has to do, and nothing is held against it.
            return math.floor(self.problem.axis.exact_slot(moment.local, 0))
        return self.clock.slot(moment, zone, path)

    def _span(self, first: Moment, last: Moment, zone: int | None, path: str) -> tuple[int, int]:
        """Start and end as slots; a zone of None is that of something that is gone."""
        before = len(self.faults.found)
        start = self._place(first, zone, f"{path}.start")
        end = self._place(last, zone, f"{path}.end")
        if zone is not None and end <= start and len(self.faults.found) == before:
            message = f"It ends at {last.text}, not after its start at {first.text}."
            self.faults.add(f"{path}.end", "end_before_start", message)
        return start, end


def _positions(ids: Iterable[str]) -> dict[str, int]:
    return {id_: index for index, id_ in enumerate(ids)}

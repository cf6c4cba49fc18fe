"""Lists: a plan as the order of its tasks and who takes each seat, in arrays of whole numbers.

A list is read from the front: each task begins as soon as what it comes after has ended and its
people are free of the tasks before it. So an order and a crew for each task are a plan, and some
list is the soonest plan there is (serial schedule generation: Kolisch, 1996).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from allocator.plan import Plan, Seat, TaskBooking
from allocator.timeline import BoolArray, IntArray
from solver.candidates.candidates import Candidates
from solver.candidates.ties import paired_with
from solver.relaxation.shapes import Shapes


class Lists(NamedTuple):
    """What any list needs to know. Times are positions on the grid, rows are those of `tasks`.

    The seats of row r are `first_seat[r]` to `first_seat[r + 1]`, and so on.
    """

    tasks: IntArray
    """Row -> the task."""
    lines: IntArray
    """Seat -> its crew line."""
    first_seat: IntArray
    work: IntArray
    """Seat -> how long somebody is booked."""
    length: IntArray
    """Row -> its longest seat."""
    release: IntArray
    """Row -> where it may begin."""
    first_able: IntArray
    able: IntArray
    """Who could take each seat."""
    can: BoolArray
    """The same as a table, seats x people."""
    first_before: IntArray
    before: IntArray
    """What each row comes after."""
    first_after: IntArray
    after: IntArray
    """What comes after each row."""


class Listed(NamedTuple):
    """One list: rows in their order, and who takes each seat."""

    order: IntArray
    who: IntArray


def lists_of(shapes: Shapes) -> Lists | None:
    """The lists of a problem's tasks; None where they would leave out a rule.

    All who could take a seat must be able to begin anywhere on the grid from some position on, and
    take equally long. So everybody has the same working time there, and no task has a deadline.
    """
    candidates = shapes.candidates
    tasks = [task for task in candidates.task_order if task in candidates.plannable]
    if not tasks or _bound(candidates):
        return None
    spans: _Spans = {}
    found = [_seats_of(shapes, task, spans) for task in tasks]
    if any(seats is None for seats in found):
        return None
    by_row = [seats for seats in found if seats is not None]
    seats = [seat for own in by_row for seat in own]
    row_of = {task: row for row, task in enumerate(tasks)}
    links = [
        [row_of[link.task] for link in candidates.problem.tasks[task].after if link.task in row_of]
        for task in tasks
    ]
    after: list[list[int]] = [[] for _ in tasks]
    for row, earlier in enumerate(links):
        for each in earlier:
            after[each].append(row)
    can = np.zeros((len(seats), len(candidates.problem.people)), dtype=np.bool_)
    for number, seat in enumerate(seats):
        can[number, list(seat.people)] = True
    first_able, able = _rows([seat.people for seat in seats])
    first_before, before = _rows(links)
    first_after, later = _rows(after)
    return Lists(
        tasks=_array(tasks),
        lines=_array([seat.line for seat in seats]),
        first_seat=_array([0, *accumulate(len(own) for own in by_row)]),
        work=_array([seat.work for seat in seats]),
        length=_array([max(seat.work for seat in own) for own in by_row]),
        release=_array([max(seat.release for seat in own) for own in by_row]),
        first_able=first_able,
        able=able,
        can=can,
        first_before=first_before,
        before=before,
        first_after=first_after,
        after=later,
    )


def listed(lists: Lists, plan: Plan) -> Listed | None:
    """The list of a plan, by its starts; None if it leaves one of the tasks open."""
    bookings = {booking.task: booking for booking in plan.tasks}
    if any(int(task) not in bookings for task in lists.tasks):
        return None
    rows = sorted(
        range(len(lists.tasks)), key=lambda row: (bookings[int(lists.tasks[row])].start, row)
    )
    who = []
    for task in lists.tasks:
        crew = sorted(bookings[int(task)].crew, key=lambda seat: (seat.seat, seat.person))
        who += [seat.person for seat in crew]
    return Listed(_array(rows), _array(who))


def plan_of_list(shapes: Shapes, lists: Lists, chosen: Listed, plan: Plan) -> Plan:
    """A plan with its tasks as a list has them."""
    grid, free, ends = shapes.grid, dict[int, int](), dict[int, int]()
    bookings = []
    for row in chosen.order.tolist():
        seats = range(lists.first_seat[row], lists.first_seat[row + 1])
        begin = int(lists.release[row])
        earlier = lists.before[lists.first_before[row] : lists.first_before[row + 1]].tolist()
        begin = max([begin, *(ends[each] for each in earlier)])
        begin = max([begin, *(free.get(int(chosen.who[seat]), 0) for seat in seats)])
        start, crew = grid.start_slot(begin), []
        for seat in seats:
            person, done = int(chosen.who[seat]), begin + int(lists.work[seat])
            free[person] = done
            crew.append(Seat(int(lists.lines[seat]), person, start, grid.end_slot(done)))
        ends[row] = begin + int(lists.length[row])
        crew.sort(key=lambda seat: (seat.seat, seat.person))
        bookings.append(
            TaskBooking(int(lists.tasks[row]), start, grid.end_slot(ends[row]), tuple(crew))
        )
    return Plan(tuple(sorted(bookings, key=lambda b: b.task)), plan.sessions, plan.shifts)


class _Span(NamedTuple):
    release: int
    length: int


_Spans: TypeAlias = dict[tuple[int, int, int, bool], _Span | None]
"""By starts, working time, work and whether it may pause."""


class _SeatOf(NamedTuple):
    line: int
    work: int
    release: int
    people: tuple[int, ...]


def _bound(candidates: Candidates) -> bool:
    """Whether rules tie tasks otherwise than by order, skills and one booking at a time."""
    problem = candidates.problem
    return (
        problem.published is not None
        or bool(candidates.needs() or problem.shifts)
        or any(any(row) for row in problem.travel)
        or any(project.budget is not None for project in problem.projects)
        or any(
            person.vendor is not None
            or person.hours_per_day is not None
            or person.hours_per_week is not None
            or person.hours_per_7_days is not None
            or candidates.spells(index) is not None
            or candidates.caps(index)
            for index, person in enumerate(problem.people)
        )
        or any(
            bool(paired_with(task))
            or task.pin_people
            or any(link.type != "FS" or link.lag for link in task.after)
            for task in problem.tasks
        )
    )


def _seats_of(shapes: Shapes, task: int, known: _Spans) -> list[_SeatOf] | None:
    """The seats of a task; None where somebody could not begin or end as the others could."""
    candidates, found = shapes.candidates, list[_SeatOf]()
    splittable = candidates.problem.tasks[task].splittable
    for line, need in enumerate(candidates.problem.tasks[task].crew):
        people = candidates.seat_people(task, line)
        if len(people) < need.people:
            return None
        spans = set()
        for person in people:
            working = candidates.problem.people[person].working
            starts = candidates.seat_starts(task, line, person)
            key = (starts, id(working), need.work, splittable)
            if key not in known:
                known[key] = _span(shapes, task, line, person)
            spans.add(known[key])
        span = spans.pop()
        if spans or span is None:
            return None
        found += [_SeatOf(line, span.length, span.release, people)] * need.people
    return found


def _span(shapes: Shapes, task: int, line: int, person: int) -> _Span | None:
    """From when on and for how long somebody could be booked, if that is all there is to it."""
    shape = shapes.seat(task, line, person)
    first, last, length = int(shape.starts[0]), int(shape.starts[-1]), int(shape.lengths[0])
    unbroken = shape.uniform and len(shape.starts) == last - first + 1
    return _Span(first, length) if unbroken and last + length == len(shapes.grid) else None


def _rows(lists: Sequence[Collection[int]]) -> tuple[IntArray, IntArray]:
    """Lists of numbers one after the other, and where each begins."""
    return (
        _array([0, *accumulate(len(each) for each in lists)]),
        _array([number for each in lists for number in each]),
    )


def _array(numbers: Sequence[int]) -> IntArray:
    found: NDArray[np.int32] = np.array(numbers, dtype=np.int32)
    return found

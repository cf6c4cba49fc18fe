"""What the model decides: the variables of tasks, classes and shifts, and literals about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from allocator.plan import Plan, Session, TaskBooking
from allocator.problem import Link, Problem
from allocator.timeline import NEVER, IntArray
from allocator.views.bookings import Booking, past_bookings, person_bookings
from solver.candidates.candidates import Candidates
from solver.model.grid import Grid
from solver.model.part import Part
from solver.settings import Stop
from solver.stopping import GrowingModel, never, until

Literal: TypeAlias = cp_model.BoolVarT
"""A 0-1 variable or its negation."""

Expression: TypeAlias = cp_model.LinearExpr | int
"""A linear expression of the model, or a plain number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Starts from which a person's booking takes the same `length` on the grid."""

    length: int
    chosen: Literal
    starts: IntArray


@dataclass(frozen=True, slots=True)
class SeatVar:
    """A person who may take a seat of a crew line."""

    line: int
    person: int
    taken: Literal
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TaskVar:
    """A free task; start and end are grid positions and mean nothing where it is left open."""

    task: int
    present: Literal
    start: cp_model.IntVar
    end: cp_model.IntVar
    seats: tuple[SeatVar, ...]


@dataclass(frozen=True, slots=True)
class ClassVar:
    """A class that may be held: one course at one time, in one room or (None) virtually."""

    course: int
    site: int
    room: int | None
    start: int
    end: int
    held: Literal
    heads: Mapping[int, cp_model.IntVar]
    """By audience."""
    members: Mapping[tuple[int, int], cp_model.IntVar]
    """By (audience, person): who attends by name."""
    trainers: Mapping[tuple[int, int], Literal]
    """By (line, person)."""
    frozen: Session | None = None
    """The published session that stays at this time and place."""


@dataclass(frozen=True, slots=True)
class Item:
    """One booking that a person may get: a literal, when, where and on what."""

    literal: Literal
    start: int
    end: int
    site: int | None
    kind: str
    project: int
    clock: int
    """Slots on the clock, paid for; 0 for a class attended by name."""
    trainer: bool


@dataclass(eq=False)
class Model:
    """A CP-SAT model of a part of a problem, with everything else of a plan held."""

    problem: Problem
    candidates: Candidates
    part: Part
    held: Plan
    grid: Grid
    relaxed: bool = False
    """Only the part's own work counts as open; see `compile_part`."""
    stop: Stop = never
    """Building looks at it; see `stopping`."""
    most: float = inf
    """Literals and linear constraints that the model may have."""
    cp: cp_model.CpModel = field(init=False)
    tasks: dict[int, TaskVar] = field(default_factory=dict)
    classes: list[ClassVar] = field(default_factory=list)
    shifts: dict[int, dict[int, Literal]] = field(default_factory=dict)
    _clocks: dict[tuple[int, ...], Expression] = field(default_factory=dict)
    _order: dict[tuple[int, int], Literal] = field(default_factory=dict)
    _held_bookings: dict[int, list[Booking]] | None = None
    _items: dict[int, list[Item]] | None = None
    passed: dict[tuple[int, int, int], Literal | None] = field(default_factory=dict)
    """Literals that bookings end by now; see `passed`."""
    _seats: dict[int, list[tuple[TaskVar, SeatVar]]] | None = None

    def __post_init__(self) -> None:
        self.cp = GrowingModel(self.stop, self.most)

    # What is held -----------------------------------------------------------------------------

    def held_bookings(self, person: int) -> list[Booking]:
        """The bookings a person keeps, in order of time."""
        if self._held_bookings is None:
            self._held_bookings = person_bookings(self.problem, self.held)
        return self._held_bookings.get(person, [])

    def history(self, person: int) -> list[Booking]:
        """What a person has done before any plan, in order of time."""
        return self._past.get(person, [])

    @cached_property
    def _past(self) -> dict[int, list[Booking]]:
        return past_bookings(self.problem)

    @cached_property
    def _held_tasks(self) -> dict[int, TaskBooking]:
        return {booking.task: booking for booking in self.held.tasks}

    @cached_property
    def _followers(self) -> dict[int, list[tuple[int, Link]]]:
        found: defaultdict[int, list[tuple[int, Link]]] = defaultdict(list)
        for index, task in enumerate(self.problem.tasks):
            for link in task.after:
                found[link.task].append((index, link))
        return dict(found)

    def held_start(self, task: int) -> int | None:
        """Start of a task that is held or finished; None if it is free or left open."""
        done = self.problem.tasks[task].finished
        if done is not None:
            return done
        booking = self._held_tasks.get(task)
        return None if booking is None else booking.start

    def held_end(self, task: int) -> int | None:
        """End of a task that is held or finished; None if it is free or left open."""
        done = self.problem.tasks[task].finished
        if done is not None:
            return done
        booking = self._held_tasks.get(task)
        return None if booking is None else booking.end

    def window(self, task: int) -> tuple[int, int]:
        """First start and last end of a free task between the held work before and after it."""
        opens, closes = 0, self.problem.horizon
        for link in self.problem.tasks[task].after:
            end = self.held_end(link.task)
            if link.type == "FS" and end is not None and self.problem.known(link) is None:
                opens = max(opens, end + link.lag)
        for then, link in self._followers.get(task, ()):
            start = self.held_start(then)
            if link.type == "FS" and start is not None and then in self._held_tasks:
                closes = min(closes, start - link.lag)
        return opens, closes

    # What a person may get --------------------------------------------------------------------

    def items(self, person: int) -> list[Item]:
        """The classes and shifts a person may get in this model; times are fixed."""
        if self._items is None:
            found: defaultdict[int, list[Item]] = defaultdict(list)
            for who, item in self._all_items():
                found[who].append(item)
            self._items = dict(found)
        return self._items.get(person, [])

    def _all_items(self) -> Iterator[tuple[int, Item]]:
        problem = self.problem
        for group in self.classes:
            site = None if group.room is None else group.site
            project = problem.courses[group.course].project
            span, clock = (group.start, group.end), group.end - group.start
            for (_, person), literal in group.trainers.items():
                yield person, Item(literal, *span, site, "session", project, clock, True)
            for (_, person), literal in group.members.items():
                yield person, Item(literal, *span, site, "session", project, 0, False)
        for index, takers in self.shifts.items():
            need = problem.shifts[index]
            site = problem.departments[need.department].site
            project = problem.supports[need.support].project
            for person, literal in takers.items():
                clock = need.end - need.start
                yield (
                    person,
                    Item(literal, need.start, need.end, site, "shift", project, clock, False),
                )

    def seats(self) -> dict[int, list[tuple[TaskVar, SeatVar]]]:
        """By person: the seats of free tasks that the person may take."""
        if self._seats is None:
            found: defaultdict[int, list[tuple[TaskVar, SeatVar]]] = defaultdict(list)
            for task in self.tasks.values():
                for seat in task.seats:
                    found[seat.person].append((task, seat))
            self._seats = dict(found)
        return self._seats

    def seats_of(self, person: int) -> list[tuple[TaskVar, SeatVar]]:
        """The seats of free tasks that a person may take."""
        return self.seats().get(person, [])

    def people(self) -> Iterator[int]:
        """Everyone who may get something in this model, in order."""
        if self._items is None:
            self.items(-1)
        assert self._items is not None
        return until(self.stop, sorted(set(self._items) | set(self.seats())))

    def people_concerned(self) -> Iterator[int]:
        """Everyone who may get something or keeps something in this model, in order."""
        self.held_bookings(-1)
        assert self._held_bookings is not None
        everyone = {*self._held_bookings, *self.people()}
        return until(self.stop, sorted(everyone))

    # Literals ---------------------------------------------------------------------------------

    def true(self) -> Literal:
        """The literal that always holds."""
        return self.cp.new_constant(1)

    def at_least(self, variable: cp_model.IntVar, value: int) -> Literal:
        """The literal `variable >= value`."""
        key = (variable.index, value)
        if key not in self._order:
            literal = self.cp.new_bool_var("")
            self.cp.add(variable >= value).only_enforce_if(literal)
            self.cp.add(variable < value).only_enforce_if(~literal)
            self._order[key] = literal
        return self._order[key]

    def follow(
        self,
        first: cp_model.IntVar,
        table: dict[int, int],
        then: cp_model.IntVar,
        enforce: Iterable[Literal],
    ) -> None:
        """Post `then >= table[first]`, the table being monotone over the values of `first`."""
        runs: list[tuple[int, int, int]] = []
        for value in sorted(table):
            shift = table[value] - value
            if runs and runs[-1][2] == shift:
                runs[-1] = (runs[-1][0], value, shift)
            else:
                runs.append((value, value, shift))
        enforce = list(enforce)
        for number, (low, _, shift) in enumerate(runs):
            inside = [self.at_least(first, low)] if number > 0 else []
            if number + 1 < len(runs):
                inside.append(~self.at_least(first, runs[number + 1][0]))
            self.cp.add(then >= first + shift).only_enforce_if(enforce + inside)
            if number > 0:
                reached = [*enforce, self.at_least(first, low)]
                self.cp.add(then >= low + shift).only_enforce_if(reached)

    def clock(
        self, position: cp_model.IntVar, lowest: int, highest: int, *, ends: bool
    ) -> Expression:
        """The slot on the clock of a grid position between two bounds, as an expression.

        One position more is one slot more, and each break of the grid adds its length once the
        position is beyond it: clock = position + base + sum of breaks reached.
        """
        slot = self.grid.end_slot if ends else self.grid.start_slot
        total: Expression = position + (slot(lowest) - lowest)
        for value in range(lowest + 1, highest + 1):
            skipped = slot(value) - slot(value - 1) - 1
            if skipped:
                total = total + skipped * self.at_least(position, value)
        return total

    def clock_start(self, task: TaskVar) -> Expression:
        """The slot at which a free task starts."""
        if (task.task, -1) not in self._clocks:
            domain = task.start.domain
            clock = self.clock(task.start, domain.min(), domain.max(), ends=False)
            self._clocks[task.task, -1] = clock
        return self._clocks[task.task, -1]

    def clock_end(self, task: TaskVar, seat: SeatVar) -> Expression:
        """The slot at which a seat's booking ends, if it is taken."""
        lengths = {piece.length for other in task.seats for piece in other.pieces}
        key = (task.task, seat.line, seat.person) if len(lengths) > 1 else (task.task, -2)
        if key not in self._clocks:
            end = task.end if len(lengths) == 1 else self._seat_end(task, seat)
            self._clocks[key] = self.clock(end, end.domain.min(), end.domain.max(), ends=True)
        return self._clocks[key]

    def _seat_end(self, task: TaskVar, seat: SeatVar) -> cp_model.IntVar:
        positions = [int(g) + p.length for p in seat.pieces for g in (p.starts[0], p.starts[-1])]
        end = self.cp.new_int_var(min(positions), max(positions), "")
        for piece in seat.pieces:
            self.cp.add(end == task.start + piece.length).only_enforce_if(piece.chosen)
        return end

    def domain(self, values: Iterable[int]) -> cp_model.Domain:
        """The set of just these values, stretch by stretch."""
        each = np.unique(np.fromiter(values, dtype=np.int64))
        runs = np.split(each, np.flatnonzero(np.diff(each) > 1) + 1)
        return cp_model.Domain.from_intervals([[int(r[0]), int(r[-1])] for r in runs if len(r)])

    def within(
        self, variable: cp_model.IntVar, values: Iterable[int], enforce: Iterable[Literal]
    ) -> None:
        """Post `variable in values` where all of `enforce` hold."""
        self.cp.add_linear_expression_in_domain(variable, self.domain(values)).only_enforce_if(
            list(enforce)
        )


def seat_starts(model: Model, task: int, line: int, person: int) -> tuple[IntArray, IntArray]:
    """Starts and ends, as slots, of a person's booking that leave the held bookings alone."""
    ends = model.candidates.ends(task, line, person)
    starts = np.flatnonzero(ends != NEVER).astype(np.int32)
    finish = ends[starts]
    opens, closes = model.window(task)
    inside = (starts >= opens) & (finish <= closes)
    starts, finish = starts[inside], finish[inside]
    for booking in model.held_bookings(person):
        free = (finish <= booking.start) | (starts >= booking.end)
        starts, finish = starts[free], finish[free]
    return starts, finish


def free_at(model: Model, person: int, start: int, end: int) -> bool:
    """Whether no held booking of a person overlaps [start, end)."""
    return all(b.end <= start or b.start >= end for b in model.held_bookings(person))

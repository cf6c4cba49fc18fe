"""Staffing: people counted by kind in a model of times, nobody booked twice at once.

Whoever does two tasks does one of them before the other. For people who are a kind of their own
that is said by one literal for each order of two tasks, which all people share (potentially
overlapping activities: Young, Feydy and Schutt, 2017): what the search learns of an order holds for
everybody. Of a larger kind no more are booked at a moment than there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from solver.candidates.earliest import ended_before
from solver.model.model import Literal, Model, TaskVar
from solver.relaxation.interchangeable import Counts, InterchangeablePeople
from solver.relaxation.shapes import Shape, Shapes
from solver.stopping import until

Count: TypeAlias = cp_model.IntVar | int
"""People of a kind on a crew line, decided or given."""

MOST_TURNS = 150_000
"""Up to so many (person, two bookings) get literals for the order of the two."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """What is decided of people while times are sought: alike counted, order, counts that stay."""

    alike: Sequence[InterchangeablePeople]
    order: Sequence[tuple[int, int]] = ()
    """(before, then): tasks that stay one after the other."""
    kept: Mapping[int, Counts] = field(default_factory=dict)
    """By task, the counts that stay."""


@dataclass(frozen=True, slots=True)
class Use:
    """What people of a kind are booked for, from the start of a task on for so long."""

    task: int
    length: int
    people: Count
    chosen: Literal
    """Where it holds, somebody may be booked so."""


def staff(model: Model, shapes: Shapes, staffing: Staffing) -> Mapping[tuple[int, int, int], Count]:
    """People of each kind on each crew line, by (task, line, kind); no more at once than exist."""
    counts: dict[tuple[int, int, int], Count] = {}
    by_line: defaultdict[tuple[int, int], list[Count]] = defaultdict(list)
    uses: list[list[Use]] = []
    for number, kind in enumerate(until(model.stop, staffing.alike)):
        uses.append([])
        for task, line in kind.seats:
            kept = staffing.kept.get(task)
            if not model.tasks[task].seats or not (kept is None or (task, line, number) in kept):
                continue
            need = min(model.problem.tasks[task].crew[line].people, len(kind.people))
            count = kept[task, line, number] if kept else model.cp.new_int_var(0, need, "")
            counts[task, line, number] = count
            by_line[task, line].append(count)
            shape = shapes.seat(task, line, kind.people[0])
            uses[-1] += _uses_of(model, task, shape, len(kind.people), count)
    for index, variable in model.tasks.items():
        for line, seats in enumerate(model.problem.tasks[index].crew):
            if variable.seats and index not in staffing.kept:
                model.cp.add(sum(by_line[index, line]) == seats.people * variable.present)
    for before, then in staffing.order:
        first, last = model.tasks[before], model.tasks[then]
        model.cp.add(last.start >= first.end).only_enforce_if(first.present, last.present)
    _one_at_a_time(model, staffing, uses)
    return counts


def _uses_of(model: Model, task: int, shape: Shape, people: int, count: Count) -> Iterator[Use]:
    """What a count takes of its kind, for each length that a booking of theirs may have."""
    cp, variable = model.cp, model.tasks[task]
    whole = variable.seats[0].pieces
    parts: list[Count] = []
    for length in (int(value) for value in np.unique(shape.lengths)):
        starts = shape.starts[shape.lengths == length]
        part = count if shape.uniform else cp.new_int_var(0, people, "")
        parts.append(part)
        fits = len(whole) == 1 and length <= whole[0].length
        if not fits or len(starts) < len(whole[0].starts):
            some = _some(model, variable, part, people)
            model.within(variable.start, starts, [some])
            cp.add(variable.end >= variable.start + length).only_enforce_if(some)
        chosen = variable.present if people > 1 or isinstance(part, int) else part
        yield Use(task, length, part, chosen)
    if not shape.uniform:
        cp.add(sum(parts) == (count * variable.present if isinstance(count, int) else count))


def _some(model: Model, task: TaskVar, count: Count, people: int) -> Literal:
    """A literal that holds where a count is not zero."""
    if isinstance(count, int):
        return task.present
    if people == 1:
        return count
    some = model.cp.new_bool_var("")
    model.cp.add(count <= people * some)
    return some


def _one_at_a_time(model: Model, staffing: Staffing, uses: Sequence[Sequence[Use]]) -> None:
    """Nobody is booked twice at once."""
    alone = [use for kind, use in zip(staffing.alike, uses, strict=True) if len(kind.people) == 1]
    turns = sum(len(own) * (len(own) - 1) // 2 for own in alone)
    in_turn = not staffing.order and turns <= MOST_TURNS
    if in_turn:
        _take_turns(model, alone)
    for kind, own in zip(staffing.alike, uses, strict=True):
        if len(kind.people) > 1:
            people = [use.people for use in own]
            model.cp.add_cumulative(_intervals(model, own), people, len(kind.people))
        elif not in_turn:
            model.cp.add_no_overlap(_intervals(model, own))


def _intervals(model: Model, uses: Sequence[Use]) -> list[cp_model.IntervalVar]:
    return [
        model.cp.new_optional_fixed_size_interval_var(
            model.tasks[use.task].start, use.length, use.chosen, ""
        )
        for use in uses
    ]


def _take_turns(model: Model, alone: Sequence[Sequence[Use]]) -> None:
    """Of two bookings of the same person one ends before the other begins."""
    cp, before = model.cp, ended_before(model.candidates)
    ends: dict[tuple[int, int, int], Literal] = {}

    def ended(use: Use, then: Use) -> Literal:
        """A literal that makes a booking end before another task begins."""
        key = (use.task, use.length, then.task)
        if key not in ends:
            ends[key] = cp.new_bool_var("")
            start, end = model.tasks[then.task].start, model.tasks[use.task].start + use.length
            cp.add(start >= end).only_enforce_if(ends[key])
        return ends[key]

    for own in until(model.stop, alone):
        for one, other in combinations(own, 2):
            if one.task == other.task:
                cp.add_at_most_one(one.chosen, other.chosen)
            elif one.task not in before[other.task] and other.task not in before[one.task]:
                orders = (ended(one, other), ended(other, one))
                cp.add_bool_or(one.chosen.Not(), other.chosen.Not(), *orders)

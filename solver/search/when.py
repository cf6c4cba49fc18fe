"""When: start times of all tasks against the people of pools, before it is decided who comes.

A relaxation of the exact model: nobody is named, but at each moment the seats that only a pool of
people can fill are no more than its people, each for the shortest time that anyone needs there.
It is small, so that it soon gives good times and bounds. Tasks keep their windows and their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from allocator.plan import Plan, TaskBooking
from allocator.timeline import NEVER
from solver.build import pieces_of
from solver.candidates import Candidates
from solver.compile import Compiled, minimise
from solver.decode import Value
from solver.grid import Grid
from solver.linear import Linear
from solver.objectives import finish, lateness, open_work
from solver.part import Part
from solver.rules import precedence
from solver.search.bound import EMPTY, cheapest_crew
from solver.search.finish import earliest_finish
from solver.search.kinds import Counts, Kind, named
from solver.search.pools import Pool
from solver.search.spans import crew_ends
from solver.settings import Stop
from solver.stopping import never, until
from solver.variables import Model, SeatVar, TaskVar

NOBODY = -1
"""Stands in the only seat of a task while its people are not decided."""

Count: TypeAlias = cp_model.IntVar
"""People of a kind on a crew line."""


@dataclass(frozen=True, slots=True)
class Use:
    """What people of a kind are booked for while an interval lasts."""

    interval: cp_model.IntervalVar
    people: Count


MOST_POOLS = 100
"""So many of the most loaded pools are posted."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """What is decided of people while times are sought: kinds counted, order, counts that stay."""

    kinds: Sequence[Kind]
    order: Sequence[tuple[int, int]] = ()
    """(before, then): tasks that stay one after the other."""
    kept: Mapping[int, Counts] = field(default_factory=dict)
    """By task, the counts that stay."""


@dataclass(frozen=True, slots=True)
class When:
    """The model of times, and the counts of people where they are part of it."""

    compiled: Compiled
    staffing: Staffing | None
    counts: Mapping[tuple[int, int, int], Count]

    def read(self, model: Model, value: Value) -> Plan:
        """The tasks at the times found, with people where they are counted."""
        starts = {
            index: model.grid.start_slot(value(task.start))
            for index, task in model.tasks.items()
            if value(task.present)
        }
        if self.staffing is None:
            return Plan(
                tasks=tuple(
                    TaskBooking(i, at, model.grid.end_slot(value(model.tasks[i].end)), ())
                    for i, at in starts.items()
                )
            )
        found = {key: value(count) for key, count in self.counts.items() if key[0] in starts}
        taken = {key: count for key, count in found.items() if count}
        return Plan(tasks=named(model.candidates, self.staffing.kinds, starts, taken))


def compile_when(
    candidates: Candidates,
    grid: Grid,
    pools: Sequence[Pool],
    staffing: Staffing | None = None,
    below: Fraction | None = None,
    stop: Stop = never,
) -> When:
    """The model of times: windows, order, capacity of pools and the terms that depend on them.

    With `staffing` people are counted by kind, which leaves out only the rules that tell people
    of a kind apart. With `below` only plans of a lower total count. Raises `Stopped` when the
    `stop` says so.
    """
    part = Part(tasks=frozenset(candidates.open_tasks))
    model = Model(candidates.problem, candidates, part, EMPTY, grid, True, stop)
    for task in until(stop, sorted(part.tasks)):
        model.tasks[task] = _task(model, task)
    precedence.post(model)
    _post_capacity(model, pools)
    counts: dict[tuple[int, int, int], Count] = {}
    if staffing is not None:
        counts = _post_staffing(model, staffing)
    finished = finish.expression(model)
    if model.problem.goals.price("open_work") is None:
        _post_finish(model, finished, earliest_finish(candidates, pools))
    terms = {
        "open_work": open_work.expression(model),
        "lateness": lateness.expression(model),
        "cost": _cost(model, staffing, counts),
        "finish": finished,
    }
    return When(minimise(model, terms, forbid=True, below=below), staffing, counts)


def _post_staffing(model: Model, staffing: Staffing) -> dict[tuple[int, int, int], Count]:
    """People of each kind on each crew line, no more at once than there are."""
    counts: dict[tuple[int, int, int], Count] = {}
    by_line: defaultdict[tuple[int, int], list[Count]] = defaultdict(list)
    for number, kind in enumerate(until(model.stop, staffing.kinds)):
        uses: list[Use] = []
        for task, line in kind.seats:
            kept = staffing.kept.get(task)
            if not model.tasks[task].seats or not (kept is None or (task, line, number) in kept):
                continue
            need = min(model.problem.tasks[task].crew[line].people, len(kind.people))
            count = model.cp.new_int_var(0, need, "")
            if kept is not None:
                model.cp.add(count == kept[task, line, number] * model.tasks[task].present)
            counts[task, line, number] = count
            by_line[task, line].append(count)
            uses += _uses_of(model, task, line, kind, count)
        intervals = [use.interval for use in uses]
        if len(kind.people) == 1:
            model.cp.add_no_overlap(intervals)
        else:
            model.cp.add_cumulative(intervals, [use.people for use in uses], len(kind.people))
    for index, variable in model.tasks.items():
        for line, seats in enumerate(model.problem.tasks[index].crew):
            if variable.seats:
                model.cp.add(sum(by_line[index, line]) == seats.people * variable.present)
    for before, then in staffing.order:
        first, last = model.tasks[before], model.tasks[then]
        model.cp.add(last.start >= first.end).only_enforce_if(first.present, last.present)
    return counts


def _uses_of(model: Model, task: int, line: int, kind: Kind, count: Count) -> Iterator[Use]:
    """What a count takes of its kind, for each length that a booking of theirs may have."""
    cp, variable, people = model.cp, model.tasks[task], len(kind.people)
    ends = model.candidates.ends(task, line, kind.people[0])
    slots = np.flatnonzero(ends != NEVER).astype(np.int32)
    starts = model.grid.starts(slots)
    lengths = model.grid.ends(ends[slots]) - starts
    several = len(np.unique(lengths)) > 1
    (shape, *others) = variable.seats[0].pieces
    parts: list[Count] = []
    for length in (int(value) for value in np.unique(lengths)):
        part = count if not several else cp.new_int_var(0, people, "")
        parts.append(part)
        fits = not (several or others) and length <= shape.length
        if not fits or len(starts) < len(shape.starts):
            some = part
            if people > 1:
                some = cp.new_bool_var("")
                cp.add(part <= people * some)
            model.within(variable.start, starts[lengths == length], [some])
            cp.add(variable.end >= variable.start + length).only_enforce_if(some)
        present = part if people == 1 else variable.present
        interval = cp.new_optional_fixed_size_interval_var(variable.start, length, present, "")
        yield Use(interval, part)
    if several:
        cp.add(sum(parts) == count)


def _task(model: Model, index: int) -> TaskVar:
    cp = model.cp
    present = cp.new_bool_var("")
    ends, latest = crew_ends(model.candidates, index)
    slots = np.flatnonzero(ends != NEVER).astype(np.int32)
    if not len(slots):
        cp.add(present == 0)
        nothing = cp.new_constant(0)
        return TaskVar(index, present, nothing, nothing, ())
    starts = model.grid.starts(slots)
    lengths = model.grid.ends(ends[slots]) - starts
    pieces = pieces_of(model, present, starts, lengths)
    start = cp.new_int_var_from_domain(model.domain(starts), "")
    last = int(model.grid.ends(latest[slots]).max())
    end = cp.new_int_var(int((starts + lengths).min()), last, "")
    for piece in pieces:
        if len(pieces) > 1:
            model.within(start, piece.starts, [piece.chosen])
        # Somebody slower may come, so that a task may end later than it must.
        if len(pieces) == 1 and np.array_equal(ends[slots], latest[slots]):
            cp.add(end == start + piece.length)
        else:
            cp.add(end >= start + piece.length).only_enforce_if(piece.chosen)
    return TaskVar(index, present, start, end, (SeatVar(0, NOBODY, present, pieces),))


def _post_capacity(model: Model, pools: Sequence[Pool]) -> None:
    """At each moment the seats of a pool are no more than its people."""
    shortest: dict[tuple[int, int], int] = {}
    for pool in pools[:MOST_POOLS]:
        intervals, demands = [], []
        for task, length, people in _uses(model, pool, shortest):
            variable = model.tasks[task]
            intervals.append(
                model.cp.new_optional_fixed_size_interval_var(
                    variable.start, length, variable.present, ""
                )
            )
            demands.append(people)
        if sum(demands) > len(pool.people):
            model.cp.add_cumulative(intervals, demands, len(pool.people))


def _uses(
    model: Model, pool: Pool, shortest: dict[tuple[int, int], int]
) -> Iterator[tuple[int, int, int]]:
    """(task, shortest length on the grid, people) of what a pool has to do."""
    for task, lines in pool.lines.items():
        if not model.tasks[task].seats:
            continue
        by_length: dict[int, int] = {}
        for line in lines:
            if (task, line) not in shortest:
                shortest[task, line] = _shortest(
                    model, task, line, model.candidates.seat_people(task, line)
                )
            length = shortest[task, line]
            people = model.problem.tasks[task].crew[line].people
            by_length[length] = by_length.get(length, 0) + people
        for length, people in by_length.items():
            yield task, length, people


def _shortest(model: Model, task: int, line: int, people: Sequence[int]) -> int:
    least = len(model.grid)
    for person in people:
        ends = model.candidates.ends(task, line, person)
        starts = np.flatnonzero(ends != NEVER).astype(np.int32)
        lengths = model.grid.ends(ends[starts]) - model.grid.starts(starts)
        least = min(least, int(lengths.min()))
    return least


def _cost(
    model: Model, staffing: Staffing | None, counts: Mapping[tuple[int, int, int], Count]
) -> Linear:
    """The people counted; without counts each task with the cheapest crew that it could have."""
    total = Linear()
    if staffing is None:
        for index, variable in model.tasks.items():
            total.add(variable.present, cheapest_crew(model.candidates, index))
        return total
    per_hour = 100 * model.problem.axis.slots_per_hour
    for (task, line, number), count in counts.items():
        work = model.problem.tasks[task].crew[line].work
        cost = Fraction(work * staffing.kinds[number].cents_per_hour, per_hour)
        total.add(count, cost)
    return total


def _post_finish(model: Model, finished: Linear, slot: int) -> None:
    """CP-SAT does not see the energy of pools at once; told of it, it starts from there."""
    per_hour = model.problem.axis.slots_per_hour
    slots = [int(factor * per_hour) * var for var, factor in finished.parts]
    model.cp.add(sum(slots) + int(finished.constant * per_hour) >= slot)

"""Start times of all tasks against the people of pools, before it is decided who comes.

A relaxation of the exact model: nobody is named, but at each moment the seats that only a pool of
people can fill are no more than its people, each for the shortest time that anyone needs there.
It is small, so that it soon gives good times and bounds. Tasks keep their windows and their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ortools.sat.python import cp_model

from allocator.plan import Plan, TaskBooking
from solver.model.build import pieces_of
from solver.model.compile import Compiled, minimise
from solver.model.decode import Value
from solver.model.linear import Linear
from solver.model.model import Model, SeatVar, TaskVar
from solver.model.objectives import finish, lateness, open_work
from solver.model.part import Part
from solver.model.rules import precedence
from solver.relaxation.cheapest_crew import cheapest_crew
from solver.relaxation.interchangeable import named
from solver.relaxation.shapes import Shapes, TaskShape
from solver.relaxation.staffing import Count, Staffing, staff
from solver.settings import Stop
from solver.stopping import never, until

NOBODY = -1
"""Stands in the only seat of a task while its people are not decided."""

MOST_POOLS = 100
"""So many of the most loaded pools are posted."""

FEW_POOLS = 10
"""So many of them where people are counted as well and an order is kept."""


@dataclass(frozen=True, slots=True)
class StartTimes:
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
        return Plan(tasks=named(model.candidates, self.staffing.alike, starts, taken))

    def hint(self, tasks: Sequence[TaskBooking]) -> None:
        """Tell the solver bookings to start from."""
        model, numbers = self.compiled.model, {}
        for number, kind in enumerate(self.staffing.alike if self.staffing is not None else ()):
            numbers.update(dict.fromkeys(kind.people, number))
        taken = Counter(
            (booking.task, seat.seat, numbers[seat.person])
            for booking in tasks
            for seat in booking.crew
        )
        for booking in tasks:
            task = model.tasks.get(booking.task)
            if task is not None and task.seats:
                model.cp.add_hint(task.present, True)
                model.cp.add_hint(task.start, model.grid.start_at_or_after(booking.start))
        for key, count in self.counts.items() if taken else ():
            if not isinstance(count, int):
                model.cp.add_hint(count, taken[key])


def compile_start_times(
    shapes: Shapes,
    staffing: Staffing | None = None,
    below: Fraction | None = None,
    stop: Stop = never,
) -> StartTimes:
    """The model of times: windows, order, capacity of pools and the terms that depend on them.

    With `staffing` people are counted by kind, which leaves out only the rules that tell people
    of a kind apart. With `below` only plans of a lower total count. Raises `Stopped` when the
    `stop` says so.
    """
    candidates = shapes.candidates
    part = Part(tasks=frozenset(candidates.open_tasks))
    model = Model(candidates.problem, candidates, part, Plan(), shapes.grid, True, stop)
    for task in until(stop, sorted(part.tasks)):
        model.tasks[task] = _task(model, task, shapes.task(task))
    precedence.post(model)
    ordered = staffing is not None and bool(staffing.order)
    _post_capacity(model, shapes, FEW_POOLS if ordered else MOST_POOLS)
    counts: Mapping[tuple[int, int, int], Count] = {}
    if staffing is not None:
        counts = staff(model, shapes, staffing)
    finished = finish.expression(model)
    if model.problem.goals.price("open_work") is None:
        _post_finish(model, finished, shapes.earliest_finish)
    terms = {
        "open_work": open_work.expression(model),
        "lateness": lateness.expression(model),
        "cost": _cost(model, staffing, counts),
        "finish": finished,
    }
    return StartTimes(minimise(model, terms, forbid=True, below=below), staffing, counts)


def _task(model: Model, index: int, shape: TaskShape | None) -> TaskVar:
    cp = model.cp
    present = cp.new_bool_var("")
    if shape is None:
        cp.add(present == 0)
        nothing = cp.new_constant(0)
        return TaskVar(index, present, nothing, nothing, ())
    pieces = pieces_of(model, present, shape.starts, shape.lengths)
    start = cp.new_int_var_from_domain(model.domain(shape.starts), "")
    first = int((shape.starts + shape.lengths).min())
    end = cp.new_int_var(first, shape.latest_end, "")
    for piece in pieces:
        if len(pieces) > 1:
            model.within(start, piece.starts, [piece.chosen])
        if len(pieces) > 1 or shape.slower:
            cp.add(end >= start + piece.length).only_enforce_if(piece.chosen)
        else:
            cp.add(end == start + piece.length)
    return TaskVar(index, present, start, end, (SeatVar(0, NOBODY, present, pieces),))


def _post_capacity(model: Model, shapes: Shapes, most: int) -> None:
    """At each moment the seats of a pool are no more than its people."""
    intervals: dict[tuple[int, int], cp_model.IntervalVar] = {}
    for pool in until(model.stop, shapes.pools[:most]):
        uses: defaultdict[tuple[int, int], int] = defaultdict(int)
        for task, lines in pool.lines.items():
            for line in lines if model.tasks[task].seats else ():
                people = model.problem.tasks[task].crew[line].people
                uses[task, shapes.shortest(task, line)] += people
        if sum(uses.values()) <= len(pool.people):
            continue
        for task, length in uses:
            if (task, length) not in intervals:
                variable = model.tasks[task]
                intervals[task, length] = model.cp.new_optional_fixed_size_interval_var(
                    variable.start, length, variable.present, ""
                )
        model.cp.add_cumulative(
            [intervals[use] for use in uses], list(uses.values()), len(pool.people)
        )


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
        cost = Fraction(work * staffing.alike[number].cents_per_hour, per_hour)
        if isinstance(count, int):
            total.add(model.tasks[task].present, cost * count)
        else:
            total.add(count, cost)
    return total


def _post_finish(model: Model, finished: Linear, slot: int) -> None:
    """CP-SAT does not see the energy of pools at once; given it, it starts from there."""
    per_hour = model.problem.axis.slots_per_hour
    slots = [int(factor * per_hour) * var for var, factor in finished.parts]
    model.cp.add(sum(slots) + int(finished.constant * per_hour) >= slot)

"""Wishes that no plan can keep: work at a fixed time takes more people than would rather be there.

Wherever tasks with a fixed start and support shifts run at the same moment, each seat needs a
person of its own. The cheapest way to fill them all, by the weight of the wishes that it breaks, is
a flow of least cost from seats to people; it allows for who is able to take which seat (Hall's
condition). Moments are added up; a wish's day counts at the first of them alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ortools.graph.python import min_cost_flow

from allocator.views.workload import by_day
from solver.candidates.candidates import Candidates

MOST_MOMENTS = 100
"""So many moments are looked at, one on a day, those with the most seats first."""

Unit = tuple[int, int, int]
"""(person, wish, local day): what the term counts once."""


@dataclass(frozen=True, slots=True)
class Stint:
    """Seats that are alike, of work that can only be at this time."""

    kind: Literal["task", "shift"]
    index: int
    line: int
    start: int
    end: int
    """Nobody in these seats is free before."""
    people: int


@dataclass(frozen=True, slots=True)
class Unkept:
    """Weight x days of wishes that surely break, unless some of the `stints` are left open."""

    weight: int
    stints: frozenset[Stint]


def unkept(candidates: Candidates) -> Unkept:
    """Weight of the wishes that break if all work with a fixed time is done."""
    if not any(person.wishes for person in candidates.problem.people):
        return Unkept(0, frozenset())
    stints = list(_fixed(candidates))
    weight, behind, charged = 0, set[Stint](), set[Unit]()
    for moment in _crowded(candidates, stints):
        running = [stint for stint in stints if stint.start <= moment < stint.end]
        found = _cheapest(candidates, running, charged)
        if found:
            weight += found
            behind.update(running)
    return Unkept(weight, frozenset(behind))


def _fixed(candidates: Candidates) -> Iterator[Stint]:
    """Tasks that can start at one moment only, and support shifts."""
    problem = candidates.problem
    for index in candidates.open_tasks:
        task = problem.tasks[index]
        start = task.pin_start
        if start is None and index in candidates.frozen_seats:
            start = candidates.frozen_seats[index][0][2]
        if start is None:
            continue
        for number, line in enumerate(task.crew):
            if line.work:
                yield Stint("task", index, number, start, start + line.work, line.people)
    for index, need in enumerate(problem.shifts):
        yield Stint("shift", index, 0, need.start, need.end, need.people)


def _crowded(candidates: Candidates, stints: list[Stint]) -> list[int]:
    """The moment of each day at which most seats are to be filled, the fullest first."""
    days = candidates.problem.days[0]
    seats: dict[int, int] = {}
    for moment in {stint.start for stint in stints}:
        if 0 <= moment < candidates.problem.horizon:
            seats[moment] = sum(
                stint.people for stint in stints if stint.start <= moment < stint.end
            )
    fullest: dict[int, int] = {}
    for moment in sorted(seats, key=lambda it: (-seats[it], it)):
        fullest.setdefault(days.day(moment), moment)
    return list(fullest.values())[:MOST_MOMENTS]


def _cheapest(candidates: Candidates, stints: list[Stint], charged: set[Unit]) -> int:
    """Least weight with which different people fill all seats; what may break is `charged` then.

    Where there are not enough people something stays open anyway, and nothing is said.
    """
    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = 0, 1
    nodes: dict[int, int] = {}
    touched: set[Unit] = set()
    for number, stint in enumerate(stints, start=2):
        flow.add_arc_with_capacity_and_unit_cost(source, number, stint.people, 0)
        for person in _able(candidates, stint):
            units = wishes_at(candidates, person, stint.start, stint.end)
            units = {unit: weight for unit, weight in units.items() if unit not in charged}
            touched.update(units)
            node = nodes.setdefault(person, 2 + len(stints) + len(nodes))
            flow.add_arc_with_capacity_and_unit_cost(number, node, 1, sum(units.values()))
    if not touched:
        return 0
    for node in nodes.values():
        flow.add_arc_with_capacity_and_unit_cost(node, sink, 1, 0)
    seats = sum(stint.people for stint in stints)
    flow.set_node_supply(source, seats)
    flow.set_node_supply(sink, -seats)
    if flow.solve() != flow.OPTIMAL:
        return 0
    weight = int(flow.optimal_cost())
    if weight:
        charged.update(touched)
    return weight


def _able(candidates: Candidates, stint: Stint) -> tuple[int, ...]:
    if stint.kind == "shift":
        return tuple(candidates.supporters(stint.index))
    return candidates.seat_people(stint.index, stint.line)


def wishes_at(candidates: Candidates, person: int, start: int, end: int) -> dict[Unit, int]:
    """Wishes that break if a person is booked in [start, end), with their weights."""
    who = candidates.problem.people[person]
    return {
        (person, number, day): wish.weight
        for number, wish in enumerate(who.wishes)
        for day, first, last in by_day(
            candidates.problem, who, max(start, wish.start), min(end, wish.end)
        )
        if who.working.on_duty(first, last)
    }

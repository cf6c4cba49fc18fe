"""Pools: sets of people, and the seats of tasks that nobody else can fill.

Seats that only the people of a set can fill need no more people at once than the set has (Hall,
1935). With few different sets of candidates every union of them is a pool; with many, each set,
each union of two, the union of all, and those with the most work for each of their people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from ortools.linear_solver.python import model_builder as mb

from solver.candidates.candidates import Candidates

FEW = 8
"""Up to so many different sets of candidates all their unions are pools."""

MANY = 60
"""Beyond so many different sets of candidates no unions of two are formed."""


@dataclass(frozen=True, slots=True)
class Pool:
    """People, and by task the crew lines that only they can fill."""

    people: frozenset[int]
    lines: Mapping[int, tuple[int, ...]]
    work: int
    """Slots of work of those lines, all their people counted."""

    @property
    def load(self) -> float:
        """Slots of work for each of its people."""
        return self.work / len(self.people)


def pools_of(candidates: Candidates) -> tuple[Pool, ...]:
    """The pools of the tasks that can be planned, the most loaded first."""
    able = {
        (task, line): frozenset(candidates.seat_people(task, line))
        for task in candidates.open_tasks
        for line in range(len(candidates.problem.tasks[task].crew))
    }
    sets = set(able.values())
    unions = _unions(sets)
    if len(sets) > FEW:
        unions |= _busiest(candidates, able)
    pools = [_pool(candidates, people, able) for people in unions]
    return tuple(sorted(pools, key=lambda pool: (-pool.load, sorted(pool.people))))


def _unions(sets: set[frozenset[int]]) -> set[frozenset[int]]:
    given = [people for people in sets if people]
    if not given:
        return set()
    if len(given) <= FEW:
        return {
            frozenset().union(*chosen)
            for size in range(1, len(given) + 1)
            for chosen in combinations(given, size)
        }
    pairs = combinations(given, 2) if len(given) <= MANY else ()
    return {*given, frozenset().union(*given), *(one | other for one, other in pairs)}


def _busiest(
    candidates: Candidates, able: Mapping[tuple[int, int], frozenset[int]]
) -> set[frozenset[int]]:
    """The people who are left with most work each, however the work is shared out among them.

    All work shared out so that nobody has more than need be is a linear programme; who has a price
    in its dual, at least of some amount, cannot hand work on to others.
    """
    tasks, work = candidates.problem.tasks, defaultdict[frozenset[int], int](int)
    for (task, line), people in able.items():
        if people:
            work[people] += tasks[task].crew[line].people * tasks[task].crew[line].work
    lp = mb.Model()
    most = lp.new_num_var(0.0, float("inf"), "")
    shares: defaultdict[int, list[mb.Variable]] = defaultdict(list)
    for people in sorted(work, key=sorted):
        own = {person: lp.new_num_var(0.0, float("inf"), "") for person in sorted(people)}
        lp.add(mb.LinearExpr.sum(list(own.values())) == work[people])
        for person, share in own.items():
            shares[person].append(share)
    rows = {person: lp.add(mb.LinearExpr.sum(shares[person]) <= most) for person in sorted(shares)}
    lp.minimize(most)
    solver = mb.Solver("glop")
    if solver.solve(lp) != mb.SolveStatus.OPTIMAL:
        return set()
    prices = {person: round(-solver.dual_value(row), 6) for person, row in rows.items()}
    return {
        frozenset(person for person, price in prices.items() if price >= least)
        for least in set(prices.values())
        if least > 0
    }


def _pool(
    candidates: Candidates, people: frozenset[int], able: Mapping[tuple[int, int], frozenset[int]]
) -> Pool:
    tasks = candidates.problem.tasks
    lines: defaultdict[int, list[int]] = defaultdict(list)
    work = 0
    for (task, line), able_people in able.items():
        if able_people and able_people <= people:
            lines[task].append(line)
            work += tasks[task].crew[line].people * tasks[task].crew[line].work
    return Pool(people, {task: tuple(own) for task, own in lines.items()}, work)

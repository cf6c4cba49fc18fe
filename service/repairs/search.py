"""The smallest steps of single facts, and of two together, with which open work can be done.

How far a fact has to change is searched in halves on the exact model of the work in conflict: one
step less is proved to be too little. Whether it is enough beside all that is planned is asked of
the whole plan; where it is not, the work that is in the way joins the question.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from allocator.errors import InvalidDocument
from allocator.facts.work import Asked, Tree, Work, by_id
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import base_from_tree, plan_tree
from allocator.plan import Conflict, Plan
from allocator.problem import Problem
from service.edits.base import Edit, Missing
from service.repairs.levers import Kind, Lever, levers
from solver.conflicts.conflict import Case, Fits, Proved, conflict_of, grow
from solver.conflicts.decide import Impossible, Possible, Unknown
from solver.conflicts.whole import infeasible_because

MOST_ROUNDS = 4
"""So often other work joins the question of one lever."""

MOST_PAIRS = 4
"""So many facts that are not enough alone are tried together with another one."""

Key = tuple[str, str, str, str]

ENOUGH = 12
"""So many ways out are looked for."""


@dataclass(frozen=True)
class WayOut:
    """Edits with which the work can be done, and whom to ask for each."""

    levers: tuple[Lever, ...]
    edits: tuple[Edit, ...]
    steps: int
    """Of the last fact."""
    least: bool
    """Whether one step less of the last fact is proved to be too little."""
    problem: Problem
    """The rollout with the edits."""
    plan: Plan | None
    """A plan with the work beside all that was planned, if one was found on the way."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it asks for."""
        return tuple(dict.fromkeys(it.kind for it in self.levers))


@dataclass(frozen=True)
class Wanted:
    """What is to become possible: some work, and how to ask for more that it depends on."""

    asked: Asked
    more: Callable[[Case], Asked | Fits | Unknown]
    """Work that still cannot be done together, or a plan of all of it."""
    conflicts: Callable[[Case], Sequence[Conflict]]
    """What still rules it out."""


def of_work(target: Work) -> Wanted:
    """That one piece of work is done, beside all that is planned."""

    def conflicts(case: Case) -> Sequence[Conflict]:
        found = conflict_of(case, target)
        return found.conflicts if isinstance(found, Proved) else ()

    return Wanted(frozenset({target}), lambda case: grow(case, target), conflicts)


def of_document(conflict: Conflict) -> Wanted:
    """That a document has a plan at all."""

    def conflicts(case: Case) -> Sequence[Conflict]:
        found = infeasible_because(case.tree, case.problem, case.left)
        return () if found is None else (found,)

    def more(case: Case) -> Asked | Fits | Unknown:
        left = conflicts(case)
        return works_of(left[0]) if left else Unknown()

    return Wanted(works_of(conflict), more, conflicts)


def works_of(conflict: Conflict) -> Asked:
    """The work among the facts of a conflict."""
    found = set()
    for fact in conflict.facts:
        it: dict[str, Any] = dict(fact.values)
        if fact.code in ("work", "in_time"):
            names = {name: it[name] for name in ("audience", "department", "day") if name in it}
            found.add(Work(it["kind"], it["id"], **names, by_due=fact.code == "in_time"))
    return frozenset(found)


def ways_out(
    case: Case, wanted: Wanted, conflicts: Sequence[Conflict], less: Sequence[Lever]
) -> Iterator[WayOut]:
    """Ways out of conflicts, each as soon as it is found, other kinds first.

    `less` are those that ask for less of the work itself.
    """
    search = _Search(case, wanted)
    enough: list[Lever] = []
    short: list[Lever] = []
    for lever in in_turn([*_of(case.tree, conflicts), *less]):
        way = search.smallest(lever)
        if way is not None:
            enough.append(lever)
            yield way
        elif case.left() > 0:
            short.append(lever)
        if len(enough) >= ENOUGH or case.left() <= 0:
            return
    alone = {it.key for it in enough}
    for lever in [it for it in short if it.key not in alone][:MOST_PAIRS]:
        way = next(search.with_another(lever, alone), None)
        if way is not None:
            yield way
        if case.left() <= 0:
            return


def in_turn(every: Sequence[Lever]) -> list[Lever]:
    """One lever of each kind, then the second ones, and so on."""
    by: dict[Kind, list[Lever]] = {}
    for lever in every:
        by.setdefault(lever.kind, []).append(lever)
    rounds = max((len(it) for it in by.values()), default=0)
    return [it[at] for at in range(rounds) for it in by.values() if at < len(it)]


def _of(tree: Tree, conflicts: Sequence[Conflict]) -> list[Lever]:
    """What could be changed about facts, those of most conflicts first: all have to be met."""
    facts = [fact for conflict in conflicts for fact in conflict.facts]
    by_count = sorted(dict.fromkeys(facts), key=lambda it: -facts.count(it))
    return [lever for fact in by_count for lever in levers(tree, fact)]


class _Search:
    """The question of what is wanted, under one edit or another."""

    def __init__(self, case: Case, wanted: Wanted, before: Sequence[Edit] = ()) -> None:
        self._case, self._wanted, self._before = case, wanted, tuple(before)
        self._bookings = plan_tree(case.problem, case.plan)

    def smallest(self, lever: Lever, beside: tuple[Lever, ...] = ()) -> WayOut | None:
        """The fewest steps of a lever with which the work can be done; None if none are enough."""
        asked = self._wanted.asked
        for _ in range(MOST_ROUNDS):
            steps = fewest(lever.most, partial(self._is_possible, lever, asked))
            if steps is None:
                return None
            step, least = steps
            edits = (*self._before, *lever.edits(step))
            case = self._with(edits)
            if case is None:
                return None
            grown = self._wanted.more(case)
            if isinstance(grown, frozenset):
                asked |= grown
                continue
            plan = grown.plan if isinstance(grown, Fits) else None
            return WayOut((*beside, lever), edits, step, least, case.problem, plan)
        return None

    def with_another(self, lever: Lever, alone: Collection[Key]) -> Iterator[WayOut]:
        """Ways out that change two facts, neither of which is enough alone."""
        edits = lever.edits(lever.most)
        case = self._with(edits)
        if case is None:
            return
        search = _Search(self._case, self._wanted, edits)
        for other in in_turn(_of(case.tree, self._wanted.conflicts(case))):
            if other.key in alone or other.key == lever.key:
                continue
            way = search.smallest(other, (lever,))
            if way is not None:
                yield self._shrunk(way, lever, other)

    def _shrunk(self, way: WayOut, first: Lever, other: Lever) -> WayOut:
        """The same way out with fewer steps of the first lever, where they are enough."""
        last = way.edits[len(first.edits(first.most)) :]
        turned = replace(first, edits=lambda k: [*first.edits(k), *last])
        found = self.smallest(turned)
        if found is None or found.plan is None:
            return way
        return replace(found, levers=(first, other), steps=way.steps)

    def _with(self, edits: Sequence[Edit]) -> Case | None:
        """The case with edits; None where they do not fit the document."""
        tree = edited(self._case.tree, edits)
        if tree is None:
            return None
        try:
            problem = problem_from_tree(tree)
            plan = there(base_from_tree(self._bookings, problem))
        except InvalidDocument:
            return None
        problem = replace(
            problem, goals=replace(problem.goals, most_people=self._case.problem.goals.most_people)
        )
        return Case(tree, problem, plan, self._case.left, self._case.by_due)

    def _is_possible(self, lever: Lever, asked: Asked, steps: int) -> bool | None:
        """Whether the work can be done with so many steps; None where that is not known."""
        tree = edited(self._case.tree, (*self._before, *lever.edits(steps)))
        if tree is None:
            return None
        tasks = by_id(tree, "tasks")
        left = frozenset(it for it in asked if it.kind != "task" or it.id in tasks)
        answer = replace(self._case, tree=tree).ask(left)
        if isinstance(answer, Possible):
            return True
        return False if isinstance(answer, Impossible) else None


def fewest(most: int, enough: Callable[[int], bool | None]) -> tuple[int, bool] | None:
    """The fewest of 1 to `most` steps that are enough, and whether one less is known not to be.

    None if even all of them are not known to be enough. Where nothing is known, it takes more.
    """
    low, high, least, known = 0, 1, True, enough(1)
    while known is not True and high < most:
        low, least = high, known is False
        high = min(most, 4 * high)
        known = enough(high)
    if known is not True:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        known = enough(middle)
        if known is True:
            high = middle
        else:
            low, least = middle, known is False
    return high, least


def edited(tree: Tree, edits: Sequence[Edit]) -> Tree | None:
    """A copy of a document with edits; None where it has not what they name."""
    made = copy.deepcopy(tree)
    try:
        for edit in edits:
            edit.apply(made)
    except Missing:
        return None
    return made


def there(plan: Plan) -> Plan:
    """The bookings of a plan whose work, people and rooms are all there."""
    return Plan(
        tuple(
            it
            for it in plan.tasks
            if it.task >= 0 and all(seat.seat >= 0 and seat.person >= 0 for seat in it.crew)
        ),
        tuple(
            it
            for it in plan.sessions
            if it.course >= 0
            and -1 not in (it.room, *it.trainers)
            and all(group.audience >= 0 and -1 not in group.members for group in it.groups)
        ),
        tuple(
            it
            for it in plan.shifts
            if it.support >= 0 and it.department >= 0 and -1 not in it.people
        ),
    )

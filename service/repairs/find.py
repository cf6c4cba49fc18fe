"""Ways out of what is open, late or impossible in a plan: found, made small, and solved again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from allocator.errors import Fault, InvalidDocument
from allocator.facts.work import Tree, Work
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import (
    base_from_tree,
    conflict_trees,
    conflicts_of,
    plan_from_tree,
    plan_tree,
)
from allocator.formats.rollout.relative import absolute
from allocator.plan import Conflict, Plan
from allocator.problem import Problem
from allocator.reasons.common.situation import Situation
from allocator.reasons.late import late_tasks
from allocator.reasons.open_work import open_work
from service.planning import within_budget
from service.repairs.levers import Kind, less_of
from service.repairs.measure import Solved, plain_edits, solved
from service.repairs.search import Wanted, WayOut, edited, of_document, of_work, there, ways_out
from solver.conflicts.conflict import Case, Fits, Proved, conflict_of, grow
from solver.conflicts.entries import work_of
from solver.conflicts.whole import infeasible_because
from solver.settings import Settings, Stop
from solver.stopping import never

SEARCH_SHARE = 0.6
"""So much of the time is for finding ways out; the rest is for solving with each of them."""

MOST_SOLVED = 8
"""So many ways out are solved with."""

MOST_SECONDS = 20.0
"""So long each of them is solved at the most."""

State = Literal["proved", "possible", "unknown"]
"""Of the work: it cannot be done, it can beside all that is planned, or neither is known."""

Of = Literal["open", "late", "all"]

Tell = Callable[[str, int, int], None]
"""Reported on the way: what it is at, and how many of how many are done."""


@dataclass(frozen=True)
class Asking:
    """Which work ways out are wanted for, and what may be used for it."""

    work: str | None = None
    """The id of a task, course or support; None for a rollout without a plan."""
    audience: str = ""
    department: str = ""
    day: str = ""
    seconds: float = 60.0
    seed: int = 1
    preset: str | None = None
    most_people: int | None = None


@dataclass(frozen=True)
class Repair:
    """A way out, and what the rollout solved again with it came to; None if no plan was found."""

    way: WayOut
    after: Solved | None


@dataclass(frozen=True)
class Repairs:
    """All that was found of one piece of work."""

    of: Of
    """What is asked about: open work, late work, or that there is no plan at all."""
    state: State
    conflicts: tuple[Conflict, ...]
    repairs: tuple[Repair, ...]
    control: Solved | None
    """The rollout solved alike without a change."""
    seconds: float
    """Each solve had so many."""


def repairs(
    tree: Tree,
    document: Mapping[str, Any],
    asking: Asking,
    tell: Tell | None = None,
    stop: Stop = never,
) -> Repairs:
    """Ways out of why a piece of work is open or late, or of why there is no plan.

    InvalidDocument if the work is neither open nor late in the plan.
    """
    say: Tell = tell or (lambda *_: None)
    begun, tree = time.monotonic(), absolute(tree)
    problem = within_budget(problem_from_tree(tree, asking.preset), asking.most_people)
    plan = plan_from_tree(document, problem)
    target = _target(problem, plan, asking)

    def left() -> float:
        return 0.0 if stop() else begun + SEARCH_SHARE * asking.seconds - time.monotonic()

    by_due = target is not None and target.by_due
    case = Case(tree, problem, plan, left, by_due=by_due)
    say("conflict", 0, 0)
    state, conflicts, wanted = _asked(case, target, document)
    ways = [] if state == "proved" else _without_edits(state, case, target)
    if wanted is not None:
        less = () if target is None else tuple(less_of(tree, target))
        for way in ways_out(case, wanted, conflicts, less):
            ways.append(way)
            say("search", len(ways), 0)
    chosen = in_turn_of_kinds(_fewest_steps(ways))[:MOST_SOLVED]
    rest = begun + asking.seconds - time.monotonic()
    seconds = max(0.5, min(MOST_SECONDS, rest / (len(chosen) + 1)))
    measure = _Measure(tree, problem, plan, document, target, asking.seed, seconds, stop)
    say("solve", 0, len(chosen) + 1)
    control = measure.of(problem, tree, plan)
    made = []
    for number, way in enumerate(chosen, 1):
        say("solve", number, len(chosen) + 1)
        if stop():
            break
        changed = edited(tree, way.edits)
        assert changed is not None  # it was searched with these edits
        made.append(Repair(way, measure.of(way.problem, changed, way.plan)))
    of: Of = "all" if target is None else "late" if target.by_due else "open"
    return Repairs(of, state, conflicts, tuple(_best_first(made)), control, seconds)


def _asked(
    case: Case, target: Work | None, document: Mapping[str, Any]
) -> tuple[State, tuple[Conflict, ...], Wanted | None]:
    """What is known of the work, and what is to become possible."""
    if target is None:
        conflict = infeasible_because(case.tree, case.problem, case.left)
        if conflict is None:
            return "unknown", (), None
        return "proved", (conflict,), of_document(conflict)
    known = _known(document, target)
    if known:
        return "proved", known, of_work(target)
    finding = conflict_of(case, target)
    if isinstance(finding, Proved):
        return "proved", finding.conflicts, of_work(target)
    return ("possible" if isinstance(finding, Fits) else "unknown"), (), None


def _known(document: Mapping[str, Any], target: Work) -> tuple[Conflict, ...]:
    """What the plan says already of why its open work cannot be done."""
    for entry in document.get("open") or ():
        names = ("kind", "id", "audience", "department", "day")
        if not target.by_due and target.key == tuple(entry.get(it) or "" for it in names):
            return conflicts_of(entry)
    return ()


def _without_edits(state: State, case: Case, target: Work | None) -> list[WayOut]:
    """Other bookings alone, where the work can be done beside all that is planned."""
    if state != "possible" or target is None:
        return []
    found = grow(case, target)
    plan = found.plan if isinstance(found, Fits) else None
    return [WayOut((), (), 0, True, case.problem, plan)]


@dataclass(frozen=True)
class _Measure:
    """How each way out is solved: alike, and from the same plan on."""

    tree: Tree
    problem: Problem
    plan: Plan
    document: Mapping[str, Any]
    target: Work | None
    seed: int
    seconds: float
    stop: Stop

    def of(self, problem: Problem, tree: Tree, begin: Plan | None) -> Solved | None:
        """The rollout with edits, solved from a plan on; from the one before if there is none."""
        base = begin if begin is not None else self._carried(problem)
        settings = Settings(seconds=self.seconds, workers=1, seed=self.seed)
        before = dict(self.document) if self.document.get("score") else None
        return solved(problem, tree, settings, self.stop, base, before, self.target)

    def _carried(self, problem: Problem) -> Plan:
        return there(base_from_tree(plan_tree(self.problem, self.plan), problem))


def in_turn_of_kinds(ways: Sequence[WayOut]) -> list[WayOut]:
    """One way out of each kind, single facts before several, then the second ones, and so on."""
    by: dict[tuple[Kind, ...], list[WayOut]] = {}
    for way in ways:
        by.setdefault(way.kinds, []).append(way)
    rounds = max((len(it) for it in by.values()), default=0)
    return [it[at] for at in range(rounds) for it in by.values() if at < len(it)]


def _fewest_steps(ways: Sequence[WayOut]) -> list[WayOut]:
    """Of ways out that do the same to the same facts the smallest, and none with the same edits."""
    found: dict[object, WayOut] = {}
    for way in ways:
        key = tuple(lever.key for lever in way.levers)
        if key not in found or way.steps < found[key].steps:
            found[key] = way
    by_edits = {str(plain_edits(way.edits)): way for way in reversed(found.values())}
    return [way for way in found.values() if by_edits[str(plain_edits(way.edits))] is way]


def _best_first(made: Sequence[Repair]) -> list[Repair]:
    """Those with which the work is done first, the lowest total first."""

    def order(it: Repair) -> tuple[bool, bool, float]:
        after = it.after
        if after is None:
            return True, True, 0.0
        return False, not after.done, float(after.total)

    return sorted(made, key=order)


def _target(problem: Problem, plan: Plan, asking: Asking) -> Work | None:
    if asking.work is None:
        return None
    for entry in open_work(problem, plan, lambda: True):
        work = work_of(problem, entry)
        named = (asking.audience, asking.department, asking.day)
        same = zip(named, (work.audience, work.department, work.day), strict=True)
        if work.id == asking.work and all(name in ("", of) for name, of in same):
            return work
    for late in late_tasks(Situation(problem, plan, lambda: True)):
        if problem.tasks[late.task].id == asking.work:
            return Work("task", asking.work, by_due=True)
    message = f"{asking.work} is neither open nor late in this plan."
    raise InvalidDocument([Fault("work", "unknown_id", message)])


def repairs_document(found: Repairs) -> Tree:
    """What was found as plain values."""
    return {
        "of": found.of,
        "state": found.state,
        **conflict_trees(found.conflicts),
        "seconds": round(found.seconds, 1),
        "control": _outcome(found.control, None),
        "repairs": [
            {
                "kinds": list(it.way.kinds),
                "edits": plain_edits(it.way.edits),
                "least": it.way.least,
                "ask": [{"role": lever.role, "id": lever.ask} for lever in it.way.levers],
                "after": _outcome(it.after, found.control),
            }
            for it in found.repairs
        ],
    }


def _outcome(it: Solved | None, control: Solved | None) -> Tree | None:
    """A solve as plain values, with what differs from the control."""
    if it is None:
        return None
    found: Tree = {
        "done": it.done,
        "open": it.open,
        "late": it.late,
        "cost": float(it.cost),
        "total": float(it.total),
        "people": list(it.people),
    }
    if control is not None:
        found["against_control"] = {
            "open": it.open - control.open,
            "late": it.late - control.late,
            "cost": float(it.cost - control.cost),
            "total": float(it.total - control.total),
        }
    return found

"""Open and late work of a plan, with the proof that it cannot be done, if there is time for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from allocator.check import score
from allocator.facts.wording import possible, ruled_out
from allocator.facts.work import Tree, Work
from allocator.formats.rollout.relative import absolute
from allocator.plan import Conflict, OpenWork, Plan
from allocator.problem import Problem
from allocator.reasons.late import Late
from solver.conflicts.conflict import (
    Case,
    Finding,
    Fits,
    Proved,
    conflict_of,
    line_conflict,
    rival_of,
)
from solver.conflicts.decide import Unknown
from solver.conflicts.seats import prove_seats
from solver.stopping import Stopped

MOST_RIVALS = 3
"""So much other open work is tried beside a piece of it."""

log = logging.getLogger("allocator.reasons")

Left = Callable[[], float]
"""Seconds that are left."""


def prove_open(
    tree: Tree,
    problem: Problem,
    plan: Plan,
    entries: Sequence[OpenWork],
    left: Left,
    only: str | None = None,
) -> tuple[OpenWork, ...]:
    """The entries, with conflicts where it is proved that the work cannot be done.

    What was proved before is kept; what there is no time for, or what fails, stays as it is. First
    comes what cannot be done at all, then what cannot be done beside other work. `only` the work of
    an id gets the time, if there is one.
    """
    known = {fact for it in entries for conflict in it.conflicts for fact in conflict.facts}
    case = Case(absolute(tree), problem, plan, left, known=known)
    try:
        entries = prove_seats(case.tree, problem, plan, entries, lambda: left() <= 0)
    except Stopped:
        log.info("there was no time to count seats")
    except Exception:
        log.exception("seats could not be counted")
    for alone in (True, False):
        found: list[OpenWork] = []
        for _, group in groupby(entries, key=lambda it: work_of(problem, it)):
            pieces = list(group)
            wanted = only in (None, pieces[0].id)
            if wanted and left() > 0 and not all(_is_known(it) for it in pieces):
                try:
                    pieces = _explained(case, pieces, entries, alone=alone)
                except Exception:  # a proof never costs anybody the plan
                    log.exception("a conflict could not be worked out")
            found += pieces
        entries = found
    return tuple(entries)


def _is_known(entry: OpenWork | Late) -> bool:
    """Whether nothing more is to be proved: it is minimal, or the arithmetic of all seats."""
    return bool(entry.conflicts) and all(
        it.minimal or it.facts[0].code.startswith("seats_") for it in entry.conflicts
    )


def prove_late(
    tree: Tree,
    problem: Problem,
    plan: Plan,
    late: Sequence[Late],
    left: Left,
    only: str | None = None,
) -> tuple[Late, ...]:
    """Late tasks, with conflicts where it is proved that they cannot be in time."""
    case = Case(absolute(tree), problem, plan, left, by_due=True)
    found: list[Late] = []
    for it in late:
        finding: Finding = Unknown()
        wanted = only in (None, problem.tasks[it.task].id)
        if wanted and left() > 0 and not _is_known(it):
            try:
                finding = conflict_of(case, Work("task", problem.tasks[it.task].id, by_due=True))
            except Exception:
                log.exception("a conflict could not be worked out")
        if isinstance(finding, Proved):
            cause = ruled_out(finding.conflicts, in_time=True)
            it = replace(it, cause=cause, explained=True, conflicts=finding.conflicts)
        elif isinstance(finding, Fits):
            change = _change(problem, plan, finding.plan)
            if change is not None:
                it = replace(it, cause=possible(change, in_time=True), explained=True)
        found.append(it)
    return tuple(found)


def work_of(problem: Problem, entry: OpenWork) -> Work:
    """What an entry of open work is about."""
    return Work(
        entry.kind,
        entry.id,
        audience=entry.audience or "",
        department=entry.department or "",
        day="" if entry.day is None else problem.axis.date(entry.day).isoformat(),
    )


def _explained(
    case: Case, pieces: list[OpenWork], entries: Sequence[OpenWork], *, alone: bool
) -> list[OpenWork]:
    """All seats of a task, or one entry of other work."""
    target = work_of(case.problem, pieces[0])
    finding = conflict_of(case, target, alone=alone)
    if isinstance(finding, Fits):
        change = _change(case.problem, case.plan, finding.plan)
        if change is None:
            return pieces
        return [replace(it, reason=possible(change), explained=True) for it in pieces]
    if not isinstance(finding, Proved):
        return pieces
    conflicts = (*finding.conflicts, *_rivals(case, target, finding.conflicts, entries))
    return [_with(case, it, conflicts, alone=len(pieces) == 1) for it in pieces]


def _with(case: Case, entry: OpenWork, conflicts: tuple[Conflict, ...], *, alone: bool) -> OpenWork:
    """An entry with the conflicts of its work; what rules its own seat out comes first."""
    if not alone and entry.seat is not None:
        own = line_conflict(case, entry.id, entry.seat)
        if own is not None:
            same = set(own.facts)
            conflicts = (own, *(it for it in conflicts if set(it.facts) != same))
    return replace(entry, reason=ruled_out(conflicts), explained=True, conflicts=conflicts)


def _rivals(
    case: Case, target: Work, conflicts: Sequence[Conflict], entries: Sequence[OpenWork]
) -> list[Conflict]:
    """Other open work of no less weight that would come first, were the planned work not there."""
    if target.kind != "task" or not any(it.code == "work" for it in conflicts[0].facts):
        return []
    weights = {task.id: task.priority for task in case.problem.tasks}
    skills = {task.id: {line.skill for line in task.crew} for task in case.problem.tasks}
    others = {
        it.id
        for it in entries
        if it.kind == "task"
        and it.id != target.id
        and weights[it.id] >= weights[target.id]
        and skills[it.id] & skills[target.id]
    }
    found = []
    for id_ in sorted(others, key=lambda it: -weights[it])[:MOST_RIVALS]:
        conflict = rival_of(case, target, Work("task", id_))
        if conflict is not None:
            found.append(conflict)
    return found


def _change(problem: Problem, before: Plan, after: Plan) -> Fraction | None:
    """By how much the total rises; None if the plan does not count."""
    old, new = score(problem, before), score(problem, after)
    most = problem.goals.most_people
    beyond = most is not None and new.amount("change") > most
    return None if beyond or set(new.forbidden) - set(old.forbidden) else new.total - old.total

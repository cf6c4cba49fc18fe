"""Why planned work is not otherwise: the rule that it would break, or what it would cost more.

Whether it can be otherwise at all is asked like any conflict. What it costs is the difference of
two exact solves of the same part of the plan, once free and once so; the rest stays as booked.
Within that part it is proved; of the whole it is at most that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ortools.sat.python import cp_model

from allocator.check import check, score
from allocator.facts.removable import fact
from allocator.facts.work import Asked, Work, by_id, planned_work
from allocator.plan import Conflict, Fact, Plan
from solver.candidates.candidates import Candidates
from solver.conflicts.conflict import Case, Fits, Proved, conflict_with
from solver.conflicts.decide import Unknown
from solver.model.compile import Compiled, compile_part
from solver.model.decode import decode, hint
from solver.model.grid import grid_of
from solver.model.part import Part, held
from solver.model.wanted import as_wanted
from solver.stopping import Stopped

MOST_TASKS = 10
"""So many tasks are decided anew around the one that is asked about."""

MOST_NEEDS = 6
"""Likewise so many groups in courses."""


@dataclass(frozen=True)
class Broken:
    """It cannot be so: these facts rule it out, beside what work is among them."""

    conflict: Conflict


@dataclass(frozen=True)
class Priced:
    """It can be so: `plan` is, and its total is `more` higher than that of the plan asked about.

    `free` and `forced` are the optimum of the part and the bound below it, without and with it;
    None where the part was not solved.
    """

    plan: Plan
    more: Fraction
    free: tuple[Fraction, Fraction] | None
    forced: tuple[Fraction, Fraction] | None
    size: int
    """Pieces of work in the part."""

    @property
    def proved(self) -> bool:
        """Whether both solves of the part are proved to be optimal."""
        return all(it is not None and it[0] == it[1] for it in (self.free, self.forced))


def why_not(case: Case, wanted: Work) -> Broken | Priced | Unknown:
    """What is in the way of planned work that is to be otherwise, or what it would cost."""
    also: Asked = frozenset({Work("task", wanted.before)}) if wanted.before else frozenset()
    planned = {it.key: it for it in planned_work(case.problem, case.plan, by_due=False)}
    if wanted.key in planned:
        wanted = replace(wanted, amount=planned[wanted.key].amount)
    finding = conflict_with(case, wanted, also)
    if isinstance(finding, Proved):
        return Broken(_with_itself(case, wanted, finding.conflicts[0]))
    if not isinstance(finding, Fits):
        return Unknown()
    try:
        return _priced(case, wanted, finding.plan)
    except Stopped:
        more = score(case.problem, finding.plan).total - score(case.problem, case.plan).total
        return Priced(finding.plan, more, None, None, 0)


def _with_itself(case: Case, wanted: Work, conflict: Conflict) -> Conflict:
    """The conflict; where no fact is left but working hours, what somebody lacks for it."""
    lacking = _lacking(case, wanted) if conflict.facts[0].code == "hours" else None
    return conflict if lacking is None else Conflict((lacking,), conflict.minimal)


def _lacking(case: Case, wanted: Work) -> Fact | None:
    if not wanted.person:
        return None
    people = case.tree.get("people", ())
    at, person = next((n, it) for n, it in enumerate(people) if it["id"] == wanted.person)
    if wanted.kind == "task":
        lines = by_id(case.tree, "tasks")[wanted.id]["crew"]
    else:
        lines = by_id(case.tree, "courses")[wanted.id].get("trainers") or ()
    have = {it["skill"]: it["level"] for it in person.get("skills") or ()}
    lacking = [it for it in lines if have.get(it["skill"], 0) < (it.get("level") or 1)]
    if len(lacking) < len(lines) or not lacking:
        return None
    line = lacking[0]
    values = {"person": wanted.person, "skill": line["skill"], "level": line.get("level") or 1}
    return fact(f"people[{at}].skills", "lacks", **values)


# Price ----------------------------------------------------------------------------------------


def _priced(case: Case, wanted: Work, so: Plan) -> Priced:
    problem, now = case.problem, score(case.problem, case.plan).total

    def over() -> bool:
        return case.left() <= 0

    candidates = Candidates(problem, over)
    part = _part(candidates, case.plan, so, wanted)
    kept = held(candidates, case.plan, part)

    def compiled() -> Compiled:
        grid = grid_of(candidates)
        return compile_part(candidates, grid, part, kept, forbid=False, stop=over)

    free = _solved(compiled(), case.plan, case.left() / 3)
    model = compiled()
    as_wanted(model.model, wanted)
    forced = _solved(model, so, case.left() / 2)
    plans = [so, *(it.plan for it in (forced,) if it is not None)]
    sound = [it for it in plans if it is so or not check(problem, it).violations]
    best = min(sound, key=lambda it: score(problem, it).total)
    return Priced(
        best,
        score(problem, best).total - now,
        None if free is None else (free.value, free.bound),
        None if forced is None else (forced.value, forced.bound),
        len(part.tasks) + len(part.needs),
    )


@dataclass(frozen=True)
class _Solved:
    plan: Plan
    value: Fraction
    bound: Fraction


def _solved(compiled: Compiled, begin: Plan, seconds: float) -> _Solved | None:
    hint(compiled.model, begin)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    solver.parameters.catch_sigint_signal = False
    status = solver.solve(compiled.model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    value = compiled.total(solver.objective_value)
    bound = value if status == cp_model.OPTIMAL else compiled.total(solver.best_objective_bound)
    return _Solved(decode(compiled.model, solver.value), value, bound)


def _part(candidates: Candidates, plan: Plan, so: Plan, wanted: Work) -> Part:
    """The work that moves in the plan that was found, and what else is near it."""
    problem = candidates.problem
    free = candidates.plannable
    if wanted.kind == "course":
        course = next(n for n, it in enumerate(problem.courses) if it.id == wanted.id)
        audience = next(n for n, it in enumerate(problem.audiences) if it.id == wanted.audience)
        site = candidates.site_of(audience)
        needs = [
            (a, c)
            for a, c in candidates.needs()
            if c == course and candidates.site_of(a) == site and (a, c) != (audience, course)
        ]
        return Part(needs=frozenset([(audience, course), *needs[:MOST_NEEDS]]))
    own = {n for n, it in enumerate(problem.tasks) if it.id in (wanted.id, wanted.before)}
    before = {it.task: it for it in plan.tasks}
    moved = {it.task for it in so.tasks if before.get(it.task) != it} | own
    span = [it for it in so.tasks if it.task in moved] + [before[it] for it in moved & set(before)]
    low, high = min(it.start for it in span), max(it.end for it in span)
    people = {seat.person for it in span for seat in it.crew}
    near = [
        it.task
        for it in plan.tasks
        if it.task not in moved
        and it.end > low
        and it.start < high
        and any(seat.person in people for seat in it.crew)
    ]
    return Part(tasks=frozenset([*moved, *near[:MOST_TASKS]]) & frozenset(free))

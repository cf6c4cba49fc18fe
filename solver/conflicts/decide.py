"""Whether some work can be done at all: the exact model of a document with just this work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from allocator.check import check
from allocator.errors import InvalidDocument
from allocator.facts.work import Asked, Tree, Work, support_work
from allocator.formats.document import problem_from_tree
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.terms import TERMS
from solver.candidates.candidates import Candidates
from solver.model.build import remaining
from solver.model.compile import compile_part
from solver.model.decode import decode
from solver.model.grid import grid_of
from solver.model.model import Model
from solver.model.part import whole
from solver.model.wanted import as_wanted
from solver.stopping import Stopped

SECONDS = 2.0
"""A question that takes longer stays without an answer."""

MONOTONE = frozenset(TERMS) - {"open_work", "unfairness"}
"""Terms that other work can only raise: where they are forbidden, they are for less work too."""


@dataclass(frozen=True)
class Possible:
    """A plan of the restricted document that does the work; it has been checked."""

    problem: Problem
    plan: Plan


@dataclass(frozen=True)
class Impossible:
    """Proved: no plan does the work."""


@dataclass(frozen=True)
class Unknown:
    """Not known in the time that there was."""


Answer = Possible | Impossible | Unknown


@dataclass(frozen=True)
class Limits:
    """What holds for every question beside the document: the change budget and the time."""

    most_people: int | None
    left: Callable[[], float]
    """Seconds that are left."""

    def over(self) -> bool:
        """Whether the time is up."""
        return self.left() <= 0


def decide(tree: Tree, asked: Asked, limits: Limits) -> Answer:
    """Whether the work can be done in a document that has been restricted to it."""
    if limits.over():
        return Unknown()
    try:
        problem = problem_from_tree(tree)
    except InvalidDocument:
        return Unknown()  # what was taken away was needed: such a document answers nothing
    days = {work.key for work in asked if work.kind == "support"}
    shifts = tuple(
        need
        for need in problem.shifts
        if support_work(problem, need.support, need.department, need.day).key in days
    )
    if len(shifts) < len(days):
        return Unknown()
    goals = replace(problem.goals, most_people=limits.most_people)
    problem = replace(problem, shifts=shifts, goals=goals)
    try:
        return _decided(problem, asked, limits)
    except Stopped:
        return Unknown()


def _decided(problem: Problem, asked: Asked, limits: Limits) -> Answer:
    candidates = Candidates(problem, limits.over)
    forbidden = [term for term in TERMS if term in MONOTONE and problem.goals.price(term) is None]
    budget = ["change"] if limits.most_people is not None and "change" not in forbidden else []
    compiled = compile_part(
        candidates,
        grid_of(candidates),
        whole(candidates),
        Plan(),
        terms=(*forbidden, *budget),
        stop=limits.over,
    )
    model = compiled.model
    for work in asked:
        demand(model, work)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = max(0.01, min(SECONDS, limits.left()))
    solver.parameters.catch_sigint_signal = False
    solver.parameters.stop_after_first_solution = True
    status = solver.solve(model.cp)
    if status == cp_model.INFEASIBLE:
        return Impossible()
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Unknown()
    plan = decode(model, solver.value)
    if check(problem, plan).violations:
        return Unknown()
    return Possible(problem, plan)


def demand(model: Model, work: Work) -> None:
    """The work is done, as it is wanted."""
    as_wanted(model, work)
    cp, problem = model.cp, model.problem
    if work.kind == "task":
        number = next(i for i, task in enumerate(problem.tasks) if task.id == work.id)
        cp.add(model.tasks[number].present == 1) if number in model.tasks else cp.add_bool_or([])
        return
    if work.kind == "course":
        course = next(i for i, it in enumerate(problem.courses) if it.id == work.id)
        audience = next(i for i, it in enumerate(problem.audiences) if it.id == work.audience)
        heads = [
            group.heads[audience]
            for group in model.classes
            if group.course == course and audience in group.heads
        ]
        asked = work.amount or remaining(model, audience, course)
        cp.add(sum(heads) >= asked) if heads or not asked else cp.add_bool_or([])
        return
    for number, need in enumerate(problem.shifts):
        if support_work(problem, need.support, need.department, need.day).key == work.key:
            takers = list(model.shifts[number].values())
            asked = work.amount or need.people
            cp.add(sum(takers) >= asked) if takers else cp.add_bool_or([])

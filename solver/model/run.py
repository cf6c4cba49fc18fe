"""One call of CP-SAT: limits, one seed, early end, progress of bound and plans."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from ortools.sat.python import cp_model

from allocator.plan import Plan
from solver.incumbent import Incumbent
from solver.model.compile import Compiled
from solver.model.decode import Value, decode
from solver.model.model import Model

EVERY = 0.25
"""Seconds between two looks at whether the search should end."""

Read: TypeAlias = Callable[[Model, Value], Plan]
"""How the values of a solved model become a plan."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call found: a plan if any, the bound on the total, and whether it is proved."""

    plan: Plan | None
    total: Fraction | None
    bound: Fraction | None
    """None where nothing was found, CP-SAT then says nothing of the bound."""
    optimal: bool
    infeasible: bool


class _Watch(cp_model.CpSolverSolutionCallback):
    """Hands each better plan on and ends the call when the search ends."""

    def __init__(
        self,
        compiled: Compiled,
        incumbent: Incumbent,
        read: Read,
        on_plan: Callable[[Plan], object] | None,
    ) -> None:
        super().__init__()
        self._compiled = compiled
        self._read = read
        self._incumbent = incumbent
        self._on_plan = on_plan

    def on_solution_callback(self) -> None:
        if self._on_plan is not None:
            self._on_plan(self._read(self._compiled.model, self.value))
        if self._incumbent.ended():
            self.stop_search()


@contextmanager
def ending(solver: cp_model.CpSolver, incumbent: Incumbent) -> Iterator[None]:
    """Stop the solver soon after the search has been asked to end."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(EVERY):
            if incumbent.ended():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def solver_of(incumbent: Incumbent, seconds: float, workers: int = 1) -> cp_model.CpSolver:
    """A solver with the limits of the search.

    Under a deterministic limit `seconds` count in CP-SAT's deterministic units, which are about
    as long, so that a slow machine finds the same.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = incumbent.settings.seed
    solver.parameters.catch_sigint_signal = False  # signals are the caller's
    if incumbent.work_left is None:
        solver.parameters.max_time_in_seconds = max(0.01, min(seconds, incumbent.seconds_left))
    else:
        solver.parameters.max_time_in_seconds = max(0.01, incumbent.seconds_left)
        solver.parameters.max_deterministic_time = min(seconds, incumbent.work_left)
    return solver


def run(
    compiled: Compiled,
    incumbent: Incumbent,
    *,
    seconds: float,
    workers: int = 1,
    read: Read = decode,
    on_plan: Callable[[Plan], object] | None = None,
    on_bound: Callable[[Fraction], None] | None = None,
    linear: bool = True,
    seed: int | None = None,
) -> Answer:
    """Solve a compiled part within `seconds`; see `solver_of`.

    Not `linear` leaves out linear programming, which takes more than it gives where a model is
    little but pools of people and the order of tasks. `seed` is that of the search unless given.
    """
    solver = solver_of(incumbent, seconds, workers)
    if seed is not None:
        solver.parameters.random_seed = seed
    if not linear:
        solver.parameters.linearization_level = 0
    if on_bound is not None:
        solver.best_bound_callback = lambda bound: on_bound(compiled.total(bound))
    watch = _Watch(compiled, incumbent, read, on_plan)
    with ending(solver, incumbent):
        status = solver.solve(compiled.model.cp, watch)
    incumbent.spend(solver.response_proto.deterministic_time)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if status == cp_model.MODEL_INVALID:
        raise ValueError(compiled.model.cp.validate())
    return Answer(
        plan=read(compiled.model, solver.value) if found else None,
        total=compiled.total(solver.objective_value) if found else None,
        bound=compiled.total(solver.best_objective_bound) if found else None,
        optimal=status == cp_model.OPTIMAL,
        infeasible=status == cp_model.INFEASIBLE,
    )

"""From a problem to a checked outcome: the one entry of the optimiser."""

from __future__ import annotations

import threading

from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome, Run
from allocator.plan import Plan
from allocator.problem import TERMS, Problem
from solver.candidates import Candidates
from solver.grid import Grid, grid_of
from solver.search.bench import Bench
from solver.search.complete import plan_around
from solver.search.first import first_plan
from solver.search.incumbent import Incumbent
from solver.search.prove import Proof
from solver.search.recreate import Search
from solver.search.together import Neighbourhoods
from solver.settings import OnProgress, Settings, Stop

TINY = 400
"""Problems with at most so many choices (see `choices`) go straight to the whole exact model."""

SMALL = 8_000
"""Up to so many choices the whole exact model ends the proof."""

EARLY_SHARE = 0.1
"""Share of the time for proof that may go into each of the bounds before that of tasks."""

TASKS_SHARE = 0.3
"""Share of it for the bound of tasks, where the whole exact model comes after it."""

IDEA_STEPS = 200
"""Ruin-and-recreate steps that a plan around new task times gets before it is judged."""

STEP_WORK = 0.002
"""Deterministic units that one such step counts as, about its seconds."""

RECREATE_STEPS = 60
"""Ruin-and-recreate steps between two parts given to the exact model."""


def solve(
    problem: Problem,
    settings: Settings,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Outcome:
    """Decide who does what when, within the limits of `settings`; the plan has been checked."""
    incumbent = Incumbent(problem, settings, on_progress, stop)
    incumbent.enter("first plan")
    candidates = Candidates(problem)
    incumbent.offer(first_plan(candidates, settings.seed))
    grid = grid_of(candidates)
    proof = Proof(candidates, grid, incumbent)
    size = choices(candidates)
    if size <= TINY and not incumbent.ended():
        incumbent.enter("whole")
        proof.prove_whole(incumbent.left)
    if not incumbent.ended():
        incumbent.enter("improving")
        _improve(candidates, grid, incumbent, proof, exact=size <= SMALL)
    return _outcome(incumbent)


def choices(candidates: Candidates) -> int:
    """How large the whole exact model would be: pairs of work and people, classes by start."""
    problem = candidates.problem
    seats = sum(
        len(candidates.seat_people(task, line))
        for task in candidates.open_tasks
        for line in range(len(problem.tasks[task].crew))
    )
    supporters = sum(len(candidates.supporters(shift)) for shift in range(len(problem.shifts)))
    classes = sum(
        int(candidates.group_starts(audience, course).sum())
        * max(1, len(candidates.rooms(course, candidates.site_of(audience))))
        for audience, course in candidates.needs()
    )
    return seats * 10 + supporters + classes


def _improve(
    candidates: Candidates, grid: Grid, incumbent: Incumbent, proof: Proof, *, exact: bool
) -> None:
    """Search and proof side by side, on one core each; on one worker, one after the other."""
    ideas: list[Plan] = []
    if incumbent.settings.workers > 1:
        failures: list[BaseException] = []

        def prove() -> None:
            try:
                _prove(proof, ideas, incumbent, incumbent.left, exact)
            except BaseException as failure:
                failures.append(failure)
                incumbent.end()

        prover = threading.Thread(target=prove, daemon=True)
        prover.start()
        _search(candidates, grid, incumbent, ideas)
        incumbent.end()
        prover.join()
        if failures:
            raise failures[0]
    else:
        _prove(proof, ideas, incumbent, incumbent.left / 4, exact)
        _search(candidates, grid, incumbent, ideas)


def _prove(
    proof: Proof, ideas: list[Plan], incumbent: Incumbent, limit: float, exact: bool
) -> None:
    """Bounds of support, then of tasks; the whole model last, where it fits."""
    proof.share_out(limit * EARLY_SHARE)
    proof.prove_support(limit * EARLY_SHARE)
    proof.prove_tasks(limit * (TASKS_SHARE if exact else 1 - 2 * EARLY_SHARE), ideas.append)
    if exact and not incumbent.ended():
        proof.prove_whole(limit * (1 - 2 * EARLY_SHARE - TASKS_SHARE))


def _search(candidates: Candidates, grid: Grid, incumbent: Incumbent, ideas: list[Plan]) -> None:
    """Ruin and recreate in turn with exact parts; relaxed task times are tried as they come."""
    bench = Bench(candidates)
    bench.ledger.load(incumbent.base)
    recreate = Search(bench, incumbent.settings.seed)
    neighbourhoods = Neighbourhoods(candidates, grid, incumbent)
    while not incumbent.ended():
        if ideas:
            idea = ideas.pop()
            ideas.clear()
            bench.ledger.load(plan_around(candidates, idea.tasks, incumbent.settings.seed))
            recreate = Search(bench, incumbent.settings.seed)
            _recreate(recreate, incumbent, IDEA_STEPS)
            if not incumbent.offer(recreate.best):
                recreate = _restart(bench, incumbent)
        if _recreate(recreate, incumbent, RECREATE_STEPS):
            incumbent.offer(recreate.best)
        if incumbent.ended():
            break
        if neighbourhoods.step(incumbent.base) is not None:
            recreate = _restart(bench, incumbent)


def _recreate(recreate: Search, incumbent: Incumbent, steps: int) -> bool:
    """So many steps, fewer if the search ends; True if one of them found a better plan."""
    found = False
    for _ in range(steps):
        found = recreate.step() or found
        incumbent.spend(STEP_WORK)
        if incumbent.ended():
            break
    return found


def _restart(bench: Bench, incumbent: Incumbent) -> Search:
    bench.ledger.load(incumbent.base)
    return Search(bench, incumbent.settings.seed)


def _forbidden(problem: Problem) -> str:
    terms = [term for term in TERMS if problem.goals.price(term) is None]
    return f"No plan keeps every rule with these forbidden terms at zero: {', '.join(terms)}."


def _run(incumbent: Incumbent) -> Run:
    return Run(
        seed=incumbent.settings.seed,
        workers=incumbent.settings.workers,
        seconds=incumbent.seconds,
        first_plan_seconds=incumbent.first_plan_seconds,
        best_plan_seconds=incumbent.best_plan_seconds,
        deterministic_time=incumbent.deterministic_time,
    )


def _outcome(incumbent: Incumbent) -> Outcome:
    incumbent.enter("done")
    run_of = _run(incumbent)
    if incumbent.infeasible:
        return Infeasible(_forbidden(incumbent.problem), run_of)
    if incumbent.plan is None or incumbent.score is None:
        return NoPlan("No plan was found in the time given.", incumbent.bound, run_of)
    if incumbent.proved:
        return Optimal(incumbent.plan, incumbent.score, run_of)
    return Feasible(incumbent.plan, incumbent.score, incumbent.bound, run_of)

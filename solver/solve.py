"""From a problem to a checked outcome: the one entry of the optimiser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from allocator.errors import SolverDefect
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome, Run
from allocator.plan import Plan
from allocator.problem import TERMS, Problem
from solver.bounds.proof import Proof
from solver.bounds.quick import PRICED
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.first_plan.warm_start import names_what_is_there, warm_plan
from solver.improvement.portfolio import improve, loosen_on, only_finish
from solver.incumbent import Incumbent
from solver.model.grid import grid_of
from solver.settings import OnProgress, Settings, Stop
from solver.stopping import Stopped

TINY = 400
"""Problems with at most so many choices (see `choices`) go straight to the whole exact model."""

SMALL = 8_000
"""Up to so many choices the whole exact model ends the proof."""

EARLY_SHARE = 0.1
"""Share of the time for proof that may go into each of the bounds before that of tasks."""

TIMES_SHARE = 0.1
"""Share of it for times against pools, where only the finish counts; then it helps to search."""

STAFFED_SHARE = 0.4
"""Share of it for times with people counted by kind, which comes after them."""

PATIENCE = 4.0
"""Seconds without a better plan after which, for crews, the search's core turns to the bound."""

WHOLE_SHARE = 0.2
"""Share of it for the whole exact model where only the finish counts."""

TASKS_SHARE = 0.3
"""Share of it for the bound of tasks, where the whole exact model comes after it."""


def solve(
    problem: Problem,
    settings: Settings,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
    base: Plan | None = None,
) -> Outcome:
    """Decide who does what when, within the limits of `settings`; the plan has been checked.

    A `base` is a plan to begin with, of this rollout or of one much like it: what still holds of it
    stays until something better is found. What it names and the rollout does not have is -1.

    With a change budget (`goals.most_people`) only plans within it count. Where none is found, the
    outcome is the nearest one to it, whose `change` is then above.
    """
    incumbent = Incumbent(problem, settings, on_progress, stop)
    incumbent.enter("first plan")
    candidates = Candidates(problem)
    if base is not None:
        _begin_with(candidates, base, incumbent)
    if incumbent.plan is None or not incumbent.ended():
        first = first_plan(candidates, settings.seed, incumbent.ended)
        try:
            incumbent.offer(first)
        except SolverDefect as defect:
            if problem.published is None:
                raise
            if incumbent.plan is None:
                said = defect.violations[0].message
                reason = f"What people have been told cannot all stay: {said}"
                return NoPlan(reason, Fraction(0), _run(incumbent))
    if not incumbent.ended():
        with suppress(Stopped):
            _search_on(candidates, incumbent)
    return _outcome(incumbent)


def _begin_with(candidates: Candidates, base: Plan, incumbent: Incumbent) -> None:
    """Take a plan from before as it is, if it is still one, or else what holds of it."""
    if names_what_is_there(base):
        incumbent.try_out(base)
    incumbent.try_out(warm_plan(candidates, base, incumbent.settings.seed, incumbent.ended))


def _search_on(candidates: Candidates, incumbent: Incumbent) -> None:
    """From the first plan on: the whole exact model where it is tiny, else search and proof."""
    grid = grid_of(candidates)
    proof = Proof(candidates, grid, incumbent)
    size = choices(candidates, SMALL)
    if size <= TINY:
        incumbent.enter("whole")
        proof.begin()
        proof.prove_whole(incumbent.left)
    if not incumbent.ended():
        incumbent.enter("improving")
        _improve(incumbent, proof, exact=size <= SMALL)


def choices(candidates: Candidates, most: int) -> int:
    """How large the whole exact model would be: pairs of work and people, classes by start.

    Counted no further than beyond `most`.
    """
    count = 0
    for part in _choices(candidates):
        count += part
        if count > most:
            break
    return count


def _choices(candidates: Candidates) -> Iterator[int]:
    problem = candidates.problem
    for task in candidates.open_tasks:
        for line in range(len(problem.tasks[task].crew)):
            yield 10 * len(candidates.seat_people(task, line))
    for shift in range(len(problem.shifts)):
        yield len(candidates.supporters(shift))
    for audience, course in candidates.needs():
        rooms = candidates.rooms(course, candidates.site_of(audience))
        yield int(candidates.group_starts(audience, course).sum()) * max(1, len(rooms))


def _improve(incumbent: Incumbent, proof: Proof, *, exact: bool) -> None:
    """Search and proof side by side, on one core each; on one worker, one after the other."""
    ideas: list[Plan] = []
    if incumbent.settings.workers > 1:
        failures: list[BaseException] = []

        def prove() -> None:
            try:
                with suppress(Stopped):
                    _prove(proof, ideas, incumbent, incumbent.left, exact)
            except BaseException as failure:
                failures.append(failure)
                incumbent.end()

        prover = threading.Thread(target=prove, daemon=True)
        prover.start()
        try:
            if only_finish(incumbent.problem) and in_crews(incumbent.problem):
                improve(proof.shapes, incumbent, ideas, PATIENCE)
                proof.prove_shaved(incumbent.left)
            improve(proof.shapes, incumbent, ideas)
        finally:
            incumbent.end()
            prover.join()
        if failures:
            raise failures[0]
    else:
        _prove(proof, ideas, incumbent, incumbent.left / 4, exact)
        improve(proof.shapes, incumbent, ideas)


def _prove(
    proof: Proof, ideas: list[Plan], incumbent: Incumbent, limit: float, exact: bool
) -> None:
    """Bounds of support, then of tasks; the whole model last, where it fits."""
    proof.begin()
    if any(incumbent.problem.goals.price(term) for term in PRICED):
        proof.share_out(limit * EARLY_SHARE)
        proof.prove_support(limit * EARLY_SHARE)
        proof.prove_tasks(limit * (TASKS_SHARE if exact else 1 - 2 * EARLY_SHARE), ideas.append)
        if exact:
            proof.prove_whole(limit * (1 - 2 * EARLY_SHARE - TASKS_SHARE))
    elif only_finish(incumbent.problem):
        _prove_finish(proof, ideas, incumbent, limit, exact)
    elif exact:
        proof.prove_whole(limit)


def _prove_finish(
    proof: Proof, ideas: list[Plan], incumbent: Incumbent, limit: float, exact: bool
) -> None:
    """Times alone, then with people, by other choices again where they are hard to find."""
    proof.prove_times(limit * TIMES_SHARE, ideas.append)
    proof.prove_staffed(limit * STAFFED_SHARE, ideas.append)
    if exact:
        proof.prove_whole(limit * WHOLE_SHARE)
    if incumbent.settings.workers > 1:
        if in_crews(incumbent.problem):
            proof.prove_staffed(incumbent.left, ideas.append)
        loosen_on(proof.shapes, incumbent)


def in_crews(problem: Problem) -> bool:
    """Whether some tasks take several people, who are hard to find one by one."""
    return any(sum(line.people for line in task.crew) > 1 for task in problem.tasks)


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
    draft, score = incumbent.draft, incumbent.draft_score
    if incumbent.plan is None and draft is not None and score is not None and not score.forbidden:
        return Feasible(draft, score, incumbent.bound_of_all, run_of)  # beyond the change budget
    if incumbent.plan is None or incumbent.score is None:
        return NoPlan("No plan was found in the time given.", incumbent.bound, run_of)
    if incumbent.proved:
        return Optimal(incumbent.plan, incumbent.score, run_of)
    return Feasible(incumbent.plan, incumbent.score, incumbent.bound, run_of)

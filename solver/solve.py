"""From a problem to a checked outcome: the one entry of the optimiser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from allocator.check import check
from allocator.errors import SolverDefect
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome, Run
from allocator.plan import Plan
from allocator.problem import TERMS, Problem
from solver.bounds.proof import Proof
from solver.bounds.quick import PRICED
from solver.candidates.candidates import Candidates
from solver.first_plan.build import beyond_repair, first_plan
from solver.first_plan.salvage import without
from solver.first_plan.warm_start import warm_plan
from solver.improvement.portfolio import improve, loosen_on, only_finish
from solver.incumbent import Incumbent
from solver.model.grid import grid_of
from solver.settings import OnProgress, Settings, Stop
from solver.stopping import Stopped

MOST_FAILURES = 20
"""So often the search begins anew after a failure."""

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

    What goes wrong on the way costs no plan: it is dropped and written down as a defect of the run.
    Only if there is no checked plan at all, and that is our fault, `SolverDefect` is raised.

    With a change budget (`goals.most_people`) only plans within it count. Where none is found, the
    outcome is the nearest one to it, whose `change` is then above.
    """
    incumbent = Incumbent(problem, settings, on_progress, stop)
    incumbent.enter("first plan")
    candidates = Candidates(problem)
    if base is not None:
        with _going_on(incumbent):
            _begin_with(candidates, base, incumbent)
    reason = ""
    if incumbent.plan is None or not incumbent.ended():
        with _going_on(incumbent):
            reason = _begin(candidates, incumbent)
    if not incumbent.ended():
        with _going_on(incumbent):
            _search_on(candidates, incumbent)
    return _outcome(incumbent, reason)


@contextmanager
def _going_on(incumbent: Incumbent) -> Iterator[None]:
    """What breaks off is written down, and the solve goes on with what it has."""
    try:
        yield
    except Stopped:
        return
    except Exception as failure:  # a defect of ours costs nobody the plan that there is
        incumbent.record_failure(failure)


def _begin_with(candidates: Candidates, base: Plan, incumbent: Incumbent) -> None:
    """Take a plan from before as it is, if it is still one, or else what holds of it."""
    incumbent.try_out(warm_plan(candidates, base, incumbent.settings.seed, incumbent.ended))


def _begin(candidates: Candidates, incumbent: Incumbent) -> str:
    """The first plan, or what of it the check has nothing against; else why there can be none."""
    first = first_plan(candidates, incumbent.settings.seed, incumbent.ended)
    stays = beyond_repair(candidates, first)
    if incumbent.try_out(first) if stays else incumbent.offer(first):
        return ""
    if incumbent.plan is not None or incumbent.draft is not None:
        return ""
    violations = check(incumbent.problem, first).violations
    rest = without(incumbent.problem, first, violations)
    if rest is not None and (incumbent.offer(rest) or incumbent.draft is not None):
        return ""
    if stays and violations:
        return f"What people have been told cannot all stay: {violations[0].message}"
    return ""


def _search_on(candidates: Candidates, incumbent: Incumbent) -> None:
    """From the first plan on: the whole exact model where it is tiny, else search and proof."""
    grid = grid_of(candidates)
    proof = Proof(candidates, grid, incumbent)
    size = choices(candidates, SMALL)
    nothing = incumbent.plan is None and incumbent.draft is None
    if size <= TINY or (nothing and size <= SMALL):
        incumbent.enter("whole")
        proof.begin()
        proof.prove_whole(incumbent.left)
    if not incumbent.ended() and not (incumbent.plan is None and incumbent.draft is None):
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

        def prove() -> None:
            with _going_on(incumbent):
                _prove(proof, ideas, incumbent, incumbent.left, exact)

        prover = threading.Thread(target=prove, daemon=True)
        prover.start()
        try:
            if only_finish(incumbent.problem) and in_crews(incumbent.problem):
                with _going_on(incumbent):
                    improve(proof.shapes, incumbent, ideas, PATIENCE)
                    proof.prove_shaved(incumbent.left)
            _improve_on(proof, ideas, incumbent)
        finally:
            incumbent.end()
            prover.join()
    else:
        with _going_on(incumbent):
            _prove(proof, ideas, incumbent, incumbent.left / 4, exact)
        _improve_on(proof, ideas, incumbent)


def _improve_on(proof: Proof, ideas: list[Plan], incumbent: Incumbent) -> None:
    """Search until the end; after a failure anew from the best plan, but not for ever."""
    for _ in range(MOST_FAILURES):
        if incumbent.ended():
            return
        with _going_on(incumbent):
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


def _nothing(incumbent: Incumbent) -> str:
    if incumbent.out_of_memory:
        limit = incumbent.settings.memory_mb
        of = "" if limit is None else f" of {limit:,.0f} MB"
        return f"The memory{of} was used up before a plan was found."
    return "No plan was found in the time given."


def _run(incumbent: Incumbent) -> Run:
    return Run(
        seed=incumbent.settings.seed,
        workers=incumbent.settings.workers,
        seconds=incumbent.seconds,
        first_plan_seconds=incumbent.first_plan_seconds,
        best_plan_seconds=incumbent.best_plan_seconds,
        deterministic_time=incumbent.deterministic_time,
        defects=tuple(incumbent.defects),
        out_of_memory=incumbent.out_of_memory,
    )


def _outcome(incumbent: Incumbent, reason: str) -> Outcome:
    incumbent.enter("done")
    run_of = _run(incumbent)
    if incumbent.infeasible:
        return Infeasible(_forbidden(incumbent.problem), run_of)
    draft, score = incumbent.draft, incumbent.draft_score
    if incumbent.plan is None and draft is not None and score is not None and not score.forbidden:
        return Feasible(draft, score, incumbent.bound_of_all, run_of)  # beyond the change budget
    if incumbent.plan is None or incumbent.score is None:
        if run_of.defects and draft is None:
            raise SolverDefect(run_of.defects)
        return NoPlan(reason or _nothing(incumbent), incumbent.bound, run_of)
    if incumbent.proved:
        return Optimal(incumbent.plan, incumbent.score, run_of)
    return Feasible(incumbent.plan, incumbent.score, incumbent.bound, run_of)

"""From a problem to a checked outcome: the one entry of the optimiser."""

from __future__ import annotations

from allocator.check import check
from allocator.errors import SolverDefect
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome, Run
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.terms import TERMS
from solver.bounds.proof import Proof
from solver.candidates.candidates import Candidates
from solver.first_plan.build import beyond_repair, first_plan
from solver.first_plan.salvage import without
from solver.first_plan.warm_start import warm_plan
from solver.incumbent import Incumbent
from solver.model.grid import grid_of
from solver.processes.team import Team
from solver.schedule import SMALL, TINY, choices, going_on, improve_and_prove, wants_help
from solver.settings import OnProgress, Settings, Stop


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
    candidates = Candidates(problem, incumbent.overdue, incumbent.hurried)
    ideas: list[Plan] = []
    team = Team(incumbent, ideas) if wants_help(candidates, settings) else None
    try:
        reason = _solved(candidates, incumbent, base, ideas, helped=team is not None)
    finally:
        if team is not None:
            team.end()
    return _outcome(incumbent, reason)


def _solved(
    candidates: Candidates,
    incumbent: Incumbent,
    base: Plan | None,
    ideas: list[Plan],
    *,
    helped: bool,
) -> str:
    """The whole way of a solve; why there is no plan, where that is known."""
    if base is not None:
        with going_on(incumbent):
            _begin_with(candidates, base, incumbent)
    reason = ""
    if incumbent.plan is None or not incumbent.ended():
        with going_on(incumbent):
            reason = _begin(candidates, incumbent)
    if incumbent.plan is None and incumbent.draft is None and incumbent.overdue():
        incumbent.try_out(Plan())  # there was no time for more
    if not incumbent.ended():
        with going_on(incumbent):
            _search_on(candidates, incumbent, ideas, helped=helped)
    return reason


def _begin_with(candidates: Candidates, base: Plan, incumbent: Incumbent) -> None:
    """Take a plan from before as it is, if it is still one, or else what holds of it."""
    incumbent.try_out(warm_plan(candidates, base, incumbent.settings.seed, incumbent.ended))


def _begin(candidates: Candidates, incumbent: Incumbent) -> str:
    """The first plan, or what of it the check has nothing against; else why there can be none."""
    first = first_plan(candidates, incumbent.settings.seed, incumbent.hurried, incumbent.overdue)
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
        return f"What is published cannot all stay: {violations[0].message}"
    return ""


def _search_on(
    candidates: Candidates, incumbent: Incumbent, ideas: list[Plan], *, helped: bool
) -> None:
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
        improve_and_prove(incumbent, proof, ideas, exact=size <= SMALL, helped=helped)


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

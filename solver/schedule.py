"""Who gets which seconds of a solve: search and proof, in one process or in several."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from allocator.plan import Plan
from allocator.problem import Problem
from solver.bounds.proof import Proof
from solver.bounds.quick import PRICED
from solver.candidates.candidates import Candidates
from solver.improvement.portfolio import improve, improve_beside_search, only_finish
from solver.incumbent import Incumbent
from solver.processes.team import LEAST_SECONDS
from solver.settings import Settings
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

TASKS_SHARE = 0.6
"""Share of it for the bound of tasks, where the whole exact model comes after it."""


@contextmanager
def going_on(incumbent: Incumbent) -> Iterator[None]:
    """What breaks off is written down, and the solve goes on with what it has."""
    try:
        yield
    except Stopped:
        return
    except Exception as failure:  # a defect of ours costs nobody the plan that there is
        incumbent.record_failure(failure)


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


def wants_help(candidates: Candidates, settings: Settings) -> bool:
    """Whether processes of its own help a solve: there is more than one worker, and enough to do.

    Where only the finish counts, what takes time runs beside Python anyway, and threads do.
    """
    priced = any(candidates.problem.goals.price(term) for term in PRICED)
    enough = settings.workers > 1 and settings.seconds >= LEAST_SECONDS and priced
    return enough and choices(candidates, TINY) > TINY


def improve_and_prove(
    incumbent: Incumbent, proof: Proof, ideas: list[Plan], *, exact: bool, helped: bool
) -> None:
    """Search and proof side by side, on one core each; on one worker, one after the other.

    Where the solve is `helped`, others prove.
    """
    if helped:
        improve_on(proof, ideas, incumbent)
    elif incumbent.settings.workers > 1:

        def proving() -> None:
            with going_on(incumbent):
                prove(proof, ideas.append, incumbent, incumbent.left, exact)

        prover = threading.Thread(target=proving, daemon=True)
        prover.start()
        try:
            if only_finish(incumbent.problem) and in_crews(incumbent.problem):
                with going_on(incumbent):
                    improve(proof.shapes, incumbent, ideas, PATIENCE)
                    proof.prove_shaved(incumbent.left)
            improve_on(proof, ideas, incumbent)
        finally:
            incumbent.end()
            prover.join()
    else:
        with going_on(incumbent):
            prove(proof, ideas.append, incumbent, incumbent.left / 4, exact)
        improve_on(proof, ideas, incumbent)


def improve_on(proof: Proof, ideas: list[Plan], incumbent: Incumbent) -> None:
    """Search until the end; after a failure anew from the best plan, but not for ever."""
    for _ in range(MOST_FAILURES):
        if incumbent.ended():
            return
        with going_on(incumbent):
            improve(proof.shapes, incumbent, ideas)


def prove(
    proof: Proof,
    on_idea: Callable[[Plan], None],
    incumbent: Incumbent,
    limit: float,
    exact: bool,
) -> None:
    """Bounds of support, then of tasks; the whole model last, where it fits."""
    begun = incumbent.left
    proof.begin()
    if any(incumbent.problem.goals.price(term) for term in PRICED):
        proof.prove_classes()
        proof.share_out(limit * (EARLY_SHARE if proof.places_tasks else 1 - EARLY_SHARE))
        proof.prove_support(limit * EARLY_SHARE)
        proof.prove_tasks(limit * (TASKS_SHARE if exact else 1 - 2 * EARLY_SHARE), on_idea)
        if exact:
            least = limit * (1 - 2 * EARLY_SHARE - TASKS_SHARE)
            proof.prove_whole(max(least, limit - (begun - incumbent.left)))
    elif only_finish(incumbent.problem):
        _prove_finish(proof, on_idea, incumbent, limit, exact)
    elif exact:
        proof.prove_whole(limit)


def _prove_finish(
    proof: Proof,
    on_idea: Callable[[Plan], None],
    incumbent: Incumbent,
    limit: float,
    exact: bool,
) -> None:
    """Times alone, then with people, by other choices again where they are hard to find."""
    proof.prove_times(limit * TIMES_SHARE, on_idea)
    proof.prove_staffed(limit * STAFFED_SHARE, on_idea)
    if exact:
        proof.prove_whole(limit * WHOLE_SHARE)
    if incumbent.settings.workers > 1:
        if in_crews(incumbent.problem):
            proof.prove_staffed(incumbent.left, on_idea)
        improve_beside_search(proof.shapes, incumbent)


def in_crews(problem: Problem) -> bool:
    """Whether some tasks take several people, who are hard to find one by one."""
    return any(sum(line.people for line in task.crew) > 1 for task in problem.tasks)

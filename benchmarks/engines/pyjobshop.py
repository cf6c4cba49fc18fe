"""PyJobShop on projects in which one person does each task: a mode per task and person."""

from __future__ import annotations

import time
from fractions import Fraction

from pyjobshop import Model, SolveStatus

from allocator.outcome import Infeasible, Outcome, Run
from allocator.plan import Seat, TaskBooking
from allocator.problem import Problem
from benchmarks.engines.single import checked_outcome, require_single
from solver.candidates.candidates import Candidates
from solver.settings import OnProgress, Settings


def solve(problem: Problem, settings: Settings, on_progress: OnProgress) -> Outcome:  # noqa: ARG001 (it tells of no progress)
    """Minimise the makespan by PyJobShop; raises CannotExpress for crews and for other goals."""
    begun = time.monotonic()
    require_single(problem, "PyJobShop")
    model = Model()
    machines = [model.add_machine(name=person.id) for person in problem.people]
    tasks = [model.add_task(name=task.id) for task in problem.tasks]
    candidates = Candidates(problem)
    for index, task in enumerate(problem.tasks):
        need = task.crew[0]
        for person in candidates.people_with(need.skill, need.level):
            model.add_mode(tasks[index], resources=[machines[person]], duration=need.work)
        for link in task.after:
            model.add_end_before_start(tasks[link.task], tasks[index])
    result = model.solve(
        solver="ortools",
        time_limit=max(0.1, settings.seconds - (time.monotonic() - begun)),
        num_workers=settings.workers,
        display=False,
        random_seed=settings.seed,
    )
    seconds = time.monotonic() - begun
    run = Run(settings.seed, settings.workers, seconds, None, None, 0.0)
    if result.status == SolveStatus.INFEASIBLE:
        return Infeasible("PyJobShop found the problem infeasible.", run)
    bound = Fraction(int(result.lower_bound) if result.lower_bound > 0 else 0)
    tasks_of = result.best.tasks if result.best else []
    bookings = [
        TaskBooking(index, t.start, t.end, (Seat(0, t.resources[0], t.start, t.end),))
        for index, t in enumerate(tasks_of)
    ]
    return checked_outcome(problem, bookings, bound, run, "PyJobShop")

"""One solve in a process of its own: `python -m benchmarks.measure` reads a job, writes a record.

A process per instance makes its peak memory its own, and keeps a crash to one line of results.
"""

from __future__ import annotations

import json
import platform
import resource
import sys
import time
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

from allocator.check import check
from allocator.errors import AllocatorError
from allocator.formats.plan.write import plan_document, read_plan
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome
from allocator.report import report
from benchmarks.checkers import CHECKERS
from benchmarks.engines import CannotExpress, engine_of
from benchmarks.families import ROLLOUT, read_instance
from benchmarks.instance import BadInstance, Instance
from benchmarks.record import Record
from benchmarks.solution import solution_of
from solver.settings import Progress, Settings

PACKAGES = ("allocator", "ortools", "numpy")

NAMES = {Optimal: "optimal", Feasible: "feasible", Infeasible: "infeasible", NoPlan: "no_plan"}


@dataclass(frozen=True, slots=True)
class Job:
    """What to solve and how; `solutions` is the folder for the plan that is found."""

    path: str
    engine: str
    seconds: float
    workers: int
    seed: int
    commit: str
    solutions: str | None


def measure(job: Job) -> Record:
    """Read, solve, check and write the solution; what fails on the way is in the record."""
    begun = time.monotonic()
    try:
        instance = read_instance(Path(job.path))
    except BadInstance as error:
        return failed(job, str(error))
    reading = time.monotonic() - begun
    trace: list[tuple[float, float | None, float]] = []

    def on_progress(progress: Progress) -> None:
        best = None if progress.best is None else _number(progress.best)
        point = (best, _number(progress.bound))
        if not trace or trace[-1][1:] != point:
            trace.append((round(progress.seconds, 3), *point))

    settings = Settings(seconds=job.seconds, workers=job.workers, seed=job.seed)
    try:
        outcome = engine_of(job.engine)(instance.problem, settings, on_progress)
    except (AllocatorError, CannotExpress, ImportError) as error:
        message = f"{type(error).__name__}: {error}"
        return _record(job, instance, None, trace, reading, message, "")
    checked = _checked(job, instance, outcome)
    if outcome.run.defects:
        said = "; ".join(defect.message for defect in outcome.run.defects)
        checked = f"{len(outcome.run.defects)} defects: {said}"
    return _record(job, instance, outcome, trace, reading, "", checked)


def failed(job: Job, message: str) -> Record:
    """The record of a job whose process ended without one."""
    return _record(job, None, None, [], 0.0, message, "")


def _checked(job: Job, instance: Instance, outcome: Outcome) -> str:
    """What the independent check says of the solution, which is written where asked for."""
    if not isinstance(outcome, (Optimal, Feasible)):
        return ""
    if instance.family == ROLLOUT:
        left_open = report(instance.problem, outcome.plan).open
        document = json.dumps(plan_document(instance.problem, outcome, left_open, ()))
        again = check(instance.problem, read_plan(document.encode(), instance.problem))
        faults = [f"{found.rule}: {found.message}" for found in again.violations]
        if again.score.total != outcome.score.total:
            faults.append(f"the document costs {again.score.total}, not {outcome.score.total}")
    else:
        solution = solution_of(instance, outcome.plan)
        document = json.dumps(solution)
        text = Path(job.path).read_text(encoding="utf-8", errors="replace")
        faults = CHECKERS[instance.family](text, solution)
        stated = solution.get("workers", solution["makespan"])
        if stated != outcome.score.total:
            faults.append(f"the solution has {stated}, the plan {outcome.score.total}")
    if job.solutions is not None:
        (Path(job.solutions) / f"{instance.name}.json").write_text(document, encoding="utf-8")
    return "; ".join(faults) or "ok"


def _record(
    job: Job,
    instance: Instance | None,
    outcome: Outcome | None,
    trace: list[tuple[float, float | None, float]],
    reading: float,
    error: str,
    checked: str,
) -> Record:
    planned = outcome if isinstance(outcome, (Optimal, Feasible)) else None
    bounded = outcome if isinstance(outcome, (Optimal, Feasible, NoPlan)) else None
    run = None if outcome is None else outcome.run
    known = None if instance is None else instance.known
    return Record(
        instance=Path(job.path).stem if instance is None else instance.name,
        family="" if instance is None else instance.family,
        subset="" if known is None else known.subset,
        sha256="" if instance is None else instance.sha256,
        engine=job.engine,
        objective=None if planned is None else _number(planned.score.total),
        bound=None if bounded is None else _number(bounded.bound),
        outcome="error" if outcome is None else NAMES[type(outcome)],
        check=checked,
        error=error or (outcome.reason if isinstance(outcome, (Infeasible, NoPlan)) else ""),
        seed=job.seed,
        workers=job.workers,
        limit=job.seconds,
        seconds=0.0 if run is None else round(run.seconds, 3),
        reading_seconds=round(reading, 3),
        first_plan_seconds=None if run is None else _rounded(run.first_plan_seconds),
        best_plan_seconds=None if run is None else _rounded(run.best_plan_seconds),
        deterministic_time=0.0 if run is None else round(run.deterministic_time, 4),
        peak_mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
        if instance is not None
        else None,
        terms={}
        if planned is None
        else {term.term: _number(term.amount) for term in planned.score.terms},
        known_bound=None if known is None else known.lower_bound,
        known_best=None if known is None else known.best,
        known_status="" if known is None else known.status,
        commit=job.commit,
        versions={name: version(name) for name in PACKAGES} | {"python": platform.python_version()},
        trace=tuple(trace),
    )


def _number(amount: Fraction) -> float:
    return int(amount) if amount.denominator == 1 else float(amount)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


if __name__ == "__main__":
    print(measure(Job(**json.load(sys.stdin))).line())

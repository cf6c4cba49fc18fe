"""What runs in the process of one solve: it reads, solves, tells how far it is, and answers.

Imported by the fork server, so that a new solve starts with OR-Tools loaded.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog

from allocator.errors import InvalidDocument, SolverDefect
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import base_from_tree, plan_document
from allocator.formats.text.tree import dump_json
from allocator.outcome import Feasible, Run
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.report import open_work, report
from service.planning import plan_rollout, within_budget
from service.plans.report import report_document
from service.questions.answer import answer
from service.runtime import logs
from service.runtime.memory import solve_memory_mb
from service.runtime.processes import end_with_parent
from service.store.attempts import Step
from service.store.documents import packed, unpacked
from service.store.plans import Found
from service.store.runs import Limits
from solver.settings import Progress, Settings

log = logging.getLogger(__name__)

STOP = "stop"
STEP_SECONDS = 1.0
"""Progress is sent at most this often."""

KEEP_SECONDS = 10.0
"""A better plan is sent at most this often, and so that it takes 1 of `KEEP_RATIO` seconds."""

KEEP_RATIO = 20.0

NO_MEMORY = "The solve ended for lack of memory, before there was a plan."

STAND_BACK = 5
"""By how much a solve is nicer than its worker. A search takes all the time that it gets, for
minutes; the API and the worker need little, but at once."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A solve that broke off: a sentence for the user, and what developers need to see."""

    sentence: str
    trace: str
    defects: int = 0
    """How many defects of ours are written down."""


def main(
    pipe: Connection,
    document: bytes,
    base: bytes | None,
    limits: Limits,
    about: Mapping[str, Any],
) -> None:
    """Solve a document; what is sent are a Step now and then, and last Found, Answered or Failed.

    `base` is a plan document to begin with, `about` is what each line of the log says of the run.
    """
    _end_with_the_worker()
    _stand_back()
    logs.configure()
    structlog.contextvars.bind_contextvars(**about)
    log.info("solving for %g s with %d workers", limits.seconds, limits.workers)
    asked = threading.Event()
    threading.Thread(target=_listen, args=(pipe, asked), daemon=True).start()
    try:
        if limits.question is None:
            pipe.send(_solve(document, base, limits, Telling(pipe), asked))
        else:
            assert base is not None  # a question is about a plan
            pipe.send(_answered(document, base, limits, pipe, asked))
    except InvalidDocument as error:
        said = str(error) if limits.question else f"The document cannot be planned: {error}"
        pipe.send(Failed(said, traceback.format_exc()))
    except SolverDefect as defect:
        said = f"A defect of allocator, and no plan is handed out: {defect}"
        pipe.send(Failed(said, traceback.format_exc(), len(defect.defects)))
    except MemoryError:
        pipe.send(Failed(NO_MEMORY, traceback.format_exc()))
    except Exception as error:  # whatever it is, the run must end with a sentence
        said = f"A defect of allocator: {type(error).__name__}: {error}"
        pipe.send(Failed(said, traceback.format_exc(), 1))


@dataclass(frozen=True, slots=True)
class Answered:
    """What was found of a question about a plan, packed."""

    document: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """The best plan so far, for the case that the process is lost; read by `read_found`."""

    packed: bytes


class Telling:
    """Sends progress to the worker, and now and then the best plan, not oftener than is of use."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._next = 0.0
        self._next_plan = 0.0
        self._plan: Plan | None = None
        self.problem: Problem | None = None
        self.limits = Limits()
        self._lock = threading.Lock()  # search and proof tell from threads of their own

    def __call__(self, progress: Progress) -> None:
        """Send a step, unless the last one was a moment ago."""
        with self._lock:
            now = time.monotonic()
            done = progress.phase == "done"
            if progress.plan is not self._plan and (done or now >= self._next_plan):
                self._keep(progress)
                self._next_plan = now + max(KEEP_SECONDS, KEEP_RATIO * (time.monotonic() - now))
            if now < self._next:
                return
            self._next = now + STEP_SECONDS
            self._pipe.send(
                Step(
                    progress.phase,
                    round(progress.seconds, 3),
                    None if progress.best is None else float(progress.best),
                    float(progress.bound),
                    None if progress.gap is None else float(progress.gap),
                )
            )

    def _keep(self, progress: Progress) -> None:
        """Send the best plan as a result, with nothing explained yet."""
        problem, plan, score = self.problem, progress.plan, progress.score
        if problem is None or plan is None or score is None:
            return
        self._plan = plan
        limits = self.limits
        run = Run(limits.seed, limits.workers, progress.seconds, None, None, 0.0)
        bound = min(progress.bound, score.total)
        left_open = open_work(problem, plan, until=lambda: True)
        document = plan_document(problem, Feasible(plan, score, bound, run), left_open, ())
        explained = report(problem, plan, left_open, until=lambda: True)
        report_tree = report_document(problem, explained)
        self._pipe.send(Kept(packed({"document": document, "report": report_tree})))


def _solve(
    document: bytes, base: bytes | None, limits: Limits, tell: Telling, asked: threading.Event
) -> bytes:
    begun = time.monotonic()
    problem = problem_from_tree(unpacked(document), limits.preset)
    tell.limits = limits
    problem = tell.problem = within_budget(problem, limits.most_people)
    settings = Settings(
        seconds=limits.seconds,
        workers=limits.workers,
        seed=limits.seed,
        memory_mb=solve_memory_mb(),
    )
    begin_with = None if base is None else _known(unpacked(base), problem)
    rollout = dump_json(unpacked(document)).encode()
    spent = time.monotonic() - begun
    planned = plan_rollout(problem, settings, tell, asked.is_set, begin_with, rollout, spent)
    report = {} if planned.report is None else report_document(problem, planned.report)
    return packed({"document": planned.document, "report": report})


def _answered(
    document: bytes, base: bytes, limits: Limits, pipe: Connection, asked: threading.Event
) -> Answered:
    begun = time.monotonic()

    def tell(phase: str) -> None:
        pipe.send(Step(phase, round(time.monotonic() - begun, 3), None, None, None))

    found = answer(unpacked(document), unpacked(base), limits, tell, asked.is_set)
    return Answered(packed(found))


def _known(base: object, problem: Problem) -> Plan | None:
    """What a plan from before has of this rollout; None if it is one on another grid of time."""
    try:
        return base_from_tree(base, problem)
    except InvalidDocument as error:
        log.warning("the plan to begin with is of no use: %s", error)
        return None


def _listen(pipe: Connection, asked: threading.Event) -> None:
    try:
        while pipe.recv() == STOP:
            asked.set()
    except (EOFError, OSError):
        os._exit(1)  # the worker is gone: nobody waits for this any more


def _end_with_the_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which tells us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Our parent is the fork server; it ends with the worker, whose end of its pipe is then closed.
    end_with_parent(signal.SIGKILL)


def _stand_back() -> None:
    # Linux may share the machine out among sessions first, and look at niceness only within each
    # (autogroup); so this is a session of its own, and what is a file there says how nice it is.
    os.setsid()
    os.nice(STAND_BACK)
    with suppress(OSError):  # there is none where sessions do not count
        Path("/proc/self/autogroup").write_text(str(STAND_BACK), encoding="ascii")


def read_found(sent: bytes) -> Found:
    """What `main` sent as its result, or as the best so far."""
    return Found(**unpacked(sent))

"""One attempt at a run: follow its solve until it has answered or is not wanted any more."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy import Connection

from service.jobs.retry import write_if_possible, write_patiently
from service.jobs.solve_process import NO_MEMORY, Answered, Failed, Kept, read_found
from service.jobs.solving import Gone, Message, Solve
from service.runtime.memory import HARD, solve_memory_mb, used_mb
from service.store import attempts, plans, rollouts, runs
from service.store.attempts import Step, Superseded, Taken
from service.store.database import Database
from service.store.documents import packed, unpacked
from service.store.error_text import UNUSABLE, sentence
from service.store.plans import Found

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""How often a run is asked whether it is to stop, to be cancelled, or held by somebody else."""

OVERTIME_SECONDS = 120.0
"""A solve that is so much over its time hangs, and is ended."""

LEAVING_SECONDS = 10.0
"""How long a worker that leaves waits for the best plan of a solve."""

KILLED = (-signal.SIGKILL, -signal.SIGABRT)
"""How a process ends that the system gives no more memory: killed, or aborted by a library."""

SHORTEST_SECONDS = 1.0
"""What a run that goes on after an interruption has left at least."""

End = Literal["ended", "handed back"]


class Attempt:
    """An attempt at a run, from its solve's first sign to what is written about its end."""

    def __init__(self, database: Database, taken: Taken, leaving: threading.Event) -> None:
        self._database = database
        self._fence = taken.fence
        self._run = taken.run
        self._kept = taken.kept
        self._leaving = leaving
        self._seconds = max(SHORTEST_SECONDS, taken.run.limits.seconds - taken.spent)
        self._begun = time.monotonic()
        self._memory_mb = solve_memory_mb()
        self._stop_asked = False
        self._leave_by: float | None = None

    def carry_out(self) -> End:
        """Solve, tell, and write the one result; Superseded if the run is somebody else's now."""
        with self._database.read() as connection:
            _, tree = rollouts.document(
                connection, self._fence.tenant, self._run.rollout, self._run.revision
            )
            base = self._base(connection)
        limits = replace(self._run.limits, seconds=self._seconds)
        solve = Solve(packed(tree), None if base is None else packed(base), limits)
        log.info("attempt %d, in process %s", self._fence.attempt, solve.process)
        try:
            return self._follow(solve)
        finally:
            solve.kill()

    def _base(self, connection: Connection) -> Mapping[str, Any] | None:
        """What the solve begins with: the plan of an interrupted attempt, or the one asked for."""
        if self._kept is not None and self._kept.total is not None:
            return self._kept.document
        if self._run.limits.base is None:
            return None
        plan = runs.get(connection, self._fence.tenant, self._run.limits.base).plan
        assert plan is not None  # whoever asked has looked, and plans stay
        return plans.get(connection, self._fence.tenant, plan)[1].document

    def _follow(self, solve: Solve) -> End:
        while True:
            message = solve.receive(LOOK_SECONDS)
            if isinstance(message, Step):
                write_if_possible(self._database, attempts.advance, self._fence, message)
            elif isinstance(message, Kept):
                self._kept = better(self._kept, read_found(message.packed))
            elif message is not None:
                return self._answered(message)
            if solve.process is not None and used_mb(solve.process) > HARD * self._memory_mb:
                solve.kill()
                return self._out_of_memory()
            if self._leaving.is_set() and self._leave_by is None:
                self._leave_by = time.monotonic() + LEAVING_SECONDS
                solve.stop()
            if self._leave_by is not None and time.monotonic() >= self._leave_by:
                return self._hand_back(self._kept)
            if self._spent() > self._seconds + OVERTIME_SECONDS:
                return self._fail("The solve did not end although its time was long over.")
            match self._asked():
                case "cancel":
                    solve.kill()
                    write_patiently(self._database, attempts.give_up, self._fence)
                    return "ended"
                case "stop" if not self._stop_asked:
                    self._stop_asked = True
                    solve.stop()

    def _answered(self, message: Message) -> End:
        match message:
            case Found() as found:
                best = better(self._kept, found)
                if self._leave_by is not None and not self._stop_asked:
                    return self._hand_back(best)
                write_patiently(self._database, attempts.finish, self._fence, best)
                return "ended"
            case Answered(document):
                if self._leave_by is not None and not self._stop_asked:
                    return self._hand_back(None)
                answered = unpacked(document)
                write_patiently(self._database, attempts.answer, self._fence, answered)
                return "ended"
            case Failed(sentence, trace, defects):
                log.error("the solve broke off\n%s", trace)
                return self._fail(sentence, defects)
            case Gone(code) if code in KILLED:
                return self._out_of_memory()
            case Gone(code):
                return self._fail(f"The process of the solve ended by itself (code {code}).")
            case Step() | Kept():
                raise AssertionError("a step is no answer")

    def _fail(self, sentence: str, defects: int = 0) -> End:
        """The solve broke off; what an interrupted attempt had found before is better than that."""
        if self._kept is not None and self._kept.total is not None:
            log.warning("the plan from before is kept, as the solve broke off: %s", sentence)
            write_patiently(self._database, attempts.finish, self._fence, self._kept)
        else:
            write_patiently(self._database, attempts.fail, self._fence, sentence, defects)
        return "ended"

    def _out_of_memory(self) -> End:
        """The process used up its memory; its best plan so far says so."""
        if self._kept is not None:
            solver = {**self._kept.document["solver"], "out_of_memory": True}
            self._kept = replace(self._kept, document={**self._kept.document, "solver": solver})
        return self._fail(NO_MEMORY)

    def _hand_back(self, best: Found | None) -> End:
        write_patiently(self._database, attempts.hand_back, self._fence, self._spent(), best)
        return "handed back"

    def _spent(self) -> float:
        return time.monotonic() - self._begun

    def _asked(self) -> runs.Asked | None:
        """What the run is asked to do; Superseded if it is somebody else's now."""
        try:
            with self._database.read() as connection:
                asked = attempts.asked_of(connection, [self._fence])
        except UNUSABLE as error:
            log.warning("the database does not answer: %s", sentence(error))
            return None
        if self._fence not in asked:
            raise Superseded(
                f"Run {self._run.id!r} is not held by attempt {self._fence.attempt} any more."
            )
        return asked[self._fence]


def better(kept: Found | None, found: Found) -> Found:
    """The better of what an interrupted attempt left and what this one found."""
    if kept is None or kept.total is None:
        return found
    return kept if found.total is None or kept.total < found.total else found

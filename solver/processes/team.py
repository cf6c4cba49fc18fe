"""The helpers of a solve: processes that are started with it, fed with better plans, and ended."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from typing import BinaryIO, cast

from allocator.plan import Plan, Score
from solver.incumbent import Incumbent
from solver.processes.channel import (
    Better,
    Broken,
    Channel,
    Decided,
    Idea,
    Impossible,
    Message,
    Proved,
    Start,
    packed,
)

LEAST_SECONDS = 5.0
"""Solves that are shorter are over before a helper has begun."""


class Helper:
    """One process, with a thread that hears it and one that tells it the best plan."""

    def __init__(self, incumbent: Incumbent, start: Start, ideas: list[Plan]) -> None:
        self._incumbent = incumbent
        self._ideas = ideas
        path = os.pathsep.join(part for part in sys.path if part)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "solver.processes.helper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C is for the solve, which ends its helpers
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        reads, writes = self._process.stdout, self._process.stdin
        self._channel = Channel(cast(BinaryIO, reads), cast(BinaryIO, writes))
        # Before others work on the problem: what they find out about it is kept in it.
        self._start = packed(start)
        self._news = threading.Condition()
        self._next: Better | None = None
        self._over = False
        self._threads = [
            threading.Thread(target=target, daemon=True) for target in (self._tell, self._hear)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def share(self, plan: Plan, score: Score) -> None:
        """Let the helper know of a better plan; only the last of several counts."""
        with self._news:
            self._next = Better(plan, score)
            self._news.notify()

    def end(self) -> None:
        """End the process; what it has sent by then counts."""
        with self._news:
            self._over = True
            self._news.notify()
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        self._channel.close()

    def _tell(self) -> None:
        alive = self._channel.send_packed(self._start)
        while alive:
            with self._news:
                while self._next is None and not self._over:
                    self._news.wait()
                better, self._next = self._next, None
                if self._over:
                    break
            alive = better is None or self._channel.send(better)
        self._channel.end()

    def _hear(self) -> None:
        while (message := self._channel.receive()) is not None:
            self._act_on(message)

    def _act_on(self, message: Message) -> None:
        incumbent = self._incumbent
        match message:
            case Better(plan, score):
                incumbent.accept(plan, score)
            case Idea(plan):
                self._ideas.append(plan)
            case Proved(bound, within_budget):
                incumbent.raise_bound(bound, within_budget=within_budget)
            case Impossible():
                incumbent.prove_infeasible()
            case Broken(defect):
                incumbent.record(defect.message, defect.violations, defect.plan)
            case Decided():
                incumbent.end()


class Team:
    """All helpers of a solve: the first proves, and they all search, each with its own seed."""

    def __init__(self, incumbent: Incumbent, ideas: list[Plan]) -> None:
        settings = incumbent.settings
        searchers = max(1, settings.workers // 2)
        self._helpers = []
        for number in range(1, max(2, searchers)):
            own = replace(
                settings,
                seconds=incumbent.seconds_left,
                seed=settings.seed + number,
                workers=settings.workers - searchers + 1 if number == 1 else 1,
                memory_mb=None,
            )
            start = Start(incumbent.problem, own, proves=number == 1)
            self._helpers.append(Helper(incumbent, start, ideas))
        incumbent.helpers = tuple(helper.pid for helper in self._helpers)
        incumbent.on_better = self._share

    def _share(self, plan: Plan, score: Score) -> None:
        for helper in self._helpers:
            helper.share(plan, score)

    def end(self) -> None:
        """End all helpers."""
        for helper in self._helpers:
            helper.end()

"""The state of a solve: best checked plan, proved bound, limits, and who is notified of them."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from fractions import Fraction

from allocator.check import check
from allocator.outcome import Defect, gap
from allocator.plan import Plan, Score, Violation
from allocator.problem import Problem
from solver.memory import resident_mb
from solver.settings import OnProgress, Progress, Settings, Stop

log = logging.getLogger(__name__)

MOST_DEFECTS = 1000
"""So many defects are written down, the first `DEFECTS_WITH_PLANS` with what was proposed."""

DEFECTS_WITH_PLANS = 5

HURRY_SHARE = 0.25
"""Share of the time after which nothing is worked out any more that a first plan can do without."""

FIRST_PLAN_GRACE = 1.5
"""Seconds beyond the limit that a first plan may take to be made to its end."""

MEMORY_EVERY = 0.2
"""Seconds between two looks at the memory."""


class Incumbent:
    """Keeps the best plan and the best bound; safe to use from several threads.

    Every plan that is offered is checked. One that breaks a rule is a defect of the solver: it is
    written down and dropped, and the best plan so far stays.
    """

    def __init__(
        self,
        problem: Problem,
        settings: Settings,
        on_progress: OnProgress | None,
        stop: Stop | None,
    ) -> None:
        self.problem = problem
        self.settings = settings
        self.plan: Plan | None = None
        self.draft: Plan | None = None
        """Until there is a plan: the one nearest to having nothing forbidden and to the budget."""
        self.infeasible = False
        self.score: Score | None = None
        self.bound = Fraction(0)
        self.bound_of_all = Fraction(0)
        """What is proved of plans beyond the change budget too."""
        self.phase = "reading"
        self.first_plan_seconds: float | None = None
        self.best_plan_seconds: float | None = None
        self.deterministic_time = 0.0
        self.defects: list[Defect] = []
        self.out_of_memory = False
        self.helpers: tuple[int, ...] = ()
        """Processes whose memory counts as that of the solve."""
        self.on_better: Callable[[Plan, Score], None] | None = None
        """Called with every better plan."""
        self._doubted = False
        self._look_at_memory = 0.0
        self._on_progress = on_progress
        self._stop = stop
        self._begun = time.monotonic()
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self.draft_score: Score | None = None
        self._draft_excess = Fraction(0)

    @property
    def seconds(self) -> float:
        """Seconds since the solve began."""
        return time.monotonic() - self._begun

    @property
    def seconds_left(self) -> float:
        """Seconds until the time limit."""
        return max(0.0, self.settings.seconds - self.seconds)

    @property
    def total(self) -> Fraction | None:
        """Total of the best plan so far."""
        return None if self.score is None else self.score.total

    @property
    def proved(self) -> bool:
        """Whether the bound meets the best total."""
        return self.total is not None and self.bound >= self.total

    def ended(self) -> bool:
        """Whether the search should come to its end: asked to, out of time, or proved."""
        if self._ended.is_set():
            return True
        asked = self._stop is not None and self._stop()
        if self.seconds_left <= 0 or self.proved or asked or self._memory_is_full():
            self._ended.set()
        return self._ended.is_set()

    def hurried(self) -> bool:
        """Whether so much of the time is gone that there has to be a plan before all else."""
        return self.seconds > HURRY_SHARE * self.settings.seconds or self.ended()

    def overdue(self) -> bool:
        """Whether even a first plan has to do with what it has."""
        return self.out_of_memory or self.seconds > self.settings.seconds + FIRST_PLAN_GRACE

    def _memory_is_full(self) -> bool:
        limit = self.settings.memory_mb
        if limit is None or self.seconds < self._look_at_memory:
            return False
        self._look_at_memory = self.seconds + MEMORY_EVERY
        if resident_mb() + sum(map(resident_mb, self.helpers)) > limit:
            self.out_of_memory = True
        return self.out_of_memory

    def end(self) -> None:
        """Let every part of the search come to its end."""
        self._ended.set()

    def enter(self, phase: str) -> None:
        """Name what the search does now."""
        self.phase = phase
        self._tell()

    def offer(self, plan: Plan) -> bool:
        """Take a plan if it is better than the best so far; one that breaks a rule is a defect."""
        checked = check(self.problem, plan)
        if checked.violations:
            first = checked.violations[0]
            self.record(f"{first.rule}: {first.message}", checked.violations, plan)
            return False
        return self._take(plan, checked.score)

    def try_out(self, plan: Plan) -> bool:
        """Take a plan that was put together without regard to every rule, if it breaks none."""
        checked = check(self.problem, plan)
        return not checked.violations and self._take(plan, checked.score)

    def accept(self, plan: Plan, score: Score) -> bool:
        """Take a plan that a helper of this solve has checked."""
        return self._take(plan, score)

    def _take(self, plan: Plan, score: Score) -> bool:
        excess = self._excess(score)
        if excess:
            return self._keep_draft(plan, score, excess)
        with self._lock:
            if self.total is not None and score.total >= self.total:
                return False
            if self.infeasible:
                self._doubt("Proved that there is no plan, but one has been found.")
            elif score.total < self.bound:
                self._doubt(
                    f"Proved that no plan is below {self.bound}, but one has {score.total}."
                )
            self.plan, self.score = plan, score
            self.best_plan_seconds = self.seconds
            if self.first_plan_seconds is None:
                self.first_plan_seconds = self.seconds
            self._tell()
            if self.on_better is not None:
                self.on_better(plan, score)
        return True

    # What went wrong ------------------------------------------------------------------------

    def record(
        self, message: str, violations: Sequence[Violation] = (), plan: Plan | None = None
    ) -> None:
        """Write a defect down; the solve goes on."""
        with self._lock:
            if len(self.defects) >= MOST_DEFECTS:
                return
            kept = plan if len(self.defects) < DEFECTS_WITH_PLANS else None
            found = Defect(self.phase, self.seconds, message, tuple(violations), kept)
            self.defects.append(found)
        log.error("defect in phase %r after %.1f s: %s", found.phase, found.seconds, message)

    def record_failure(self, failure: BaseException) -> None:
        """Write down that a part of the search broke off."""
        if isinstance(failure, MemoryError):
            self.out_of_memory = True
            self.end()
            return
        self.record("".join(traceback.format_exception(failure)).rstrip())

    def _doubt(self, message: str) -> None:
        """A proof contradicts a plan: no bound is claimed in this solve any more."""
        self._doubted, self.infeasible = True, False
        self.bound = self.bound_of_all = Fraction(0)
        self.record(message)

    # Plans that do not count yet ------------------------------------------------------------

    def _excess(self, score: Score) -> Fraction:
        """What a plan has of forbidden terms, and of change beyond its budget."""
        amount = sum((score.amount(term) for term in score.forbidden), Fraction(0))
        most = self.problem.goals.most_people
        return amount if most is None else amount + max(Fraction(0), score.amount("change") - most)

    def _keep_draft(self, plan: Plan, score: Score, excess: Fraction) -> bool:
        with self._lock:
            if self.plan is not None:
                return False
            if self.draft_score is not None and (excess, score.total) >= (
                self._draft_excess,
                self.draft_score.total,
            ):
                return False
            self.draft, self.draft_score, self._draft_excess = plan, score, excess
        return True

    @property
    def base(self) -> Plan:
        """What the search goes on from: the best plan, else the draft, else nothing."""
        return self.plan or self.draft or Plan()

    def prove_infeasible(self) -> None:
        """No plan keeps the forbidden terms at zero; the search ends."""
        with self._lock:
            if self.plan is not None:
                self._doubt("Proved that there is no plan, but one has been found.")
            if self._doubted:
                return
            self.infeasible = True
        self.end()

    def raise_bound(self, bound: Fraction, *, within_budget: bool = False) -> None:
        """Take a proved bound if it is higher than the one so far.

        `within_budget` if it is only proved of plans within the change budget.
        """
        with self._lock:
            if self._doubted:
                return
            if self.total is not None and bound > self.total:
                self._doubt(f"Proved that no plan is below {bound}, but one has {self.total}.")
                return
            if not within_budget:
                self.bound_of_all = max(self.bound_of_all, bound)
            if bound > self.bound:
                self.bound = bound
                self._tell()

    @property
    def work_left(self) -> float | None:
        """Deterministic units until the limit on them; None without one."""
        limit = self.settings.deterministic_limit
        return None if limit is None else max(0.0, limit - self.deterministic_time)

    @property
    def left(self) -> float:
        """What is left of the limit that governs: deterministic units if set, else seconds."""
        return self.seconds_left if self.work_left is None else self.work_left

    def spend(self, deterministic_time: float) -> None:
        """Count deterministic work; the limit on it ends the search."""
        with self._lock:
            self.deterministic_time += deterministic_time
        limit = self.settings.deterministic_limit
        if limit is not None and self.deterministic_time >= limit:
            self._ended.set()

    def _tell(self) -> None:
        if self._on_progress is None:
            return
        total = self.total
        share = None if total is None else gap(total, self.bound)
        self._on_progress(
            Progress(
                self.phase, self.seconds, total, self.bound, share, plan=self.plan, score=self.score
            )
        )

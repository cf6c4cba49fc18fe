"""The state of a solve: best checked plan, proved bound, limits, and who is told of them."""

from __future__ import annotations

import threading
import time
from fractions import Fraction

from allocator.check import check
from allocator.errors import SolverDefect
from allocator.outcome import gap
from allocator.plan import Plan, Score
from allocator.problem import Problem
from solver.settings import OnProgress, Progress, Settings, Stop


class Incumbent:
    """Keeps the best plan and the best bound; safe to use from several threads.

    Every plan that is offered is checked; one that breaks a rule is a defect of the solver.
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
        if self.seconds_left <= 0 or self.proved or (self._stop is not None and self._stop()):
            self._ended.set()
        return self._ended.is_set()

    def end(self) -> None:
        """Let every part of the search come to its end."""
        self._ended.set()

    def enter(self, phase: str) -> None:
        """Name what the search does now."""
        self.phase = phase
        self._tell()

    def try_out(self, plan: Plan) -> bool:
        """Take a plan that was put together without regard to every rule, if it breaks none."""
        return not check(self.problem, plan).violations and self.offer(plan)

    def offer(self, plan: Plan) -> bool:
        """Take a plan if it is better than the best so far; it must break no rule."""
        checked = check(self.problem, plan)
        if checked.violations:
            raise SolverDefect(checked.violations)
        excess = self._excess(checked.score)
        if excess:
            return self._keep_draft(plan, checked.score, excess)
        with self._lock:
            if self.total is not None and checked.score.total >= self.total:
                return False
            self.plan, self.score = plan, checked.score
            self.best_plan_seconds = self.seconds
            if self.first_plan_seconds is None:
                self.first_plan_seconds = self.seconds
            self._tell()
        return True

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
        if self.plan is not None:
            raise SolverDefect((), "Proved that there is no plan, but one has been found.")
        self.infeasible = True
        self.end()

    def raise_bound(self, bound: Fraction, *, within_budget: bool = False) -> None:
        """Take a proved bound if it is higher than the one so far.

        `within_budget` if it is only proved of plans within the change budget.
        """
        with self._lock:
            if not within_budget:
                self.bound_of_all = max(self.bound_of_all, bound)
            if self.total is not None and bound > self.total:
                message = f"Proved that no plan is below {bound}, but one has {self.total}."
                raise SolverDefect((), message)
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
        self._on_progress(Progress(self.phase, self.seconds, total, self.bound, share))

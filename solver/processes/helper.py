"""A helper of a solve, run as `python -m solver.processes.helper`: it proves, then it searches.

It hears of better plans over its standard input and tells what it finds over its standard output.
Once the solve has ended, or is gone, so is its input, and the helper ends at once.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from fractions import Fraction

from allocator.outcome import Defect
from allocator.plan import Plan, Score, Violation
from solver.bounds.proof import Proof
from solver.candidates.candidates import Candidates
from solver.incumbent import Incumbent
from solver.model.grid import grid_of
from solver.processes.channel import (
    Better,
    Broken,
    Channel,
    Decided,
    Idea,
    Impossible,
    Proved,
    Start,
)
from solver.schedule import SMALL, choices, going_on, improve_on, prove


class Telling(Incumbent):
    """The state of the helper's part of a solve: what it finds is asked to the solve."""

    def __init__(self, start: Start, channel: Channel) -> None:
        super().__init__(start.problem, start.settings, None, None)
        self._channel = channel
        self.heard = threading.Event()
        """Set once there is a plan to begin with."""

    def hear(self, better: Better) -> None:
        """Take a plan that the solve has found, without telling it back."""
        super()._take(better.plan, better.score)
        self.heard.set()

    def _take(self, plan: Plan, score: Score) -> bool:
        taken = super()._take(plan, score)
        if taken:
            self._channel.send(Better(plan, score))
        return taken

    def raise_bound(self, bound: Fraction, *, within_budget: bool = False) -> None:
        """Take a proved bound, and tell it."""
        known = self.bound if within_budget else min(self.bound, self.bound_of_all)
        super().raise_bound(bound, within_budget=within_budget)
        if bound > known:
            self._channel.send(Proved(bound, within_budget))

    def prove_infeasible(self) -> None:
        """There is no plan, which is sent."""
        super().prove_infeasible()
        self._channel.send(Impossible())

    def record(
        self, message: str, violations: Sequence[Violation] = (), plan: Plan | None = None
    ) -> None:
        """Write a defect down where the solve keeps them."""
        self._channel.send(
            Broken(Defect(self.phase, self.seconds, message, tuple(violations), plan))
        )


def main() -> None:
    """Do what the first message asks for, until the end."""
    channel = Channel(sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may be written between
    start = channel.receive()
    if isinstance(start, Start):
        incumbent = Telling(start, channel)
        threading.Thread(target=_listen, args=(channel, incumbent), daemon=True).start()
        work(start, incumbent, channel)
    os._exit(0)


def _listen(channel: Channel, incumbent: Telling) -> None:
    while isinstance(message := channel.receive(), Better):
        incumbent.hear(message)
    os._exit(0)


def work(start: Start, incumbent: Telling, channel: Channel) -> None:
    """Prove, if that is asked, and search with the seed of the helper until the end."""
    candidates = Candidates(start.problem)
    proof = Proof(candidates, grid_of(candidates), incumbent)
    if start.proves:
        incumbent.enter("improving")
        exact = choices(candidates, SMALL) <= SMALL
        with going_on(incumbent):
            prove(proof, lambda plan: _idea(channel, plan), incumbent, incumbent.left, exact)
        if incumbent.ended() and not incumbent.infeasible and incumbent.seconds_left > 0:
            channel.send(Decided())
            return
    incumbent.heard.wait(incumbent.seconds_left)
    improve_on(proof, [], incumbent)


def _idea(channel: Channel, plan: Plan) -> None:
    channel.send(Idea(plan))


if __name__ == "__main__":
    main()

"""What learning is worth to support: the shifts that somebody can only stand after a class."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from solver.candidates.candidates import Candidates
from solver.ledger.ledger import Ledger
from solver.ledger.score import Running


@dataclass(frozen=True, slots=True)
class Earning:
    """A head's share in the shifts that ask for what a course grants, by when they begin."""

    starts: tuple[int, ...]
    before: tuple[float, ...]
    """Price of the shifts before each of them, and of all."""

    def lost(self, end: int | None) -> float:
        """Price of the shifts that begin before a class has ended; of all if there is none."""
        return self.before[-1 if end is None else bisect_left(self.starts, end)]


def earnings(candidates: Candidates, running: Running) -> dict[int, Earning]:
    """By course, where what it grants is asked for in support."""
    problem, found = candidates.problem, {}
    for course, what in enumerate(problem.courses):
        shares: list[tuple[int, float]] = []
        for number, shift in enumerate(problem.shifts) if what.grants is not None else ():
            support = problem.supports[shift.support]
            if what.grants is None or support.skill != what.grants[0]:
                continue
            if support.level <= what.grants[1]:
                able = len(candidates.people_with(support.skill, support.level))
                price = shift.people * running.supporter_open(number) * running.prices.open
                shares.append((shift.start, price / max(1, able)))
        if shares:
            shares.sort()
            before = (0.0, *accumulate(price for _, price in shares))
            found[course] = Earning(tuple(start for start, _ in shares), before)
    return found


def support_lost(ledger: Ledger, earned: dict[int, Earning]) -> float:
    """About the price of the shifts that nobody can stand as classes are missing or too late."""
    lost = 0.0
    for audience, group in enumerate(ledger.problem.audiences):
        for course in group.courses:
            if course in earned:
                for person in ledger.candidates.untrained_members(audience, course):
                    end = ledger.classes.ended_by(audience, course, person)
                    lost += earned[course].lost(end)
    return lost

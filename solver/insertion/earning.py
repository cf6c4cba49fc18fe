"""What learning is worth to support: the shifts that somebody can only stand after a class."""

from __future__ import annotations

from collections import defaultdict

from solver.candidates.candidates import Candidates
from solver.ledger.score import Running


def support_worth(candidates: Candidates, running: Running) -> dict[int, float]:
    """By course, a head's share in the price of the shifts that ask for what the course grants."""
    problem = candidates.problem
    asked: defaultdict[tuple[int, int], float] = defaultdict(float)
    for number, shift in enumerate(problem.shifts):
        support = problem.supports[shift.support]
        price = shift.people * running.supporter_open(number) * running.prices.open
        asked[support.skill, support.level] += price
    found: dict[int, float] = {}
    for course, what in enumerate(problem.courses):
        for (skill, level), price in asked.items():
            if what.grants is not None and what.grants[0] == skill and what.grants[1] >= level:
                able = len(candidates.people_with(skill, level))
                found[course] = found.get(course, 0.0) + price / max(1, able)
    return found

"""Drawn rollouts for the compiled search: some with rest after work, some with a published plan."""

from __future__ import annotations

from dataclasses import replace

from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from tests.support.drawn import draw, with_published

REST_HOURS = 15
"""More than lies between two days of up to eleven hours."""


def drawn(seed: int) -> Problem:
    """A drawn rollout: by its seed with rest, and with a plan whose first days are frozen."""
    problem = draw(seed)
    if seed % 3 == 0:
        rest = REST_HOURS * problem.axis.slots_per_hour
        people = tuple(replace(person, rest=rest) for person in problem.people)
        problem = replace(problem, people=people)
    if seed % 2:
        problem = with_published(problem, first_plan(Candidates(problem), seed), days=4)
    return problem

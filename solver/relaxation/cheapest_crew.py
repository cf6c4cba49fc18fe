"""The least that a task costs: with the cheapest people who could be on it."""

from __future__ import annotations

from fractions import Fraction

from solver.candidates.candidates import Candidates


def cheapest_crew(candidates: Candidates, task: int) -> Fraction:
    """Cost of a task with the cheapest people who could be on it."""
    people, cents = candidates.problem.people, 0
    for number, line in enumerate(candidates.problem.tasks[task].crew):
        able = candidates.seat_people(task, number)
        rates = sorted(people[person].cents_per_hour for person in able)
        cents += sum(rates[: line.people]) * line.work
    return Fraction(cents, 100 * candidates.problem.axis.slots_per_hour)

"""Booked hours above 110 % of the mean among own staff with the same set of skills."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from solver.model.hours import Hours
from solver.model.linear import Linear
from solver.model.model import Model


def expression(model: Model, hours: Hours) -> Linear:
    """For n people of one group: 10 n x excess >= 10 n x hours - 11 x hours of the group."""
    total = Linear()
    problem = model.problem
    groups: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for person, who in enumerate(problem.people):
        if who.vendor is None:
            groups[frozenset(mastery.skill for mastery in who.skills)].append(person)
    touched = set(model.people())
    for people in groups.values():
        held = [hours.held(p, 0, problem.horizon, learning=False) for p in people]
        size = len(people)
        if not touched & set(people):
            mean = sum(held)
            above = sum(max(0, 10 * size * own - 11 * mean) for own in held)
            total.constant += Fraction(above, 10 * size * problem.axis.slots_per_hour)
            continue
        booked = [
            sum(hours.free(p, 0, problem.horizon, learning=False)) + own
            for p, own in zip(people, held, strict=True)
        ]
        beyond = {p: sum(it.extra for it in model.history(p)) for p in people}
        group = model.cp.new_int_var(0, problem.horizon * size + sum(beyond.values()), "")
        model.cp.add(group == sum(booked))
        for person, own in zip(people, booked, strict=True):
            most = int(problem.people[person].working.worked[-1]) + beyond[person]
            excess = model.cp.new_int_var(0, 10 * size * most, "")
            model.cp.add(excess >= 10 * size * own - 11 * group)
            total.add(excess, Fraction(1, 10 * size * problem.axis.slots_per_hour))
    return total

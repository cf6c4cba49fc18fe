"""Clock hours from the rollout's start to the end of the last work."""

from __future__ import annotations

from fractions import Fraction

from solver.model.linear import Linear
from solver.model.model import Model
from solver.model.objectives.lateness import late_slots


def expression(model: Model) -> Linear:
    """At least the held work's last end, and beyond it what free work adds."""
    problem = model.problem
    unit = Fraction(1, problem.axis.slots_per_hour)
    base = max(
        [0]
        + [task.finished for task in problem.tasks if task.finished is not None]
        + [booking.end for booking in model.held.tasks]
        + [session.end for session in model.held.sessions]
        + [shift.end for shift in model.held.shifts if shift.people]
    )
    total = Linear(constant=base * unit)
    beyond = model.cp.new_int_var(0, max(0, problem.horizon - base), "")
    used = False
    for task in model.tasks.values():
        late = late_slots(model, task, base)
        if not isinstance(late, int):
            model.cp.add(beyond >= late)
            used = True
    fixed = [(group.end, group.held) for group in model.classes]
    for index, takers in model.shifts.items():
        fixed += [(problem.shifts[index].end, literal) for literal in takers.values()]
    for end, literal in fixed:
        if end > base:
            model.cp.add(beyond >= end - base).only_enforce_if(literal)
            used = True
    if used:
        total.add(beyond, unit)
    return total

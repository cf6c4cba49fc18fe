"""Clock hours x priority that tasks end past the end of their due day."""

from __future__ import annotations

from fractions import Fraction

from solver.model.linear import Linear
from solver.model.model import Expression, Model, TaskVar


def expression(model: Model) -> Linear:
    """Lateness of free tasks as a ladder over the grid, of the others as it stands.

    A relaxed part counts its own tasks only: the parts' bounds are added up.
    """
    total = Linear()
    per_hour = model.problem.axis.slots_per_hour
    for index, task in enumerate(model.problem.tasks):
        if task.due is None or (model.relaxed and index not in model.part.tasks):
            continue
        weight = Fraction(task.priority, per_hour)
        if index in model.tasks:
            total.add(late_slots(model, model.tasks[index], task.due), weight)
        else:
            end = model.held_end(index)
            total.constant += weight * max(0, 0 if end is None else end - task.due)
    return total


def late_slots(model: Model, task: TaskVar, due: int) -> Expression:
    """Slots on the clock from `due` to the task's end.

    One grid position more is one slot more, and each break of the grid that the end lies beyond
    adds its length: late >= (end - base) + sum of breaks reached. A task left open is not late.
    """
    grid = model.grid
    base = grid.end_at_or_before(due)
    last = task.end.domain.max()
    if last <= base:
        return 0
    breaks: list[tuple[int, int]] = []
    for position in range(base + 1, last + 1):
        before = due if position == base + 1 else grid.end_slot(position - 1)
        skipped = grid.end_slot(position) - before - 1
        if skipped > 0:
            breaks.append((position, skipped))
    most = grid.end_slot(last) - due
    late = model.cp.new_int_var(0, most, "")
    reached = sum(skipped * model.at_least(task.end, position) for position, skipped in breaks)
    model.cp.add(late >= task.end - base + reached).only_enforce_if(task.present)
    return late

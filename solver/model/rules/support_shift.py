"""Nobody stands on a shift beyond the number that it needs."""

from __future__ import annotations

from solver.model.model import Model


def post(model: Model) -> None:
    """Shifts exist only where they are needed; this bounds their number of supporters."""
    for index, takers in model.shifts.items():
        model.cp.add(sum(takers.values()) <= model.problem.shifts[index].people)

"""At most a share of a department's heads is in class at one moment."""

from __future__ import annotations

from collections import defaultdict

from solver.model.heads_in_class import heads_at_starts
from solver.model.model import Model


def post(model: Model) -> None:
    """Bound the heads of all audiences of a department wherever a class may begin."""
    audiences: defaultdict[int, set[int]] = defaultdict(set)
    for index, audience in enumerate(model.problem.audiences):
        audiences[audience.department].add(index)
    for department, members in audiences.items():
        limit = model.problem.departments[department].release_heads
        if limit is not None:
            for heads, held in heads_at_starts(model, frozenset(members)):
                model.cp.add(sum(heads) + held <= limit)

"""Heads in class, moment by moment: what limits on heads at once are posted on."""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python import cp_model

from solver.model.model import Model


def heads_at_starts(
    model: Model, audiences: frozenset[int]
) -> Iterator[tuple[list[cp_model.IntVar], int]]:
    """(free heads, held heads) of the audiences at each moment at which a class may begin.

    The number in class is highest where some class begins, so that limits need no other moment.
    """
    free = [
        (group.start, group.end, heads)
        for group in model.classes
        for audience, heads in group.heads.items()
        if audience in audiences
    ]
    if not free:
        return
    fixed = [
        (session.start, session.end, group.heads)
        for session in model.held.sessions
        for group in session.groups
        if group.audience in audiences
    ]
    first, last = min(start for start, _, _ in free), max(end for _, end, _ in free)
    moments = {start for start, _, _ in free}
    moments |= {start for start, _, _ in fixed if first <= start < last}
    for moment in sorted(moments):
        running = [heads for start, end, heads in free if start <= moment < end]
        held = sum(heads for start, end, heads in fixed if start <= moment < end)
        if running:
            yield running, held

"""The bookings of a person, and of a room, do not overlap; an audience is not in two classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from solver.model.heads_in_class import heads_at_starts
from solver.model.model import Literal, Model


def post(model: Model) -> None:
    """Free bookings are apart; candidates beside held bookings were never made."""
    seats = model.seats()
    for person in model.people():
        items = model.items(person)
        if person not in seats:
            _apart(model, [(item.start, item.end, item.literal) for item in items])
            continue
        intervals = [
            model.cp.new_optional_fixed_size_interval_var(
                task.start, piece.length, piece.chosen, ""
            )
            for task, seat in seats[person]
            for piece in seat.pieces
        ]
        for item in items:
            start = model.grid.start_at_or_after(item.start)
            length = model.grid.start_at_or_after(item.end) - start
            intervals.append(
                model.cp.new_optional_fixed_size_interval_var(start, length, item.literal, "")
            )
        model.cp.add_no_overlap(intervals)
    _rooms(model)
    _audiences(model)


def _rooms(model: Model) -> None:
    rooms: defaultdict[int, list[tuple[int, int, Literal]]] = defaultdict(list)
    for group in model.classes:
        if group.room is not None:
            rooms[group.room].append((group.start, group.end, group.held))
    for room, uses in rooms.items():
        _apart(model, uses, model.problem.rooms[room].changeover)


def _apart(model: Model, uses: Iterable[tuple[int, int, Literal]], gap: int = 0) -> None:
    """At most one of the uses at each moment; enough to look where one begins.

    From now on each lasts so many slots longer before another may begin.
    """
    uses = sorted(uses, key=lambda use: use[0])
    for moment in sorted({start for start, _, _ in uses}):
        more = gap if moment >= model.problem.as_of else 0
        running = [literal for start, end, literal in uses if start <= moment < end + more]
        if len(running) > 1:
            model.cp.add_at_most_one(running)


def _audiences(model: Model) -> None:
    for index, audience in enumerate(model.problem.audiences):
        for heads, held in heads_at_starts(model, frozenset([index])):
            model.cp.add(sum(heads) + held <= audience.headcount)

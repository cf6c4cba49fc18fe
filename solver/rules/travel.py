"""Between bookings of a person at different sites there is at least the travel time."""

from __future__ import annotations

from itertools import combinations

from allocator.bookings import Booking
from solver.variables import Item, Model, SeatVar, TaskVar


def post(model: Model) -> None:
    """Every pair of a person's sited bookings at different sites keeps its distance."""
    if not any(any(row) for row in model.problem.travel):
        return
    for person in model.people():
        fixed = [item for item in model.items(person) if item.site is not None]
        seats = [
            (task, seat)
            for task, seat in model.seats_of(person)
            if model.problem.tasks[task.task].site is not None
        ]
        held = [booking for booking in model.held_bookings(person) if booking.site is not None]
        for item in fixed:
            if any(_too_close(model, item, booking) for booking in held):
                model.cp.add(item.literal == 0)
        for early, late in combinations(sorted(fixed, key=lambda item: item.start), 2):
            if _too_close(model, early, late):
                model.cp.add_at_most_one([early.literal, late.literal])
        for task, seat in seats:
            stays: list[Item | Booking] = [*fixed, *held]
            for stay in stays:
                _keep_away(model, task, seat, stay)
        for one, other in combinations(seats, 2):
            _keep_apart(model, one, other)


def _too_close(model: Model, one: Item | Booking, other: Item | Booking) -> bool:
    """Whether two bookings at different sites leave no time for the way; overlaps aside."""
    assert one.site is not None
    assert other.site is not None
    if one.start > other.start:
        one, other = other, one
    assert one.site is not None
    assert other.site is not None
    return one.end <= other.start < one.end + model.problem.travel[one.site][other.site]


def _keep_away(model: Model, task: TaskVar, seat: SeatVar, stay: Item | Booking) -> None:
    site = model.problem.tasks[task.task].site
    assert site is not None
    assert stay.site is not None
    there, back = model.problem.travel[site][stay.site], model.problem.travel[stay.site][site]
    if there == back == 0:
        return
    for piece in seat.pieces:
        begins = model.grid.slots[piece.starts]
        ends = model.grid.slots[piece.starts + piece.length - 1] + 1
        late = (ends <= stay.start) & (ends + there > stay.start)
        early = (begins >= stay.end) & (stay.end + back > begins)
        bad = late | early
        if bad.any():
            enforce = [piece.chosen]
            if isinstance(stay, Item):
                enforce.append(stay.literal)
            model.within(task.start, piece.starts[~bad], enforce)


def _keep_apart(model: Model, one: tuple[TaskVar, SeatVar], other: tuple[TaskVar, SeatVar]) -> None:
    sites = [model.problem.tasks[task.task].site for task, _ in (one, other)]
    assert sites[0] is not None
    assert sites[1] is not None
    there = model.problem.travel[sites[0]][sites[1]]
    back = model.problem.travel[sites[1]][sites[0]]
    if one[0] is other[0] or there == back == 0:
        return
    first = model.cp.new_bool_var("")
    both = [one[1].taken, other[1].taken]
    model.cp.add(model.clock_end(*one) + there <= model.clock_start(other[0])).only_enforce_if(
        [*both, first]
    )
    model.cp.add(model.clock_end(*other) + back <= model.clock_start(one[0])).only_enforce_if(
        [*both, ~first]
    )

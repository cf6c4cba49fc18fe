"""Between bookings of a person at different sites there is at least the travel time."""

from __future__ import annotations

from itertools import combinations, product
from typing import TypeAlias

from allocator.timeline import IntArray
from allocator.views.bookings import Booking, last_journey
from solver.candidates.ways import shortest_ways
from solver.model.model import Expression, Item, Literal, Model, Piece, SeatVar, TaskVar

Work: TypeAlias = tuple[TaskVar, SeatVar] | Item | Booking
"""A sited booking of one person: on a free task, at a fixed time if at all, or held."""


def post(model: Model) -> None:
    """Every pair of a person's sited bookings at different sites keeps its distance.

    The rule asks this of one booking and the next only. That is the same, unless a way is longer
    than by way of a third site: work there in between then lets the two be closer.
    """
    if not any(any(row) for row in model.problem.travel):
        return
    least, detours = shortest_ways(model.problem.travel), model.candidates.has_detours
    for person in model.people_concerned() if detours else model.people():
        fixed = [item for item in model.items(person) if item.site is not None]
        seats = [
            (task, seat)
            for task, seat in model.seats_of(person)
            if model.problem.tasks[task.task].site is not None
        ]
        held = [booking for booking in model.held_bookings(person) if booking.site is not None]
        others = _Others(model, least, [*fixed, *seats, *held])
        for early_kept, late_kept in combinations(held, 2) if detours else ():
            if _too_close(model, early_kept, late_kept):  # what lay between them may be free
                model.cp.add_bool_or(others.between(early_kept, late_kept))
        last = last_journey(model.history(person))
        if last is not None:
            _from_history(model, others, last, [*fixed, *seats, *held])
        for item, booking in product(fixed, held):
            if _too_close(model, item, booking):
                model.cp.add_bool_or([*others.between(*_ordered(item, booking)), ~item.literal])
        for early, late in combinations(sorted(fixed, key=lambda item: item.start), 2):
            if _too_close(model, early, late):
                escapes = others.between(early, late)
                model.cp.add_bool_or([*escapes, ~early.literal, ~late.literal])
        for free in seats:
            stays: list[Item | Booking] = [*fixed, *held]
            for stay in stays:
                _keep_away(model, others, free, stay)
        for one, other in combinations(seats, 2):
            _keep_apart(model, others, one, other)


class _Others:
    """What else a person may be booked on, to lie between two bookings."""

    def __init__(self, model: Model, least: list[list[int]], works: list[Work]) -> None:
        self._model = model
        self._least = least
        self._works = works

    def between(self, one: Work, other: Work) -> list[Literal]:
        """Literals of which each holds only if some work lies after the one and before the other.

        Only of work by which the way is shorter; other work leaves more time than the way takes.
        """
        here, there = _site(self._model, one), _site(self._model, other)
        direct = self._model.problem.travel[here][there]
        if self._least[here][there] >= direct:
            return []
        found = []
        for work in self._works:
            via = _site(self._model, work)
            shorter = self._least[here][via] + 1 + self._least[via][there] < direct
            if shorter and not _same(work, one) and not _same(work, other):
                found.append(self._lies_between(one, work, other))
        return found

    def _lies_between(self, one: Work, work: Work, other: Work) -> Literal:
        cp = self._model.cp
        lies = cp.new_bool_var("")
        if isinstance(work, Item):
            cp.add_implication(lies, work.literal)
        elif not isinstance(work, Booking):
            cp.add_implication(lies, work[1].taken)
        start, end = _span(self._model, work)
        cp.add(_span(self._model, one)[1] <= start).only_enforce_if(lies)
        cp.add(end <= _span(self._model, other)[0]).only_enforce_if(lies)
        return lies


def _same(one: Work, other: Work) -> bool:
    """Whether it is the same booking, or a seat of the same task."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[0] is other[0]
    return one is other


def _site(model: Model, work: Work) -> int:
    site = model.problem.tasks[work[0].task].site if isinstance(work, tuple) else work.site
    assert site is not None
    return site


def _span(model: Model, work: Work) -> tuple[Expression, Expression]:
    """Start and end on the clock."""
    if isinstance(work, tuple):
        return model.clock_start(work[0]), model.clock_end(*work)
    return work.start, work.end


def _ordered(one: Item | Booking, other: Item | Booking) -> tuple[Item | Booking, Item | Booking]:
    return (one, other) if one.start <= other.start else (other, one)


def _too_close(model: Model, one: Item | Booking, other: Item | Booking) -> bool:
    """Whether two bookings at different sites leave no time for the way; overlaps aside."""
    one, other = _ordered(one, other)
    way = model.problem.travel[_site(model, one)][_site(model, other)]
    return one.end <= other.start < one.end + way


def _from_history(model: Model, others: _Others, last: Booking, works: list[Work]) -> None:
    """From where somebody was last there is time for the way to the next work from now on."""
    as_of, since = model.problem.as_of, []
    for work in works:
        if isinstance(work, tuple):
            starts = [int(slot) for piece in work[1].pieces for slot in _begins(model, piece)]
            if all(last.end <= start < as_of for start in starts):
                since.append(work[1].taken)
        elif last.end <= work.start < as_of:
            if isinstance(work, Booking):
                return  # they have been elsewhere since
            since.append(work.literal)
    for work in works:
        way = model.problem.travel[_site(model, last)][_site(model, work)]
        if not way:
            continue
        escapes = [*since, *others.between(last, work)]
        if isinstance(work, (Item, Booking)):
            free = [~work.literal] if isinstance(work, Item) else []
            if max(as_of, last.end) <= work.start < last.end + way:
                model.cp.add_bool_or([*escapes, *free])
            continue
        task, seat = work
        for piece in seat.pieces:
            begins = _begins(model, piece)
            early = (begins >= max(as_of, last.end)) & (begins < last.end + way)
            if early.any():
                enforce = [piece.chosen, *(~escape for escape in escapes)]
                model.within(task.start, piece.starts[~early], enforce)


def _begins(model: Model, piece: Piece) -> IntArray:
    return model.grid.slots[piece.starts]


def _keep_away(
    model: Model, others: _Others, free: tuple[TaskVar, SeatVar], stay: Item | Booking
) -> None:
    task, seat = free
    site, stayed = _site(model, free), _site(model, stay)
    there, back = model.problem.travel[site][stayed], model.problem.travel[stayed][site]
    if there == back == 0:
        return
    before, after = others.between(free, stay), others.between(stay, free)
    literals = [stay.literal] if isinstance(stay, Item) else []
    for piece in seat.pieces:
        begins = model.grid.slots[piece.starts]
        ends = model.grid.slots[piece.starts + piece.length - 1] + 1
        late = (ends <= stay.start) & (ends + there > stay.start)
        early = (begins >= stay.end) & (stay.end + back > begins)
        cases = [(late, before), (early, after)] if before or after else [(late | early, [])]
        for bad, escapes in cases:
            if bad.any():
                enforce = [piece.chosen, *literals, *(~escape for escape in escapes)]
                model.within(task.start, piece.starts[~bad], enforce)


def _keep_apart(
    model: Model, others: _Others, one: tuple[TaskVar, SeatVar], other: tuple[TaskVar, SeatVar]
) -> None:
    sites = _site(model, one), _site(model, other)
    there = model.problem.travel[sites[0]][sites[1]]
    back = model.problem.travel[sites[1]][sites[0]]
    if one[0] is other[0] or there == back == 0:
        return
    first = model.cp.new_bool_var("")
    for early, late, way, order in ((one, other, there, first), (other, one, back, ~first)):
        enforce = [early[1].taken, late[1].taken, order]
        enforce += [~escape for escape in others.between(early, late)]
        end, start = model.clock_end(*early), model.clock_start(late[0])
        model.cp.add(end + way <= start).only_enforce_if(enforce)

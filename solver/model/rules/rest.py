"""After a spell of work a person has the rest: where each spell begins is a variable.

A booking whose person has the rest within it belongs to two spells, one at its head and one at its
tail; any other to one. Two bookings of a person have the rest between them or belong to one spell,
and none ends later than its spell may last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from solver.candidates.spells import Spells
from solver.model.model import Expression, Literal, Model, SeatVar, TaskVar


@dataclass(frozen=True, slots=True)
class _Work:
    """A booking that a person gets or has."""

    taken: tuple[Literal, ...]
    """The literal that the person gets it; none where it is there in any case."""
    start: Expression
    end: Expression
    low: int
    """First start."""
    high: int
    """Last end."""
    opens: Expression
    """Where the spell at its head begins, or earlier than it does."""
    closes: Expression
    """The same of the spell at its tail."""
    task: int = -1


def post(model: Model) -> None:
    """People whose calendar alone gives the rest are left out."""
    for person in model.people():
        spells = model.candidates.spells(person)
        if spells is not None:
            works = [*_fixed(model, spells, person), *_seats(model, spells, person)]
            for one, other in combinations(works, 2):
                if one.task < 0 or one.task != other.task:
                    _apart(model, spells.rest, one, other)


def _fixed(model: Model, spells: Spells, person: int) -> Iterator[_Work]:
    for item in model.items(person):
        yield _at(model, spells, (item.literal,), item.start, item.end)
    for booking in model.held_bookings(person):
        yield _at(model, spells, (), booking.start, booking.end)
    duty = model.problem.people[person].working
    for booking in model.history(person):
        low, high = max(0, booking.start), min(booking.end, model.problem.horizon)
        worked = duty.positions[duty.worked[low] : duty.worked[max(low, high)]]
        for run in np.split(worked, np.flatnonzero(np.diff(worked) > spells.rest) + 1):
            if len(run):
                yield _at(model, spells, (), int(run[0]), int(run[-1]) + 1)


def _at(model: Model, spells: Spells, taken: tuple[Literal, ...], start: int, end: int) -> _Work:
    """A booking whose time is known; what ends by now breaks nothing by itself."""
    head = min(end, int(spells.beyond[start]))
    earliest = head - spells.most if end > model.problem.as_of else -model.problem.horizon
    if earliest > start:  # too long a spell alone: the masks leave it out, unless it is held
        model.cp.add_bool_or([~literal for literal in taken])
        earliest = start
    opens = model.cp.new_int_var(earliest, start, "")
    tail = max(start, int(spells.first[end - 1]))
    return _Work(taken, start, end, start, end, opens, opens if head == end else tail)


def _seats(model: Model, spells: Spells, person: int) -> Iterator[_Work]:
    for task, seat in model.seats_of(person):
        yield _seat(model, spells, task, seat)


def _seat(model: Model, spells: Spells, task: TaskVar, seat: SeatVar) -> _Work:
    """A seat: starts with the same ends of their first and last runs share a literal."""
    cp, horizon = model.cp, model.problem.horizon
    groups: defaultdict[tuple[int, int, bool], list[int]] = defaultdict(list)
    low, high = horizon, 0
    for piece in seat.pieces:
        begins = model.grid.slots[piece.starts]
        ends = model.grid.slots[piece.starts + piece.length - 1] + 1
        low, high = min(low, int(begins.min())), max(high, int(ends.max()))
        for position, start, end in zip(piece.starts, begins, ends, strict=True):
            head, tail = int(spells.beyond[start]), int(spells.first[end - 1])
            passed = bool(end <= model.problem.as_of)
            key = (-1, -1, passed) if end <= head else (head, tail, passed)
            groups[key].append(int(position))
    start, end = model.clock_start(task), model.clock_end(task, seat)
    opens = cp.new_int_var(-horizon, horizon, "")
    closes = cp.new_int_var(-horizon, horizon, "")
    cp.add(opens <= start).only_enforce_if(seat.taken)
    chosen = [cp.new_bool_var("") for _ in groups] if len(groups) > 1 else [seat.taken]
    for literal, ((head, tail, passed), positions) in zip(chosen, groups.items(), strict=True):
        if len(groups) > 1:
            model.within(task.start, positions, [literal])
        if head < 0:
            cp.add(closes == opens).only_enforce_if(literal)
        else:
            cp.add(closes <= tail).only_enforce_if(literal)
        if not passed:
            last: Expression = end if head < 0 else head
            cp.add(last - opens <= spells.most).only_enforce_if(literal)
    if len(groups) > 1:
        cp.add(sum(chosen) == seat.taken)
    return _Work((seat.taken,), start, end, low, high, opens, closes, task.task)


def _apart(model: Model, rest: int, one: _Work, other: _Work) -> None:
    """Two bookings are in one spell, or the rest lies between them, whichever comes first."""
    if one.high + rest <= other.low or other.high + rest <= one.low:
        return
    ways: list[Literal] = []
    for first, then in ((one, other), (other, one)):
        if first.low >= then.high:
            continue
        for gap, linked in ((rest, False), (0, True)):
            way = model.cp.new_bool_var("")
            model.cp.add(first.end + gap <= then.start).only_enforce_if(way)
            if linked:
                model.cp.add(then.opens <= first.closes).only_enforce_if(way)
            ways.append(way)
    both = [*one.taken, *other.taken]
    model.cp.add_bool_or([*ways, *(~literal for literal in both)])

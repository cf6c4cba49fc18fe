"""On-duty slots that a free booking puts into a day or a week: what limits of hours add up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from allocator.views.workload import adding, slots_within
from solver.model.model import Expression, Literal, Model, SeatVar, TaskVar


@dataclass(eq=False)
class Hours:
    """Linear expressions of booked on-duty slots in [low, high), made when asked for.

    [low, high) is a day, a week, a wish's part of a day, or all of the rollout.
    """

    model: Model
    _booked: dict[tuple[int, int, int], Literal | None] = field(default_factory=dict)
    _of_seat: dict[tuple[int, int, int, int, int, bool], Expression] = field(default_factory=dict)

    def of_task(
        self, task: TaskVar, seat: SeatVar, low: int, high: int, *, added: bool = False
    ) -> Expression:
        """Slots of a seat inside [low, high); 0 where the seat is not taken.

        Starts with the same number of slots share one literal, so that this is exact. Only bookings
        that end after now count as `added`.
        """
        key = (task.task, seat.line, seat.person, low, high, added)
        if key not in self._of_seat:
            self._of_seat[key] = self._make(task, seat, low, high, added=added)
        return self._of_seat[key]

    def _make(
        self, task: TaskVar, seat: SeatVar, low: int, high: int, *, added: bool
    ) -> Expression:
        by_slots = self.starts_by_slots(seat, low, high, added=added)
        if len(by_slots) == 1:
            return next(iter(by_slots)) * seat.taken
        chosen: list[Literal] = []
        total: Expression = 0
        for slots, positions in sorted(by_slots.items()):
            literal = self.model.cp.new_bool_var("")
            self.model.within(task.start, positions, [literal])
            chosen.append(literal)
            total = total + slots * literal
        self.model.cp.add(sum(chosen) == seat.taken)
        return total

    def starts_by_slots(
        self, seat: SeatVar, low: int, high: int, *, added: bool = False
    ) -> dict[int, list[int]]:
        """Start positions of a seat by the on-duty slots they put into [low, high)."""
        worked = self.model.problem.people[seat.person].working.worked
        last = len(worked) - 1
        low, high = min(max(low, 0), last), min(max(high, 0), last)
        found: defaultdict[int, list[int]] = defaultdict(list)
        for piece in seat.pieces:
            begins = self.model.grid.slots[piece.starts]
            ends = self.model.grid.slots[piece.starts + piece.length - 1] + 1
            inside = worked[np.clip(ends, low, high)] - worked[np.clip(begins, low, high)]
            if added:
                inside = np.where(ends > self.model.problem.as_of, inside, 0)
            for position, slots in zip(piece.starts, inside, strict=True):
                found[int(slots)].append(int(position))
        return dict(found)

    def booked(self, person: int, span: tuple[int, int]) -> Literal | None:
        """A literal that holds if a free booking of a person is on duty in a span, if one may be.

        It may hold without one.
        """
        key = (person, *span)
        if key not in self._booked:
            self._booked[key] = self._is_booked(person, span)
        return self._booked[key]

    def _is_booked(self, person: int, span: tuple[int, int]) -> Literal | None:
        model, working = self.model, self.model.problem.people[person].working
        touching = [
            item.literal
            for item in model.items(person)
            if working.on_duty(max(span[0], item.start), min(span[1], item.end))
        ]
        seats = []
        for task, seat in model.seats_of(person):
            by_slots = self.starts_by_slots(seat, *span)
            if set(by_slots) != {0}:
                seats.append((task, seat, by_slots.get(0, [])))
        if not touching and not seats:
            return None
        booked = model.cp.new_bool_var("")
        for literal in touching:
            model.cp.add_implication(literal, booked)
        for task, seat, clear in seats:
            model.within(task.start, clear, [seat.taken, ~booked])
        return booked

    def in_span(self, person: int, low: int, high: int) -> bool:
        """Whether history or a held booking of a person is on duty in [low, high)."""
        working = self.model.problem.people[person].working
        known = (*self.model.history(person), *self.model.held_bookings(person))
        return any(working.on_duty(max(low, it.start), min(high, it.end)) for it in known)

    def held(self, person: int, low: int, high: int, *, learning: bool, added: bool = False) -> int:
        """Slots of a person in [low, high) that are history or held; only held ones are `added`."""
        bookings = self.model.held_bookings(person)
        if added:
            bookings = adding(self.model.problem, bookings)
        else:
            bookings = [*self.model.history(person), *bookings]
        return sum(
            slots_within(self.model.problem.people[person], booking, low, high)
            for booking in bookings
            if learning or not booking.learner
        )

    def free(
        self, person: int, low: int, high: int, *, learning: bool, added: bool = False
    ) -> list[Expression]:
        """Expressions of all free bookings of a person that may reach into [low, high).

        Only bookings that end after now count as `added`.
        """
        working = self.model.problem.people[person].working
        found: list[Expression] = []
        for item in self.model.items(person):
            slots = working.on_duty(max(low, item.start), min(high, item.end))
            if added and item.end <= self.model.problem.as_of:
                continue
            if slots and (learning or item.clock):
                found.append(slots * item.literal)
        for task, seat in self.model.seats_of(person):
            if set(self.starts_by_slots(seat, low, high, added=added)) != {0}:
                found.append(self.of_task(task, seat, low, high, added=added))
        return found

"""Who is at which seat, some seats still waiting, and which wishes may break."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from solver.bounds.unavoidable_wishes import Unit
from solver.improvement.reassignment.seats import WAITING, ReassignableSeat


class Roster:
    """Seats and their holders; only wishes that are `given` up may break."""

    def __init__(
        self, seats: Sequence[ReassignableSeat], units: Sequence[dict[int, frozenset[Unit]]]
    ) -> None:
        self.seats = seats
        self.slots = [seat.slots for seat in seats]
        self.units = units
        """By seat and person: the wishes that break there."""
        self.given: set[Unit] = set()
        self.holders = [WAITING] * len(seats)

    def able(self, seat: int) -> list[int]:
        """Who may fill a seat with what is given up."""
        units = self.units[seat]
        return [person for person in self.seats[seat].people if units[person] <= self.given]

    @property
    def waiting(self) -> list[int]:
        """Seats without a holder."""
        return [seat for seat, person in enumerate(self.holders) if person == WAITING]

    @property
    def broken(self) -> set[Unit]:
        """The wishes that the holders break."""
        return {
            unit
            for seat, person in enumerate(self.holders)
            if person != WAITING
            for unit in self.units[seat][person]
        }

    def busy(self, leaving: Collection[int] = ()) -> dict[int, int]:
        """Person -> the slots of their seats, but for those that they leave."""
        found: dict[int, int] = {}
        for seat, person in enumerate(self.holders):
            if person != WAITING and seat not in leaving:
                found[person] = found.get(person, 0) | self.slots[seat]
        return found

    def keep(self, given: set[Unit]) -> None:
        """Give up just these wishes; who breaks others leaves the seat."""
        self.given = given
        for seat, person in enumerate(self.holders):
            if person != WAITING and not self.units[seat][person] <= given:
                self.holders[seat] = WAITING

    def fill(self, weights: dict[Unit, int] | None = None) -> bool:
        """Fill waiting seats in order of time with whoever has been free for the shortest time.

        With `weights` of wishes more of them may be given up, as few as possible. True if nobody
        is missing then.
        """
        busy = self.busy()
        for seat in sorted(self.waiting, key=lambda it: (self.seats[it].start, self.seats[it].end)):
            people = self.able(seat) if weights is None else self.seats[seat].people
            start, units = self.seats[seat].start, self.units[seat]
            before = (1 << start) - 1
            choice = min(
                (
                    (
                        sum(weights[unit] for unit in units[person] - self.given) if weights else 0,
                        start - (busy.get(person, 0) & before).bit_length(),
                        person,
                    )
                    for person in people
                    if not busy.get(person, 0) & self.slots[seat]
                ),
                default=None,
            )
            if choice is None:
                continue
            person = choice[2]
            self.holders[seat] = person
            self.given |= units[person]
            busy[person] = busy.get(person, 0) | self.slots[seat]
        return WAITING not in self.holders

    def copy(self) -> Roster:
        """The same people at the same seats, to try something out on."""
        other = Roster(self.seats, self.units)
        other.given, other.holders = set(self.given), list(self.holders)
        return other

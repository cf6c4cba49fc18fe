"""Different people for seats: a matching by augmenting paths."""

from __future__ import annotations

from collections.abc import Sequence


def fill(seats: Sequence[Sequence[int]]) -> list[int] | None:
    """One person for each seat, all different, those named first preferred; None if impossible."""
    holder: dict[int, int] = {}

    def seated(seat: int, tried: set[int]) -> bool:
        for person in seats[seat]:
            if person not in tried:
                tried.add(person)
                if person not in holder or seated(holder[person], tried):
                    holder[person] = seat
                    return True
        return False

    if not all(seated(seat, set()) for seat in range(len(seats))):
        return None
    chosen = {seat: person for person, seat in holder.items()}
    return [chosen[seat] for seat in range(len(seats))]

"""Different people for seats: a matching by augmenting paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def fill(seats: Sequence[Sequence[int]]) -> list[int] | None:
    """One person for each seat, all different, those named first preferred; None if impossible."""
    holder: dict[int, int] = {}
    if not all(_seated(seats, seat, holder) for seat in range(len(seats))):
        return None
    chosen = {seat: person for person, seat in holder.items()}
    return [chosen[seat] for seat in range(len(seats))]


def _seated(seats: Sequence[Sequence[int]], seat: int, holder: dict[int, int]) -> bool:
    """Find somebody for one seat more; who holds another may move to a third, and so on."""
    tried: set[int] = set()
    way: list[tuple[int, Iterator[int]]] = [(seat, iter(seats[seat]))]
    asked: list[int] = []
    while way:
        person = next((it for it in way[-1][1] if it not in tried), None)
        if person is None:
            way.pop()
            if asked:
                asked.pop()
            continue
        tried.add(person)
        asked.append(person)
        if person not in holder:
            for (own, _), each in zip(way, asked, strict=True):
                holder[each] = own
            return True
        way.append((holder[person], iter(seats[holder[person]])))
    return False

"""People for lines of seats: a matching by augmenting paths, however large crews are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def on_lines(
    able: Mapping[int, Sequence[int]], seats: Sequence[int], people: Iterable[int]
) -> dict[int, int]:
    """Person -> line, for as many of the people as can sit at once.

    `able` is which lines a person can fill, `seats` how many each line has. Whoever is named first
    keeps a seat, though perhaps on another line; the search stops once all seats are taken.
    """
    line_of: dict[int, int] = {}
    seated: list[set[int]] = [set() for _ in seats]
    free = sum(seats)
    for person in people:
        if not free:
            break
        free -= _seat(person, able, seats, line_of, seated)
    return line_of


def _seat(
    person: int,
    able: Mapping[int, Sequence[int]],
    seats: Sequence[int],
    line_of: dict[int, int],
    seated: list[set[int]],
) -> bool:
    """Seat one more person; others move from line to line where that makes room."""
    came: dict[int, int] = {}
    front = [person]
    for who in front:
        for line in able.get(who, ()):
            if line in came:
                continue
            came[line] = who
            if len(seated[line]) < seats[line]:
                _move_up(line, came, line_of, seated)
                return True
            front.extend(sorted(seated[line]))
    return False


def _move_up(
    line: int, came: dict[int, int], line_of: dict[int, int], seated: list[set[int]]
) -> None:
    """Everybody on the way to a free seat moves on by one line."""
    while True:
        who = came[line]
        before = line_of.get(who)
        line_of[who] = line
        seated[line].add(who)
        if before is None:
            return
        seated[before].remove(who)
        line = before

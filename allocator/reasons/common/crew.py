"""Whether seats can be filled together: different people, each on a seat that is theirs to fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from allocator.matching import on_lines
from allocator.problem import Line
from allocator.timeline import NEVER, BoolArray, IntArray

Options = tuple[dict[int, IntArray], ...]
"""For each line: person -> end of the work for every start, NEVER where it cannot begin."""


@dataclass(frozen=True, slots=True)
class Crew:
    """A start and the person of every seat, as (line, person, end)."""

    start: int
    seats: tuple[tuple[int, int, int], ...]


def able(options: Options, line: int) -> list[int]:
    """People who could begin a line's work at some time."""
    return [person for person, ends in options[line].items() if (ends != NEVER).any()]


def possible_starts(options: Options, lines: Sequence[Line], line: int | None = None) -> BoolArray:
    """Starts at which each line (or the given one) has as many people as it needs."""
    chosen = range(len(lines)) if line is None else [line]
    found: BoolArray | None = None
    for index in chosen:
        arrays = list(options[index].values())
        free = sum((ends != NEVER).astype(np.int32) for ends in arrays) if arrays else 0
        enough = np.asarray(free >= lines[index].people)
        found = enough if found is None else found & enough
    return np.atleast_1d(np.asarray(found, dtype=np.bool_))


def first_crew(
    options: Options, lines: Sequence[Line], required: frozenset[int] = frozenset()
) -> Crew | None:
    """The earliest start with a whole crew of different people; None if there is none.

    `required` people must be in the crew.
    """
    seats = [line.people for line in lines]
    if len(required) > sum(seats) or any(not people for people in options):
        return None
    known: dict[bytes, dict[int, int] | None] = {}
    everyone = [
        (line, person, ends) for line, p in enumerate(options) for person, ends in p.items()
    ]
    present = np.array([ends != NEVER for _, _, ends in everyone])
    for start in np.flatnonzero(possible_starts(options, lines)):
        column = present[:, start]
        key = np.packbits(column).tobytes()
        if key not in known:
            fitting: dict[int, list[int]] = {}
            for (line, person, _), here in zip(everyone, column, strict=True):
                if here:
                    fitting.setdefault(person, []).append(line)
            known[key] = _seated(seats, fitting, required)
        people = known[key]
        if people is not None:
            filled = sorted((line, person) for person, line in people.items())
            return Crew(
                int(start),
                tuple((line, who, int(options[line][who][start])) for line, who in filled),
            )
    return None


def _seated(
    seats: list[int], fitting: dict[int, list[int]], required: frozenset[int]
) -> dict[int, int] | None:
    """Person -> line of a whole crew: the required people first, who then stay seated."""
    people = [*sorted(required), *sorted(fitting.keys() - required)]
    found = on_lines(fitting, seats, people)
    whole = len(found) == sum(seats) and required <= found.keys()
    return found if whole else None

"""Seats on lines: as many people as possible, whoever is named first stays seated."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from allocator.matching import on_lines


def most(able: dict[int, list[int]], seats: list[int]) -> int:
    """By brute force: in some order of people a greedy choice of seats is the best there is."""
    lines = [line for line, count in enumerate(seats) for _ in range(count)]
    best = 0
    for order in permutations(able, min(len(able), len(lines))):
        fits = sum(line in able[who] for who, line in zip(order, lines, strict=False))
        best = max(best, fits)
    for chosen in permutations(range(len(lines)), min(len(able), len(lines))):
        fits = sum(lines[at] in able[who] for who, at in zip(able, chosen, strict=False))
        best = max(best, fits)
    return best


@pytest.mark.parametrize("seed", range(40))
def test_as_many_sit_as_can(seed: int) -> None:
    random = Random(seed)
    seats = [random.randint(1, 2) for _ in range(random.randint(1, 3))]
    people = range(random.randint(0, 5))
    able = {who: [n for n in range(len(seats)) if random.random() < 0.5] for who in people}
    found = on_lines(able, seats, able)
    assert len(found) == most(able, seats)
    assert all(line in able[who] for who, line in found.items())
    taken = list(found.values())
    assert all(taken.count(line) <= count for line, count in enumerate(seats))


def test_whoever_is_named_first_keeps_a_seat() -> None:
    able = {1: [0], 2: [0, 1], 3: [0, 1]}
    assert on_lines(able, [1, 1], [2, 1, 3]) == {2: 1, 1: 0}


def test_a_way_through_a_thousand_lines_is_found() -> None:
    """Person n sits on line n, and can move to n + 1: the last one who comes moves all of them."""
    lines = 2_000
    able = {number: [number, number + 1] for number in range(lines)}
    able[lines] = [0]
    assert len(on_lines(able, [1] * (lines + 1), range(lines + 1))) == lines + 1

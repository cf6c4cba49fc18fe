"""Ways between sites: where work at a third site on the way makes up for a long direct one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product


def shortest_ways(travel: Sequence[Sequence[int]]) -> list[list[int]]:
    """The shortest way between two sites by way of others, with a slot of work at each of them."""
    sites = range(len(travel))
    least = [list(row) for row in travel]
    for via, here, there in product(sites, sites, sites):
        least[here][there] = min(least[here][there], least[here][via] + 1 + least[via][there])
    return least


def has_detours(travel: Sequence[Sequence[int]]) -> bool:
    """Whether some direct way is longer than one by way of others with work there."""
    return shortest_ways(travel) != [list(row) for row in travel]

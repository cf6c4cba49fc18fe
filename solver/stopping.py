"""Building that ends when the search does: loops and models that look at a stop on their way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf
from typing import Any, TypeVar

from ortools.sat.python import cp_model

from solver.settings import Stop

Item = TypeVar("Item")

EVERY = 64
"""So many variables or constraints go into a model between two looks."""


class Stopped(Exception):
    """The search was to end while something was still being built: there is no answer."""


class TooLarge(Stopped):
    """What was being built grew beyond what it may hold."""


def never() -> bool:
    """The stop of whoever wants an answer in any case."""
    return False


def until(stop: Stop, items: Iterable[Item]) -> Iterator[Item]:
    """The items one by one; raises `Stopped` as soon as the stop says so."""
    for item in items:
        if stop():
            raise Stopped
        yield item


class GrowingModel(cp_model.CpModel):
    """A CP-SAT model that looks at a stop every now and then while it grows.

    It takes up to `most` literals and linear constraints.
    """

    def __init__(self, stop: Stop, most: float = inf) -> None:
        super().__init__()
        self._stop = stop
        self._most = most
        self._added = 0

    def new_bool_var(self, name: str) -> cp_model.IntVar:
        """A new literal."""
        self._look()
        return super().new_bool_var(name)

    def add(self, ct: Any) -> Any:
        """Post a linear constraint."""
        self._look()
        return super().add(ct)

    def _look(self) -> None:
        self._added += 1
        if self._added > self._most:
            raise TooLarge
        if self._added % EVERY == 0 and self._stop():
            raise Stopped

"""Pieces: the seats of tasks that nobody fills in less time, and what keeps two of them apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from allocator.timeline import BoolArray, IntArray
from solver.candidates.earliest import earliest_spans, ended_before, tails
from solver.relaxation.shapes import Shapes
from solver.settings import Stop

Piece: TypeAlias = tuple[int, int]
"""(task, grid positions): the seats of a task that nobody fills in less."""


class Pieces:
    """The pieces of a problem's tasks, in the order of `all`."""

    def __init__(self, shapes: Shapes, stop: Stop) -> None:
        self.shapes = shapes
        self.spans = earliest_spans(shapes.candidates, stop)
        """By task its earliest start and end, in slots."""
        self.tails = tails(shapes.candidates)
        """By task the slots that must still follow its end."""
        self.all = tuple(sorted(set(self._found())))

    def _found(self) -> Iterator[Piece]:
        tasks = self.shapes.candidates.problem.tasks
        for task in self.spans:
            if task in self.tails and self.shapes.task(task) is not None:
                for line in range(len(tasks[task].crew)):
                    yield task, self.shapes.shortest(task, line)

    def lengths(self) -> IntArray:
        """Grid positions that each takes."""
        return np.array([length for _, length in self.all], dtype=np.int32)

    def needs(self) -> tuple[IntArray, IntArray]:
        """Piece x pool: seats that only the pool can fill; and the people of each pool."""
        tasks, pools = self.shapes.candidates.problem.tasks, self.shapes.pools
        numbers = {piece: number for number, piece in enumerate(self.all)}
        needs = np.zeros((len(self.all), len(pools)), dtype=np.int32)
        for column, pool in enumerate(pools):
            for task, lines in pool.lines.items():
                for line in lines:
                    piece = (task, self.shapes.shortest(task, line))
                    if piece in numbers:
                        needs[numbers[piece], column] += tasks[task].crew[line].people
        return needs, np.array([len(pool.people) for pool in pools], dtype=np.int32)

    def after(self) -> BoolArray:
        """Piece x piece: the other comes after the end of the one's task."""
        before = ended_before(self.shapes.candidates)
        return np.array(
            [[one in before[other] for other, _ in self.all] for one, _ in self.all],
            dtype=np.bool_,
        )

    def of_one_task(self) -> BoolArray:
        """Piece x piece: they are of the same task."""
        tasks = np.array([task for task, _ in self.all])
        same: BoolArray = tasks[:, None] == tasks[None, :]
        return same

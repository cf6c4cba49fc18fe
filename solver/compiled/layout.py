"""Laying a block of memory out: tables of numbers, decimals and sets, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from solver.compiled.block import SCALARS, TABLES_END, WORDS, Block, Floats, Ints


class Layout:
    """Tables as they come, until they are made one block."""

    def __init__(self, horizon: int) -> None:
        self.words = horizon // 64 + 1
        """Words of a set of slots."""
        self._head = np.zeros(SCALARS, dtype=np.int64)
        self._head[WORDS] = self.words
        self._tables: dict[int, Ints] = {}
        self._of_sets: set[int] = set()
        self._sets: dict[int, int] = {}

    def number(self, place: int, value: int) -> None:
        """A single whole number."""
        self._head[place] = value

    def decimal(self, place: int, value: float) -> None:
        """A single decimal."""
        self._head[place : place + 1].view(np.float64)[0] = value

    def table(self, table: int, values: Sequence[Any] | Ints) -> None:
        """Whole numbers: in one column, or row by row."""
        found = np.asarray(values, dtype=np.int64)
        self._tables[table] = found.reshape(-1, 1) if found.ndim < 2 else found

    def decimals(self, table: int, values: Sequence[float] | Floats) -> None:
        """Decimals in one column."""
        self.table(table, np.asarray(values, dtype=np.float64).view(np.int64))

    def sets(self, table: int, values: Iterable[int]) -> None:
        """Sets of slots, given as bits; equal ones are kept once."""
        self._of_sets.add(table)
        self.table(table, [self._sets.setdefault(each, len(self._sets)) for each in values])

    def room(self, table: int, rows: int, columns: int = 1, fill: int = 0) -> None:
        """A table to be written to, with a row to spare."""
        self._tables[table] = np.full((rows + 1, columns), fill, dtype=np.int64)

    def room_for_sets(self, table: int, rows: int) -> None:
        """Sets of slots to be written to."""
        self.room(table, rows, self.words)

    def lists(self, begins: int, lists: Sequence[Sequence[Any]], *columns: int) -> None:
        """Lists of tuples: where each begins, and a table for each part of the tuples."""
        self.table(begins, np.cumsum([0, *map(len, lists)]))
        flat = [each for some in lists for each in some]
        for part, table in enumerate(columns):
            self.table(table, [each[part] for each in flat] if len(columns) > 1 else flat)

    def block(self) -> Block:
        """All of it as one block."""
        sizes = {table: values.size for table, values in self._tables.items()}
        first_set = TABLES_END + sum(sizes.values())
        memory = np.zeros(first_set + len(self._sets) * self.words, dtype=np.int64)
        memory[:SCALARS] = self._head
        place = TABLES_END
        for table, values in self._tables.items():
            if table in self._of_sets:
                values = first_set + values * self.words
            memory[table], memory[table + 1] = place, values.shape[1]
            memory[place : place + values.size] = values.ravel()
            place += values.size
        for slots, number in self._sets.items():
            row = first_set + number * self.words
            data = slots.to_bytes(self.words * 8, "little")
            memory[row : row + self.words] = np.frombuffer(data, dtype=np.int64)
        return Block(memory, memory.view(np.uint64), memory.view(np.float64))

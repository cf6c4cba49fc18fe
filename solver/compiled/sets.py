"""Sets of small numbers in a table: a row with marks, and one with the size and the members."""

from __future__ import annotations

from solver.compiled.block import Block, row_of
from solver.machine_code import compiled


@compiled
def size(m: Block, table: int, which: int) -> int:
    """How many members a set has."""
    return m.i[row_of(m, table, 2 * which + 1)]


@compiled
def member(m: Block, table: int, which: int, place: int) -> int:
    """The member at a place."""
    return m.i[row_of(m, table, 2 * which + 1) + 1 + place]


@compiled
def includes(m: Block, table: int, which: int, item: int) -> bool:
    """Whether something is a member."""
    return m.i[row_of(m, table, 2 * which) + item] != 0


@compiled
def include(m: Block, table: int, which: int, item: int) -> None:
    """Make something a member."""
    mark = row_of(m, table, 2 * which) + item
    if m.i[mark] == 0:
        m.i[mark] = 1
        row = row_of(m, table, 2 * which + 1)
        m.i[row + 1 + m.i[row]] = item
        m.i[row] += 1


@compiled
def empty(m: Block, table: int, which: int) -> None:
    """Make a set empty."""
    marks, row = row_of(m, table, 2 * which), row_of(m, table, 2 * which + 1)
    for place in range(m.i[row]):
        m.i[marks + m.i[row + 1 + place]] = 0
    m.i[row] = 0


@compiled
def include_all(m: Block, table: int, which: int, other: int) -> None:
    """Make the members of another set of the table members of one."""
    row = row_of(m, table, 2 * other + 1)
    for place in range(m.i[row]):
        include(m, table, which, m.i[row + 1 + place])


@compiled
def move_sorted(m: Block, table: int, which: int, into: int) -> int:
    """Empty a set into a list, smallest first; how many there are."""
    row, base = row_of(m, table, 2 * which + 1), m.i[into]
    found = m.i[row]
    for place in range(found):
        item, at = m.i[row + 1 + place], place
        while at > 0 and m.i[base + at - 1] > item:
            m.i[base + at] = m.i[base + at - 1]
            at -= 1
        m.i[base + at] = item
    empty(m, table, which)
    return found

"""Whole plans in the block: written down, and booked again."""

from __future__ import annotations

from solver.compiled.block import (
    ALIVE,
    LOGGED,
    LOST,
    PLAN,
    PLAN_LENGTH,
    SESSIONS,
    SHIFTS,
    STANDING,
    START,
    SUPPORTERS,
    TASKS,
    Block,
    at,
    at2,
)
from solver.compiled.bookings import (
    add_class,
    add_supporter,
    add_task,
    read_task,
    remove_class,
    remove_supporter,
    remove_task,
    write_class,
    write_task,
)
from solver.machine_code import compiled


@compiled
def save(m: Block) -> None:
    """Write down all bookings: tasks, classes, and the people of each shift."""
    place = m.i[PLAN]
    count = place
    m.i[count] = 0
    place += 1
    for task in range(m.i[TASKS]):
        if at(m, START, task) >= 0:
            place += write_task(m, task, place)
            m.i[count] += 1
    count = place
    m.i[count] = 0
    place += 1
    for session in range(m.i[SESSIONS]):
        if at(m, ALIVE, session):
            place += write_class(m, session, place)
            m.i[count] += 1
    for shift in range(m.i[SHIFTS]):
        m.i[place] = at(m, STANDING, shift)
        for each in range(at(m, STANDING, shift)):
            m.i[place + 1 + each] = at2(m, SUPPORTERS, shift, each)
        place += 1 + at(m, STANDING, shift)
    m.i[PLAN_LENGTH] = place - m.i[PLAN]


@compiled
def restore(m: Block) -> None:
    """Replace all bookings by those that are written down; there is no way back then."""
    for task in range(m.i[TASKS]):
        if at(m, START, task) >= 0:
            remove_task(m, task)
    for session in range(m.i[SESSIONS]):
        if at(m, ALIVE, session):
            remove_class(m, session)
    for shift in range(m.i[SHIFTS]):
        while at(m, STANDING, shift):
            remove_supporter(m, shift, at2(m, SUPPORTERS, shift, at(m, STANDING, shift) - 1))
    place = m.i[PLAN]
    many = m.i[place]
    place += 1
    for _ in range(many):
        task = m.i[place]
        place += read_task(m, place)
        add_task(m, task)
    many = m.i[place]
    place += 1
    for _ in range(many):
        length = class_length(m, place)
        add_class(m, place)
        place += length
    for shift in range(m.i[SHIFTS]):
        many = m.i[place]
        for each in range(many):
            add_supporter(m, shift, m.i[place + 1 + each])
        place += 1 + many
    m.i[LOGGED] = 0
    m.i[LOST] = 0


@compiled
def class_length(m: Block, place: int) -> int:
    """How long a class is that is written at a place."""
    here = place + 5 + m.i[place + 4]
    groups = m.i[here]
    here += 1
    for _ in range(groups):
        here += 3 + m.i[here + 2]
    return here - place

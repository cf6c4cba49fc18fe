"""Moves on lists of tasks, tried one by one and compiled: some hundred thousand a second.

A task takes another place in the list, with its people or with somebody else in one of its seats,
or two tasks change places and two of their people. What a move has made of the plan is read from
the first place on that it has changed. Moves that make it worse are accepted at first and less and
less later (simulated annealing: Kirkpatrick, Gelatt and Vecchi, 1983).

What is judged is not the finish alone, which hardly any move changes where everybody is busy until
the end, but when each person is done: to a high power, so that the latest count most.
"""

from __future__ import annotations

import numpy as np

from allocator.timeline import IntArray
from solver.machine_code import compiled
from solver.makespan.annealing.encoding import Lists

POWER = 20
"""When a person is done, as a share of the finish so far, counts to this power."""

REACH = 50
"""So many places at most a task moves in one go."""

SWAPS = 0.5
"""Share of moves in which two tasks change places and people."""

STAYS = 0.15
"""Share of moves in which a task moves with all its people."""

MARK = 16
"""Every so many places it is noted when people are free, to read on from there."""

BEYOND = 2
"""A plan that takes so many times as long as the finish so far is not looked at further."""


@compiled
def anneal(
    lists: Lists,
    order: IntArray,
    who: IntArray,
    best_order: IntArray,
    best_who: IntArray,
    ends: IntArray,
    finish: int,
    seed: int,
    steps: int,
    hot: float,
    cold: float,
) -> int:
    """Try so many moves on a list, in place, while it cools from hot to cold; the least finish.

    A list that ends before `finish` is kept in `best_order` and `best_who`; `ends` are those of the
    rows at last.
    """
    np.random.seed(seed)
    rows, people = len(order), lists.can.shape[1]
    place = np.zeros(rows, np.int32)
    free = np.zeros(people, np.int32)
    marks = np.zeros(((rows + MARK - 1) // MARK, people), np.int32)
    read(lists, order, who, ends, free, marks, 0)
    for at in range(rows):
        place[order[at]] = at
    now = max(finish, 1)
    price = np.zeros(BEYOND * now + 1)
    for slot in range(len(price)):
        price[slot] = now * (slot / now) ** POWER
    total = 0.0
    for person in range(people):
        total += price[free[person]]
    then_ends, then_marks = ends.copy(), marks.copy()
    seats = np.zeros(2, np.int32)
    before = np.zeros(2, np.int32)
    for step in range(steps):
        # What to move, and where to.
        row = order[np.random.randint(rows)]
        from_ = place[row]
        low, high = max(0, from_ - REACH), min(rows - 1, from_ + REACH)
        for link in range(lists.first_before[row], lists.first_before[row + 1]):
            low = max(low, place[lists.before[link]] + 1)
        for link in range(lists.first_after[row], lists.first_after[row + 1]):
            high = min(high, place[lists.after[link]] - 1)
        to = np.random.randint(low, high + 1)
        seat = np.random.randint(lists.first_seat[row], lists.first_seat[row + 1])
        kind = np.random.random()
        other = order[to]
        changed = 0
        swap = kind < SWAPS
        if swap:
            if not swap_people(lists, place, who, row, other, seat, seats, before):
                continue
            changed = 2
            order[from_], order[to] = other, row
            place[row], place[other] = to, from_
        else:
            if kind >= SWAPS + STAYS:
                changed = change_person(lists, who, row, seat, seats, before)
            if not changed and not meets(lists, order, who, row, from_, to):
                continue
            shift(order, place, from_, to)
        # What has come of it.
        first = min(from_, to) // MARK
        for person in range(people):
            free[person] = marks[first, person]
        read(lists, order, who, then_ends, free, then_marks, first)
        after, latest = 0.0, 0
        for person in range(people):
            latest = max(latest, free[person])
        if latest >= len(price):
            after = np.inf
        else:
            for person in range(people):
                after += price[free[person]]
        heat = hot * (cold / hot) ** (step / steps)
        if after <= total or np.random.random() < np.exp((total - after) / heat):
            total = after
            for at in range(first * MARK, rows):
                ends[order[at]] = then_ends[order[at]]
            for mark in range(first, len(marks)):
                for person in range(people):
                    marks[mark, person] = then_marks[mark, person]
            if latest < finish:
                finish = latest
                for at in range(rows):
                    best_order[at] = order[at]
                for number in range(len(who)):
                    best_who[number] = who[number]
        else:
            for number in range(changed):
                who[seats[number]] = before[number]
            if swap:
                order[from_], order[to] = row, other
                place[row], place[other] = from_, to
            else:
                shift(order, place, to, from_)
            for at in range(first * MARK, rows):
                then_ends[order[at]] = ends[order[at]]
    return finish


@compiled
def read(
    lists: Lists,
    order: IntArray,
    who: IntArray,
    ends: IntArray,
    free: IntArray,
    marks: IntArray,
    first: int,
) -> None:
    """Ends of the rows from a mark on, people being `free` there as they have to be given."""
    for at in range(first * MARK, len(order)):
        if at % MARK == 0:
            for person in range(len(free)):
                marks[at // MARK, person] = free[person]
        row = order[at]
        begin = lists.release[row]
        for link in range(lists.first_before[row], lists.first_before[row + 1]):
            begin = max(begin, ends[lists.before[link]])
        for seat in range(lists.first_seat[row], lists.first_seat[row + 1]):
            begin = max(begin, free[who[seat]])
        for seat in range(lists.first_seat[row], lists.first_seat[row + 1]):
            free[who[seat]] = begin + lists.work[seat]
        ends[row] = begin + lists.length[row]


@compiled
def shift(order: IntArray, place: IntArray, from_: int, to: int) -> None:
    """Move what is at one place to another; what is between moves up."""
    row, step = order[from_], 1 if to > from_ else -1
    for at in range(from_, to, step):
        order[at] = order[at + step]
        place[order[at]] = at
    order[to] = row
    place[row] = to


@compiled
def in_crew(lists: Lists, who: IntArray, row: int, person: int) -> int:
    """The seat of a row that a person takes; -1 if none."""
    for seat in range(lists.first_seat[row], lists.first_seat[row + 1]):
        if who[seat] == person:
            return seat
    return -1


@compiled
def meets(lists: Lists, order: IntArray, who: IntArray, row: int, from_: int, to: int) -> bool:
    """Whether a row that moves passes another that somebody of its crew is booked on."""
    step = 1 if to > from_ else -1
    for at in range(from_, to, step):
        for seat in range(lists.first_seat[row], lists.first_seat[row + 1]):
            if in_crew(lists, who, order[at + step], who[seat]) >= 0:
                return True
    return False


@compiled
def change_person(
    lists: Lists, who: IntArray, row: int, seat: int, seats: IntArray, before: IntArray
) -> int:
    """Somebody else takes a seat; who leaves another seat of the row for it is replaced there.

    How many seats have changed, with who took them `before`.
    """
    chosen = lists.able[np.random.randint(lists.first_able[seat], lists.first_able[seat + 1])]
    leaves = in_crew(lists, who, row, chosen)
    if leaves == seat:
        return 0
    seats[0], before[0] = seat, who[seat]
    if leaves < 0:
        who[seat] = chosen
        return 1
    instead = lists.able[np.random.randint(lists.first_able[leaves], lists.first_able[leaves + 1])]
    if instead != who[seat] and in_crew(lists, who, row, instead) >= 0:
        return 0
    seats[1], before[1] = leaves, chosen
    who[seat], who[leaves] = chosen, instead
    return 2


@compiled
def swap_people(
    lists: Lists,
    place: IntArray,
    who: IntArray,
    row: int,
    other: int,
    seat: int,
    seats: IntArray,
    before: IntArray,
) -> bool:
    """Two rows change one person each, if they can change places too."""
    if row == other:
        return False
    theirs = np.random.randint(lists.first_seat[other], lists.first_seat[other + 1])
    one, two = who[seat], who[theirs]
    if one == two or not lists.can[seat, two] or not lists.can[theirs, one]:
        return False
    if in_crew(lists, who, row, two) >= 0 or in_crew(lists, who, other, one) >= 0:
        return False
    for link in range(lists.first_before[other], lists.first_before[other + 1]):
        if place[lists.before[link]] >= place[row]:
            return False
    for link in range(lists.first_after[other], lists.first_after[other + 1]):
        if place[lists.after[link]] <= place[row]:
            return False
    seats[0], before[0], seats[1], before[1] = seat, one, theirs, two
    who[seat], who[theirs] = two, one
    return True

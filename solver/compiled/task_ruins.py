"""Neighbourhoods of tasks in the block: late chains, open tasks, weeks, people, or any few.

The compiled counterpart of `solver.ruin_recreate.task_operators`. What is taken out waits in the
work `MAIN`.
"""

from __future__ import annotations

from solver.compiled.block import (
    AFTER_AT,
    AFTER_TASK,
    BEFORE_AT,
    BEFORE_TASK,
    BEGINS,
    DAY,
    DUE,
    EARLIEST,
    END,
    ENDS,
    ENTRIES,
    FIRST,
    FOUND,
    HEAD_OPEN,
    HORIZON,
    KEY,
    KEY_COURSE,
    KEYS,
    KIND,
    LATE_PRICE,
    LINE_AT,
    LIST,
    MATERIALS,
    MOVABLE,
    OFFER_FROM,
    OFFER_PERSON,
    OFFER_TO,
    OTHER_LIST,
    POSSIBLE,
    SAME_AT,
    SAME_TASK,
    SCORES,
    SEAT_AT,
    SEAT_PERSON,
    START,
    TASKS,
    WAITS_KEY,
    WAITS_TASK,
    Block,
    at,
    at2,
    put,
    put_real,
    real,
    row_of,
)
from solver.compiled.chance import below, between, chance, shuffle_first
from solver.compiled.classes import missing
from solver.compiled.diary import TASK
from solver.compiled.repair import drop_task
from solver.compiled.sets import include, includes, member, size
from solver.machine_code import compiled

MAIN = 0
"""The work that a step is about."""

MOST = 12
"""About so many tasks are taken out at most."""


@compiled
def _take_tasks(m: Block, many: int) -> None:
    """Take the tasks listed in `FOUND` out, with those that must have the same people."""
    for each in range(many):
        task = at(m, FOUND, each)
        if at(m, MOVABLE, task):
            drop_task(m, task, MAIN)
        # Those who must be the same people can only be others together.
        for pair in range(at(m, SAME_AT, task), at(m, SAME_AT, task + 1)):
            if at(m, MOVABLE, at(m, SAME_TASK, pair)):
                drop_task(m, at(m, SAME_TASK, pair), MAIN)


@compiled
def _planned(m: Block) -> int:
    """List the planned tasks that may move in `LIST`; how many there are."""
    many = 0
    for task in range(m.i[TASKS]):
        if at(m, MOVABLE, task) and at(m, START, task) >= 0:
            put(m, LIST, many, task)
            many += 1
    return many


@compiled
def _by_score(m: Block, many: int) -> int:
    """A place of a list at random, by scores."""
    total = 0.0
    for each in range(many):
        total += real(m, SCORES, each)
    left = chance(m) * total
    for each in range(many):
        left -= real(m, SCORES, each)
        if left < 0.0:
            return each
    return many - 1


@compiled
def late_chain(m: Block) -> None:
    """A late task, what it comes after and what keeps its people busy before it."""
    many = 0
    for task in range(m.i[TASKS]):
        if at(m, MOVABLE, task) and at(m, START, task) >= 0:
            price = real(m, LATE_PRICE, task) * (at(m, END, task) - at(m, DUE, task))
            if price > 0.0:
                put(m, LIST, many, task)
                put_real(m, SCORES, many, price)
                many += 1
    if not many:
        random_tasks(m)
        return
    seed = at(m, LIST, _by_score(m, many))
    _take_tasks(m, _blockers(m, seed, between(m, 2, MOST + 4), 0))


@compiled
def _open_tasks(m: Block) -> int:
    """List the open tasks that can be planned in `LIST`; how many there are."""
    many = 0
    for task in range(m.i[TASKS]):
        if at(m, POSSIBLE, task) and at(m, START, task) < 0:
            put(m, LIST, many, task)
            many += 1
    return many


@compiled
def open_task(m: Block) -> None:
    """A task left open, with what keeps the people who could do it busy."""
    many = _open_tasks(m)
    if not many:
        late_chain(m)
        return
    seed = at(m, LIST, below(m, many))
    _take_tasks(m, _blockers(m, seed, between(m, 3, MOST + 8), 0))
    _wait_for_open(m)
    _go_first(m, seed)


@compiled
def _wait_for_open(m: Block) -> None:
    """Let all open tasks wait for a place."""
    for each in range(_open_tasks(m)):
        include(m, WAITS_TASK, MAIN, at(m, LIST, each))


@compiled
def late_materials(m: Block) -> None:
    """Materials that heads without a seat wait for, with what keeps their writers busy before."""
    many = 0
    for key in range(m.i[KEYS]):
        task, heads = at(m, MATERIALS, at(m, KEY_COURSE, key)), missing(m, key)
        if heads <= 0 or task < 0 or not at(m, MOVABLE, task):
            continue
        place = 0
        while place < many and at(m, LIST, place) != task:
            place += 1
        if place == many:
            put(m, LIST, many, task)
            put_real(m, SCORES, many, 0.0)
            many += 1
        lost = heads * at(m, HEAD_OPEN, at(m, KEY_COURSE, key))
        put_real(m, SCORES, place, real(m, SCORES, place) + lost)
    if not many:
        open_task(m)
        return
    task = at(m, LIST, _by_score(m, many))
    planned = at(m, START, task) >= 0
    end = at(m, END, task) if planned else m.i[HORIZON]
    busy = 0
    for line in range(at(m, LINE_AT, task), at(m, LINE_AT, task + 1)):
        for offer in range(at(m, OFFER_FROM, line), at(m, OFFER_TO, line)):
            busy = _list_busy(m, at(m, OFFER_PERSON, offer), task, end, LIST, busy)
    put(m, FOUND, 0, task)
    chosen = 1
    for each in range(shuffle_first(m, LIST, busy, between(m, 2, MOST))):
        put(m, FOUND, chosen, at(m, LIST, each))
        chosen += 1
    if chance(m) < 0.5:
        for each in range(at(m, BEFORE_AT, task), at(m, BEFORE_AT, task + 1)):
            put(m, FOUND, chosen, at(m, BEFORE_TASK, each))
            chosen += 1
        chosen = _blockers(m, task, between(m, 2, MOST), chosen)
    _take_tasks(m, chosen)
    _wait_for_open(m)
    for key in range(m.i[KEYS]):
        if missing(m, key) > 0:
            include(m, WAITS_KEY, MAIN, key)
    if not planned:
        _go_first(m, task)


@compiled
def _list_busy(m: Block, person: int, task: int, end: int, table: int, many: int) -> int:
    """Append to a list what a person works on while a task could run; how long it is now."""
    begin = at(m, EARLIEST, task)
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    kinds, keys = row_of(m, KIND, person), row_of(m, KEY, person)
    first = many
    for each in range(at(m, ENTRIES, person)):
        other = m.i[keys + each]
        if (
            m.i[kinds + each] == TASK
            and other != task
            and m.i[ends + each] > begin
            and m.i[begins + each] < end
        ):
            known = False
            for place in range(first):
                known |= at(m, table, place) == other
            if not known:
                put(m, table, many, other)
                many += 1
    return many


@compiled
def window_tasks(m: Block) -> None:
    """Tasks that run in the same weeks."""
    many = _planned(m)
    if not many:
        return
    seed = at(m, LIST, below(m, many))
    pick = below(m, 4)
    days = 2 if pick == 0 else 5 * pick
    length = days * m.i[DAY]
    low = at(m, START, seed) - between(m, 0, length)
    near = 0
    for each in range(many):
        task = at(m, LIST, each)
        if at(m, START, task) < low + length and at(m, END, task) > low:
            put(m, FOUND, near, task)
            near += 1
    _take_tasks(m, shuffle_first(m, FOUND, near, MOST + 4))


@compiled
def same_people(m: Block) -> None:
    """What one or two people with a skill in common do around the same time."""
    many = _planned(m)
    if not many:
        return
    seed = at(m, LIST, below(m, many))
    seats = at(m, SEAT_AT, seed + 1) - at(m, SEAT_AT, seed)
    first = at(m, SEAT_PERSON, at(m, SEAT_AT, seed) + below(m, seats))
    second = _somebody(m, seed)
    near = _list_work(m, first, 0)
    if second >= 0 and second != first:
        near = _list_work(m, second, near)
    wanted, start = between(m, 2, MOST), at(m, START, seed)
    for place in range(min(wanted, near)):
        for other in range(place + 1, near):
            one, two = at(m, FOUND, place), at(m, FOUND, other)
            if abs(at(m, START, two) - start) < abs(at(m, START, one) - start):
                put(m, FOUND, place, two)
                put(m, FOUND, other, one)
    _take_tasks(m, min(wanted, near))


@compiled
def _somebody(m: Block, task: int) -> int:
    """Somebody who could fill a seat of a task; -1 if nobody could."""
    first, beyond = at(m, LINE_AT, task), at(m, LINE_AT, task + 1)
    many = 0
    for line in range(first, beyond):
        many += at(m, OFFER_TO, line) - at(m, OFFER_FROM, line)
    if not many:
        return -1
    pick = below(m, many)
    for line in range(first, beyond):
        offers = at(m, OFFER_TO, line) - at(m, OFFER_FROM, line)
        if pick < offers:
            return at(m, OFFER_PERSON, at(m, OFFER_FROM, line) + pick)
        pick -= offers
    return -1


@compiled
def _list_work(m: Block, person: int, many: int) -> int:
    """Append the tasks of a person that may move to `FOUND`; how long it is now."""
    first = many
    for each in range(at(m, ENTRIES, person)):
        task = at2(m, KEY, person, each)
        if at2(m, KIND, person, each) != TASK or not at(m, MOVABLE, task):
            continue
        known = False
        for place in range(first):
            known |= at(m, FOUND, place) == task
        if not known:
            put(m, FOUND, many, task)
            many += 1
    return many


@compiled
def random_tasks(m: Block) -> None:
    """A few tasks, often each with what comes right after it."""
    many = _planned(m)
    pick = below(m, 4)
    few = shuffle_first(m, LIST, many, pick + 1 if pick < 3 else 5)
    chosen = 0
    for each in range(few):
        put(m, FOUND, chosen, at(m, LIST, each))
        chosen += 1
    if chance(m) < 0.5:
        for each in range(few):
            task = at(m, LIST, each)
            for later in range(at(m, AFTER_AT, task), at(m, AFTER_AT, task + 1)):
                put(m, FOUND, chosen, at(m, AFTER_TASK, later))
                chosen += 1
    _take_tasks(m, chosen)


@compiled
def _go_first(m: Block, seed: int) -> None:
    """Often let a task, with what it comes after, go before all else that could take its people."""
    if chance(m) >= 0.5 or not includes(m, WAITS_TASK, MAIN, seed):
        return
    include(m, FIRST, 0, seed)
    place = 0
    while place < size(m, FIRST, 0):
        task = member(m, FIRST, 0, place)
        for each in range(at(m, BEFORE_AT, task), at(m, BEFORE_AT, task + 1)):
            if includes(m, WAITS_TASK, MAIN, at(m, BEFORE_TASK, each)):
                include(m, FIRST, 0, at(m, BEFORE_TASK, each))
        place += 1


@compiled
def _blockers(m: Block, seed: int, most: int, known: int) -> int:
    """A task and what stands before it: predecessors, and other work of people it could have.

    They are appended to `FOUND`, which has so many already; how many it has then.
    """
    first, found = known, known + 1
    put(m, FOUND, first, seed)
    for _ in range(4 * most):
        if found - first >= most:
            break
        task = at(m, FOUND, first + below(m, found - first))
        end = at(m, END, task) if at(m, START, task) >= 0 else m.i[HORIZON]
        near = 0
        if chance(m) < 0.35:
            for each in range(at(m, BEFORE_AT, task), at(m, BEFORE_AT, task + 1)):
                put(m, OTHER_LIST, near, at(m, BEFORE_TASK, each))
                near += 1
        elif chance(m) < 0.35:
            for each in range(at(m, AFTER_AT, task), at(m, AFTER_AT, task + 1)):
                put(m, OTHER_LIST, near, at(m, AFTER_TASK, each))
                near += 1
        else:
            person = _somebody(m, task)
            if person >= 0:
                near = _list_busy(m, person, task, end, OTHER_LIST, 0)
        near = _unknown(m, near, first, found)
        if near:
            put(m, FOUND, found, at(m, OTHER_LIST, below(m, near)))
            found += 1
    return found


@compiled
def _unknown(m: Block, near: int, first: int, found: int) -> int:
    """Keep of a list the tasks that can be planned and have not been found yet; how many."""
    kept = 0
    for each in range(near):
        task = at(m, OTHER_LIST, each)
        known = at(m, EARLIEST, task) < 0
        for place in range(first, found):
            known |= at(m, FOUND, place) == task
        if not known:
            put(m, OTHER_LIST, kept, task)
            kept += 1
    return kept

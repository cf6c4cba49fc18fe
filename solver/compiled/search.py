"""Ruin and recreate in the block, many steps in one call.

The compiled counterpart of `solver.ruin_recreate.search`, with the same neighbourhoods, insertion
and acceptance, but other random numbers.
"""

from __future__ import annotations

import math

import numpy as np

from solver.compiled.block import (
    AFTER_AT,
    AFTER_TASK,
    BEFORE_AT,
    BEFORE_TASK,
    BEHIND,
    BETTER,
    BLINK,
    CLASS_NEXT,
    CYCLE,
    DAY,
    EFFORT,
    FINISH,
    FIRST,
    FULLNESS,
    HORIZON,
    IN_TIME,
    KEY_FIRST,
    KEY_OF,
    KEY_RANK,
    LEAST,
    LOGGED,
    LOST,
    MAKES_AT,
    MAKES_COURSE,
    NOISE,
    OPEN,
    ORDER_KEY,
    PATIENCE,
    PHASE,
    PRICE_FINISH,
    QUEUE,
    SCALE,
    SCARCE,
    SHIFT_RANK,
    SLACK,
    START,
    STEPS,
    TASKS,
    TOTAL,
    TOUCHED_CELL,
    TOUCHED_PERSON,
    TOUCHED_TASK,
    URGENT,
    USUAL_SCARCE,
    VALUES,
    WAITS_KEY,
    WAITS_SHIFT,
    WAITS_TASK,
    WAS_AT,
    WEIGHTS,
    Block,
    add,
    at,
    at2,
    put,
    put_real,
    real,
)
from solver.compiled.bookings import rollback
from solver.compiled.chance import below, chance
from solver.compiled.class_ruins import (
    classes_from_a_day_on,
    few_sessions,
    few_shifts,
    one_course,
    open_class,
    window_classes,
)
from solver.compiled.classes import place_classes
from solver.compiled.dispatch import dispatch
from solver.compiled.faults import total_with_faults
from solver.compiled.order import window
from solver.compiled.plans import restore, save
from solver.compiled.repair import drop_class, drop_task, repair
from solver.compiled.sets import empty, include, include_all, includes, member, size
from solver.compiled.shifts import place_supporters
from solver.compiled.task_ruins import (
    MAIN,
    late_chain,
    late_materials,
    open_task,
    random_tasks,
    same_people,
    window_tasks,
)
from solver.compiled.tasks import place_task
from solver.machine_code import compiled
from solver.ruin_recreate.search import (
    COLD,
    HOT,
    LEAST_WEIGHT,
    MEMORY,
    OPEN_SHARE,
    REWARDS,
)

PUSHED, DROPPED, LOST_GROUND = 1, 2, 3
"""What makes room for an open task, what loses its ground, and what does so once more."""

RUINS = 12
NEW_BEST, BETTER_NOW, ACCEPTED = REWARDS
STEP = 1000
"""Effort of a step beyond that of what it looks at: it lists, counts and takes back."""

LONGEST_CYCLE = 160_000


@compiled
def search(m: Block, most: int) -> int:
    """Steps until so much effort has been spent; how many better plans were found."""
    begun, found = m.i[EFFORT], 0
    while m.i[EFFORT] - begun < most:
        m.i[EFFORT] += STEP
        found += _step(m)
    return found


@compiled
def begin(m: Block) -> None:
    """Book the plan that is written down and begin with it."""
    restore(m)
    m.f[TOTAL] = total_with_faults(m)
    m.f[LEAST] = m.f[TOTAL]
    m.i[PHASE] = 0
    _look_at_nothing(m)


@compiled
def _look_at_nothing(m: Block) -> None:
    empty(m, TOUCHED_TASK, 0)
    empty(m, TOUCHED_CELL, 0)
    empty(m, TOUCHED_PERSON, 0)


@compiled
def _step(m: Block) -> bool:
    """One ruin and recreate; True if the plan is the best so far."""
    if m.i[PHASE] >= m.i[CYCLE]:
        m.i[PHASE] = 0
        m.i[CYCLE] = min(2 * m.i[CYCLE], LONGEST_CYCLE)
        if m.f[TOTAL] > m.f[LEAST]:
            restore(m)
            m.f[TOTAL] = m.f[LEAST]
    if m.i[PHASE] == 0:
        _look_at_nothing(m)
        m.f[SCALE] = max(m.f[TOTAL], 1.0)
    heat = m.f[SCALE] * HOT * (COLD / HOT) ** (m.i[PHASE] / m.i[CYCLE])
    m.i[PHASE] += 1
    m.i[STEPS] += 1
    kind = _choose(m)
    placed = _rebuild(m, kind)
    now = total_with_faults(m)
    better = now < m.f[TOTAL] - 1e-6
    accepted = now < m.f[TOTAL] - heat * math.log(max(chance(m), 1e-12))
    reward, best = 0.0, False
    if accepted and placed and not m.i[LOST]:
        m.i[LOGGED] = 0
        if better:
            reward = BETTER_NOW
        elif now > m.f[TOTAL] + 1e-6:
            reward = ACCEPTED
        m.f[TOTAL] = now
        if now < m.f[LEAST] - 1e-6:
            m.f[LEAST] = now
            save(m)
            m.i[BETTER] += 1
            reward, best = NEW_BEST, True
    elif m.i[LOST]:
        restore(m)
        m.f[TOTAL] = m.f[LEAST]
        _look_at_nothing(m)
    else:
        rollback(m)
        _look_at_nothing(m)
    weight = real(m, WEIGHTS, kind)
    gain = 10.0 * reward * 10.0 / (5 + placed)
    put_real(m, WEIGHTS, kind, max(LEAST_WEIGHT, MEMORY * weight + (1.0 - MEMORY) * gain))
    return best


@compiled
def _choose(m: Block) -> int:
    """A neighbourhood: often one for open work while there is any, else what has paid off."""
    if m.i[OPEN] and chance(m) < OPEN_SHARE:
        pick = below(m, 5)
        return 1 if pick == 0 else 2 if pick == 1 else 6 if pick == 2 else 9 if pick == 3 else 11
    total = 0.0
    for kind in range(RUINS):
        total += real(m, WEIGHTS, kind)
    left = chance(m) * total
    for kind in range(RUINS):
        left -= real(m, WEIGHTS, kind)
        if left < 0.0:
            return kind
    return RUINS - 1


@compiled
def _ruin(m: Block, kind: int) -> None:
    """Take a neighbourhood out, in the order of `solver.ruin_recreate.operators`."""
    if kind == 0:
        late_chain(m)
    elif kind == 1:
        open_task(m)
    elif kind == 2:
        late_materials(m)
    elif kind == 3:
        window_tasks(m)
    elif kind == 4:
        same_people(m)
    elif kind == 5:
        random_tasks(m)
    elif kind == 6:
        open_class(m)
    elif kind == 7:
        one_course(m)
    elif kind == 8:
        window_classes(m)
    elif kind == 9:
        classes_from_a_day_on(m)
    elif kind == 10:
        few_sessions(m)
    else:
        few_shifts(m)


@compiled
def _size(m: Block, work: int) -> int:
    return size(m, WAITS_TASK, work) + size(m, WAITS_KEY, work) + size(m, WAITS_SHIFT, work)


@compiled
def _empty_work(m: Block, work: int) -> None:
    empty(m, WAITS_TASK, work)
    empty(m, WAITS_KEY, work)
    empty(m, WAITS_SHIFT, work)


@compiled
def _add_work(m: Block, work: int, other: int) -> None:
    include_all(m, WAITS_TASK, work, other)
    include_all(m, WAITS_KEY, work, other)
    include_all(m, WAITS_SHIFT, work, other)


@compiled
def _rebuild(m: Block, kind: int) -> int:
    """Take a neighbourhood out and place it anew; how much was placed."""
    for task in range(m.i[TASKS]):
        put(m, WAS_AT, task, at(m, START, task))
    for work in range(4):
        _empty_work(m, work)
    empty(m, FIRST, 0)
    empty(m, URGENT, 0)
    empty(m, IN_TIME, 0)
    _ruin(m, kind)
    if not _size(m, MAIN):
        return 0
    if chance(m) < 0.5:
        repair(m, DROPPED, MAIN)
        _add_work(m, MAIN, DROPPED)
        _empty_work(m, DROPPED)
    _choose_policy(m)
    return _put_back(m)


@compiled
def _put_back(m: Block) -> int:
    """Place work that waits, and what thereby loses its ground; how much has been placed."""
    _give_keys(m, MAIN, True)
    _place(m, MAIN)
    placed = _size(m, MAIN)
    _touch_tasks(m, MAIN)
    repair(m, DROPPED, -1)
    if _size(m, DROPPED):
        empty(m, FIRST, 0)
        empty(m, URGENT, 0)
        _give_keys(m, DROPPED, True)
        _place(m, DROPPED)
        placed += _size(m, DROPPED)
        _touch_tasks(m, DROPPED)
        repair(m, LOST_GROUND, -1)
    return placed


@compiled
def _touch_tasks(m: Block, work: int) -> None:
    for each in range(size(m, WAITS_TASK, work)):
        include(m, TOUCHED_TASK, 0, member(m, WAITS_TASK, work, each))


@compiled
def _place(m: Block, work: int) -> None:
    """Place work; what stands in the way of a task after it makes room and is placed again."""
    _empty_work(m, PUSHED)
    many = _place_tasks(m, work)
    for each in range(many):
        put(m, QUEUE, each, member(m, WAITS_TASK, work, each))
    _sort_queue(m, many)
    for each in range(many):
        task = at(m, QUEUE, each)
        if at(m, START, task) < 0 and _make_room(m, task):
            place_task(m, task)
    if _size(m, PUSHED):
        _give_keys(m, PUSHED, False)
        _place_tasks(m, PUSHED)
        _add_work(m, work, PUSHED)
    if size(m, IN_TIME, 0):
        dispatch(m)
    _place_keys(m, work)
    _place_shifts(m, work)


@compiled
def _place_tasks(m: Block, work: int) -> int:
    """Place tasks, those with small keys first, each after those it comes after; how many."""
    many = size(m, WAITS_TASK, work)
    for each in range(many):
        task = member(m, WAITS_TASK, work, each)
        put(m, QUEUE, each, task)
        put(m, VALUES, task, 0)
        for link in range(at(m, BEFORE_AT, task), at(m, BEFORE_AT, task + 1)):
            add(m, VALUES, task, includes(m, WAITS_TASK, work, at(m, BEFORE_TASK, link)))
    left = many
    while left:
        best, least = -1, np.inf
        for each in range(left):
            task = at(m, QUEUE, each)
            if at(m, VALUES, task) == 0 and real(m, ORDER_KEY, task) < least:
                best, least = each, real(m, ORDER_KEY, task)
        if best < 0:
            break
        task = at(m, QUEUE, best)
        left -= 1
        put(m, QUEUE, best, at(m, QUEUE, left))
        place_task(m, task)
        for link in range(at(m, AFTER_AT, task), at(m, AFTER_AT, task + 1)):
            later = at(m, AFTER_TASK, link)
            if includes(m, WAITS_TASK, work, later):
                add(m, VALUES, later, -1)
    return many


@compiled
def _sort_queue(m: Block, many: int) -> None:
    for each in range(1, many):
        task, place = at(m, QUEUE, each), each
        while place > 0 and real(m, ORDER_KEY, at(m, QUEUE, place - 1)) > real(m, ORDER_KEY, task):
            put(m, QUEUE, place, at(m, QUEUE, place - 1))
            place -= 1
        put(m, QUEUE, place, task)


@compiled
def _make_room(m: Block, task: int) -> bool:
    """Take out what is planned after an open task; False if nothing is."""
    if not window(m, task)[0]:
        return False
    before = _size(m, PUSHED)
    first = size(m, WAITS_TASK, PUSHED)
    _push_after(m, task)
    place = first
    while place < size(m, WAITS_TASK, PUSHED):
        _push_after(m, member(m, WAITS_TASK, PUSHED, place))
        place += 1
    for made in range(at(m, MAKES_AT, task), at(m, MAKES_AT, task + 1)):
        for site in range(m.i[KEY_OF + 1]):
            key = at2(m, KEY_OF, at(m, MAKES_COURSE, made), site)
            session = at(m, KEY_FIRST, key) if key >= 0 else -1
            while session >= 0:
                following = at(m, CLASS_NEXT, session)
                drop_class(m, session, PUSHED)
                session = following
    return _size(m, PUSHED) > before


@compiled
def _push_after(m: Block, task: int) -> None:
    for link in range(at(m, AFTER_AT, task), at(m, AFTER_AT, task + 1)):
        drop_task(m, at(m, AFTER_TASK, link), PUSHED)


@compiled
def _place_keys(m: Block, work: int) -> None:
    """Seat heads, urgent ones first, then wave by wave, earlier courses first."""
    many = size(m, WAITS_KEY, work)
    for each in range(many):
        key, place = member(m, WAITS_KEY, work, each), each
        put(m, VALUES, each, _key_rank(m, key))
        put(m, QUEUE, each, key)
        while place > 0 and at(m, VALUES, place - 1) > at(m, VALUES, place):
            for table in (QUEUE, VALUES):
                here, before = at(m, table, place), at(m, table, place - 1)
                put(m, table, place, before)
                put(m, table, place - 1, here)
            place -= 1
    for each in range(many):
        place_classes(m, at(m, QUEUE, each))


@compiled
def _key_rank(m: Block, key: int) -> int:
    rank = at(m, KEY_RANK, key)
    return rank if includes(m, URGENT, 0, key) else rank + (1 << 30)


@compiled
def _place_shifts(m: Block, work: int) -> None:
    """Fill shifts day by day."""
    many = size(m, WAITS_SHIFT, work)
    for each in range(many):
        shift, place = member(m, WAITS_SHIFT, work, each), each
        while place > 0 and at(m, SHIFT_RANK, at(m, QUEUE, place - 1)) > at(m, SHIFT_RANK, shift):
            put(m, QUEUE, place, at(m, QUEUE, place - 1))
            place -= 1
        put(m, QUEUE, place, shift)
    for each in range(many):
        place_supporters(m, at(m, QUEUE, each))


# By chance --------------------------------------------------------------------------------------


@compiled
def _give_keys(m: Block, work: int, known: bool) -> None:
    """The order in which tasks are placed: the first ones, then as they were, or by slack."""
    pick, spread = chance(m), 0.0
    if pick < 0.45:
        spread = below(m, 3) * 2.0
        spread = 6.0 if spread == 4.0 else spread
    elif pick < 0.9:
        spread = max(1.0, 5.0 * below(m, 3))
    for each in range(size(m, WAITS_TASK, work)):
        task = member(m, WAITS_TASK, work, each)
        was, key = at(m, WAS_AT, task), real(m, SLACK, task)
        if pick < 0.45 and known and was >= 0:
            key = float(was)
        key = key + spread * m.i[DAY] * chance(m) if pick < 0.9 else chance(m)
        if includes(m, FIRST, 0, task):
            key -= 2.0 * m.i[HORIZON]
        put_real(m, ORDER_KEY, task, key)


@compiled
def _choose_policy(m: Block) -> None:
    """How to weigh this time."""
    noise, blink, scarce = below(m, 4), below(m, 4), below(m, 4)
    m.f[NOISE] = 0.05 if noise == 2 else 0.2 if noise == 3 else 0.0
    m.f[BLINK] = 0.05 if blink == 2 else 0.15 if blink == 3 else 0.0
    m.f[SCARCE] = m.f[USUAL_SCARCE] * (0.3 if scarce == 2 else 1.0 if scarce == 3 else 0.0)
    patience = below(m, 3)
    m.f[PATIENCE] = 0.03 if patience == 0 else 0.1 if patience == 1 else 0.3
    m.f[FINISH] = m.f[PRICE_FINISH]
    fullness, behind = below(m, 5), below(m, 4)
    m.f[FULLNESS] = 0.7 if fullness == 4 else 0.2 + 0.1 * fullness
    m.f[BEHIND] = 0.3 if behind == 1 else 1.0 if behind == 2 else 2.0 if behind == 3 else 0.0

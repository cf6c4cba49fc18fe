"""Diaries in the block: what people are booked for, when they could start more, what limits leave.

The compiled counterpart of `solver.ledger.diary`, with the same answers.
"""

from __future__ import annotations

from solver.compiled.block import (
    ASKED_LEVEL,
    ASKED_SKILL,
    ATTENDS,
    BEGINS,
    CALENDAR,
    CLASS_HOURS,
    COUNTS_DAYS,
    DAY_OF,
    DAY_SLOTS,
    DIARY,
    EARNED,
    EARNING_AT,
    EARNING_LEVEL,
    EARNING_SEAT,
    EARNING_SKILL,
    ENDS,
    ENTRIES,
    HORIZON,
    KEY,
    KIND,
    LAST_LEFT,
    LAST_SITE,
    LOAD,
    MIDNIGHT,
    MIDNIGHTS,
    MINIMUM,
    NOW,
    ON_DUTY,
    PAID_SLOTS,
    PER_DAY,
    PER_WEEK,
    POSITIONS,
    SETS,
    SITE,
    TRAINED_SLOTS,
    TRAVEL,
    UNBROKEN,
    UNTIL,
    WEEK_OFFSET,
    WEEK_SLOTS,
    WORKED,
    ZONE,
    Block,
    add,
    add2,
    at,
    at2,
    row_of,
)
from solver.compiled.rest import has_rest, keep_rest
from solver.compiled.sessions import class_end
from solver.compiled.words import copy, put_back, take_out
from solver.machine_code import compiled

TASK, TRAINER, LEARNER, SHIFT = 0, 1, 2, 3
"""Kinds of bookings; of a class, by role."""

FAR = 1 << 40


@compiled
def on_duty(m: Block, person: int, start: int, end: int) -> int:
    """On-duty slots of a person in [start, end)."""
    worked = row_of(m, WORKED, at(m, CALENDAR, person))
    return m.i[worked + end] - m.i[worked + start]


@compiled
def split_end(m: Block, person: int, start: int, work: int) -> int:
    """End of splittable work begun at an on-duty slot, which must be possible."""
    calendar = at(m, CALENDAR, person)
    return at2(m, POSITIONS, calendar, at2(m, WORKED, calendar, start) + work - 1) + 1


@compiled
def latest_start(m: Block, person: int, end: int, work: int) -> int:
    """Last start of splittable work that ends by `end`; -1 if there is none."""
    calendar = at(m, CALENDAR, person)
    rank = at2(m, WORKED, calendar, max(0, min(end, m.i[HORIZON]))) - work
    return at2(m, POSITIONS, calendar, rank) if rank >= 0 else -1


@compiled
def earliest_start(m: Block, person: int, end: int, work: int) -> int:
    """First start of splittable work that ends at `end` or later."""
    calendar = at(m, CALENDAR, person)
    rank = at2(m, WORKED, calendar, max(0, min(end - 1, m.i[HORIZON]))) - work + 1
    if rank <= 0:
        return 0
    return at2(m, POSITIONS, calendar, rank) if rank < at(m, ON_DUTY, calendar) else m.i[HORIZON]


# Bookings ---------------------------------------------------------------------------------------


@compiled
def insert_entry(
    m: Block, person: int, start: int, end: int, site: int, kind: int, key: int
) -> None:
    """Book."""
    size = at(m, ENTRIES, person)
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    sites, kinds, keys = row_of(m, SITE, person), row_of(m, KIND, person), row_of(m, KEY, person)
    place = size
    while place > 0 and m.i[begins + place - 1] > start:
        m.i[begins + place] = m.i[begins + place - 1]
        m.i[ends + place] = m.i[ends + place - 1]
        m.i[sites + place] = m.i[sites + place - 1]
        m.i[kinds + place] = m.i[kinds + place - 1]
        m.i[keys + place] = m.i[keys + place - 1]
        place -= 1
    m.i[begins + place] = start
    m.i[ends + place] = end
    m.i[sites + place] = site
    m.i[kinds + place] = kind
    m.i[keys + place] = key
    add(m, ENTRIES, person, 1)
    count_entry(m, person, start, end, kind, 1)


@compiled
def delete_entry(m: Block, person: int, kind: int, key: int) -> None:
    """Take a booking out again."""
    size = at(m, ENTRIES, person)
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    sites, kinds, keys = row_of(m, SITE, person), row_of(m, KIND, person), row_of(m, KEY, person)
    place = 0
    while m.i[kinds + place] != kind or m.i[keys + place] != key:
        place += 1
    start, end = m.i[begins + place], m.i[ends + place]
    for each in range(place, size - 1):
        m.i[begins + each] = m.i[begins + each + 1]
        m.i[ends + each] = m.i[ends + each + 1]
        m.i[sites + each] = m.i[sites + each + 1]
        m.i[kinds + each] = m.i[kinds + each + 1]
        m.i[keys + each] = m.i[keys + each + 1]
    add(m, ENTRIES, person, -1)
    count_entry(m, person, start, end, kind, -1)


@compiled
def full(m: Block, person: int) -> bool:
    """Whether the diary has no place for another booking."""
    return at(m, ENTRIES, person) >= m.i[DIARY]


@compiled
def week_of(m: Block, zone: int, day: int) -> int:
    """The Monday-to-Sunday week of a day of a zone."""
    return (day + at(m, WEEK_OFFSET, zone)) // 7


@compiled
def count_entry(m: Block, person: int, start: int, end: int, kind: int, sign: int) -> None:
    """What a booking takes of days and weeks."""
    zone = at(m, ZONE, person)
    worked = row_of(m, WORKED, at(m, CALENDAR, person))
    if kind != LEARNER:
        add(m, LOAD, person, sign * (m.i[worked + end] - m.i[worked + start]))
    trains = kind == TRAINER and at(m, CLASS_HOURS, person) >= 0
    if not at(m, COUNTS_DAYS, person) and not trains:
        return
    for day in range(at2(m, DAY_OF, zone, start), at2(m, DAY_OF, zone, end - 1) + 1):
        low = max(start, at2(m, MIDNIGHT, zone, day))
        high = min(end, at2(m, MIDNIGHT, zone, day + 1))
        if at(m, COUNTS_DAYS, person):
            slots = sign * (m.i[worked + high] - m.i[worked + low])
            add2(m, DAY_SLOTS, person, day, slots)
            add2(m, WEEK_SLOTS, person, week_of(m, zone, day), slots)
            if kind != LEARNER:
                add2(m, PAID_SLOTS, person, day, slots)
        if trains:
            add2(m, TRAINED_SLOTS, person, day, sign * (high - low))


# Questions --------------------------------------------------------------------------------------


@compiled
def way_from_before(m: Block, person: int, site: int) -> int:
    """From now on, until when a person is on the way from where they were last; 0 if not at all."""
    last = at(m, LAST_SITE, person)
    if last < 0 or site < 0 or last == site:
        return 0
    left = at(m, LAST_LEFT, person)
    begins, sites = row_of(m, BEGINS, person), row_of(m, SITE, person)
    for each in range(at(m, ENTRIES, person)):
        if m.i[sites + each] >= 0 and left <= m.i[begins + each] < m.i[NOW]:
            return 0
    return left + at2(m, TRAVEL, last, site)


@compiled
def keep_free(
    m: Block, person: int, work: int, site: int, splittable: bool, kind: int, row: int
) -> None:
    """Take out of a set the starts that meet a booking, miss the way or that limits forbid."""
    calendar = at(m, CALENDAR, person)
    worked, positions = row_of(m, WORKED, calendar), row_of(m, POSITIONS, calendar)
    many, horizon = at(m, ON_DUTY, calendar), m.i[HORIZON]
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    sites = row_of(m, SITE, person)
    for each in range(at(m, ENTRIES, person)):
        start, end = m.i[begins + each], m.i[ends + each]
        there = m.i[sites + each]
        if site >= 0 and there >= 0 and there != site:
            start -= at2(m, TRAVEL, site, there)
            end += at2(m, TRAVEL, there, site)
        if splittable:
            rank = m.i[worked + min(start, horizon)] - work + 1 if start > 0 else 0
            start = 0 if rank <= 0 else m.i[positions + rank] if rank < many else end
        else:
            start = start - work + 1
        take_out(m, row, start, end)
    until = way_from_before(m, person, site)
    if until > 0:
        take_out(m, row, max(m.i[NOW], at(m, LAST_LEFT, person)), until)
    keep_rest(m, person, work, splittable, row)
    if splittable:
        _keep_work_limits(m, person, work, row)
    else:
        _keep_sitting_limits(m, person, work, kind, row)


@compiled
def _keep_work_limits(m: Block, person: int, work: int, row: int) -> None:
    """Starts of splittable work for which days or weeks have no room, and short days."""
    per_day, per_week = at(m, PER_DAY, person), at(m, PER_WEEK, person)
    zone, calendar = at(m, ZONE, person), at(m, CALENDAR, person)
    if per_day >= 0:
        for day in range(m.i[MIDNIGHTS] - 1):
            booked = at2(m, DAY_SLOTS, person, day)
            if booked > 0:
                low = at2(m, MIDNIGHT, zone, day)
                high = at2(m, MIDNIGHT, zone, day + 1)
                _keep_room(m, calendar, low, high, max(0, per_day - booked), work, row)
    if per_week >= 0:
        offset = at(m, WEEK_OFFSET, zone)
        last = week_of(m, zone, m.i[MIDNIGHTS] - 1)
        for week in range(last + 1):
            booked = at2(m, WEEK_SLOTS, person, week)
            if booked > 0:
                low = at2(m, MIDNIGHT, zone, max(0, week * 7 - offset))
                high = at2(m, MIDNIGHT, zone, min(week * 7 - offset + 7, m.i[MIDNIGHTS] - 1))
                _keep_room(m, calendar, low, high, max(0, per_week - booked), work, row)
    if at(m, MINIMUM, person):
        _keep_long_days(m, person, work, row)


@compiled
def _keep_room(
    m: Block, calendar: int, low: int, high: int, room: int, work: int, row: int
) -> None:
    """Starts whose work would take more than the room of [low, high)."""
    worked = row_of(m, WORKED, calendar)
    first = m.i[worked + max(0, min(low, m.i[HORIZON]))]
    beyond = m.i[worked + max(0, min(high, m.i[HORIZON]))]
    if beyond - first > room and work > room:
        _take_out_ranks(m, calendar, first + room - work + 1, beyond - room, row)


@compiled
def _take_out_ranks(m: Block, calendar: int, low: int, high: int, row: int) -> None:
    """Take out those of the on-duty slots number [low, high) that are not before now."""
    low, high = max(low, 0), min(high, at(m, ON_DUTY, calendar))
    if high > low:
        first = at2(m, POSITIONS, calendar, low)
        take_out(m, row, max(first, m.i[NOW]), at2(m, POSITIONS, calendar, high - 1) + 1)


@compiled
def _keep_long_days(m: Block, person: int, work: int, row: int) -> None:
    """Starts whose work would take too little of some day; days with bookings may be enough."""
    zone, calendar = at(m, ZONE, person), at(m, CALENDAR, person)
    worked, least = row_of(m, WORKED, calendar), at(m, MINIMUM, person)
    kept = row_of(m, SETS, 0)
    copy(m, kept, row)
    for day in range(m.i[MIDNIGHTS] - 1):
        first = m.i[worked + max(0, min(at2(m, MIDNIGHT, zone, day), m.i[HORIZON]))]
        beyond = m.i[worked + max(0, min(at2(m, MIDNIGHT, zone, day + 1), m.i[HORIZON]))]
        if beyond == first:
            continue
        if work < least or beyond - first < least:
            _take_out_ranks(m, calendar, first - work + 1, beyond, row)
        else:
            _take_out_ranks(m, calendar, first - work + 1, first - work + least, row)
            _take_out_ranks(m, calendar, beyond - least + 1, beyond, row)
    for day in range(m.i[MIDNIGHTS] - 1):
        if at2(m, PAID_SLOTS, person, day) > 0:
            opens = earliest_start(m, person, at2(m, MIDNIGHT, zone, day) + 1, work)
            put_back(m, row, kept, opens, at2(m, MIDNIGHT, zone, day + 1))


@compiled
def _keep_sitting_limits(m: Block, person: int, length: int, kind: int, row: int) -> None:
    """Starts of a sitting on days and in weeks that have no room for it."""
    zone = at(m, ZONE, person)
    # What ends by now breaks no limit.
    asked = max(0, m.i[NOW] - length + 1)
    most = at(m, CLASS_HOURS, person)
    if kind == TRAINER and most >= 0:
        if length > most:
            take_out(m, row, asked, m.i[HORIZON])
            return
        for day in range(m.i[MIDNIGHTS] - 1):
            if at2(m, TRAINED_SLOTS, person, day) + length > most:
                _take_out_days(m, zone, day, 1, asked, row)
    if not at(m, COUNTS_DAYS, person) or length > m.i[UNBROKEN]:
        return
    per_day, per_week = at(m, PER_DAY, person), at(m, PER_WEEK, person)
    least = at(m, MINIMUM, person)
    short = kind != LEARNER and length < least
    for day in range(m.i[MIDNIGHTS] - 1):
        booked = at2(m, DAY_SLOTS, person, day)
        if per_day >= 0 and booked > 0 and booked + length > per_day:
            _take_out_days(m, zone, day, 1, asked, row)
        elif short:
            paid = at2(m, PAID_SLOTS, person, day)
            if paid <= 0 or paid + length < least:
                _take_out_days(m, zone, day, 1, asked, row)
    if per_week >= 0:
        for week in range(week_of(m, zone, m.i[MIDNIGHTS] - 1) + 1):
            booked = at2(m, WEEK_SLOTS, person, week)
            if booked > 0 and booked + length > per_week:
                _take_out_days(m, zone, week * 7 - at(m, WEEK_OFFSET, zone), 7, asked, row)


@compiled
def _take_out_days(m: Block, zone: int, day: int, days: int, asked: int, row: int) -> None:
    low = at2(m, MIDNIGHT, zone, max(0, day))
    high = at2(m, MIDNIGHT, zone, min(day + days, m.i[MIDNIGHTS] - 1))
    take_out(m, row, max(low, asked), high)


@compiled
def fits(m: Block, person: int, start: int, end: int, kind: int) -> bool:
    """Whether a booking keeps the limits of days, weeks and classes, and vendor's minimum."""
    if full(m, person):
        return False
    if end <= m.i[NOW]:
        return True
    if not has_rest(m, person, start, end):
        return False
    zone = at(m, ZONE, person)
    first, last = at2(m, DAY_OF, zone, start), at2(m, DAY_OF, zone, end - 1)
    if at(m, COUNTS_DAYS, person):
        worked = row_of(m, WORKED, at(m, CALENDAR, person))
        per_day, per_week = at(m, PER_DAY, person), at(m, PER_WEEK, person)
        least = at(m, MINIMUM, person)
        in_week, week = 0, -1
        for day in range(first, last + 1):
            slots = m.i[worked + min(end, at2(m, MIDNIGHT, zone, day + 1))]
            slots -= m.i[worked + max(start, at2(m, MIDNIGHT, zone, day))]
            if not slots:
                continue
            if per_day >= 0 and at2(m, DAY_SLOTS, person, day) + slots > per_day:
                return False
            if kind != LEARNER and at2(m, PAID_SLOTS, person, day) + slots < least:
                return False
            if per_week >= 0:
                if week_of(m, zone, day) != week:
                    week, in_week = week_of(m, zone, day), 0
                in_week += slots
                if at2(m, WEEK_SLOTS, person, week) + in_week > per_week:
                    return False
    most = at(m, CLASS_HOURS, person)
    if kind == TRAINER and most >= 0:
        for day in range(first, last + 1):
            slots = min(end, at2(m, MIDNIGHT, zone, day + 1))
            slots -= max(start, at2(m, MIDNIGHT, zone, day))
            if at2(m, TRAINED_SLOTS, person, day) + slots > most:
                return False
    return True


@compiled
def is_free(m: Block, person: int, start: int, end: int, site: int) -> bool:
    """Whether nothing is booked in [start, end), with the way to and from other sites."""
    until = way_from_before(m, person, site)
    if until > 0 and max(m.i[NOW], at(m, LAST_LEFT, person)) <= start < until:
        return False
    begins, ends = row_of(m, BEGINS, person), row_of(m, ENDS, person)
    sites = row_of(m, SITE, person)
    for each in range(at(m, ENTRIES, person)):
        low, high, there = m.i[begins + each], m.i[ends + each], m.i[sites + each]
        if site >= 0 and there >= 0 and there != site:
            low -= at2(m, TRAVEL, site, there)
            high += at2(m, TRAVEL, there, site)
        if low < end and start < high:
            return False
    return True


@compiled
def allowed_on(m: Block, person: int, start: int, length: int, kind: int) -> bool:
    """Whether the limits leave a sitting its day and week, as `keep_free` sees it, but for rest."""
    if start < max(0, m.i[NOW] - length + 1):
        return True
    zone = at(m, ZONE, person)
    day = at2(m, DAY_OF, zone, start)
    most = at(m, CLASS_HOURS, person)
    if kind == TRAINER and most >= 0 and at2(m, TRAINED_SLOTS, person, day) + length > most:
        return False
    if not at(m, COUNTS_DAYS, person) or length > m.i[UNBROKEN]:
        return True
    per_day, per_week = at(m, PER_DAY, person), at(m, PER_WEEK, person)
    booked = at2(m, DAY_SLOTS, person, day)
    if per_day >= 0 and booked > 0 and booked + length > per_day:
        return False
    if per_week >= 0:
        booked = at2(m, WEEK_SLOTS, person, week_of(m, zone, day))
        if booked > 0 and booked + length > per_week:
            return False
    least = at(m, MINIMUM, person)
    if kind == LEARNER or length >= least:
        return True
    paid = at2(m, PAID_SLOTS, person, day)
    return paid > 0 and paid + length >= least


@compiled
def masters(m: Block, person: int, asked: int, start: int, end: int) -> bool:
    """Whether a person has an asked skill throughout, classes planned so far counting."""
    until = at2(m, UNTIL, person, asked)
    if until >= end:
        return True
    begun = at2(m, EARNED, person, asked)
    skill, level = at(m, ASKED_SKILL, asked), at(m, ASKED_LEVEL, asked)
    for each in range(at(m, EARNING_AT, person), at(m, EARNING_AT, person + 1)):
        if at(m, EARNING_SKILL, each) == skill and at(m, EARNING_LEVEL, each) >= level:
            session = at(m, ATTENDS, at(m, EARNING_SEAT, each))
            if session >= 0:
                begun = min(begun, class_end(m, session))
    if begun >= FAR:
        return False
    gap_from = until if until >= 0 else start
    return begun <= max(gap_from, start)

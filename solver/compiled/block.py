"""One block of memory with all that the compiled search knows, and where in it everything is.

The block is read as whole numbers, as words of 64 slots, and as decimals. Its first places hold
single numbers; then comes, for each table, where it begins and how long a row of it is.
"""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.machine_code import compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Words = NDArray[np.uint64]


class Block(NamedTuple):
    """The same memory three times."""

    i: Ints
    w: Words
    f: Floats


SCALARS = 128
"""So many places hold single numbers."""

_single = count()
_table = count(SCALARS, 2)


def _number() -> int:
    return next(_single)


def _rows() -> int:
    return next(_table)


# Single whole numbers ---------------------------------------------------------------------------

HORIZON = _number()
WORDS = _number()
"""Words of a set of slots."""
NOW = _number()
DAY = _number()
"""Slots of 24 hours."""
UNBROKEN = _number()
"""Longer sittings may run across a pause."""
DIARY = _number()
"""Most bookings of one person."""
TASKS = _number()
PEOPLE = _number()
KEYS = _number()
"""Courses at sites where heads need them."""
SHIFTS = _number()
SESSIONS = _number()
"""Most classes at a time."""
GROUPS = _number()
"""Most groups of a class."""
TRAINERS = _number()
"""Most trainers of a class."""
PROJECTS = _number()
TEAMS = _number()
"""Groups of own staff whose hours should be alike."""
AUDIENCES = _number()
CELLS = _number()
"""Courses of audiences."""
DETOURS = _number()
"""Whether work elsewhere can make up for a long way."""
MOST_CHANGE = _number()
"""The change budget; -1 if there is none."""
DELAY_STEP = _number()
"""Slots between two prices of a delay."""
MIDNIGHTS = _number()
"""Local days of a zone, with some beyond the end."""
WEEKS = _number()
WEEKDAY = _number()

RNG = _number()
"""State of the random numbers, as a word."""
OPEN = _number()
LATE = _number()
CHANGE = _number()
WISHES = _number()
LAST_END = _number()
FIRST_FREE = _number()
"""The first place for a class that is free."""
SERIAL = _number()
"""How many classes there have been so far."""
LOGGED = _number()
"""Places of the log that are used."""
LOST = _number()
"""Whether more has been done than the log can take back."""
STEPS = _number()
INSERTED = _number()
"""Pieces of work that places were sought for."""
EFFORT = _number()
"""Words of sets and moments that have been looked at: what the work so far has taken."""
STAMP = _number()
NEW_GROUPS = _number()
"""How many groups the class has that is being put together."""
NEW_TRAINERS = _number()
CHOSEN_SEATS = _number()
"""Seats that it could have had."""
BETTER = _number()
"""How often a better plan than all before has been found."""
PLAN_LENGTH = _number()
PHASE = _number()
"""Steps since the search was last hot."""
CYCLE = _number()
"""Steps from hot to cold."""
HAS_FIXED = _number()
"""Whether something must stay because it is frozen."""

# Single decimals --------------------------------------------------------------------------------

PRICE_OPEN = _number()
PRICE_LATE = _number()
PRICE_CHANGE = _number()
PRICE_COST = _number()
PRICE_WISH = _number()
PRICE_UNFAIR = _number()
PRICE_FINISH = _number()
USUAL_SCARCE = _number()
NOISE = _number()
BLINK = _number()
SCARCE = _number()
PATIENCE = _number()
FINISH = _number()
FULLNESS = _number()
BEHIND = _number()
LEAST = _number()
"""Total of the best plan."""
TOTAL = _number()
"""Total of the plan that the search stands at."""
SCALE = _number()

# People -----------------------------------------------------------------------------------------

CALENDAR = _rows()
WORKED = _rows()
"""By calendar: on-duty slots before each slot."""
POSITIONS = _rows()
"""By calendar: the on-duty slots in order."""
ON_DUTY = _rows()
"""By calendar: how many on-duty slots there are."""
RATE = _rows()
TEAM = _rows()
"""Of a person; -1 for people of vendors."""
PER_DAY = _rows()
"""Limits of hours in slots; -1 if there is none that binds."""
PER_WEEK = _rows()
CLASS_HOURS = _rows()
MINIMUM = _rows()
COUNTS_DAYS = _rows()
LAST_SITE = _rows()
"""Where a person was last before any plan; -1 if nowhere."""
LAST_LEFT = _rows()
ZONE = _rows()
LEARNS = _rows()
"""Whether a person still attends classes by name."""
SCARCITY = _rows()
TRAVEL = _rows()
DAY_OF = _rows()
"""By zone: the day of each slot, the zone's first day being 0."""
MIDNIGHT = _rows()
"""By zone: when each of its days begins."""
WEEK_OFFSET = _rows()
"""By zone: the weekday of its first day."""
WISH_AT = _rows()
WISH_FROM = _rows()
WISH_TO = _rows()
WISH_WEIGHT = _rows()
PAST_AT = _rows()
PAST_FROM = _rows()
PAST_TO = _rows()
UNTIL = _rows()
"""By person and asked skill: when the last certificate ends; -1 without any."""
EARNED = _rows()
"""By person and asked skill: from when on it has been earned already; far off if not."""
EARNING_AT = _rows()
"""By person: the seats in classes that grant something."""
EARNING_SEAT = _rows()
EARNING_SKILL = _rows()
EARNING_LEVEL = _rows()
ASKED_SKILL = _rows()
ASKED_LEVEL = _rows()

RESTED = _rows()
"""By person: which spells bind; -1 where the calendar alone gives the rest."""
SPELL_REST = _rows()
SPELL_MOST = _rows()
SPELL_FIRST = _rows()
SPELL_BEYOND = _rows()
RESTED_AT = _rows()
"""By person: the worked stretches before any plan."""
RESTED_FROM = _rows()
RESTED_TO = _rows()

ENTRIES = _rows()
"""By person: how many bookings there are."""
BEGINS = _rows()
ENDS = _rows()
SITE = _rows()
KIND = _rows()
KEY = _rows()
LOAD = _rows()
DAY_SLOTS = _rows()
PAID_SLOTS = _rows()
WEEK_SLOTS = _rows()
TRAINED_SLOTS = _rows()
WISH_DAYS = _rows()
TEAM_LOAD = _rows()
TEAM_ABOVE = _rows()
TEAM_STALE = _rows()
TEAM_AT = _rows()
TEAM_PEOPLE = _rows()

# Tasks ------------------------------------------------------------------------------------------

POSSIBLE = _rows()
MOVABLE = _rows()
DUE = _rows()
"""The horizon if there is no due day."""
COUNTS_LATE = _rows()
PRIORITY = _rows()
TASK_SITE = _rows()
SPLITTABLE = _rows()
PROJECT = _rows()
TASK_OPEN = _rows()
END_FROM = _rows()
LENGTH = _rows()
LATE_PRICE = _rows()
SLACK = _rows()
EARLIEST = _rows()
"""Start of a task if everybody were free; -1 if it cannot be planned."""
DELAY_AT = _rows()
"""Where the prices of what comes after a task begin; -1 if nothing is priced."""
DELAY_PRICES = _rows()
FIRST_ENDS_AT = _rows()
FIRST_ENDS = _rows()
BEFORE_AT = _rows()
BEFORE_TASK = _rows()
BEFORE_TYPE = _rows()
BEFORE_LAG = _rows()
AFTER_AT = _rows()
AFTER_TASK = _rows()
AFTER_TYPE = _rows()
AFTER_LAG = _rows()
MAKES_AT = _rows()
MAKES_COURSE = _rows()
SAME_AT = _rows()
SAME_TASK = _rows()
DIFFERENT_AT = _rows()
DIFFERENT_TASK = _rows()
WORKED_AT = _rows()
WORKED_PERSON = _rows()
PUBLISHED_SEAT_AT = _rows()
PUBLISHED_SEAT_PERSON = _rows()
PUBLISHED_SEAT_START = _rows()
PUBLISHED_SEAT_WEIGHT = _rows()
PINNED_AT = _rows()
PINNED_PERSON = _rows()
PINNED_LINE = _rows()
"""The line that a pinned person must fill; -1 for any."""
LINE_AT = _rows()
LINE_PEOPLE = _rows()
LINE_WORK = _rows()
LINE_ASKED = _rows()
OFFER_FROM = _rows()
OFFER_TO = _rows()
OFFER_PERSON = _rows()
OFFER_STARTS = _rows()
OFFER_EARNS = _rows()
SEAT_AT = _rows()
START = _rows()
"""Of a planned task; -1 if it is open."""
END = _rows()
SEAT_LINE = _rows()
SEAT_PERSON = _rows()
SEAT_END = _rows()
SPENT = _rows()
SPENT_BEFORE = _rows()
BUDGET = _rows()
LAST_ENDS = _rows()
"""By slot: how much work ends there."""

# Classes ----------------------------------------------------------------------------------------

COURSE_LENGTH = _rows()
SMALLEST = _rows()
LARGEST = _rows()
VIRTUAL = _rows()
MATERIALS = _rows()
"""The task; -1 for none, or none that is still to be planned."""
COURSE_PROJECT = _rows()
HEAD_OPEN = _rows()
COURSE_GRANTS_SKILL = _rows()
COURSE_GRANTS_LEVEL = _rows()
SUPPORT_WORTH = _rows()
COURSE_AFTER = _rows()
"""By course and course: whether the first comes after the second."""
NEEDS_AT = _rows()
NEEDS_PEOPLE = _rows()
NEEDS_ASKED = _rows()
DEPARTMENT = _rows()
LANGUAGE = _rows()
HEADCOUNT = _rows()
NAMED = _rows()
AUDIENCE_SITE = _rows()
RELEASE = _rows()
SPEAKS = _rows()
CELL = _rows()
"""By audience and course; -1 if it does not take it."""
CELL_AUDIENCE = _rows()
CELL_COURSE = _rows()
EARLIER_AT = _rows()
EARLIER_CELL = _rows()
LATER_AT = _rows()
LATER_CELL = _rows()
HELD_AT = _rows()
HELD_WHEN = _rows()
HELD_HEADS = _rows()
MEETS = _rows()
"""By cell: the starts at which it may be in a class."""
LEARNER_AT = _rows()
LEARNER_PERSON = _rows()
LEARNER_MEETS = _rows()
LEARNER_HELD = _rows()
"""When a named learner has ended the course before any plan; -1 if not."""
LEARNER_NEEDS = _rows()
ATTENDS = _rows()
"""By named learner of a cell: the class; -1 for none."""
KEY_COURSE = _rows()
KEY_SITE = _rows()
KEY_RANK = _rows()
KEY_OF = _rows()
"""By course and site; -1 where nobody needs it."""
KEY_CELL_AT = _rows()
KEY_CELL = _rows()
KEY_TEACHER_AT = _rows()
TEACHER_PERSON = _rows()
TEACHER_LINE = _rows()
TEACHER_EARNS = _rows()
TEACHER_OFFER = _rows()
TEACHER_STARTS = _rows()
TEACHER_PRICE = _rows()
TEACHER_SEEN = _rows()
TEACHER_ORDER = _rows()
KEY_ROOM_AT = _rows()
PLACE_ROOM = _rows()
PLACE_OPEN = _rows()
PLACE_STARTS = _rows()
ROOM_SEATS = _rows()
ROOM_RATE = _rows()
ROOM_SITE = _rows()
ROOM_GAP = _rows()
"""Slots of a room's changeover between two classes."""

NEED = _rows()
PRESENT = _rows()
"""By department and slot: heads in class."""
CROWD_OF = _rows()
"""Of an audience with several courses: its row of `CROWD`; -1 for others."""
CROWD = _rows()
CELL_FIRST = _rows()
KEY_FIRST = _rows()
KEY_COUNT = _rows()
ROOM_FIRST = _rows()
ALIVE = _rows()
CLASS_KEY = _rows()
CLASS_ROOM = _rows()
CLASS_START = _rows()
CLASS_HEADS = _rows()
CLASS_SERIAL = _rows()
CLASS_FIXED = _rows()
CLASS_PUBLISHED = _rows()
CLASS_TRAINERS = _rows()
CLASS_GROUPS = _rows()
CLASS_NEXT = _rows()
CLASS_PREVIOUS = _rows()
ROOM_NEXT = _rows()
ROOM_PREVIOUS = _rows()
FREE_NEXT = _rows()
GROUP_CELL = _rows()
GROUP_HEADS = _rows()
GROUP_NEXT = _rows()
GROUP_PREVIOUS = _rows()

PUBLISHED_AT = _rows()
"""By course: the published classes."""
PUBLISHED_ROOM = _rows()
PUBLISHED_START = _rows()
PUBLISHED_WEIGHT = _rows()
PUBLISHED_PEOPLE_AT = _rows()
PUBLISHED_PEOPLE = _rows()
PUBLISHED_GROUPS_AT = _rows()
PUBLISHED_CELL = _rows()
PUBLISHED_HEADS = _rows()
PUBLISHED_MEMBERS_AT = _rows()
PUBLISHED_MEMBERS = _rows()
PUBLISHED_THERE = _rows()

# Support ----------------------------------------------------------------------------------------

SHIFT_START = _rows()
SHIFT_END = _rows()
SHIFT_PEOPLE = _rows()
SHIFT_DEPARTMENT = _rows()
SHIFT_SITE = _rows()
SHIFT_PROJECT = _rows()
SHIFT_ASKED = _rows()
SHIFT_OPEN = _rows()
SHIFT_RANK = _rows()
STAND_AT = _rows()
STAND_PERSON = _rows()
STAND_PUBLISHED = _rows()
PUBLISHED_STAND_AT = _rows()
PUBLISHED_STAND_PERSON = _rows()
PUBLISHED_STAND_WEIGHT = _rows()
SHIFT_FIXED_AT = _rows()
SHIFT_FIXED = _rows()
STANDING = _rows()
SUPPORTERS = _rows()

# What waits, what has been touched, what can be taken back --------------------------------------

# Sets of numbers (see `sets`), one for each work: the main one, what is pushed away or dropped.
WAITS_TASK = _rows()
WAITS_KEY = _rows()
WAITS_SHIFT = _rows()
FIRST = _rows()
URGENT = _rows()
IN_TIME = _rows()
TOUCHED_TASK = _rows()
TOUCHED_CELL = _rows()
TOUCHED_PERSON = _rows()
WAS_AT = _rows()
"""Starts of tasks before a step; -1 for open ones."""
ORDER_KEY = _rows()
LOG = _rows()
PLAN = _rows()
WEIGHTS = _rows()

# Room to work in --------------------------------------------------------------------------------

SETS = _rows()
"""Sets of slots."""
OPTION_STARTS = _rows()
OPTION_PERSON = _rows()
OPTION_LINE = _rows()
OPTION_EARNS = _rows()
OPTION_PRICE = _rows()
OPTION_END = _rows()
OPTION_SEEN = _rows()
OPTION_ORDER = _rows()
LINE_OPTIONS = _rows()
PLANES = _rows()
MISSING = _rows()
LIST = _rows()
OTHER_LIST = _rows()
VALUES = _rows()
SPARE = _rows()
SPARE_SEEN = _rows()
CHOSEN = _rows()
BEST = _rows()
SEAT_OPTIONS = _rows()
"""By seat: how many could fill it, and who, those preferred first."""
HOLDER = _rows()
TRIED = _rows()
WAY = _rows()
FILLED = _rows()
SCORES = _rows()
NEW_CELL = _rows()
"""The groups of a class that is being put together, and where their named learners begin."""
NEW_HEADS = _rows()
NEW_FROM = _rows()
NEW_SEATS = _rows()
NEW_CREW = _rows()
DRAFT = _rows()
"""Classes as they are written: the one that was put together last, and the best so far."""
LEADS = _rows()
OTHERS = _rows()
ABLE = _rows()
SETTINGS = _rows()
STRETCH_FROM = _rows()
STRETCH_TO = _rows()
STRETCH_OWN = _rows()
QUEUE = _rows()
FOUND = _rows()

TABLES_END = next(_table)
"""Where the tables themselves begin."""


@compiled
def at(m: Block, table: int, row: int) -> int:
    """A whole number of a table with one column."""
    return m.i[m.i[table] + row]


@compiled
def at2(m: Block, table: int, row: int, column: int) -> int:
    """A whole number of a table."""
    return m.i[m.i[table] + row * m.i[table + 1] + column]


@compiled
def put(m: Block, table: int, row: int, value: int) -> None:
    """Write a whole number into a table with one column."""
    m.i[m.i[table] + row] = value


@compiled
def put2(m: Block, table: int, row: int, column: int, value: int) -> None:
    """Write a whole number into a table."""
    m.i[m.i[table] + row * m.i[table + 1] + column] = value


@compiled
def add(m: Block, table: int, row: int, value: int) -> None:
    """Count something in a table with one column."""
    m.i[m.i[table] + row] += value


@compiled
def add2(m: Block, table: int, row: int, column: int, value: int) -> None:
    """Count something in a table."""
    m.i[m.i[table] + row * m.i[table + 1] + column] += value


@compiled
def real(m: Block, table: int, row: int) -> float:
    """A decimal of a table with one column."""
    return m.f[m.i[table] + row]


@compiled
def put_real(m: Block, table: int, row: int, value: float) -> None:
    """Write a decimal into a table with one column."""
    m.f[m.i[table] + row] = value


@compiled
def row_of(m: Block, table: int, row: int) -> int:
    """Where a row of a table begins: of a table of sets, the set."""
    return m.i[table] + row * m.i[table + 1]

"""All of a problem as one block of memory, with nothing booked, ready for the compiled search."""

from __future__ import annotations

from solver.compiled import block as b
from solver.compiled.block import Block
from solver.compiled.facts_classes import Numbers, lay_classes
from solver.compiled.facts_people import asked_skills, lay_people
from solver.compiled.facts_tasks import lay_tasks
from solver.compiled.layout import Layout
from solver.insertion.inserter import Inserter
from solver.ledger.ledger import Ledger
from solver.ruin_recreate.operators import RUINS

FIRST_CYCLE = 2500
"""Steps of the first way from hot to cold; each one after it is twice as long."""

PER_STEP = 100_000
"""Places of the log beyond those for everything once."""


def block_of(inserter: Inserter, numbers: Numbers, scarce: float) -> Block:
    """The block of a problem; `scarce` is the usual price of people with scarce skills."""
    problem = inserter.problem
    ledger = Ledger(inserter.candidates)
    layout, asked = Layout(problem.horizon), asked_skills(inserter)
    per_hour = problem.axis.slots_per_hour
    layout.number(b.HORIZON, problem.horizon)
    layout.number(b.NOW, problem.as_of)
    layout.number(b.DAY, 24 * per_hour)
    layout.number(b.UNBROKEN, ledger.diaries[0].unbroken if ledger.diaries else 0)
    layout.number(b.DETOURS, int(inserter.candidates.has_detours))
    layout.number(b.CYCLE, FIRST_CYCLE)
    lay_people(layout, inserter, ledger, asked)
    lay_tasks(layout, inserter, ledger, asked)
    lay_classes(layout, inserter, ledger, asked, numbers)
    _lay_shifts(layout, inserter, ledger, asked)
    _lay_score(layout, ledger, scarce)
    _lay_sets(layout, numbers, inserter)
    _lay_scratch(layout, inserter, numbers)
    return layout.block()


def _lay_shifts(
    layout: Layout, inserter: Inserter, ledger: Ledger, asked: dict[tuple[int, int], int]
) -> None:
    problem, running = inserter.problem, ledger.running
    shifts, supports = problem.shifts, problem.supports
    numbers = range(len(shifts))
    layout.number(b.SHIFTS, len(shifts))
    layout.table(b.SHIFT_START, [shift.start for shift in shifts])
    layout.table(b.SHIFT_END, [shift.end for shift in shifts])
    layout.table(b.SHIFT_PEOPLE, [shift.people for shift in shifts])
    layout.table(b.SHIFT_DEPARTMENT, [shift.department for shift in shifts])
    layout.table(b.SHIFT_SITE, [problem.departments[shift.department].site for shift in shifts])
    layout.table(b.SHIFT_PROJECT, [supports[shift.support].project for shift in shifts])
    skills = [supports[shift.support] for shift in shifts]
    layout.table(b.SHIFT_ASKED, [asked[it.skill, it.level] for it in skills])
    layout.table(b.SHIFT_OPEN, [running.supporter_open(n) for n in numbers])
    ranked = sorted(numbers, key=lambda n: (shifts[n].start, n))
    ranks = {n: rank for rank, n in enumerate(ranked)}
    layout.table(b.SHIFT_RANK, [ranks[n] for n in numbers])
    stand = [
        [(who, running.published_supporter(n, who)) for _, _, who in inserter.shifts.by_rate(n)]
        for n in numbers
    ]
    layout.lists(b.STAND_AT, stand, b.STAND_PERSON, b.STAND_PUBLISHED)
    published: list[list[tuple[int, int]]] = [[] for _ in numbers]
    for (shift, person), weight in running.published_shifts.items():
        published[shift].append((person, weight))
    layout.lists(
        b.PUBLISHED_STAND_AT, published, b.PUBLISHED_STAND_PERSON, b.PUBLISHED_STAND_WEIGHT
    )
    fixed = inserter.candidates.frozen_supporters
    layout.lists(b.SHIFT_FIXED_AT, [fixed.get(n, ()) for n in numbers], b.SHIFT_FIXED)
    layout.number(b.HAS_FIXED, int(bool(fixed) or bool(inserter.candidates.frozen_sessions)))
    layout.room(b.STANDING, len(shifts))
    most = max((shift.people for shift in shifts), default=0)
    most = max([most, *map(len, fixed.values())])
    layout.room(b.SUPPORTERS, len(shifts), most + 1)


def _lay_score(layout: Layout, ledger: Ledger, scarce: float) -> None:
    running = ledger.running
    prices = running.prices
    layout.number(b.PROJECTS, len(ledger.problem.projects))
    layout.table(b.SPENT, running.slot_cents)
    layout.table(b.SPENT_BEFORE, running.slot_cents)
    layout.table(b.BUDGET, [-1 if limit is None else limit for limit in running.limits])
    layout.number(b.OPEN, running.open)
    layout.number(b.LATE, running.late)
    layout.number(b.CHANGE, running.change)
    layout.number(b.WISHES, running.wishes)
    most = ledger.problem.goals.most_people
    layout.number(b.MOST_CHANGE, -1 if most is None else most)
    last = max([ledger.problem.horizon, *running.ends])
    ends = [0] * (last + 2)
    for end, count in running.ends.items():
        ends[max(0, end)] += count
    layout.table(b.LAST_ENDS, ends)
    layout.number(b.LAST_END, running.last_end)
    for place, price in (
        (b.PRICE_OPEN, prices.open),
        (b.PRICE_LATE, prices.late),
        (b.PRICE_CHANGE, prices.change),
        (b.PRICE_COST, prices.cost),
        (b.PRICE_WISH, prices.wish),
        (b.PRICE_UNFAIR, prices.unfair),
        (b.PRICE_FINISH, prices.finish),
        (b.FINISH, prices.finish),
        (b.USUAL_SCARCE, scarce),
        (b.PATIENCE, 0.15),
    ):
        layout.decimal(place, price)


def _lay_sets(layout: Layout, numbers: Numbers, inserter: Inserter) -> None:
    """Sets of work that waits or has been touched, all empty."""
    problem = inserter.problem
    tasks, keys, cells = len(problem.tasks), len(numbers.keys), len(numbers.cells)
    for table, members, many in (
        (b.WAITS_TASK, tasks, 4),
        (b.WAITS_KEY, keys, 4),
        (b.WAITS_SHIFT, len(problem.shifts), 4),
        (b.FIRST, tasks, 1),
        (b.URGENT, keys, 1),
        (b.IN_TIME, keys, 1),
        (b.TOUCHED_TASK, tasks, 1),
        (b.TOUCHED_CELL, cells, 1),
        (b.TOUCHED_PERSON, len(problem.people), 1),
    ):
        layout.room(table, 2 * many, members + 1)


def _lay_scratch(layout: Layout, inserter: Inserter, numbers: Numbers) -> None:
    """Room to work in, to write plans down, and to write down what may be taken back."""
    problem, possible = inserter.problem, inserter.ledger.order.possible
    tasks, people = problem.tasks, len(problem.people)
    keys, cells, shifts = len(numbers.keys), len(numbers.cells), len(problem.shifts)
    options = max((sum(map(len, inserter.offers.seats(n))) for n in possible), default=0) + 1
    lines = max((len(task.crew) for task in tasks), default=0) + 1
    crew = max((sum(line.people for line in task.crew) for task in tasks), default=0)
    seats = max(crew, numbers.trainers) + 1
    largest = max((course.largest for course in problem.courses), default=0)
    members = max((len(group.members) for group in problem.audiences), default=0)
    stand = max((shift.people for shift in problem.shifts), default=0)
    teachers = max(
        (sum(map(len, inserter.offers.teachers(course))) for course, _ in numbers.keys), default=0
    )
    class_size = 16 + numbers.trainers + 6 * numbers.groups + 2 * (largest + members)
    plan = sum(3 + 3 * sum(line.people for line in task.crew) for task in tasks)
    plan += numbers.sessions * (8 + numbers.trainers + 3 * numbers.groups) + len(numbers.seats)
    plan += sum(2 + shift.people for shift in problem.shifts) + people + 16
    listed = max(len(tasks), cells, people, numbers.sessions, keys, shifts) + class_size
    days = 4 * len(inserter.ledger.zones[0].midnights) + 64
    layout.room_for_sets(b.SETS, 10)
    layout.room_for_sets(b.OPTION_STARTS, options)
    for table in (
        b.OPTION_PERSON,
        b.OPTION_LINE,
        b.OPTION_EARNS,
        b.OPTION_PRICE,
        b.OPTION_END,
        b.OPTION_SEEN,
        b.OPTION_ORDER,
    ):
        layout.room(table, options)
    layout.room(b.LINE_OPTIONS, 2 * lines)
    layout.room(b.MISSING, 2 * lines)
    layout.room(b.PLANES, seats)
    layout.room(b.SEAT_OPTIONS, seats, max(options, teachers, numbers.trainers) + 2)
    layout.room(b.WAY, seats + 1, 3)
    for table in (b.FILLED, b.CHOSEN):
        layout.room(table, seats)
    for table in (b.HOLDER, b.TRIED):
        layout.room(table, people)
    layout.room(b.BEST, 2 * max(seats, stand + 1))
    for table in (b.LIST, b.SCORES, b.VALUES, b.QUEUE):
        layout.room(table, listed)
    layout.room(b.OTHER_LIST, 2 * max(days, listed))
    layout.room(b.FOUND, 4 * listed + 128)
    for table in (b.SPARE, b.SPARE_SEEN):
        layout.room(table, len(problem.departments))
    for table in (b.NEW_CELL, b.NEW_HEADS, b.NEW_FROM):
        layout.room(table, numbers.groups + 2)
    layout.room(b.NEW_SEATS, largest + members + 1)
    layout.room(b.NEW_CREW, numbers.trainers + 1)
    for table in (b.LEADS, b.OTHERS):
        layout.room(table, numbers.groups + 1)
    layout.room(b.ABLE, teachers + 1)
    layout.room(b.SETTINGS, 2 * keys + 2)
    layout.room(b.DRAFT, 3, class_size)
    layout.room(b.WAS_AT, len(tasks))
    layout.room(b.ORDER_KEY, len(tasks))
    layout.decimals(b.WEIGHTS, [1.0] * len(RUINS))
    layout.room(b.PLAN, 0, plan)
    layout.room(b.LOG, 0, 4 * plan + PER_STEP)

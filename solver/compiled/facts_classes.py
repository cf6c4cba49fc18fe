"""Courses, audiences, rooms and published classes as the block has them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.compiled import block as b
from solver.compiled.facts_people import Asked
from solver.compiled.layout import Layout
from solver.insertion.inserter import Inserter
from solver.ledger.ledger import Ledger

Cell = tuple[int, int]
"""(audience, course)."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the block counts what belongs to classes."""

    cells: dict[Cell, int]
    keys: dict[tuple[int, int], int]
    """(course, site)."""
    seats: dict[tuple[int, int, int], int]
    """(audience, course, person) of named learners."""
    sessions: int
    """Most classes at a time."""
    groups: int
    trainers: int


def numbers_of(inserter: Inserter) -> Numbers:
    """Cells, courses at sites and named learners, numbered."""
    problem, sites = inserter.problem, inserter.classes.sites
    cells = [(it, course) for it, group in enumerate(problem.audiences) for course in group.courses]
    seats = [(*cell, person) for cell in cells for person in problem.audiences[cell[0]].members]
    published = () if problem.published is None else problem.published.plan.sessions
    sessions = 64 + len(published)
    for key, audiences in sites.items():
        largest = problem.courses[key[0]].largest
        heads = sum(problem.untrained(audience, key[0]) for audience in audiences)
        sessions += 2 * -(-heads // largest) + len(audiences) + 2
    return Numbers(
        cells={cell: n for n, cell in enumerate(cells)},
        keys={key: n for n, key in enumerate(sites)},
        seats={seat: n for n, seat in enumerate(seats)},
        sessions=sessions,
        groups=max(map(len, sites.values()), default=1) + 1,
        trainers=max((sum(it.people for it in c.trainers) for c in problem.courses), default=0) + 1,
    )


def lay_classes(
    layout: Layout, inserter: Inserter, ledger: Ledger, asked: Asked, numbers: Numbers
) -> None:
    """Courses, audiences, rooms and trainers, no class planned."""
    _lay_courses(layout, inserter, asked)
    _lay_audiences(layout, inserter)
    _lay_cells(layout, inserter, ledger, numbers)
    _lay_learners(layout, inserter, numbers)
    _lay_keys(layout, inserter, numbers)
    _lay_sessions(layout, inserter, numbers)
    _lay_published(layout, ledger, numbers)


def _lay_courses(layout: Layout, inserter: Inserter, asked: Asked) -> None:
    problem, running = inserter.problem, inserter.ledger.running
    courses = problem.courses
    layout.table(b.COURSE_LENGTH, [course.length for course in courses])
    layout.table(b.SMALLEST, [course.smallest for course in courses])
    layout.table(b.LARGEST, [course.largest for course in courses])
    layout.table(b.VIRTUAL, [int(course.virtual) for course in courses])
    planned = [
        -1
        if course.materials is None or problem.tasks[course.materials].finished is not None
        else course.materials
        for course in courses
    ]
    layout.table(b.MATERIALS, planned)
    layout.table(b.COURSE_PROJECT, [course.project for course in courses])
    layout.table(b.HEAD_OPEN, [running.head_open(course) for course in range(len(courses))])
    worth = inserter.support_worth
    layout.decimals(b.SUPPORT_WORTH, [worth.get(n, 0.0) for n in range(len(courses))])
    after = np.zeros((len(courses) + 1, len(courses)), dtype=np.int64)
    for number, course in enumerate(courses):
        after[number, list(course.after)] = 1
    layout.table(b.COURSE_AFTER, after)
    lines = [
        [(line.people, asked[line.skill, line.level]) for line in course.trainers]
        for course in courses
    ]
    layout.lists(b.NEEDS_AT, lines, b.NEEDS_PEOPLE, b.NEEDS_ASKED)
    rooms = problem.rooms
    layout.table(b.ROOM_SEATS, [room.seats for room in rooms])
    layout.table(b.ROOM_RATE, [room.cents_per_hour for room in rooms])
    layout.table(b.ROOM_GAP, [room.changeover for room in rooms])
    layout.table(b.ROOM_SITE, [room.site for room in rooms])


def _lay_audiences(layout: Layout, inserter: Inserter) -> None:
    problem = inserter.problem
    audiences = problem.audiences
    layout.number(b.AUDIENCES, len(audiences))
    layout.table(b.DEPARTMENT, [group.department for group in audiences])
    layout.table(b.HEADCOUNT, [group.headcount for group in audiences])
    layout.table(b.NAMED, [int(bool(group.members)) for group in audiences])
    sites = [inserter.candidates.site_of(number) for number in range(len(audiences))]
    layout.table(b.AUDIENCE_SITE, sites)
    released = [it.release_heads for it in problem.departments]
    layout.table(b.RELEASE, [-1 if heads is None else heads for heads in released])
    layout.room(b.PRESENT, len(problem.departments), problem.horizon)
    crowds, rows = [], 0
    for group in audiences:
        counted = len(group.courses) > 1 and not group.members
        crowds.append(rows if counted else -1)
        rows += counted
    layout.table(b.CROWD_OF, crowds)
    layout.room(b.CROWD, rows, problem.horizon)


def _lay_cells(layout: Layout, inserter: Inserter, ledger: Ledger, numbers: Numbers) -> None:
    problem, classes, cells = inserter.problem, ledger.classes, numbers.cells
    layout.number(b.CELLS, len(cells))
    table = np.full((len(problem.audiences) + 1, len(problem.courses)), -1, dtype=np.int64)
    for (audience, course), number in cells.items():
        table[audience, course] = number
    layout.table(b.CELL, table)
    layout.table(b.CELL_AUDIENCE, [audience for audience, _ in cells])
    layout.table(b.CELL_COURSE, [course for _, course in cells])
    earlier = [[cells[cell[0], it] for it in classes.before[cell]] for cell in cells]
    layout.lists(b.EARLIER_AT, earlier, b.EARLIER_CELL)
    later = [[cells[cell[0], it] for it in classes.after[cell]] for cell in cells]
    layout.lists(b.LATER_AT, later, b.LATER_CELL)
    held = [
        [(it.at, it.heads) for it in problem.audiences[audience].trained if it.course == course]
        for audience, course in cells
    ]
    layout.lists(b.HELD_AT, held, b.HELD_WHEN, b.HELD_HEADS)
    layout.sets(b.MEETS, [inserter.offers.group(*cell) for cell in cells])
    layout.table(b.NEED, [classes.need[cell] for cell in cells])
    layout.room(b.CELL_FIRST, len(cells), fill=-1)


def _lay_learners(layout: Layout, inserter: Inserter, numbers: Numbers) -> None:
    """Named learners, by audience and course."""
    problem, candidates = inserter.problem, inserter.candidates
    members: list[list[tuple[int, int, int]]] = []
    meets: list[int] = []
    earning: list[list[tuple[int, int, int]]] = [[] for _ in problem.people]
    for audience, course in numbers.cells:
        group, what = problem.audiences[audience], problem.courses[course]
        untrained = set(candidates.untrained_members(audience, course)) if group.members else set()
        own = []
        for person in group.members:
            held = [it.at for it in group.trained if it.course == course and person in it.members]
            own.append((person, min(held, default=-1), int(person in untrained)))
            meets.append(inserter.offers.learner(person, what.length))
            if what.grants is not None:
                seat = numbers.seats[audience, course, person]
                earning[person].append((seat, *what.grants))
        members.append(own)
    layout.lists(b.LEARNER_AT, members, b.LEARNER_PERSON, b.LEARNER_HELD, b.LEARNER_NEEDS)
    layout.sets(b.LEARNER_MEETS, meets)
    layout.room(b.ATTENDS, len(meets), fill=-1)
    layout.lists(b.EARNING_AT, earning, b.EARNING_SEAT, b.EARNING_SKILL, b.EARNING_LEVEL)


def _lay_keys(layout: Layout, inserter: Inserter, numbers: Numbers) -> None:
    """Courses at sites: who needs them, who could train them, and where."""
    problem, classes, offers = inserter.problem, inserter.classes, inserter.offers
    keys = numbers.keys
    layout.number(b.KEYS, len(keys))
    layout.table(b.KEY_COURSE, [course for course, _ in keys])
    layout.table(b.KEY_SITE, [site for _, site in keys])
    ranked = sorted(keys, key=lambda key: (inserter.class_rank[key], key))
    ranks = {key: rank for rank, key in enumerate(ranked)}
    layout.table(b.KEY_RANK, [ranks[key] for key in keys])
    table = np.full((len(problem.courses) + 1, len(problem.sites)), -1, dtype=np.int64)
    for key, number in keys.items():
        table[key] = number
    layout.table(b.KEY_OF, table)
    who = [
        [numbers.cells[it, key[0]] for it in audiences] for key, audiences in classes.sites.items()
    ]
    layout.lists(b.KEY_CELL_AT, who, b.KEY_CELL)
    teachers = [
        [
            (offer.person, line, int(offer.earns), offer.starts)
            for line, offered in enumerate(offers.teachers(course))
            for offer in offered
        ]
        for course, _ in keys
    ]
    flat = [each for some in teachers for each in some]
    layout.lists(
        b.KEY_TEACHER_AT,
        [[each[:3] for each in some] for some in teachers],
        b.TEACHER_PERSON,
        b.TEACHER_LINE,
        b.TEACHER_EARNS,
    )
    layout.sets(b.TEACHER_OFFER, [starts for *_, starts in flat])
    layout.room_for_sets(b.TEACHER_STARTS, len(flat))
    for place in (b.TEACHER_PRICE, b.TEACHER_SEEN, b.TEACHER_ORDER):
        layout.room(place, len(flat))
    rooms = [
        [(room, offers.room(room, problem.courses[key[0]].length)) for room in classes.rooms[key]]
        for key in keys
    ]
    flat_rooms = [each for some in rooms for each in some]
    layout.lists(b.KEY_ROOM_AT, [[room for room, _ in some] for some in rooms], b.PLACE_ROOM)
    layout.sets(b.PLACE_OPEN, [starts for _, starts in flat_rooms])
    layout.room_for_sets(b.PLACE_STARTS, len(flat_rooms))


def _lay_sessions(layout: Layout, inserter: Inserter, numbers: Numbers) -> None:
    """Room for classes: all of it free."""
    sessions, groups = numbers.sessions, numbers.groups
    layout.number(b.SESSIONS, sessions)
    layout.number(b.GROUPS, groups)
    layout.number(b.TRAINERS, numbers.trainers)
    layout.room(b.KEY_FIRST, len(numbers.keys), fill=-1)
    layout.room(b.KEY_COUNT, len(numbers.keys))
    layout.room(b.ROOM_FIRST, len(inserter.problem.rooms), fill=-1)
    for table in (
        b.ALIVE,
        b.CLASS_KEY,
        b.CLASS_ROOM,
        b.CLASS_START,
        b.CLASS_HEADS,
        b.CLASS_SERIAL,
        b.CLASS_FIXED,
        b.CLASS_PUBLISHED,
        b.CLASS_GROUPS,
        b.CLASS_NEXT,
        b.CLASS_PREVIOUS,
        b.ROOM_NEXT,
        b.ROOM_PREVIOUS,
    ):
        layout.room(table, sessions)
    layout.room(b.CLASS_TRAINERS, sessions, numbers.trainers + 1)
    layout.table(b.FREE_NEXT, [*range(1, sessions), -1])
    layout.number(b.FIRST_FREE, 0)
    for table in (b.GROUP_CELL, b.GROUP_HEADS, b.GROUP_NEXT, b.GROUP_PREVIOUS):
        layout.room(table, sessions * groups)


def _lay_published(layout: Layout, ledger: Ledger, numbers: Numbers) -> None:
    """The published classes, by course."""
    courses = len(ledger.problem.courses)
    by_course: list[list[tuple[int, int, int]]] = [[] for _ in range(courses)]
    published = sorted(ledger.running.published_sessions.items(), key=lambda item: item[0][0])
    people, groups, members = [], [], []
    for (course, room, start, trainers, group_set), weight in published:
        if course < 0:
            continue
        by_course[course].append((-1 if room is None else room, start, weight))
        people.append(sorted(trainers))
        own = []
        for audience, heads, named in sorted(group_set, key=lambda it: it[:2]):
            seats = [numbers.seats.get((audience, course, person), -1) for person in named]
            cell = numbers.cells.get((audience, course), -1)
            own.append((-1 if -1 in seats else cell, heads))
            members.append([] if -1 in seats else seats)
        groups.append(own)
    layout.lists(b.PUBLISHED_AT, by_course, b.PUBLISHED_ROOM, b.PUBLISHED_START, b.PUBLISHED_WEIGHT)
    layout.lists(b.PUBLISHED_PEOPLE_AT, people, b.PUBLISHED_PEOPLE)
    layout.lists(b.PUBLISHED_GROUPS_AT, groups, b.PUBLISHED_CELL, b.PUBLISHED_HEADS)
    layout.lists(b.PUBLISHED_MEMBERS_AT, members, b.PUBLISHED_MEMBERS)
    layout.room(b.PUBLISHED_THERE, len(people))

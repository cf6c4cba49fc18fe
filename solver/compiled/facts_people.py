"""People, their days and their diaries as the block has them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from solver.candidates.duty import Duty
from solver.candidates.spells import Spells
from solver.compiled import block as b
from solver.compiled.diary import FAR
from solver.compiled.layout import Layout
from solver.insertion.inserter import Inserter
from solver.ledger.ledger import Ledger

Asked = dict[tuple[int, int], int]
"""(skill, level) that seats ask for -> its number."""


def asked_skills(inserter: Inserter) -> Asked:
    """Every skill at a level that a seat of a task, a class or a shift asks for."""
    problem = inserter.problem
    lines = [line for task in problem.tasks for line in task.crew]
    lines += [line for course in problem.courses for line in course.trainers]
    pairs = [(line.skill, line.level) for line in lines]
    pairs += [(support.skill, support.level) for support in problem.supports]
    return {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}


def lay_people(layout: Layout, inserter: Inserter, ledger: Ledger, asked: Asked) -> None:
    """Working time, limits, diaries without a plan, and teams."""
    problem, diaries = inserter.problem, ledger.diaries
    people = problem.people
    layout.number(b.PEOPLE, len(people))
    _lay_calendars(layout, ledger)
    days = _lay_days(layout, ledger)
    layout.number(b.DIARY, 4 * days + 64)
    layout.table(b.RATE, [person.cents_per_hour for person in people])
    layout.table(b.PER_DAY, [_or_none(diary.per_day) for diary in diaries])
    layout.table(b.PER_WEEK, [_or_none(diary.per_week) for diary in diaries])
    layout.table(b.CLASS_HOURS, [_or_none(person.class_hours_per_day) for person in people])
    layout.table(b.MINIMUM, [diary.minimum for diary in diaries])
    layout.table(b.COUNTS_DAYS, [int(diary.counts_days) for diary in diaries])
    last = [diary.last for diary in diaries]
    layout.table(b.LAST_SITE, [-1 if it is None or it.site is None else it.site for it in last])
    layout.table(b.LAST_LEFT, [0 if it is None else it.end for it in last])
    learners = inserter.candidates.learners
    layout.table(b.LEARNS, [int(person in learners) for person in range(len(people))])
    layout.decimals(b.SCARCITY, inserter.scarcity)
    layout.table(b.TRAVEL, problem.travel)
    spoken_here = sorted({language for person in people for language in person.languages})
    languages = {language: n for n, language in enumerate(spoken_here)}
    spoken = np.zeros((len(people) + 1, len(languages) + 1), dtype=np.int64)
    for number, person in enumerate(people):
        spoken[number, [languages[each] for each in person.languages]] = 1
    layout.table(b.SPEAKS, spoken)
    layout.table(
        b.LANGUAGE,
        [
            -1 if group.language is None else languages.get(group.language, len(languages))
            for group in problem.audiences
        ],
    )
    wishes = [[(it.start, it.end, it.weight) for it in person.wishes] for person in people]
    layout.lists(b.WISH_AT, wishes, b.WISH_FROM, b.WISH_TO, b.WISH_WEIGHT)
    past = [[(it.start, it.end) for it in diary.past] for diary in diaries]
    layout.lists(b.PAST_AT, past, b.PAST_FROM, b.PAST_TO)
    _lay_skills(layout, inserter, ledger, asked)
    _lay_diaries(layout, ledger, days)
    _lay_teams(layout, ledger)
    _lay_rest(layout, ledger)


def _or_none(limit: int | None) -> int:
    return -1 if limit is None else limit


def _lay_calendars(layout: Layout, ledger: Ledger) -> None:
    """People who have a calendar between them share its rows."""
    numbers: dict[int, int] = {}
    duties: list[Duty] = []
    calendars = []
    for diary in ledger.diaries:
        if id(diary.duty) not in numbers:
            numbers[id(diary.duty)] = len(duties)
            duties.append(diary.duty)
        calendars.append(numbers[id(diary.duty)])
    horizon = ledger.problem.horizon
    positions = np.zeros((len(duties), horizon + 1), dtype=np.int64)
    for row, duty in enumerate(duties):
        positions[row, : len(duty.positions)] = duty.positions
    layout.table(b.CALENDAR, calendars)
    layout.table(b.WORKED, np.array([duty.worked for duty in duties]).reshape(-1, horizon + 1))
    layout.table(b.POSITIONS, positions)
    layout.table(b.ON_DUTY, [len(duty.positions) for duty in duties])


def _lay_days(layout: Layout, ledger: Ledger) -> int:
    """The local days of each zone, their first one being 0; how many each has."""
    zones = ledger.zones
    days = min(len(zone.midnights) for zone in zones)
    layout.number(b.MIDNIGHTS, days)
    layout.number(b.WEEKS, days // 7 + 2)
    layout.table(b.ZONE, [person.zone for person in ledger.problem.people])
    layout.table(b.DAY_OF, np.array([zone.day_of for zone in zones]) - _firsts(ledger)[:, None])
    layout.table(b.MIDNIGHT, [zone.midnights[:days] for zone in zones])
    layout.table(b.WEEK_OFFSET, [(zone.first + zone.weekday) % 7 for zone in zones])
    return days


def _firsts(ledger: Ledger) -> b.Ints:
    return np.array([zone.first for zone in ledger.zones], dtype=np.int64)


def _lay_skills(layout: Layout, inserter: Inserter, ledger: Ledger, asked: Asked) -> None:
    """Until when people have what is asked for, and from when on they have earned it."""
    problem = inserter.problem
    until = np.full((len(problem.people) + 1, len(asked) + 1), -1, dtype=np.int64)
    earned = np.full_like(until, FAR)
    for index, person in enumerate(problem.people):
        for (skill, level), number in asked.items():
            for has in person.skills:
                if has.skill == skill and has.level >= level:
                    lasts = FAR if has.until is None else has.until
                    until[index, number] = max(until[index, number], lasts)
            for reached, moment in ledger.classes.earned.get((index, skill), ()):
                if reached >= level:
                    earned[index, number] = min(earned[index, number], moment)
    layout.table(b.UNTIL, until)
    layout.table(b.EARNED, earned)
    layout.table(b.ASKED_SKILL, [skill for skill, _ in asked] or [0])
    layout.table(b.ASKED_LEVEL, [level for _, level in asked] or [0])


def _lay_diaries(layout: Layout, ledger: Ledger, days: int) -> None:
    """What the past takes of days and weeks, and room for bookings."""
    diaries = ledger.diaries
    people, longest = len(diaries), 4 * days + 64
    for table in (b.BEGINS, b.ENDS, b.SITE, b.KIND, b.KEY):
        layout.room(table, people, longest)
    layout.room(b.ENTRIES, people)
    layout.table(b.LOAD, [diary.load for diary in diaries])
    layout.table(b.WISH_DAYS, [diary.wish_days() for diary in diaries])
    shape = (people + 1, days)
    by_day, paid, trained = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    by_week = np.zeros((people + 1, days // 7 + 2), dtype=np.int64)
    for row, diary in enumerate(diaries):
        zone = ledger.zones[diary.person.zone]
        for counts, known in (
            (by_day, diary.day_slots),
            (paid, diary.paid_day_slots),
            (trained, diary.class_slots),
        ):
            for day, slots in known.items():
                counts[row, day - zone.first] = slots
        for week, slots in diary.week_slots.items():
            by_week[row, week - zone.week(zone.first)] = slots
    layout.table(b.DAY_SLOTS, by_day)
    layout.table(b.PAID_SLOTS, paid)
    layout.table(b.TRAINED_SLOTS, trained)
    layout.table(b.WEEK_SLOTS, by_week)


def _lay_teams(layout: Layout, ledger: Ledger) -> None:
    """Own staff with the same skills, whose hours should be alike."""
    teams: defaultdict[int, list[int]] = defaultdict(list)
    for person, team in enumerate(ledger.running.group_of):
        if team >= 0:
            teams[team].append(person)
    members = [teams[team] for team in range(len(teams))]
    layout.number(b.TEAMS, len(members))
    layout.table(b.TEAM, ledger.running.group_of)
    layout.lists(b.TEAM_AT, members, b.TEAM_PEOPLE)
    loads = [sum(ledger.diaries[person].load for person in team) for team in members]
    layout.table(b.TEAM_LOAD, loads)
    layout.room(b.TEAM_ABOVE, len(members))
    layout.room(b.TEAM_STALE, len(members), fill=1)


def _lay_rest(layout: Layout, ledger: Ledger) -> None:
    """The spells of calendars that leave too little rest, and what the past has of them."""
    rests = [diary.rest for diary in ledger.diaries]
    numbers: dict[int, int] = {}
    spells: list[Spells] = []
    rested = []
    for rest in rests:
        if rest is not None and id(rest.spells) not in numbers:
            numbers[id(rest.spells)] = len(spells)
            spells.append(rest.spells)
        rested.append(-1 if rest is None else numbers[id(rest.spells)])
    layout.table(b.RESTED, rested)
    layout.table(b.SPELL_REST, [each.rest for each in spells])
    layout.table(b.SPELL_MOST, [each.most for each in spells])
    horizon = ledger.problem.horizon
    layout.table(b.SPELL_FIRST, np.array([it.first for it in spells]).reshape(-1, horizon))
    layout.table(b.SPELL_BEYOND, np.array([it.beyond for it in spells]).reshape(-1, horizon))
    past: list[list[tuple[int, int]]] = [[] if rest is None else rest.past for rest in rests]
    layout.lists(b.RESTED_AT, past, b.RESTED_FROM, b.RESTED_TO)
    stretches = 2 * (4 * len(ledger.zones[0].midnights) + 64) + max(map(len, past), default=0) + 4
    for table in (b.STRETCH_FROM, b.STRETCH_TO, b.STRETCH_OWN):
        layout.room(table, stretches)

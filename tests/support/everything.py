"""A small rollout document that has one of everything, to be read or to be spoiled."""

from __future__ import annotations

from typing import Any

from allocator.errors import Fault, InvalidDocument
from allocator.formats.document import problem_from_tree
from allocator.formats.text.tree import read_tree

ROLLOUT = """\
schema: rollout/1
name: Till system, spring
timezone: Europe/Ljubljana
currency: EUR
start: 2027-03-22                # a Monday; clocks go forward on Sunday the 28th
end: 2027-04-11
as_of: 2027-03-22T08:00
slot_minutes: 30
calendars:
  - id: office
    weekly: {mon: &day [08:00-12:00, 12:30-16:30], tue: *day, wed: *day, thu: *day, fri: *day}
    holidays: [2027-03-29]
  - id: floor
    weekly: {sat: [20:00-24:00], sun: [00:00-06:00]}
skills:
  - {id: till, name: Till}
  - {id: teach}
  - {id: superuser}
sites:
  - {id: lj, name: Ljubljana, calendar: office}
  - {id: ld, calendar: office, timezone: Europe/London}
travel:
  - {from: lj, to: ld, minutes: 100}
departments:
  - id: shop
    site: lj
    headcount: 40
    closed: [{from: 2027-03-31, to: 2027-03-31, reason: stocktaking}]
    release_limit: 0.29
    green_light: {status: granted, date: 2027-03-24}
  - {id: depot, site: ld, headcount: 10, green_light: {status: pending, date: 2027-04-01}}
vendors:
  - {id: acme, lead_days: 2, minimum_hours_per_day: 4}
people:
  - id: ana
    name: Ana Novak
    skills: [{skill: till, level: 4, until: 2027-04-02}, {skill: teach, level: 3}]
    languages: [sl, en]
    calendar: office
    site: lj
    absences: [{from: 2027-03-25, to: 2027-03-26}, {from: 2027-04-01T08:00, to: 2027-04-01T10:00}]
    limits: {hours_per_day: 8, hours_per_week: 40, class_hours_per_day: 6}
    cost_per_hour: 62.50
    wishes: [{avoid: {from: 2027-04-06, to: 2027-04-07}, weight: 2}]
  - {id: bor, skills: [{skill: till, level: 2}], site: lj, cost_per_hour: 0.29}
  - {id: cid, site: lj}
  - {id: dan, skills: [{skill: teach, level: 3}], languages: [en], site: ld, vendor: acme}
rooms:
  - {id: r1, site: lj, seats: 12, equipment: [pc], cost_per_hour: 15}
projects:
  - {id: pos, name: Tills, priority: 5, budget: 12000.5}
  - {id: aside}
waves:
  - {id: w1, project: pos, departments: [shop], go_live: 2027-03-29}
  - {id: w2, project: pos, departments: [depot], go_live: 2027-04-06}
tasks:
  - id: t-install
    project: pos
    crew: [{skill: till, level: 2, people: 2, hours: 16}, {skill: till, level: 3, hours: 8}]
    progress: {done_hours: 6}
  - id: t-config
    project: pos
    wave: w1
    department: shop
    site: lj
    crew: [{skill: till, hours: 4.5}]
    splittable: false
    after: [t-install, {task: t-old, type: SS, lag_hours: 8}]
    earliest: 2027-03-24
    due: 2027-03-26
    deadline: 2027-04-02
    change: true
    same_people_as: t-install
  - {id: t-old, project: aside, crew: [{skill: till, hours: 1}], progress: {finished: 2027-03-20}}
  - id: t-meet
    project: aside
    site: ld
    crew: [{skill: till, hours: 2}]
    priority: 1
    pin: {start: 2027-03-30T10:00, people: [ana]}
    different_people_from: t-old
courses:
  - {id: c-intro, project: pos, hours: 2, class_size: {max: 20}, virtual: true}
  - id: c-basic
    project: pos
    hours: 4
    trainers: [{skill: teach, level: 3}]
    class_size: {min: 4, max: 12}
    room: {equipment: [pc]}
    after: [c-intro]
    materials: t-config
    window: {open_days_before_go_live: 7, close_days_before_go_live: 2}
    grants: {skill: superuser, level: 1}
audiences:
  - id: clerks
    department: shop
    headcount: 30
    language: sl
    courses: [c-intro, c-basic]
    trained: [{course: c-intro, heads: 12, on: 2027-03-20}]
  - {id: seniors, department: shop, members: [bor, cid], courses: [c-basic]}
  - {id: depot-clerks, department: depot, headcount: 9, calendar: floor}
support:
  - id: s1
    wave: w1
    skill: superuser
    level: 1
    hours: 08:00-16:00
    curve: [{days: 1-2, users_per_supporter: 15}, {days: 4, users_per_supporter: 40}]
freezes:
  - {from: 2027-04-05, to: 2027-04-06, departments: [depot], reason: quarter close}
  - {from: 2027-04-08, to: 2027-04-08}
goals: {preset: calm, prices: {lateness: 40, finish: forbidden}}
"""

PER_DAY = 48
"""Slots of half an hour in a day."""


def tree() -> Any:
    """A fresh tree of the document, free to be changed."""
    return read_tree(ROLLOUT.encode())


def at(day: int, hour: float) -> int:
    """Slot of a time of day in the rollout's zone, before the clocks go forward on day 6."""
    return day * PER_DAY + round(hour * 2)


def after_change(day: int, hour: float) -> int:
    """As `at`, for days 7 and later: day 6 has an hour less."""
    return at(day, hour) - 2


def faults(spoiled: object) -> tuple[Fault, ...]:
    """The faults of a tree that has some."""
    try:
        problem_from_tree(spoiled)
    except InvalidDocument as error:
        return error.faults
    raise AssertionError("the document has no faults")


def found(spoiled: object) -> set[tuple[str, str]]:
    """Path and code of each fault of a tree."""
    return {(fault.path, fault.code) for fault in faults(spoiled)}

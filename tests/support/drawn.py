"""Small rollouts drawn at random, in which every coupling rule is likely to bind."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from allocator.formats.document import problem_from_tree
from allocator.plan import Plan
from allocator.problem import Problem, Published

Tree = dict[str, Any]

WEEK = ("mon", "tue", "wed", "thu", "fri")
CALENDARS: list[Tree] = [
    {"id": "office", "weekly": {day: ["08:00-12:00", "13:00-17:00"] for day in WEEK}},
    {"id": "long", "weekly": {day: ["07:00-18:00"] for day in (*WEEK, "sat")}},
    {
        "id": "part",
        "weekly": {day: ["08:00-12:00"] for day in WEEK[:3]},
        "holidays": ["2027-01-20"],
    },
]
SITES: list[Tree] = [
    {"id": "lj", "name": "Ljubljana", "calendar": "office"},
    {"id": "mb", "name": "Maribor", "calendar": "long"},
    {"id": "ln", "name": "London", "calendar": "office", "timezone": "Europe/London"},
]
SKILLS = ("sap", "data", "teach", "super")
LEARNERS = ("lea", "leo", "liv")


def draw(seed: int) -> Problem:
    """A rollout of four weeks with some tasks, courses, named learners and support."""
    rng = random.Random(seed)
    return problem_from_tree(tree(rng))


def tree(rng: random.Random) -> Tree:
    """The document of such a rollout."""
    slot = rng.choice((30, 60))
    return {
        "schema": "rollout/1",
        "name": "Drawn",
        "timezone": "Europe/Ljubljana",
        "currency": "EUR",
        "start": "2027-01-11",
        "end": "2027-02-07",
        "as_of": rng.choice(("2027-01-11T00:00", "2027-01-12T10:00")),
        "slot_minutes": slot,
        "calendars": CALENDARS,
        "skills": [{"id": skill, "name": skill} for skill in SKILLS],
        "sites": SITES,
        "travel": [
            {"from": "lj", "to": "mb", "minutes": 90},
            {"from": "lj", "to": "ln", "minutes": 240},
            {"from": "mb", "to": "ln", "minutes": 300},
        ],
        "departments": [_department(rng, "finance", "lj"), _department(rng, "store", "mb")],
        "vendors": [{"id": "acme", "name": "Acme", "lead_days": 2, "minimum_hours_per_day": 4}],
        "people": [_person(rng, f"p{number}") for number in range(rng.randint(4, 8))]
        + [_learner(rng, name) for name in LEARNERS],
        "rooms": [
            {"id": "r1", "site": "lj", "seats": rng.choice((4, 6)), "cost_per_hour": 12},
            {"id": "r2", "site": "lj", "seats": 3, "equipment": ["pc"], "calendar": "long"},
            {"id": "r3", "site": "mb", "seats": 6, "equipment": ["pc"], "cost_per_hour": 20},
        ],
        "projects": [
            {
                "id": "erp",
                "name": "ERP",
                "priority": 4,
                **({"budget": rng.choice((6000, 12000))} if rng.random() < 0.4 else {}),
            }
        ],
        "waves": [
            {"id": "w1", "project": "erp", "departments": ["finance"], "go_live": "2027-01-27"},
            {"id": "w2", "project": "erp", "departments": ["store"], "go_live": "2027-02-01"},
        ],
        "tasks": _tasks(rng),
        "courses": _courses(rng),
        "audiences": _audiences(rng),
        "support": [
            {
                "id": f"s-{wave}",
                "wave": wave,
                "skill": "super",
                "level": 1,
                "hours": rng.choice(("08:00-16:00", "09:00-12:00")),
                "curve": [{"days": "1-3", "users_per_supporter": rng.choice((6, 12))}],
            }
            for wave in ("w1", "w2")
        ],
        "freezes": [{"from": "2027-01-21", "to": "2027-01-21", "departments": ["store"]}],
        "goals": {
            "preset": rng.choice(("balanced", "on-time", "cheapest", "calm", "fair")),
            "prices": {"finish": rng.choice((0, 1))},
        },
    }


def _department(rng: random.Random, name: str, site: str) -> Tree:
    found: Tree = {"id": name, "site": site, "headcount": rng.randint(8, 16)}
    if rng.random() < 0.5:
        found["closed"] = [{"from": "2027-01-19", "to": "2027-01-19"}]
    if rng.random() < 0.7:
        found["release_limit"] = rng.choice((0.1, 0.3, 0.5))
    if rng.random() < 0.6:
        status = rng.choice(("granted", "pending", "refused"))
        found["green_light"] = {"status": status, "date": "2027-01-14"}
    return found


def _person(rng: random.Random, name: str) -> Tree:
    skills = rng.sample(SKILLS, rng.randint(1, 3))
    found: Tree = {
        "id": name,
        "name": name,
        "skills": [
            {
                "skill": skill,
                "level": rng.randint(1, 4),
                **({"until": "2027-01-22"} if rng.random() < 0.2 else {}),
            }
            for skill in skills
        ],
        "languages": rng.choice((["sl"], ["sl", "en"])),
        "calendar": rng.choice(("office", "long", "part")),
        "site": rng.choice(("lj", "mb", "ln")),
        "cost_per_hour": rng.choice((40, 55, 90)),
    }
    if rng.random() < 0.5:
        found["limits"] = {
            "hours_per_day": rng.choice((6, 8)),
            "hours_per_week": rng.choice((20, 40)),
            "class_hours_per_day": rng.choice((2, 4)),
        }
    if rng.random() < 0.3:
        found["vendor"] = "acme"
    if rng.random() < 0.4:
        found["absences"] = [{"from": "2027-01-18", "to": "2027-01-19"}]
    if rng.random() < 0.4:
        found["wishes"] = [{"avoid": {"from": "2027-01-25", "to": "2027-01-26"}, "weight": 2}]
    return found


def _learner(rng: random.Random, name: str) -> Tree:
    return {
        "id": name,
        "name": name,
        "languages": ["sl"],
        "calendar": rng.choice(("office", "long")),
        "site": "lj",
        "cost_per_hour": 35,
        **({"limits": {"hours_per_week": 18}} if rng.random() < 0.5 else {}),
    }


def _tasks(rng: random.Random) -> list[Tree]:
    found: list[Tree] = []
    for number in range(rng.randint(4, 10)):
        task: Tree = {
            "id": f"t{number}",
            "project": "erp",
            "crew": [
                {
                    "skill": skill,
                    "level": rng.randint(1, 2),
                    "people": rng.choice((1, 1, 2)),
                    "hours": rng.choice((2, 4, 10, 22)),
                }
                for skill in rng.sample(("sap", "data"), rng.randint(1, 2))
            ],
            "priority": rng.randint(1, 5),
        }
        if rng.random() < 0.3:
            task["splittable"] = False
            for line in task["crew"]:
                line["hours"] = rng.choice((2, 4, 6))
        if rng.random() < 0.5:
            task["site"] = rng.choice(("lj", "mb", "ln"))
        if rng.random() < 0.3:
            task |= {"department": rng.choice(("finance", "store")), "change": True}
        if rng.random() < 0.6:
            task["due"] = f"2027-01-{rng.randint(13, 29)}"
        if rng.random() < 0.3:
            task["deadline"] = f"2027-01-{rng.randint(15, 31)}"
        if number:
            task["after"] = [
                {
                    "task": f"t{before}",
                    "type": rng.choice(("FS", "FS", "SS", "FF", "SF")),
                    "lag_hours": rng.choice((0, 0, 5, 24, -6, -30)),
                }
                for before in rng.sample(range(number), min(number, rng.choice((0, 1, 2))))
            ]
            if rng.random() < 0.2:
                task["different_people_from"] = f"t{rng.randrange(number)}"
            elif rng.random() < 0.2:
                task["same_people_as"] = f"t{rng.randrange(number)}"
        if rng.random() < 0.1:
            task["pin"] = {"start": "2027-01-20T08:00"}
        elif rng.random() < 0.1:
            task["pin"] = {"people": ["p0"]}
        elif rng.random() < 0.1:
            task["progress"] = {"finished": "2027-01-11"}
        found.append(task)
    return found


def _courses(rng: random.Random) -> list[Tree]:
    teach = {"skill": "teach", "level": 1, "people": 1}
    window = {"open_days_before_go_live": 14, "close_days_before_go_live": rng.choice((0, 1, 2))}
    intro: Tree = {
        "id": "c-intro",
        "project": "erp",
        "hours": 2,
        "trainers": [teach],
        "class_size": {"min": 2, "max": 8},
        "virtual": True,
        "window": window,
    }
    basic: Tree = {
        "id": "c-basic",
        "project": "erp",
        "hours": rng.choice((3, 4, 6)),
        "trainers": [teach | {"people": rng.choice((1, 1, 2))}],
        "class_size": {"min": 3, "max": 6},
        "room": rng.choice(({}, {"equipment": ["pc"]})),
        "after": ["c-intro"],
        "window": window,
    }
    super_: Tree = {
        "id": "c-super",
        "project": "erp",
        "hours": 2,
        "trainers": [teach],
        "class_size": {"min": 2, "max": 4},
        "room": {},
        "after": ["c-basic"],
        "grants": {"skill": "super", "level": 2},
    }
    if rng.random() < 0.6:
        basic["materials"] = "t0"
    return [intro, basic, super_]


def _audiences(rng: random.Random) -> list[Tree]:
    found: list[Tree] = [
        {
            "id": f"a{number}",
            "department": rng.choice(("finance", "store")),
            "headcount": rng.randint(2, 10),
            "language": rng.choice(("sl", "sl", "en")),
            "calendar": rng.choice(("office", "long")),
            "courses": ["c-intro", "c-basic"],
        }
        for number in range(rng.randint(1, 3))
    ]
    if rng.random() < 0.3:
        found[0]["trained"] = [{"course": "c-intro", "heads": 2, "on": "2027-01-11"}]
    found.append(
        {
            "id": "supers",
            "department": "finance",
            "language": "sl",
            "calendar": "office",
            "courses": ["c-intro", "c-basic", "c-super"],
            "members": list(LEARNERS),
        }
    )
    return found


def with_published(problem: Problem, plan: Plan, days: int) -> Problem:
    """The same rollout after a plan was published, its first days frozen."""
    frozen_until = days * 24 * problem.axis.slots_per_hour
    return replace(problem, published=Published(plan, frozen_until))

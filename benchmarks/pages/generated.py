"""A plan of any size, booked by hand instead of solved: for pages and their figures.

Nobody is in two places at once and everybody keeps office hours, but no rule beyond that is kept.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from service.store.plans import Found

Tree = dict[str, Any]

WEEKS = 12
START = date(2027, 1, 4)
FIRST = ["Ana", "Bor", "Cene", "Dora", "Eva", "Filip", "Gita", "Hana", "Ivan", "Jana", "Mira"]
LAST = ["Novak", "Horvat", "Kos", "Zupan", "Krajnc", "Vidmar", "Golob", "Nagy", "Patel", "Weber"]
WORK = [
    "Configure workplaces",
    "Bring over data",
    "Test interfaces",
    "Install devices",
    "Check permissions",
    "Write the manual",
    "Set up printing",
    "Prepare cut-over",
    "Review the process",
    "Train the key users",
]
HOURS = ["08:00-12:00", "13:00-17:00"]
LENGTHS = (2, 4, 8, 16, 24)
"""Hours of a booking: half of the days or a few whole ones."""


def generated(people: int, bookings: int, seed: int = 1) -> tuple[Tree, Found]:
    """A rollout of twelve weeks and a plan of it with so many bookings of people."""
    rng = random.Random(f"{people} {bookings} {seed}")
    projects = [f"p{number}" for number in range(12)]
    departments = [f"d{number}" for number in range(24)]
    tasks: list[Tree] = []
    booked: list[Tree] = []
    late: list[Tree] = []
    all_bookings = list(_bookings(rng, people, bookings))
    rng.shuffle(all_bookings)
    for number, (person, start, end, hours) in enumerate(all_bookings):
        id_ = f"t{number}"
        due = date.fromisoformat(end[:10]) - timedelta(days=rng.randrange(1, 5))
        is_late = number % 40 == 0
        tasks.append(
            {
                "id": id_,
                "name": WORK[number % len(WORK)],
                "project": rng.choice(projects),
                "department": rng.choice(departments),
                "crew": [{"skill": "general", "level": 1, "people": 1, "hours": hours}],
                "change": number % 3 == 0,
            }
            | ({"due": due.isoformat()} if is_late else {})
        )
        seat = {"seat": 0, "person": person, "start": start, "end": end, "hours": hours}
        booked.append({"task": id_, "start": start, "end": end, "crew": [seat]})
        if is_late:
            cause = f"its crew ({person}) has other work before {start}"
            late.append({"task": id_, "end": end, "hours": 24.0, "cause": cause})
    left_open = [
        {"kind": "task", "id": f"open{number}", "seat": 0, "hours": 16, "reason": "nobody is free"}
        for number in range(people // 20)
    ]
    for entry in left_open:
        line = {"skill": "general", "level": 1, "people": 1, "hours": 16}
        tasks.append({"id": entry["id"], "project": rng.choice(projects), "crew": [line]})
    names = [f"{FIRST[it % 11]} {LAST[it * 7 % 10]} {it}" for it in range(people)]
    rollout: Tree = {
        "schema": "rollout/1",
        "name": f"Generated, {people} people",
        "timezone": "Europe/Ljubljana",
        "currency": "EUR",
        "start": START.isoformat(),
        "end": (START + timedelta(weeks=WEEKS, days=-3)).isoformat(),
        "slot_minutes": 30,
        "calendars": [
            {
                "id": "office",
                "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
            }
        ],
        "skills": [{"id": "general", "name": "General"}],
        "sites": [{"id": f"s{it}", "name": f"Site {it}", "calendar": "office"} for it in range(6)],
        "departments": [
            {"id": it, "name": f"Department {it[1:]}", "site": "s0", "headcount": 40}
            for it in departments
        ],
        "people": [
            {
                "id": f"n{number}",
                "name": name,
                "skills": [{"skill": "general", "level": 2}],
                "site": f"s{number % 6}",
                "cost_per_hour": 60,
            }
            for number, name in enumerate(names)
        ],
        "projects": [{"id": it, "name": f"Project {it[1:]}"} for it in projects],
        "tasks": tasks,
    }
    document: Tree = {
        "schema": "plan/1",
        "rollout": {"name": rollout["name"], "sha256": "0" * 64},
        "created": "2027-01-04T02:00:00Z",
        "solver": {"version": "0", "seed": 1, "seconds": 1.0, "workers": 1},
        "outcome": "feasible",
        "score": {"total": 1000, "bound": 900, "gap": 0.1, "terms": []},
        "tasks": booked,
        "sessions": [],
        "support": [],
        "assumptions": [],
        "open": left_open,
        "violations": [],
    }
    return rollout, Found(document, {"late": late, "load": []})


def _bookings(
    rng: random.Random, people: int, bookings: int
) -> Iterator[tuple[str, str, str, int]]:
    """(person, start, end, hours), one person after the other, each with a part of the bookings."""
    for number in range(people):
        mine = bookings * (number + 1) // people - bookings * number // people
        free = WEEKS * 5 * 2  # half days
        lengths = [rng.choice(LENGTHS) for _ in range(mine)]
        halves = [max(1, it // 4) for it in lengths]
        while sum(halves) > free:
            at = halves.index(max(halves))
            halves[at], lengths[at] = 1, 4
        gaps = sorted(rng.randrange(free - sum(halves) + 1) for _ in range(mine))
        used = 0
        for gap, half, hours in zip(gaps, halves, lengths, strict=True):
            first = gap + used
            used += half
            yield f"n{number}", _moment(first), _end(first, half, hours), hours


def _moment(half: int) -> str:
    return f"{_day(half)}T{'13' if half % 2 else '08'}:00"


def _end(first: int, halves: int, hours: int) -> str:
    last = first + halves - 1
    begins = 13 if last % 2 else 8
    return f"{_day(last)}T{begins + (hours - 1) % 4 + 1:02}:00"


def _day(half: int) -> str:
    return (START + timedelta(weeks=half // 10, days=half % 10 // 2)).isoformat()

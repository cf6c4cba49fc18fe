"""Three days in which hardly anything fits, with something of every rule, drawn at random."""

from __future__ import annotations

import random
from typing import Any

from tests.support.small import (
    LJ,
    MB,
    W1,
    audience,
    course,
    department,
    person,
    room,
    support,
    task,
)


def tight_parts(dice: random.Random) -> dict[str, Any]:
    """Three days with a few people, tasks, classes and shifts, and something of every rule."""

    def some(value: Any, share: float = 0.4) -> Any:
        return value if dice.random() < share else None

    def given(**fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if value is not None}

    dates = ["2027-01-11", "2027-01-12", "2027-01-13"]
    sites = ["lj", "mb"]
    people = []
    for name in ("ana", "bor", "cene"):
        skills = [
            {"skill": skill, "level": dice.randint(2, 4)}
            | given(until=some(dice.choice(dates), 0.2))
            for skill in ("sap", "teach")
            if dice.random() < 0.8
        ]
        away = dice.choice(dates)
        limits = given(
            hours_per_day=some(dice.randint(4, 8)),
            hours_per_week=some(dice.randint(8, 20)),
            class_hours_per_day=some(dice.randint(2, 6)),
        )
        people.append(
            person(
                name,
                skills=skills,
                site=dice.choice(sites),
                languages=dice.choice([["sl"], ["sl", "hu"]]),
                limits=limits,
                **given(
                    absences=some([{"from": away, "to": away}], 0.3),
                    vendor=some("acme", 0.2),
                ),
            )
        )
    tasks: list[dict[str, Any]] = []
    for number in range(4):
        earlier = [it["id"] for it in tasks]
        link = {"type": dice.choice(["FS", "SS", "FF", "SF"]), "lag_hours": dice.randint(0, 4)}
        tasks.append(
            task(
                f"t-{number}",
                hours=dice.randint(1, 12),
                people=dice.choice([1, 1, 2]),
                splittable=dice.random() < 0.7,
                **given(
                    after=some([{"task": dice.choice(earlier), **link}]) if earlier else None,
                    different_people_from=some(dice.choice(earlier), 0.2) if earlier else None,
                    same_people_as=some(dice.choice(earlier), 0.2) if earlier else None,
                    deadline=some(dice.choice(dates)),
                    earliest=some(dice.choice(dates), 0.2),
                    site=some(dice.choice(sites)),
                    change=some(True, 0.3),
                    department="finance",
                ),
            )
        )
    closed = dice.choice(dates)
    return dict(  # noqa: C408
        end="2027-01-13",
        sites=[LJ, MB],
        travel=[{"from": "lj", "to": "mb", "minutes": 120}],
        vendors=[{"id": "acme", "lead_days": dice.randint(0, 2), "minimum_hours_per_day": 4}],
        departments=[
            department(
                headcount=8,
                release_limit=dice.choice([0.2, 0.5, 1]),
                **given(
                    closed=some([{"from": closed, "to": closed}], 0.3),
                    green_light=some({"status": "granted", "date": dice.choice(dates)}),
                ),
            )
        ],
        people=people,
        rooms=[room(seats=dice.randint(2, 5), equipment=["pc"] if dice.random() < 0.8 else [])],
        projects=[{"id": "erp"} | given(budget=some(dice.randint(300, 2500), 0.5))],
        waves=[W1 | {"go_live": "2027-01-12"}],
        tasks=tasks,
        courses=[
            course("c-intro", class_size={"min": 2, "max": 4}),
            course(
                class_size={"min": 2, "max": 4},
                room={"equipment": ["pc"]},
                **given(after=some(["c-intro"]), materials=some("t-0")),
            ),
        ],
        audiences=[
            audience(
                headcount=5, courses=["c-intro", "c-basic"], language=dice.choice(["sl", "hu"])
            ),
            audience("key", members=["cene"], courses=["c-basic"]),
        ],
        support=[support(curve=[{"days": "1", "users_per_supporter": 4}])],
    )

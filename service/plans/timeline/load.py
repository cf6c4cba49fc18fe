"""How busy people and skills are, week by week, as a page shows it: the scarcest skill first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from allocator.plan import Plan
from allocator.problem import Problem
from allocator.views.demand import skill_demands
from allocator.views.load import WeekLoad, person_loads, skill_loads


def load_document(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Weeks by their Monday, and for each person and skill [booked, available] hours a week.

    A week is null where nobody is on duty. Skills are those that some work asks for; what is booked
    of their people counts whatever the work is. `demand` is what asks for just this skill, planned
    by week; `open` is what nobody is booked for, in hours.
    """
    people, skills = person_loads(problem, plan), skill_loads(problem, plan)
    demands = skill_demands(problem, plan)
    mondays = sorted({it.monday for weeks in people for it in weeks})
    return {
        "weeks": [problem.axis.date(it).isoformat() for it in mondays],
        "people": [
            {"id": person.id, "weeks": _hours(problem, weeks, mondays)}
            for person, weeks in zip(problem.people, people, strict=True)
        ],
        "skills": [
            {
                "id": problem.skills[load.skill],
                "people": len(load.people),
                "weeks": _hours(problem, load.weeks, mondays),
                "demand": [
                    float(problem.axis.hours(demands[load.skill].weeks[monday]))
                    for monday in mondays
                ],
                "open": float(problem.axis.hours(demands[load.skill].open)),
            }
            for load in skills
        ],
    }


def _hours(
    problem: Problem, weeks: Iterable[WeekLoad], mondays: Sequence[int]
) -> list[list[float] | None]:
    by_monday = {it.monday: it for it in weeks}
    return [
        None
        if (week := by_monday.get(monday)) is None
        else [float(problem.axis.hours(it)) for it in (week.booked, week.available)]
        for monday in mondays
    ]

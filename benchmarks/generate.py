"""Rollout documents of a size: invented, whole, and the same for the same size and seed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from allocator.formats.text.tree import dump_json, dump_yaml, sha256
from benchmarks.rollouts import people, places, tasks, training
from benchmarks.rollouts.draft import Draft, Tree, day
from benchmarks.rollouts.names import Names
from benchmarks.rollouts.sizes import SIZES, Size

__all__ = ["SIZES", "rollout", "write"]

SKILLS = {
    "infrastructure": "Infrastructure and workplaces",
    "application": "Application operations",
    "data": "Data migration",
    "integration": "Interfaces",
    "testing": "Tests",
    "materials": "Training materials",
    "process": "Processes and change",
    "superuser": "Floor support",
}

HOURLY = 62
"""What an hour of a task, a class or a shift costs at most on average, with rooms."""

SPARE = 1.35
"""Budgets are this much above a plain estimate."""


def write(size: str, seed: int, out: Path) -> None:
    """Write the rollout of a size and seed, as YAML or, by the ending, as JSON."""
    tree = rollout(SIZES[size], seed)
    text = dump_json(tree, indent=None) if out.suffix == ".json" else dump_yaml(tree)
    out.write_text(text, encoding="utf-8")


def rollout(size: Size, seed: int) -> Tree:
    """The document of a rollout of a size."""
    rng = random.Random(f"{size.name} {seed}")
    start = date(2027, 1, 4) + timedelta(weeks=rng.randrange(4))
    waves = places.waves(size, start, rng)
    draft = Draft(size, rng, start, Names(rng), places.sites(size), waves)
    superusers, trainers = people.superusers(draft), people.trainers(draft)
    staff = people.staff(draft)
    chair = next(each for each in staff if each["skills"][0] == {"skill": "process", "level": 5})
    all_tasks = tasks.tasks(draft, chair["id"])
    tree: Tree = {
        "schema": "rollout/1",
        "name": f"{size.programmes[0].name} rollout, {size.name} {seed}",
        "timezone": size.region.zone,
        "currency": "EUR",
        "start": day(start),
        "end": day(draft.end),
        "as_of": f"{day(start)}T08:00",
        "slot_minutes": 30,
        "calendars": places.calendars(),
        "skills": _skills(draft),
        "sites": list(draft.sites),
        "travel": places.travel(draft),
        "departments": places.departments(draft),
        "vendors": people.vendors(draft),
        "people": [*superusers, *trainers, *staff],
        "rooms": places.rooms(draft),
        "projects": [
            {
                "id": programme.id,
                "name": programme.name,
                "priority": 4 if number == 0 else 3,
                "budget": _budget(draft, programme.id, all_tasks),
            }
            for number, programme in enumerate(size.programmes)
        ],
        "waves": [
            {
                "id": wave.id,
                "name": f"{wave.programme.name}, wave {wave.number}",
                "project": wave.programme.id,
                "departments": [department.id for department in wave.departments],
                "go_live": day(wave.go_live),
            }
            for wave in waves
        ],
        "tasks": all_tasks,
        "courses": training.courses(draft),
        "audiences": training.audiences(draft),
        "support": training.support(draft),
        "freezes": places.freezes(draft),
        "goals": {"preset": "balanced", "prices": {"lateness": 40}},
    }
    tree["published"] = _published(tree, draft, staff)
    return tree


def _skills(draft: Draft) -> list[Tree]:
    named = dict(SKILLS)
    for programme in draft.size.programmes:
        for module, name in programme.modules:
            named[f"configure-{module}"] = f"{name}: configuration"
            named[f"teach-{module}"] = f"{name}: trainer"
    return [{"id": id_, "name": name} for id_, name in named.items()]


def _budget(draft: Draft, project: str, all_tasks: list[Tree]) -> int:
    """Enough for all tasks, classes and shifts of a project, rounded up to thousands."""
    work: int = sum(
        line["people"] * line["hours"]
        for task in all_tasks
        if task["project"] == project
        for line in task["crew"]
    )
    heads = sum(p.learners for p in draft.size.programmes if p.id == project)
    classes = heads * (2 / 20 + 4 / 12 + 4 / 10) * 1.5
    shifts = heads * 8 * (5 / 15 + 5 / 40)
    estimate: float = SPARE * HOURLY * (work + classes + shifts)
    return 1_000 * ceil(estimate / 1_000)


def _published(tree: Tree, draft: Draft, staff: list[Tree]) -> Tree:
    """Last week's plan: the first wave's technical base begins on the first Tuesday."""
    begins, ends = draft.start + timedelta(days=1), draft.start + timedelta(days=4)
    span: dict[str, Any] = {"start": f"{day(begins)}T08:00", "end": f"{day(ends)}T12:00"}
    free = [
        person["id"]
        for person in staff
        if person["skills"][0]["skill"] == "infrastructure" and person["calendar"] == "office"
        if "vendor" not in person
    ]
    booked = []
    for task in tree["tasks"]:
        if task["id"].startswith("t-infra-") and task.get("wave") == draft.waves[0].id:
            line = task["crew"][0]
            crew, free = free[: line["people"]], free[line["people"] :]
            if len(crew) == line["people"]:
                seats = [
                    {"seat": 0, "person": person, **span, "hours": line["hours"]} for person in crew
                ]
                booked.append({"task": task["id"], **span, "crew": seats})
    plan = {
        "schema": "plan/1",
        "rollout": {"name": tree["name"], "sha256": sha256(tree)},
        "created": f"{day(draft.start - timedelta(days=3))}T02:10:00Z",
        "outcome": "feasible",
        "tasks": booked,
    }
    return {"plan": plan, "frozen_until": day(draft.start + timedelta(days=10))}

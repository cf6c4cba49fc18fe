"""What more of something is worth: people by skill, budgets, rooms, seats, days of a window.

People come in the order of their price at the margin of the energy programme, which only ranks.
What a step is worth is measured: the rollout is solved with it and alike without it. The bounds of
both solves say between which values the truth lies.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from allocator.facts.work import asked_skills
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import base_from_tree, plan_from_tree, plan_tree
from allocator.formats.rollout.relative import absolute
from allocator.problem import Problem
from service.edits.base import Edit
from service.edits.changes import Budget, OneMore
from service.edits.scope import OneMoreRoom, Seats
from service.edits.times import Window
from service.planning import within_budget
from service.repairs.levers import fresh
from service.repairs.measure import Solved, plain_edits, solved
from service.repairs.search import edited, there
from solver.bounds.energy import hour_prices
from solver.candidates.candidates import Candidates
from solver.settings import Settings, Stop
from solver.stopping import never

Tree = dict[str, Any]

Known = Literal["worth", "nothing", "measured"]
"""Proved to be worth something, proved to be worth nothing, or only measured."""

LEAST = Fraction(1, 200)
"""What differs by less is the same."""

MOST_SKILLS, MOST_OTHERS = 5, 4
"""So many skills are tried, and so many of each other resource."""

RANKING_SHARE = 0.1
"""So much of the time is for the ranking at the most."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Worth:
    """How long it may take, and what the plan was made for."""

    seconds: float = 120.0
    seed: int = 1
    preset: str | None = None
    most_people: int | None = None


@dataclass(frozen=True)
class Resource:
    """Something that there could be more of, by ever larger steps."""

    kind: Literal["person", "budget", "room", "seats", "window"]
    id: str
    steps: tuple[list[Edit], ...]
    hour: float | None = None
    """Of people with a skill: the price of an hour at the margin of a relaxation."""


def worth_document(
    tree: Tree,
    document: Mapping[str, Any],
    asking: Worth,
    tell: Tell | None = None,
    stop: Stop = never,
) -> Tree:
    """Each resource with the smallest step tried that changes anything, the dearest first."""
    begun, tree = time.monotonic(), absolute(tree)
    problem = within_budget(problem_from_tree(tree, asking.preset), asking.most_people)
    plan = plan_from_tree(document, problem)
    say = tell or (lambda _: None)
    say("rank:0:0")
    found = list(resources(tree, problem, RANKING_SHARE * asking.seconds))
    solves = 1 + sum(len(it.steps) for it in found)
    seconds = max(0.5, (begun + asking.seconds - time.monotonic()) / solves)
    settings = Settings(seconds=seconds, workers=1, seed=asking.seed)
    booked = plan_tree(problem, plan)

    def solve(edits: list[Edit]) -> Solved | None:
        made = edited(tree, edits)
        assert made is not None  # they are made of what is there
        changed = within_budget(problem_from_tree(made, asking.preset), asking.most_people)
        base = there(base_from_tree(booked, changed))
        return solved(changed, made, settings, stop, base, None, None)

    say(f"solve:0:{solves}")
    control = solve([])
    rows: list[Tree] = []
    number = 0
    for it in found if control is not None else ():
        row: Tree | None = None
        for edits in it.steps:
            number += 1
            say(f"solve:{number}:{solves}")
            after = None if stop() else solve(edits)
            if after is None or control is None:
                break
            row = _row(it, edits, control, after)
            if row["value"] > float(LEAST):
                break
        if row is not None:
            rows.append(row)
    rows.sort(key=lambda it: -it["value"])
    total = None if control is None else float(control.total)
    return {"total": total, "seconds": round(seconds, 1), "resources": rows}


def _row(it: Resource, edits: list[Edit], control: Solved, after: Solved) -> Tree:
    value, low, high = (
        control.total - after.total,
        control.bound - after.total,
        control.total - after.bound,
    )
    known: Known = "worth" if low > LEAST else "nothing" if high <= LEAST else "measured"
    return {
        "kind": it.kind,
        "id": it.id,
        "hour": None if it.hour is None else round(it.hour, 2),
        "edits": plain_edits(edits),
        "value": round(float(value), 2),
        "low": round(float(low), 2),
        "high": round(float(high), 2),
        "known": known,
        "open": after.open - control.open,
        "late": after.late - control.late,
    }


def resources(tree: Tree, problem: Problem, seconds: float) -> Iterator[Resource]:
    """What there could be more of, people with the dearest hours first."""
    yield from _people(tree, problem, seconds)
    for project in [it for it in tree.get("projects", ()) if it.get("budget") is not None][
        :MOST_OTHERS
    ]:
        amount = float(project["budget"])
        steps = [amount * share for share in (1.01, 1.1)] + [None]
        made: list[list[Edit]] = [
            [Budget(edit="budget", project=project["id"], budget=it)] for it in steps
        ]
        yield Resource("budget", project["id"], tuple(made))
    taken = {it for audience in tree.get("audiences", ()) for it in audience.get("courses") or ()}
    courses = [it for it in tree.get("courses", ()) if it["id"] in taken]
    if any(not it.get("virtual") for it in courses):
        yield from _rooms(tree)
    for course in [it for it in courses if it.get("window")][:MOST_OTHERS]:
        yield Resource("window", course["id"], tuple(_opened(course, it) for it in (1, 7)))


def _people(tree: Tree, problem: Problem, seconds: float) -> Iterator[Resource]:
    by_person: dict[int, float] = {}
    for (person, _), price in hour_prices(Candidates(problem), seconds).items():
        by_person[person] = max(price, by_person.get(person, 0.0))
    asked = {skill for skill, _, _ in asked_skills(tree)}
    dearest: dict[int, tuple[float, int]] = {}
    for number, who in enumerate(problem.people):
        for mine in who.skills:
            price = by_person.get(number, 0.0)
            if (
                problem.skills[mine.skill] in asked
                and price > dearest.get(mine.skill, (-1.0, 0))[0]
            ):
                dearest[mine.skill] = price, number
    everyone = [it["id"] for it in tree.get("people", ())]
    ranked = sorted(dearest.items(), key=lambda it: -it[1][0])[:MOST_SKILLS]
    for skill, (price, number) in ranked:
        like = problem.people[number].id
        more: list[Edit] = [OneMore(edit="one_more", like=like, id=fresh(everyone, like, 0))]
        yield Resource("person", problem.skills[skill], (more,), price)


def _rooms(tree: Tree) -> Iterator[Resource]:
    rooms = tree.get("rooms", ())
    taken = [it["id"] for it in rooms]
    for site in list(dict.fromkeys(it["site"] for it in rooms))[:MOST_OTHERS]:
        largest = max((it for it in rooms if it["site"] == site), key=lambda it: int(it["seats"]))
        id_, seats = str(largest["id"]), int(largest["seats"])
        more: list[Edit] = [OneMoreRoom(edit="one_more_room", room=id_, id=fresh(taken, id_, 0))]
        yield Resource("room", site, (more,))
        steps: list[list[Edit]] = [
            [Seats(edit="seats", room=id_, seats=seats + it)] for it in (1, 4)
        ]
        yield Resource("seats", id_, tuple(steps))


def _opened(course: Tree, days: int) -> list[Edit]:
    window = course["window"]
    return [
        Window(
            edit="window",
            course=course["id"],
            open_days_before_go_live=window["open_days_before_go_live"] + days,
            close_days_before_go_live=window["close_days_before_go_live"],
        )
    ]

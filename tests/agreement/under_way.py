"""Rollouts that are under way: a plan was published, some of it is done, and now is later."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from hypothesis import strategies as st

from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_tree
from allocator.plan import Plan
from allocator.problem import Problem
from tests.agreement.fixing import any_plan
from tests.support.strategies import RANDOM, trees

Tree = dict[str, Any]


@st.composite
def under_way(draw: st.DrawFn, *, tiny: bool = False) -> Problem:
    """A drawn rollout after a plan of it was published and reported on in part."""
    tree, random = draw(trees(tiny=tiny)), draw(RANDOM)
    for task in tree.get("tasks", ()):
        task.pop("progress", None)
    begun = problem_from_tree({**tree, "as_of": f"{tree['start']}T00:00"})
    plan = any_plan(begun, random.randint(0, 99)) or Plan()
    last = date.fromisoformat(tree["end"]) - date.fromisoformat(tree["start"])
    day = begun.axis.date(random.randint(0, last.days))
    tree["as_of"] = f"{day}T{random.randint(7, 16):02d}:00"
    tree["published"] = {"plan": plan_tree(begun, plan)}
    if random.random() < 0.3:
        tree["published"]["frozen_until"] = str(begun.axis.date(random.randint(0, last.days + 1)))
    for task in tree.get("tasks", ()):
        if random.random() < 0.65:
            task["progress"] = _progress(random, tree, task)
    for audience in tree.get("audiences", ()):
        audience["trained"] = _trained(random, tree, audience, audience.get("trained", []))
    for support in tree.get("support", ()):
        support["worked"] = [
            {"department": it["department"], "day": it["day"], "people": _some(random, tree)}
            for it in tree["published"]["plan"]["support"]
            if random.random() < 0.3
        ]
    return problem_from_tree(tree)


def _some(random: Random, tree: Tree) -> list[str]:
    people = [person["id"] for person in tree["people"]]
    return random.sample(people, random.randint(1, len(people)))


def _progress(random: Random, tree: Tree, task: Tree) -> Tree:
    """Finished by now, or in progress; now and then with who has really worked, and since when."""
    least = min(line["hours"] for line in task["crew"])
    found: Tree = {"done_hours": random.randint(0, least - 1)}
    if random.random() < 0.5:
        found = {"finished": tree["as_of"][:10]}
    if random.random() < 0.3:
        found["worked"] = [
            {"person": person, "hours": random.randint(1, 5)} for person in _some(random, tree)
        ]
    if random.random() < 0.2:
        found["started"] = f"{tree['start']}T{random.randint(7, 16):02d}:00"
    return found


def _trained(random: Random, tree: Tree, audience: Tree, known: list[Tree]) -> list[Tree]:
    """What was known before, and the classes that were held by now, as far as they are reported."""
    found = [*known]
    for session in tree["published"]["plan"]["sessions"]:
        for group in session["groups"]:
            if group["audience"] != audience["id"] or session["start"] >= tree["as_of"]:
                continue
            if random.random() < 0.6:
                record: Tree = {"course": session["course"], "on": session["start"][:10]}
                if random.random() < 0.2:
                    record["trainers"] = _some(random, tree)
                who = {"members": group["members"]} if "members" in group else {}
                found.append(record | (who or {"heads": group["heads"]}))
    return found

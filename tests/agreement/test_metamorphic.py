"""What must not change the best plan, and what can change it in one direction only."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import assume, given

from allocator.formats.document import problem_from_tree
from allocator.plan import Plan
from solver.model.decode import decode
from tests.agreement.fixing import compiled, solved
from tests.agreement.settings import EXAMPLES
from tests.support.strategies import RANDOM, Tree, trees

INFEASIBLE = float("inf")


def best(tree: Tree) -> tuple[Any, Plan]:
    """Total and plan of the optimum of the whole exact model."""
    whole = compiled(problem_from_tree(tree))
    solver = solved(whole.model.cp)
    if solver is None:
        return INFEASIBLE, Plan()
    return whole.total(solver.objective_value), decode(whole.model, solver.value)


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """A tree with every text in it changed, field names aside."""
    if isinstance(value, dict):
        return {key: changed(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [changed(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def ids_of(value: Any) -> set[str]:
    """Every id that a tree gives, and those of languages and equipment."""
    if isinstance(value, dict):
        own = {value["id"]} if "id" in value else set()
        return own.union(*(ids_of(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(ids_of(item) for item in value))
    return set()


def shuffled(value: Any, random: Random) -> Any:
    """A tree with every list in another order."""
    if isinstance(value, dict):
        return {
            key: item if key == "weekly" else shuffled(item, random) for key, item in value.items()
        }
    if isinstance(value, list):
        items = [shuffled(item, random) for item in value]
        return random.sample(items, len(items))
    return value


@EXAMPLES
@given(trees(), RANDOM)
def test_other_ids_and_another_order_of_lists_leave_the_total(tree: Tree, random: Random) -> None:
    ids = ids_of(tree) | {"sl", "en", "pc"}
    renamed = changed(tree, lambda text: f"{text[::-1]}-x" if text in ids else text)
    assert best(shuffled(renamed, random))[0] == best(tree)[0]


@EXAMPLES
@given(trees())
def test_someone_idle_leaves_the_total(tree: Tree) -> None:
    # A vendor's person, as an own one could be a colleague in the sense of unfairness.
    idle = {"id": "idle", "site": "lj", "vendor": "acme"}
    assert best(tree | {"people": [idle, *tree["people"]]})[0] == best(tree)[0]


@EXAMPLES
@given(trees())
def test_a_week_later_everything_is_the_same(tree: Tree) -> None:
    sites = [{key: site[key] for key in ("id", "calendar")} for site in tree["sites"]]
    here = tree | {"timezone": "UTC", "sites": sites}

    def later(text: str) -> str:
        if not re.match(r"\d{4}-\d\d-\d\d", text):
            return text
        return str(date.fromisoformat(text[:10]) + timedelta(days=7)) + text[10:]

    assert best(changed(here, later)) == best(here)


@EXAMPLES
@given(trees())
def test_twice_the_prices_make_twice_the_total(tree: Tree) -> None:
    problem = problem_from_tree(tree)
    prices = [None if price is None else 2 * price for price in problem.goals.prices]
    double = replace(problem, goals=replace(problem.goals, prices=tuple(prices)))
    totals = []
    for each in (problem, double):
        whole = compiled(each)
        solver = solved(whole.model.cp)
        totals.append(None if solver is None else whole.total(solver.objective_value))
    assert totals[1] == (None if totals[0] is None else 2 * totals[0])


@EXAMPLES
@given(trees(), RANDOM)
def test_without_a_person_the_total_is_no_lower(tree: Tree, random: Random) -> None:
    named = {who for task in tree.get("tasks", ()) for who in task.get("pin", {}).get("people", ())}
    named |= {who for audience in tree.get("audiences", ()) for who in audience.get("members", ())}
    others = [person["id"] for person in tree["people"] if person["id"] not in named]
    assume(others)
    prices = tree["goals"]["prices"] | {"unfairness": 0}
    tree = tree | {"goals": tree["goals"] | {"prices": prices}}
    gone = random.choice(others)
    left = [person for person in tree["people"] if person["id"] != gone]
    assert best(tree | {"people": left})[0] >= best(tree)[0]


@EXAMPLES
@given(trees(always=["windows"]))
def test_a_later_deadline_makes_the_total_no_higher(tree: Tree) -> None:
    looser = deepcopy(tree)
    for task in looser.get("tasks", ()):
        if "deadline" in task:
            day, *moment = task["deadline"].split("T")
            later = str(date.fromisoformat(day) + timedelta(days=1))
            task["deadline"] = "T".join([later, *moment])
    assert best(looser)[0] <= best(tree)[0]

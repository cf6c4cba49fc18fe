"""What more is worth: measured against a control, and inside the interval that is proved."""

from __future__ import annotations

from typing import Any

from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_document
from service.questions.worth import Worth, worth_document
from solver.bounds.energy import hour_prices
from solver.candidates.candidates import Candidates
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import W1, audience, course, person, rollout, task

SETTINGS = Settings(seconds=20, workers=1, deterministic_limit=0.5)
PRICES: dict[str, Any] = {"prices": {"unfairness": 0, "finish": 0}}

SHORT = rollout(
    end="2027-01-11",
    people=[person("ana", cost_per_hour=0), person("bor", skills=[])],
    tasks=[task("t-a", hours=8), task("t-b", hours=8)],
    goals=PRICES,
)
"""One day for two tasks of eight hours at priority 3: one stays open, at 24,000."""


def ranked(tree: dict[str, Any]) -> list[dict[str, Any]]:
    problem = problem_from_tree(tree)
    plan = dict(plan_document(problem, solve(problem, SETTINGS), (), ()))
    found: list[dict[str, Any]] = worth_document(tree, plan, Worth(seconds=30))["resources"]
    return found


def test_one_more_person_is_worth_the_work_that_stays_open_without() -> None:
    rows = {it["id"]: it for it in ranked(SHORT)}
    row = rows["sap"]
    assert (row["kind"], row["known"]) == ("person", "worth")
    assert (row["value"], row["low"], row["high"]) == (24_000, 24_000, 24_000)
    assert (row["open"], row["edits"][0]["edit"]) == (-1, "one_more")


def test_an_hour_of_who_is_short_has_a_price_and_of_others_none() -> None:
    """An hour of open work costs 1,000 x priority 3."""
    prices = hour_prices(Candidates(problem_from_tree(SHORT)), 10)
    assert prices == {(0, 0): 3000.0}


def test_a_budget_that_is_short_is_worth_something_only_at_a_step_that_pays_a_task() -> None:
    """150 of the 480 that a task of eight hours costs: 1 % or 10 % more pay for nothing."""
    tree = rollout(
        projects=[{"id": "erp", "name": "ERP", "priority": 3, "budget": 150}],
        tasks=[task("t-a", hours=8)],
        goals=PRICES,
    )
    (row,) = [it for it in ranked(tree) if it["kind"] == "budget"]
    assert row["edits"] == [{"edit": "budget", "project": "erp", "budget": None}]
    assert (row["value"], row["known"]) == (24_000 - 480, "worth")


def test_what_changes_nothing_is_proved_to_be_worth_nothing() -> None:
    tree = rollout(
        people=[person("ana"), person("bor")],
        waves=[W1],
        courses=[course()],
        audiences=[audience(headcount=10)],
        goals=PRICES,
    )
    rows = {it["kind"]: it for it in ranked(tree)}
    assert set(rows) == {"person", "room", "seats"}
    assert {it["known"] for it in rows.values()} == {"nothing"}
    assert {it["value"] for it in rows.values()} == {0}

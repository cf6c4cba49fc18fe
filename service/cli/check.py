"""`allocator check`: whether a plan keeps every rule, and what it is measured by."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from service.checking import CheckedPlan, check_documents
from service.cli.exits import DONE, VIOLATIONS, ending_well
from service.cli.options import AsJson, RolloutDocument
from service.cli.output import number, results, say, table, write_json
from service.cli.server import plan_document, rollout_document
from service.cli.summary import score_table
from service.planning import Tree

TOLERANCE = 1e-6
"""Documents show six decimals."""


@ending_well
def check(
    rollout: RolloutDocument,
    plan: Annotated[Path, typer.Argument(help="The plan, YAML or JSON, or its id with --server.")],
    as_json: AsJson = False,
) -> int:
    """Check a plan against every rule and recompute its score.

    Exit code 1 if it breaks a rule, or if a forbidden term is not zero.
    """
    found = check_documents(rollout_document(rollout), plan_document(plan))
    if as_json:
        write_json(_tree(found))
    else:
        _print(found)
    return VIOLATIONS if found.checked.violations or found.checked.score.forbidden else DONE


def differences(found: CheckedPlan) -> dict[str, tuple[float, float]]:
    """Term (or `total`) -> (stated, recomputed), where the two differ."""
    recomputed = {term.term: float(term.amount) for term in found.checked.score.terms}
    recomputed["total"] = float(found.checked.score.total)
    return {
        term: (stated, recomputed[term])
        for term, stated in found.stated.items()
        if term in recomputed
        and abs(stated - recomputed[term]) > TOLERANCE * max(1.0, abs(recomputed[term]))
    }


def _print(found: CheckedPlan) -> None:
    console, problem = results(), found.problem
    if found.other_rollout:
        say(console, "The plan was made for another version of this rollout document.")
    violations = found.checked.violations
    if not violations:
        say(console, "The plan keeps every rule.", "bold")
    else:
        number_of = len(violations)
        title = f"The plan breaks rules in {number_of} place{'' if number_of == 1 else 's'}."
        say(console, title, "bold")
    for rule, group in groupby(violations, key=lambda violation: violation.rule):
        console.print(rule)
        for violation in group:
            say(console, f" - {violation.message}")
    for term in found.checked.score.forbidden:
        amount = number(float(found.checked.score.amount(term)))
        say(console, f"{term} is forbidden, but amounts to {amount}.", "bold")
    console.print()
    console.print(score_table(problem, found.checked.score))
    differing = differences(found)
    if differing:
        console.print()
        made = table("The plan states another score", "term", ">stated", ">recomputed")
        for term, (stated, recomputed) in differing.items():
            made.add_row(term, number(stated), number(recomputed))
        console.print(made)
    elif found.stated:
        say(console, "The score that the plan states is right.")


def _tree(found: CheckedPlan) -> Tree:
    score = found.checked.score
    return {
        "violations": [
            {"rule": violation.rule, "message": violation.message}
            for violation in found.checked.violations
        ],
        "forbidden": list(score.forbidden),
        "score": {
            "total": float(score.total),
            "terms": [
                {
                    "term": term.term,
                    "amount": float(term.amount),
                    "price": "forbidden" if term.price is None else float(term.price),
                    "total": float(term.total),
                }
                for term in score.terms
            ],
        },
        "stated_differently": [
            {"term": term, "stated": stated, "recomputed": recomputed}
            for term, (stated, recomputed) in differences(found).items()
        ],
        "other_rollout": found.other_rollout,
    }

"""Questions about a plan on the command line: ways out, why not otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from allocator.formats.detect import open_document
from allocator.formats.document import read_problem
from allocator.formats.plan.write import read_plan
from allocator.formats.text.tree import read_tree
from service.cli.exits import DONE, ending_well
from service.cli.options import AsJson, RolloutDocument, Spoken
from service.cli.output import results, say, write_json
from service.cli.server import plan_document, rollout_document
from service.questions.why_not import WhyNot, why_not_document
from service.questions.worth import Worth, worth_document
from service.repairs.find import Asking, repairs, repairs_document
from service.wording.language import language
from service.wording.repairs import repair_lines
from service.wording.why_not import why_not_lines
from service.wording.worth import worth_lines


def ways_out(rollout: Path, plan: Path, asking: Asking, spoken: str, *, as_json: bool) -> int:
    """Say what would help open or late work."""
    found = repairs_document(repairs(*_documents(rollout, plan), asking))
    return _told(found, repair_lines(language(spoken), found), as_json=as_json)


def why_not(rollout: Path, plan: Path, wish: WhyNot, spoken: str, *, as_json: bool) -> int:
    """Say why planned work is not otherwise."""
    found = why_not_document(*_documents(rollout, plan), wish)
    return _told(found, why_not_lines(language(spoken), found), as_json=as_json)


@ending_well
def worth(
    rollout: RolloutDocument,
    plan: Annotated[Path, typer.Argument(help="The plan, YAML or JSON, or its id with --server.")],
    seconds: Annotated[float, typer.Option(min=1, help="Time for all of it.")] = 120.0,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    spoken: Spoken = "en",
    as_json: AsJson = False,
) -> int:
    """Rank what more of would lower a plan's total: people, budgets, rooms, seats, days."""
    found = worth_document(*_documents(rollout, plan), Worth(seconds, seed))
    return _told(found, worth_lines(language(spoken), found), as_json=as_json)


def _told(found: dict[str, Any], lines: Iterable[str], *, as_json: bool) -> int:
    if as_json:
        write_json(found)
        return DONE
    console = results()
    for line in lines:
        say(console, line)
    return DONE


def _documents(rollout: Path, plan: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both as plain values; faults name their lines."""
    content, planned = rollout_document(rollout), plan_document(plan)
    read_plan(planned, read_problem(content))
    tree, document = open_document(content).tree, read_tree(planned)
    assert isinstance(tree, dict)
    assert isinstance(document, dict)  # they could be read
    return tree, document

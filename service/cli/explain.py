"""`allocator explain`: why work of a plan is open or late, where there was no time for it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.exits import DONE, ending_well
from service.cli.files import write_document
from service.cli.options import AsJson, RolloutDocument
from service.cli.output import results, say, write_json
from service.cli.server import plan_document, rollout_document
from service.cli.summary import print_conflicts, print_late, print_open
from service.explaining import explain as explained
from service.plans.report import report_document


@ending_well
def explain(
    rollout: RolloutDocument,
    plan: Annotated[Path, typer.Argument(help="The plan, YAML or JSON, or its id with --server.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="Time for it.")] = 60.0,
    work: Annotated[
        str | None,
        typer.Option("--work", metavar="ID", help="Only this task, course or support, in full."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Work out why work of a plan is open or late, and write it into the plan's file.

    What has been worked out already is kept: ask again if the time was not enough.
    """
    found = explained(rollout_document(rollout), plan_document(plan), seconds, work)
    late_ids = {found.problem.tasks[it.task].id for it in found.report.late}
    if work is not None and work not in {it.id for it in found.report.open} | late_ids:
        raise typer.BadParameter(f"{work} is neither open nor late.", param_hint="--work")
    if plan.exists():
        write_document(plan, dict(found.document))
    if as_json:
        report = report_document(found.problem, found.report)
        missing = {"unexplained": found.missing}
        write_json({"open": found.document["open"], "late": report["late"], **missing})
        return DONE
    console = results()
    if work is not None:
        print_conflicts(console, found.problem, found.report, work)
        return DONE
    print_open(console, found.problem, found.report.open)
    print_late(console, found.problem, found.report)
    if found.missing:
        say(console, f"\n{found.missing} reasons are not worked out yet: ask again.")
    return DONE

"""`allocator explain`: why work of a plan is open or late, where there was no time for it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.exits import DONE, ending_well
from service.cli.files import write_document
from service.cli.options import AsJson, RolloutDocument, Spoken
from service.cli.output import results, say, write_json
from service.cli.questions import ways_out, why_not
from service.cli.server import plan_document, rollout_document
from service.cli.summary import print_conflicts, print_late, print_open
from service.explaining import explain as explained
from service.plans.report import report_document
from service.questions.why_not import WhyNot
from service.repairs.find import Asking


@ending_well
def explain(
    rollout: RolloutDocument,
    plan: Annotated[Path, typer.Argument(help="The plan, YAML or JSON, or its id with --server.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="Time for it.")] = 60.0,
    work: Annotated[
        str | None,
        typer.Option("--work", metavar="ID", help="Only this task, course or support, in full."),
    ] = None,
    help_wanted: Annotated[
        bool,
        typer.Option(
            "--repairs", help="Ways out for that work; without --work, of why there is no plan."
        ),
    ] = False,
    otherwise: Annotated[
        bool,
        typer.Option(
            "--why-not",
            help="Why that planned work is not otherwise: by --person, on --day, in --room, "
            "or --before another task.",
        ),
    ] = False,
    person: Annotated[str, typer.Option(help="Why not by this person.")] = "",
    room: Annotated[str, typer.Option(help="Why not in this room.")] = "",
    before: Annotated[str, typer.Option(help="Why not before this task.")] = "",
    audience: Annotated[str, typer.Option(help="Whose course, where several take it.")] = "",
    department: Annotated[str, typer.Option(help="Which department's support.")] = "",
    day: Annotated[str, typer.Option(help="Support of which day; why not on this day.")] = "",
    spoken: Spoken = "en",
    as_json: AsJson = False,
) -> int:
    """Work out why work of a plan is open or late, and write it into the plan's file.

    What has been worked out already is kept: ask again if the time was not enough. With --repairs
    what would help is looked for, and the rollout solved again with it; with --why-not, what would
    be broken or cost more. Nothing is written then.
    """
    if otherwise:
        if work is None:
            raise typer.BadParameter("Say which work with --work.", param_hint="--why-not")
        wish = WhyNot(work, audience, person, day, room, before, seconds)
        return why_not(rollout, plan, wish, spoken, as_json=as_json)
    if help_wanted:
        asking = Asking(work, audience, department, day, seconds)
        return ways_out(rollout, plan, asking, spoken, as_json=as_json)
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

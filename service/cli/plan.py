"""`allocator plan`: solve a rollout, write the plan, say what it means."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.formats.document import read_problem
from allocator.formats.models.rollout import Preset
from allocator.formats.plan_document import read_base
from allocator.formats.text import dump_json, dump_yaml
from allocator.outcome import Feasible, Optimal
from service.cli.exits import DONE, NO_PLAN, ending_well
from service.cli.output import problems, results, say, write_json, write_text
from service.cli.progress import shown_progress
from service.cli.stopping import stoppable
from service.cli.summary import print_summary
from service.files import check_writable, read_document, write_document
from service.planning import Planned, Tree, plan_rollout
from service.report_document import report_document
from solver.settings import Settings, Stop

STDOUT = Path("-")


@ending_well
def plan(
    rollout: Annotated[Path, typer.Argument(help="The rollout: YAML, JSON or workbook.")],
    out: Annotated[
        Path, typer.Option("--out", help="Where the plan goes: *.yaml, *.json, or - for stdout.")
    ],
    seconds: Annotated[float, typer.Option(min=0.1, help="Time to look for better plans.")] = 60.0,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Searches side by side.")] = 2,
    seed: Annotated[
        int, typer.Option(min=0, max=2**31 - 1, help="Another seed, another plan.")
    ] = 1,
    preset: Annotated[
        Preset | None, typer.Option(help="Prices to use instead of the document's preset.")
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option("--from", help="A plan to begin with: what still holds of it is kept first."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The result as JSON on stdout, for machines.")
    ] = False,
) -> int:
    """Plan a rollout within a time limit and explain the plan.

    Progress goes to stderr. Ctrl-C keeps the best plan so far; a second one aborts.
    """
    if out != STDOUT:
        check_writable(out)
    problem = read_problem(read_document(rollout), preset)
    begin_with = None if base is None else read_base(read_document(base), problem)
    settings = Settings(seconds=seconds, workers=workers, seed=seed)

    def work(stop: Stop) -> Planned:
        planned = plan_rollout(problem, settings, on_progress, stop, begin_with)
        if out != STDOUT:
            write_document(out, planned.document)
        return planned

    with shown_progress() as on_progress:
        planned = stoppable(work)
    if out == STDOUT:
        write_text(dump_json(planned.document) + "\n" if as_json else dump_yaml(planned.document))
        print_summary(problems(), planned)
    elif as_json:
        write_json(_result(planned, out))
    else:
        console = results()
        print_summary(console, planned)
        found = isinstance(planned.outcome, (Optimal, Feasible))
        say(console, f"\nThe {'plan' if found else 'answer, without a plan,'} is in {out}.")
    return DONE if isinstance(planned.outcome, (Optimal, Feasible)) else NO_PLAN


def _result(planned: Planned, out: Path) -> Tree:
    """The plan without its bookings, and the report: what a script asks for."""
    bookings = {"tasks", "sessions", "support", "assumptions", "violations"}
    told = {name: value for name, value in planned.document.items() if name not in bookings}
    explained = {} if planned.report is None else report_document(planned.problem, planned.report)
    return {"plan": str(out), **told, **explained}

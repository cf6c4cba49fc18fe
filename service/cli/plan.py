"""`allocator plan`: solve a rollout, write the plan, say what it means."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from allocator.formats.document import read_problem
from allocator.formats.plan.write import read_base
from allocator.formats.text.tree import dump_json, dump_yaml
from allocator.outcome import Feasible, Optimal
from allocator.terms import Preset
from service.cli.client import Client
from service.cli.exits import DONE, NO_PLAN, ending_well
from service.cli.files import check_writable, read_document, write_document
from service.cli.following import follow
from service.cli.options import AsJson
from service.cli.output import problems, results, say, write_json, write_text
from service.cli.progress import shown_progress
from service.cli.server import server
from service.cli.stopping import stoppable
from service.cli.summary import print_summary
from service.planning import Planned, Tree, plan_rollout, within_budget
from service.plans.report import report_document
from service.runtime.memory import solve_memory_mb
from service.runtime.processes import running_seconds
from solver.settings import OnProgress, Settings, Stop

STDOUT = Path("-")

Out = Annotated[
    Path, typer.Option("--out", help="Where the plan goes: *.yaml, *.json, or - for stdout.")
]
Seconds = Annotated[float, typer.Option(min=0.1, help="Time to look for better plans.")]
Workers = Annotated[int, typer.Option(min=1, max=256, help="Searches side by side.")]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Another seed, another plan.")]
OtherPreset = Annotated[
    Preset | None, typer.Option(help="Prices to use instead of the document's preset.")
]

MostPeople = Annotated[
    int | None,
    typer.Option(min=0, help="Change budget: people notified of a change x weight, at most."),
]

Memory = Annotated[
    float | None,
    typer.Option(min=1, help="Memory in MB beyond which the search ends with its best plan."),
]


@ending_well
def plan(
    rollout: Annotated[
        Path, typer.Argument(help="The rollout: YAML, JSON or workbook; with a service its id.")
    ],
    out: Out,
    seconds: Seconds = 60.0,
    workers: Workers = 2,
    seed: Seed = 1,
    preset: OtherPreset = None,
    base: Annotated[
        Path | None,
        typer.Option("--from", help="A plan to begin with: what still holds of it is kept first."),
    ] = None,
    most_people: MostPeople = None,
    memory: Memory = None,
    as_json: AsJson = False,
) -> int:
    """Plan a rollout within a time limit and explain the plan.

    Progress goes to stderr. Ctrl-C keeps the best plan so far; a second one aborts.
    """
    started = time.monotonic() - min(running_seconds(), seconds / 2)
    check_out(out)
    settings = Settings(
        seconds=seconds, workers=workers, seed=seed, memory_mb=memory or solve_memory_mb()
    )
    client = server()
    if client is None:
        document = read_document(rollout)
        problem = within_budget(read_problem(document, preset), most_people)
        begin_with = None if base is None else read_base(read_document(base), problem)
        return carried_out(
            lambda on_progress, stop: plan_rollout(
                problem, settings, on_progress, stop, begin_with, document, since(started)
            ),
            out,
            as_json,
        )
    if rollout.exists():
        raise typer.BadParameter(
            f"{rollout} is a file; `allocator rollouts add` lets the service keep it, and says its "
            "id.",
            param_hint="ROLLOUT",
        )
    asked = {
        "rollout": str(rollout),
        "seconds": seconds,
        "workers": workers,
        "seed": seed,
        "preset": preset,
        "base": None if base is None else str(base),
        "most_people": most_people,
    }
    return carried_out(by_the_service(client, "plans", body=asked), out, as_json)


def since(moment: float) -> float:
    """Seconds since a moment of the monotonic clock."""
    return time.monotonic() - moment


Work = Callable[[OnProgress, Stop], Planned]


def by_the_service(client: Client, *path: str, body: Tree) -> Work:
    """Planning that a service does: asked for with a body at a path."""

    def work(on_progress: OnProgress, stop: Stop) -> Planned:
        asked = client.send("POST", *path, body=body)
        problems().print(f"Plan {asked['id']} of rollout {asked['rollout']}.")
        return follow(client, asked["id"], on_progress, stop)

    return work


def carried_out(work: Work, out: Path, as_json: bool) -> int:
    """Let a plan be made, show how far it is, write it, and say what it means; the exit code."""
    with shown_progress() as on_progress:
        planned = stoppable(lambda stop: written(work(on_progress, stop), out))
    return explained(planned, out, as_json)


def check_out(out: Path) -> None:
    """Raise FileProblem now rather than after a long solve if the plan cannot be written."""
    if out != STDOUT:
        check_writable(out)


def written(planned: Planned, out: Path) -> Planned:
    """The same plan, written to its file if it has one."""
    if out != STDOUT:
        write_document(out, planned.document)
    return planned


def explained(planned: Planned, out: Path, as_json: bool) -> int:
    """Say what a plan means that has been written; the exit code."""
    number = len(planned.outcome.run.defects)
    if number:
        where = "" if planned.defects is None else f" They are written down in {planned.defects}."
        some = "1 defect" if number == 1 else f"{number} defects"
        problems().print(
            f"{some} of allocator had to be set aside on the way; what is handed out has been "
            f"checked all the same.{where}",
            soft_wrap=True,
        )
    if planned.outcome.run.out_of_memory:
        problems().print("The search ended early for lack of memory.")
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
    reported = {name: value for name, value in planned.document.items() if name not in bookings}
    explained = {} if planned.report is None else report_document(planned.problem, planned.report)
    return {"plan": str(out), **reported, **explained}

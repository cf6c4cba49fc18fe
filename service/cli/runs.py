"""`allocator runs`: the plans that a running service has been asked for, and how far they are."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from service.cli.compare import print_comparison
from service.cli.exits import DONE, ending_well
from service.cli.following import fetched, follow
from service.cli.options import AsJson, PlanId
from service.cli.output import results, say, say_or_write, say_rows, write_json
from service.cli.plan import Out, carried_out, check_out, explained, written
from service.cli.server import needed

app = typer.Typer(
    name="runs",
    help="The plans that a running service has been asked for: how far they are, and their end.",
    no_args_is_help=True,
)

STATES = ("queued", "running", "done", "stopped", "failed", "cancelled")
FIELDS = ("id", "rollout", "revision", "state", "best", "bound", "gap", "created_at", "failure")


@app.command("list")
@ending_well
def listed(
    rollout: Annotated[str | None, typer.Option(help="Only those of a rollout.")] = None,
    state: Annotated[
        list[str] | None, typer.Option(help=f"Only those that are {', '.join(STATES)}.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="So many; all if it is left out.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List plans, asked for latest first."""
    found = list(islice(needed().pages("plans", rollout=rollout, state=state), limit))
    say_or_write(found, as_json, *FIELDS)
    return DONE


@app.command()
@ending_well
def show(plan: PlanId, as_json: AsJson = False) -> int:
    """Say how far a plan is."""
    return _shown(needed().get("plans", plan), as_json)


@app.command("follow")
@ending_well
def followed(plan: PlanId, out: Out, as_json: AsJson = False) -> int:
    """Follow a plan to its end and write it. Ctrl-C ends the solve and keeps its best plan."""
    check_out(out)
    client = needed()
    return carried_out(
        lambda on_progress, stop: follow(client, plan, on_progress, stop), out, as_json
    )


@app.command()
@ending_well
def fetch(plan: PlanId, out: Out, as_json: AsJson = False) -> int:
    """Write a plan that has ended, and say what it means."""
    check_out(out)
    return explained(written(fetched(needed(), plan), out), out, as_json)


@app.command()
@ending_well
def compare(
    plan: PlanId,
    base: Annotated[
        str | None,
        typer.Option(help="An earlier plan of the rollout; the published one if none."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Compare a plan with an earlier one of its rollout, and say which of the actuals did it."""
    found = needed().get("plans", plan, "comparison", base=base)
    if as_json:
        write_json(found)
    else:
        print_comparison(found, found["edits"])
    return DONE


@app.command()
@ending_well
def stop(plan: PlanId, as_json: AsJson = False) -> int:
    """End a solve early and keep its best plan; one that still waits is given up."""
    return _shown(needed().send("DELETE", "plans", plan), as_json)


@app.command()
@ending_well
def cancel(plan: PlanId, as_json: AsJson = False) -> int:
    """Give a solve up at once; nothing of it is kept."""
    return _shown(needed().send("POST", "plans", plan, "cancel"), as_json)


def _shown(run: dict[str, object], as_json: bool) -> int:
    if as_json:
        write_json(run)
    else:
        asked = f", asked to {run['asked']}" if run["asked"] and not run["ended_at"] else ""
        say(results(), f"Plan {run['id']} is {run['state']}{asked}.")
        say_rows([run], *FIELDS[4:])
    return DONE

"""`allocator nightly`: which rollouts a running service plans again every night, and what came."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from service.cli.exits import DONE, ending_well
from service.cli.options import AsJson, RolloutId
from service.cli.output import results, say, say_or_write, say_rows, write_json
from service.cli.server import needed

app = typer.Typer(
    name="nightly",
    help="Rollouts that a running service plans again every night, and what came of it.",
    no_args_is_help=True,
)


@app.command("set")
@ending_well
def keep(
    rollout: RolloutId,
    at: Annotated[str, typer.Option(help="Local time of the rollout, such as 02:00.")],
    seconds: Annotated[float | None, typer.Option(help="Time to look for better plans.")] = None,
    workers: Annotated[int | None, typer.Option(help="Searches side by side.")] = None,
    frozen_days: Annotated[
        int | None, typer.Option(help="What starts within so many days stays.")
    ] = None,
    most_people: Annotated[
        int | None, typer.Option(help="Change budget; a plan beyond it is only proposed.")
    ] = None,
    least_gain: Annotated[
        float | None, typer.Option(help="Share of the total to save, else the old plan is kept.")
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish what is within both limits.")
    ] = False,
    priority: Annotated[int | None, typer.Option(help="1 to 5, 5 first.")] = None,
    as_json: AsJson = False,
) -> int:
    """Plan a rollout again every night, from its published plan on."""
    wanted = {
        "at": at,
        "seconds": seconds,
        "workers": workers,
        "frozen_days": frozen_days,
        "most_people": most_people,
        "least_gain": least_gain,
        "publish": publish,
        "priority": priority,
    }
    body = {name: value for name, value in wanted.items() if value is not None}
    return _shown(needed().send("PUT", "rollouts", rollout, "nightly", body=body), as_json)


@app.command()
@ending_well
def show(rollout: RolloutId, as_json: AsJson = False) -> int:
    """Say how a rollout is planned every night, and when next."""
    return _shown(needed().get("rollouts", rollout, "nightly"), as_json)


@app.command()
@ending_well
def drop(rollout: RolloutId) -> int:
    """Plan a rollout no more every night."""
    needed().send("DELETE", "rollouts", rollout, "nightly")
    say(results(), f"Rollout {rollout} is not planned every night any more.")
    return DONE


@app.command()
@ending_well
def run(rollout: RolloutId, as_json: AsJson = False) -> int:
    """Do now what is done every night; a digest follows."""
    asked = needed().send("POST", "rollouts", rollout, "nightly", "run")
    if as_json:
        write_json(asked)
    else:
        say(results(), f"Plan {asked['id']} is {asked['state']}.")
    return DONE


@app.command()
@ending_well
def digests(rollout: RolloutId, as_json: AsJson = False) -> int:
    """Say what came of the nights of a rollout, latest first."""
    found = list(needed().pages("rollouts", rollout, "digests"))
    say_or_write(found, as_json, "at", "outcome", "plan", "reason")
    return DONE


def _shown(found: dict[str, Any], as_json: bool) -> int:
    if as_json:
        write_json(found)
    else:
        say_rows([found], *found)
    return DONE

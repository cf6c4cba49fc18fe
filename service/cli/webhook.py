"""`allocator webhook`: who is notified by a running service that a plan of a rollout has ended."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.exits import DONE, ending_well
from service.cli.options import AsJson, PlanId, RolloutId
from service.cli.output import results, say, say_or_write, say_rows, write_json
from service.cli.server import needed

app = typer.Typer(
    name="webhook",
    help="Who is notified by a running service that plans of a rollout have ended.",
    no_args_is_help=True,
)


@app.command()
@ending_well
def secret() -> int:
    """Make what webhooks are signed with from now on, and print it, this once."""
    say(results(), needed().send("POST", "webhook-secret")["secret"])
    return DONE


@app.command("set")
@ending_well
def keep(
    rollout: RolloutId, url: Annotated[str, typer.Argument(help="Who is to be notified.")]
) -> int:
    """Tell a URL of every plan of a rollout that has ended."""
    needed().send("PUT", "rollouts", rollout, "webhook", body={"url": url})
    say(results(), f"{url} is notified of the plans of {rollout}.")
    return DONE


@app.command()
@ending_well
def show(rollout: RolloutId, as_json: AsJson = False) -> int:
    """Say who is notified."""
    found = needed().get("rollouts", rollout, "webhook")
    if as_json:
        write_json(found)
    else:
        say_rows([found], "url", "created_by", "created_at")
    return DONE


@app.command()
@ending_well
def drop(rollout: RolloutId) -> int:
    """Tell nobody any more."""
    needed().send("DELETE", "rollouts", rollout, "webhook")
    say(results(), f"Nobody is notified of the plans of {rollout}.")
    return DONE


@app.command()
@ending_well
def deliveries(plan: PlanId, as_json: AsJson = False) -> int:
    """Say who was notified of the end of a plan, and what came of it."""
    found = list(needed().pages("plans", plan, "deliveries"))
    say_or_write(found, as_json, "host", "state", "attempts", "answer", "next_at")
    return DONE

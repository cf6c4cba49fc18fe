"""`allocator calendar`: secret links to calendars of what a running service has published."""

from __future__ import annotations

from typing import Annotated

import typer

from allocator.formats.icalendar import Whose
from service.cli.exits import DONE, ending_well
from service.cli.options import AsJson, RolloutId
from service.cli.output import results, say, say_or_write, write_json
from service.cli.server import needed

app = typer.Typer(
    name="calendar",
    help="Secret links to calendars of what is published, at a running service.",
    no_args_is_help=True,
)


@app.command("list")
@ending_well
def listed(rollout: RolloutId, as_json: AsJson = False) -> int:
    """List the links that can be used, made latest first, without their secrets."""
    found = list(needed().pages("rollouts", rollout, "calendars"))
    say_or_write(found, as_json, "link", "kind", "id", "name", "created_by", "created_at")
    return DONE


@app.command()
@ending_well
def add(
    rollout: RolloutId,
    kind: Annotated[Whose, typer.Argument(help="Whose calendar.")],
    id_: Annotated[str, typer.Argument(metavar="ID", help="Of this one.")],
    as_json: AsJson = False,
) -> int:
    """Make a link to somebody's calendar and print its address, this once."""
    client = needed()
    made = client.send("POST", "rollouts", rollout, "calendars", body={"kind": kind, "id": id_})
    if as_json:
        write_json(made)
    else:
        say(results(), client.address(made["path"]))
    return DONE


@app.command()
@ending_well
def revoke(
    rollout: RolloutId, link: Annotated[str, typer.Argument(help="The link, by its id.")]
) -> int:
    """Make a link useless from now on."""
    needed().send("DELETE", "rollouts", rollout, "calendars", link)
    say(results(), f"Link {link} shows nothing any more.")
    return DONE

"""`allocator rollouts`: what a running service keeps, added to, replaced, removed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from service.cli.exits import DONE, ending_well
from service.cli.files import read_document
from service.cli.options import AsJson, RolloutId
from service.cli.output import results, say, say_or_write, say_replacement, write_json
from service.cli.server import needed

app = typer.Typer(
    name="rollouts",
    help="What a running service keeps: rollouts with all their revisions.",
    no_args_is_help=True,
)

File = Annotated[Path, typer.Argument(help="The document: YAML, JSON or workbook.")]


@app.command("list")
@ending_well
def listed(as_json: AsJson = False) -> int:
    """List the rollouts, changed latest first."""
    found = list(needed().pages("rollouts"))
    say_or_write(found, as_json, "id", "name", "revision", "changed_at", "published")
    return DONE


@app.command()
@ending_well
def add(file: File, as_json: AsJson = False) -> int:
    """Let the service keep a new rollout."""
    return _kept(needed().send_document("POST", "rollouts", content=read_document(file)), as_json)


@app.command()
@ending_well
def demo(
    name: Annotated[str | None, typer.Argument(help="Which one; they are listed if none.")] = None,
    as_json: AsJson = False,
) -> int:
    """List small rollouts to try, or let the service keep one of them as a new rollout."""
    client = needed()
    if name is None:
        found = client.get("demo")
        say_or_write(found, as_json, "name", "title", "people", "tasks", "courses")
        return DONE
    return _kept(client.send("POST", "demo", name), as_json)


@app.command()
@ending_well
def replace(
    rollout: RolloutId,
    file: File,
    revision: Annotated[
        int | None,
        typer.Option(min=1, help="Only if the rollout is still at this revision."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would change.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask at a terminal.")] = False,
    as_json: AsJson = False,
) -> int:
    """Save a new document of a rollout as its next revision, after showing what changes.

    Plans, green lights and what has been published stay with the ids that both have. `convert`
    reads the present document.
    """
    client = needed()
    present = client.get("rollouts", rollout, "about")
    if revision is not None and revision != present["revision"]:
        raise typer.BadParameter(
            f"the rollout is at revision {present['revision']}.", param_hint="--revision"
        )
    content = read_document(file)
    changes = client.send_document("POST", "rollouts", rollout, "replacement", content=content)
    if dry_run and as_json:
        write_json(changes)
        return DONE
    if not as_json:
        say_replacement(changes)
    if dry_run or not (yes or as_json or not sys.stdin.isatty() or typer.confirm("Save this?")):
        return DONE
    kept = client.send_document(
        "PUT",
        "rollouts",
        rollout,
        content=content,
        match=present["sha256"],
        published="keep",
    )
    if as_json:
        write_json(kept)
    else:
        say(results(), f"{kept['name']} is at revision {kept['revision']}.")
    return DONE


@app.command()
@ending_well
def rename(
    rollout: RolloutId,
    list_: Annotated[str, typer.Argument(metavar="list", help="Such as people or tasks.")],
    id_: Annotated[str, typer.Argument(metavar="id", help="The id as it is.")],
    to: Annotated[str, typer.Argument(help="The id that it shall have.")],
    as_json: AsJson = False,
) -> int:
    """Give an entry another id, with all that refers to it, as the rollout's next revision."""
    client = needed()
    present = client.get("rollouts", rollout, "about")
    body = {"list": list_, "id": id_, "to": to}
    done = client.send("POST", "rollouts", rollout, "rename", body=body, match=present["sha256"])
    if as_json:
        write_json(done)
    else:
        places, revision = done["places"], done["rollout"]["revision"]
        say(results(), f"{id_} is {to} now, in {places} other places too: revision {revision}.")
    return DONE


@app.command()
@ending_well
def remove(rollout: RolloutId) -> int:
    """Take a rollout out of sight; what was saved and planned stays on the record."""
    client = needed()
    present = client.get("rollouts", rollout, "about")
    client.send("DELETE", "rollouts", rollout, match=present["sha256"])
    say(results(), f"Rollout {rollout} is out of sight.")
    return DONE


@app.command()
@ending_well
def history(rollout: RolloutId, as_json: AsJson = False) -> int:
    """Who did what to a rollout, latest first."""
    found = list(needed().pages("rollouts", rollout, "audit"))
    say_or_write(found, as_json, "at", "who", "action", "revision")
    return DONE


def _kept(kept: dict[str, object], as_json: bool) -> int:
    if as_json:
        write_json(kept)
    else:
        say(results(), f"{kept['name']} is kept as rollout {kept['id']}.")
    return DONE

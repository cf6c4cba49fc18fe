"""`allocator scenario`: what if, at a running service; `plan` plans one like a rollout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.formats.text.tree import read_tree
from service.cli.compare import print_comparison
from service.cli.exits import DONE, ending_well
from service.cli.files import read_document
from service.cli.options import AsJson, RolloutId, ScenarioId
from service.cli.output import results, say, say_or_write, write_json
from service.cli.server import needed

app = typer.Typer(
    name="scenario",
    help="What if, at a running service: named edits of a rollout, planned, compared, promoted.",
    no_args_is_help=True,
)

EditsFile = Annotated[
    Path, typer.Argument(help="A list of edits, YAML or JSON, such as [{edit: leave, ...}].")
]


@app.command("list")
@ending_well
def listed(rollout: RolloutId, as_json: AsJson = False) -> int:
    """List the scenarios of a rollout, latest first."""
    found = list(needed().pages("scenarios", rollout=rollout))
    say_or_write(
        found, as_json, "id", "name", "revision", "created_by", "created_at", "promoted_at"
    )
    return DONE


@app.command()
@ending_well
def add(
    rollout: RolloutId,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    edits: EditsFile,
    as_json: AsJson = False,
) -> int:
    """Keep a what-if on the latest revision of a rollout."""
    body = {"rollout": rollout, "name": name, "edits": read_tree(read_document(edits))}
    return _shown(needed().send("POST", "scenarios", body=body), as_json)


@app.command()
@ending_well
def show(scenario: ScenarioId, as_json: AsJson = False) -> int:
    """Show a scenario with its edits."""
    found = needed().get("scenarios", scenario)
    _shown(found, as_json)
    if not as_json:
        for number, edit in enumerate(found["edits"]):
            reported = ", ".join(f"{field}: {value}" for field, value in edit.items())
            say(results(), f" {number}. {reported}")
    return DONE


@app.command()
@ending_well
def edit(scenario: ScenarioId, edits: EditsFile, as_json: AsJson = False) -> int:
    """Replace the edits of a scenario."""
    body = {"edits": read_tree(read_document(edits))}
    return _shown(needed().send("PUT", "scenarios", scenario, body=body), as_json)


@app.command()
@ending_well
def compare(
    scenario: ScenarioId,
    base: Annotated[
        str | None,
        typer.Option(help="Another plan of the rollout; says nothing of an effect."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say what the edits of a scenario do: its plan beside the rollout solved alike without."""
    client = needed()
    found = client.get("scenarios", scenario, "comparison", base=base)
    if as_json:
        write_json(found)
    else:
        print_comparison(found, found["edits"])
    return DONE


@app.command()
@ending_well
def rebase(
    scenario: ScenarioId,
    drop: Annotated[
        list[int] | None, typer.Option(min=0, help="Give up the edit of this number.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Carry a scenario over to the latest revision of its rollout, or name what is in the way."""
    body = {"drop": drop or []}
    return _shown(needed().send("POST", "scenarios", scenario, "rebase", body=body), as_json)


@app.command()
@ending_well
def promote(scenario: ScenarioId, as_json: AsJson = False) -> int:
    """Make a scenario the next revision of its rollout."""
    kept = needed().send("POST", "scenarios", scenario, "promote")
    if as_json:
        write_json(kept)
    else:
        say(results(), f"{kept['name']} ({kept['id']}) is at revision {kept['revision']}.")
    return DONE


@app.command()
@ending_well
def remove(scenario: ScenarioId) -> int:
    """Take a scenario out of sight."""
    needed().send("DELETE", "scenarios", scenario)
    say(results(), f"Scenario {scenario} is out of sight.")
    return DONE


def _shown(found: dict[str, object], as_json: bool) -> int:
    if as_json:
        write_json(found)
    else:
        say(
            results(),
            f"{found['name']} is scenario {found['id']}, on revision {found['revision']} of "
            f"rollout {found['rollout']}.",
        )
    return DONE

"""`allocator validate` and `allocator schema`: faults of a document, and what it may hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from allocator.formats.schema import plan_schema, rollout_schema
from service.cli.exits import DONE, INVALID_DOCUMENT, ending_well, fault_trees
from service.cli.output import results, say, write_json
from service.files import read_document
from service.planning import validate_document


@ending_well
def validate(
    rollout: Annotated[Path, typer.Argument(help="The rollout: YAML, JSON or workbook.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="The result as JSON on stdout, for machines.")
    ] = False,
) -> int:
    """Show all faults of a rollout document, or what a planner should look at in it."""
    found = validate_document(read_document(rollout))
    if as_json:
        tree = {
            "valid": found.problem is not None,
            "faults": fault_trees(found.faults),
            "warnings": fault_trees(found.warnings),
        }
        write_json(tree)
    else:
        console = results()
        for fault in found.faults:
            say(console, f"fault: {fault}")
        for warning in found.warnings:
            say(console, f"warning: {warning}")
        faults, warnings = len(found.faults), len(found.warnings)
        say(
            console,
            f"{rollout} has {faults} fault{'' if faults == 1 else 's'}."
            if found.faults
            else f"{rollout} is valid, with {warnings} warning{'' if warnings == 1 else 's'}.",
        )
    return INVALID_DOCUMENT if found.faults else DONE


@ending_well
def schema(
    document: Annotated[
        Literal["rollout", "plan"], typer.Argument(help="Which of the two documents.")
    ] = "rollout",
    as_json: Annotated[  # noqa: ARG001 - a schema is JSON anyway
        bool, typer.Option("--json", help="A schema is JSON with or without this.")
    ] = False,
) -> int:
    """Show the JSON Schema of the rollout or of the plan document."""
    write_json(rollout_schema() if document == "rollout" else plan_schema())
    return DONE

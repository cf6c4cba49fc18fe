"""`allocator validate` and `allocator schema`: faults of a document, and what it may hold."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from allocator.errors import Fault
from allocator.formats.schema import plan_schema, rollout_schema
from service.checking import validate_document
from service.cli.client import faults_reported
from service.cli.exits import DONE, INVALID_DOCUMENT, ending_well, fault_trees
from service.cli.options import AsJson, RolloutDocument
from service.cli.output import results, say, write_json
from service.cli.server import rollout_document, server

Faults = tuple[Fault, ...]


@ending_well
def validate(
    rollout: RolloutDocument,
    as_json: AsJson = False,
) -> int:
    """Show all faults of a rollout document, or what a planner should look at in it."""
    faults, warnings = _found(rollout_document(rollout))
    if as_json:
        tree = {
            "valid": not faults,
            "faults": fault_trees(faults),
            "warnings": fault_trees(warnings),
        }
        write_json(tree)
    else:
        console = results()
        for fault in faults:
            say(console, f"fault: {fault}")
        for warning in warnings:
            say(console, f"warning: {warning}")
        say(
            console,
            f"{rollout} has {len(faults)} fault{'' if len(faults) == 1 else 's'}."
            if faults
            else f"{rollout} is valid, with {len(warnings)} "
            f"warning{'' if len(warnings) == 1 else 's'}.",
        )
    return INVALID_DOCUMENT if faults else DONE


def _found(content: bytes) -> tuple[Faults, Faults]:
    """Faults and warnings of a document, by the service if there is one."""
    client = server()
    if client is None:
        found = validate_document(content)
        return found.faults, found.warnings
    reported = client.send_document("PUT", "validate", content=content)
    return faults_reported(reported["faults"]), faults_reported(reported["warnings"])


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

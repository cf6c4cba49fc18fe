"""`allocator convert` and `allocator template`: a rollout in another form, or one to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.formats.detect import open_document
from allocator.formats.document import problem_of
from allocator.formats.workbook.template import TEMPLATE
from service.cli.exits import DONE, ending_well
from service.cli.files import check_writable, write_document
from service.cli.options import AsJson, RolloutDocument
from service.cli.output import problems, results, say, write_json
from service.cli.server import rollout_document


@ending_well
def convert(
    rollout: RolloutDocument,
    out: Annotated[Path, typer.Argument(help="Where it goes: *.yaml, *.json or *.xlsx.")],
    as_json: AsJson = False,
) -> int:
    """Write a rollout in another format; the document stays the same."""
    check_writable(out, workbook=True)
    opened = open_document(rollout_document(rollout))
    problem_of(opened)
    write_document(out, opened.tree)
    if as_json:
        write_json({"rollout": str(out), "warnings": [it.shown() for it in opened.warnings]})
    else:
        for warning in opened.warnings:
            say(problems(), f"warning: {warning}")
        say(results(), f"The rollout is in {out}.")
    return DONE


@ending_well
def template(
    out: Annotated[Path, typer.Argument(help="Where it goes: *.xlsx, *.yaml or *.json.")],
    as_json: AsJson = False,
) -> int:
    """Write a small rollout to begin with; as a workbook it explains itself."""
    check_writable(out, workbook=True)
    write_document(out, TEMPLATE)
    if as_json:
        write_json({"rollout": str(out)})
    else:
        say(results(), f"A rollout to begin with is in {out}.")
    return DONE

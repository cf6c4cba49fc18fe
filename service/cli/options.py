"""Options and arguments that several commands take, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from web.messages import LANGUAGES

AsJson = Annotated[bool, typer.Option("--json", help="The result as JSON on stdout, for machines.")]

RolloutDocument = Annotated[
    Path, typer.Argument(help="The rollout: YAML, JSON or workbook, or its id with --server.")
]
RolloutId = Annotated[str, typer.Argument(help="The rollout, by its id.")]
PlanId = Annotated[str, typer.Argument(help="The plan, by its id.")]
ScenarioId = Annotated[str, typer.Argument(help="The scenario, by its id.")]
FrozenUntil = Annotated[
    str | None, typer.Option(help="A day or moment: what is published and starts before it stays.")
]


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise typer.BadParameter(f"There are {', '.join(sorted(LANGUAGES))}.")
    return code


Spoken = Annotated[
    str,
    typer.Option(
        "--language", callback=_known, help="The language of the answer: en, de, sl, hu or hi."
    ),
]

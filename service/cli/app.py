"""The commands of `allocator` and what its help says."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli import (
    account,
    calendars,
    check,
    compare,
    convert,
    database,
    documents,
    explain,
    nightly,
    notices,
    parts,
    plan,
    replanning,
    rollouts,
    runs,
    scenarios,
    serve,
    show,
    webhook,
)
from service.cli.exits import EXIT_CODES
from service.cli.output import package_version
from service.cli.questions import worth
from service.cli.server import TOKEN, VARIABLE, talk_to

app = typer.Typer(
    name="allocator",
    help="Plans the rollout of a new system: tasks, classes and floor support decided together.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"allocator {package_version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
    server: Annotated[
        str | None,
        typer.Option(
            "--server",
            metavar="URL",
            envvar=VARIABLE,
            show_envvar=True,
            help=f"A running service to work with; its token is looked for in {TOKEN}.",
            callback=talk_to,
        ),
    ] = None,
) -> None:
    pass


app.command("plan", epilog=EXIT_CODES)(plan.plan)
app.command("check", epilog=EXIT_CODES)(check.check)
app.command("show", epilog=EXIT_CODES)(show.show)
app.command("compare", epilog=EXIT_CODES)(compare.compare)
app.command("validate", epilog=EXIT_CODES)(documents.validate)
app.command("schema", epilog=EXIT_CODES)(documents.schema)
app.command("explain", epilog=EXIT_CODES)(explain.explain)
app.command("worth", epilog=EXIT_CODES)(worth)
app.command("convert", epilog=EXIT_CODES)(convert.convert)
app.command("template", epilog=EXIT_CODES)(convert.template)
app.command("serve", epilog=EXIT_CODES)(serve.serve)
app.command("worker", epilog=EXIT_CODES)(serve.worker)
app.command("approvals", epilog=EXIT_CODES)(replanning.approvals)
app.command("approve", epilog=EXIT_CODES)(replanning.approve)
app.command("part", epilog=EXIT_CODES)(parts.part)
app.command("preview", epilog=EXIT_CODES)(parts.preview)
app.command("publish", epilog=EXIT_CODES)(replanning.publish)
app.command("actuals", epilog=EXIT_CODES)(replanning.actuals)
app.command("replan", epilog=EXIT_CODES)(replanning.replan)
app.command("recommend", epilog=EXIT_CODES)(replanning.recommend)
app.add_typer(rollouts.app, name="rollouts", epilog=EXIT_CODES)
app.add_typer(runs.app, name="runs", epilog=EXIT_CODES)
app.add_typer(scenarios.app, name="scenario", epilog=EXIT_CODES)
app.add_typer(nightly.app, name="nightly", epilog=EXIT_CODES)
app.add_typer(calendars.app, name="calendar", epilog=EXIT_CODES)
app.add_typer(notices.app, name="notices", epilog=EXIT_CODES)
app.add_typer(webhook.app, name="webhook", epilog=EXIT_CODES)
app.add_typer(account.app, name="account", epilog=EXIT_CODES)
app.add_typer(database.app, name="database", epilog=EXIT_CODES)

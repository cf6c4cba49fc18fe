"""`allocator database`: set up, upgrade, back up and restore what the service keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.exits import DONE, ending_well
from service.cli.output import results, say
from service.queue import set_up
from service.store import backup as backups
from service.store import migrate
from service.store.database import Database

VARIABLE = "ALLOCATOR_DATABASE"
DEFAULT_URL = "sqlite:///allocator.db"

DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database",
        envvar=VARIABLE,
        show_envvar=True,
        help="sqlite:///FILE or postgresql://user@host/name.",
    ),
]

app = typer.Typer(
    name="database",
    help="Set up, upgrade, back up and restore what the service keeps.",
    no_args_is_help=True,
)


@app.command()
@ending_well
def upgrade(database: DatabaseUrl = DEFAULT_URL) -> int:
    """Set up an empty database, or bring an older one up to date."""
    opened = Database(database)
    set_up(opened)
    say(results(), f"{opened.shown_url} is at version {migrate.latest()}.")
    return DONE


@app.command()
@ending_well
def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes.")],
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Write everything that is kept, as it is at one moment, to a file; the service may run."""
    rows = backups.back_up(Database(database), file)
    say(results(), f"{rows} rows are in {file}.")
    return DONE


@app.command()
@ending_well
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` has written.")],
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Fill an empty database from a backup, whichever kind of database it came from."""
    if not file.is_file():
        raise typer.BadParameter(f"There is no file {file}.")
    opened = Database(database)
    rows = backups.restore(opened, file)
    set_up(opened)
    say(results(), f"{rows} rows of {file} are in {opened.shown_url}.")
    return DONE

"""`allocator database`: set up, upgrade, back up and restore what the service keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.exits import DONE, ending_well
from service.cli.output import problems, results, say
from service.queue import set_up
from service.store import backup as backups
from service.store import doors, migrate, sealed, versions, webhooks
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
    opened = Database(database, unhurried=True)
    set_up(opened)
    say(results(), f"{opened.shown_url} is at version {versions.latest()}.")
    return DONE


@app.command()
@ending_well
def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes.")],
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Write everything that is kept, as it is at one moment, to a file; the service may run."""
    rows = backups.back_up(Database(database, unhurried=True), file)
    say(results(), f"{rows} rows are in {file}.")
    return DONE


@app.command()
@ending_well
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` has written.")],
    database: DatabaseUrl = DEFAULT_URL,
    access_of: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Let in whoever this database lets in, the one replaced."),
    ] = None,
    keep_access: Annotated[
        bool, typer.Option(help="Nothing was revoked since: let in whoever the backup lets in.")
    ] = False,
) -> int:
    """Fill an empty database from a backup, whichever kind of database it came from.

    What was revoked since the backup must not come back. So all sessions, tokens, links and
    passwords end, unless one of the options says who is let in.
    """
    if not file.is_file():
        raise typer.BadParameter(f"There is no file {file}.")
    if access_of is not None and keep_access:
        raise typer.BadParameter("only one of --access-of and --keep-access.")
    opened = Database(database, unhurried=True)
    let_in: doors.Doors = doors.as_kept if keep_access else doors.shut
    if access_of is not None:
        other = Database(access_of, unhurried=True)
        migrate.require_latest(other)
        let_in = doors.as_in(other)
    rows = backups.restore(opened, file, let_in)
    set_up(opened)
    say(results(), f"{rows} rows of {file} are in {opened.shown_url}.")
    if let_in is doors.shut:
        problems().print(
            "Nobody is let in by it: set passwords with `allocator account password NAME`, and "
            "make tokens and links anew."
        )
    return DONE


@app.command()
@ending_well
def key() -> int:
    """Print a new key for ALLOCATOR_SECRET_KEYS, under which secrets are kept."""
    say(results(), sealed.new_key())
    return DONE


@app.command()
@ending_well
def seal(database: DatabaseUrl = DEFAULT_URL) -> int:
    """Keep all secrets under the first key of ALLOCATOR_SECRET_KEYS; the service may run."""
    opened = Database(database)
    migrate.require_latest(opened)
    with opened.write() as connection:
        number = webhooks.seal_again(connection)
    say(results(), f"{number} secrets are kept under the present key.")
    return DONE

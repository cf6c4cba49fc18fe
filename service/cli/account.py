"""`allocator account`: people who sign in and tokens of programs, set up at the database itself."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from service.access import people, tokens
from service.access.roles import Caller, Role
from service.cli.database import DEFAULT_URL, DatabaseUrl
from service.cli.exits import DONE, ending_well
from service.cli.output import results, say
from service.store import migrate
from service.store.audit import Actor
from service.store.database import Database

RoleOption = Annotated[Role, typer.Option(help="What they may do.")]
Tenant = Annotated[str, typer.Option(help="Whose rollouts they see.")]
Departments = Annotated[
    list[str] | None, typer.Option("--department", help="Of a department head; repeat for more.")
]

app = typer.Typer(
    name="account",
    help="People who sign in and tokens of programs, set up at the database itself.",
    no_args_is_help=True,
)


@app.command()
@ending_well
def add(
    name: Annotated[str, typer.Argument(help="What they sign in with.")],
    role: RoleOption,
    tenant: Tenant = "default",
    department: Departments = None,
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Let somebody sign in; the password is asked for, or read from stdin."""
    with _opened(database).write() as connection:
        person = Caller(tenant, name, role, tuple(department or ()))
        people.add(connection, _here(tenant), person, _password())
    say(results(), f"{name} can sign in as {role} of {tenant}.")
    return DONE


@app.command()
@ending_well
def token(
    name: Annotated[str, typer.Argument(help="Which program it is for.")],
    role: RoleOption,
    tenant: Tenant = "default",
    department: Departments = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="When it expires.")] = 90,
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Make a token for a program and print it, this once."""
    with _opened(database).write() as connection:
        named = Caller(tenant, name, role, tuple(department or ()))
        _, text = tokens.make(connection, _here(tenant), named, lasts=days * tokens.DAY)
    say(results(), text)
    return DONE


def _opened(url: str) -> Database:
    database = Database(url)
    migrate.require_latest(database)
    return database


def _here(tenant: str) -> Actor:
    return Actor(tenant, f"{getpass.getuser()} at the command line")


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")

"""`allocator account`: people who sign in and tokens of programs.

They are set up at the database itself, or by an admin of the tenant at a running service.
"""

from __future__ import annotations

import getpass
import sys
from itertools import islice
from typing import Annotated

import typer

from service.access import passwords, people, tokens
from service.access.roles import Caller, Role
from service.cli.client import Client
from service.cli.database import DEFAULT_URL, DatabaseUrl
from service.cli.exits import DONE, ending_well
from service.cli.options import AsJson
from service.cli.output import results, say, say_or_write, say_rows, write_json
from service.cli.server import needed, server
from service.store import migrate, rollouts
from service.store.audit import Actor
from service.store.database import Database

DEFAULT_TENANT = "default"

RoleOption = Annotated[Role, typer.Option(help="What they may do.")]
Tenant = Annotated[str, typer.Option(help="Whose rollouts they see.")]
Departments = Annotated[
    list[str] | None, typer.Option("--department", help="Of a department head; repeat for more.")
]

app = typer.Typer(
    name="account",
    help="People who sign in and tokens of programs, at the database or at a running service.",
    no_args_is_help=True,
)


@app.command()
@ending_well
def add(
    name: Annotated[str, typer.Argument(help="What they sign in with.")],
    role: RoleOption,
    tenant: Tenant = DEFAULT_TENANT,
    department: Departments = None,
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Let somebody sign in; the password is asked for, or read from stdin."""
    client = _of_own_tenant(tenant)
    if client is not None:
        body = {"name": name, "role": role, "departments": department or []}
        client.send("POST", "people", body=body | {"password": _password()})
    else:
        opened = _opened(database)
        kept = passwords.hashed(_password(), (name, tenant))
        with opened.write() as connection:
            person = Caller(tenant, name, role, tuple(department or ()))
            people.add(connection, _here(tenant), person, kept)
    say(results(), f"{name} can sign in as {role} of {tenant}.")
    return DONE


@app.command()
@ending_well
def token(
    name: Annotated[str, typer.Argument(help="Which program it is for.")],
    role: RoleOption,
    tenant: Tenant = DEFAULT_TENANT,
    department: Departments = None,
    rollout: Annotated[
        list[str] | None,
        typer.Option("--rollout", help="The only one that it opens, by its id; repeat for more."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="When it expires.")] = 90,
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Make a token for a program and print it, this once."""
    client = _of_own_tenant(tenant)
    if client is not None:
        body: dict[str, object] = {"name": name, "role": role, "days": days}
        body |= {"departments": department or [], "rollouts": rollout or []}
        text = client.send("POST", "tokens", body=body)["token"]
    else:
        with _opened(database).write() as connection:
            for each in rollout or ():
                rollouts.get(connection, tenant, each)
            named = Caller(
                tenant, name, role, tuple(department or ()), rollouts=tuple(rollout or ())
            )
            _, text = tokens.make(connection, _here(tenant), named, lasts=days * tokens.DAY)
    say(results(), text)
    return DONE


@app.command()
@ending_well
def password(
    name: Annotated[str, typer.Argument(help="Who gets another one.")],
    tenant: Tenant = DEFAULT_TENANT,
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Give somebody another password, asked for or read from stdin; their sessions end."""
    client = _of_own_tenant(tenant)
    if client is not None:
        client.send("PATCH", "people", name, body={"password": _password()})
    else:
        opened = _opened(database)
        kept = passwords.hashed(_password(), (name, tenant))
        with opened.write() as connection:
            people.change_password(connection, _here(tenant), name, kept)
    say(results(), f"{name} signs in with the new password from now on.")
    return DONE


@app.command()
@ending_well
def role(
    name: Annotated[str, typer.Argument(help="Who may do something else.")],
    role: RoleOption,
    tenant: Tenant = DEFAULT_TENANT,
    department: Departments = None,
    database: DatabaseUrl = DEFAULT_URL,
) -> int:
    """Give somebody another role; what they have open keeps to it at once."""
    client = _of_own_tenant(tenant)
    if client is not None:
        body = {"role": role, "departments": department or []}
        client.send("PATCH", "people", name, body=body)
    else:
        with _opened(database).write() as connection:
            people.change_role(connection, _here(tenant), name, role, department or [])
    say(results(), f"{name} is {role} of {tenant} from now on.")
    return DONE


@app.command()
@ending_well
def sessions(
    name: Annotated[str, typer.Argument(help="Whose.")],
    end: Annotated[bool, typer.Option(help="Sign them out everywhere.")] = False,
    as_json: AsJson = False,
) -> int:
    """List where somebody is signed in at a running service, or sign them out."""
    client = needed()
    if end:
        client.send("DELETE", "people", name, "sessions")
        say(results(), f"{name} is signed out everywhere.")
        return DONE
    found = client.get("people", name, "sessions")["items"]
    say_or_write(found, as_json, "id", "agent", "created_at", "seen_at", "expires_at")
    return DONE


@app.command("list")
@ending_well
def listed(as_json: AsJson = False) -> int:
    """List who can sign in at a running service, and which tokens can be used."""
    client = needed()
    found = {each: list(client.pages(each)) for each in ("people", "tokens")}
    if as_json:
        write_json(found)
    else:
        say_rows(found["people"], "name", "role", "departments")
        say_rows(found["tokens"], "id", "name", "role", "departments", "expires_at")
    return DONE


@app.command()
@ending_well
def audit(
    limit: Annotated[
        int | None, typer.Option(min=1, help="So many; all if it is left out.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say who did what in the tenant of a running service, latest first."""
    found = list(islice(needed().pages("audit"), limit))
    say_or_write(found, as_json, "at", "who", "action", "kind", "id", "revision")
    return DONE


@app.command()
@ending_well
def close(name: Annotated[str, typer.Argument(help="Who signs in no more.")]) -> int:
    """Close an account at a running service, with its sessions, tokens, links and webhooks."""
    needed().send("DELETE", "people", name)
    say(results(), f"{name} cannot sign in any more.")
    return DONE


@app.command()
@ending_well
def revoke(token: Annotated[str, typer.Argument(help="The token, by its id.")]) -> int:
    """Make a token useless at a running service."""
    needed().send("DELETE", "tokens", token)
    say(results(), f"Token {token} cannot be used any more.")
    return DONE


def _of_own_tenant(tenant: str) -> Client | None:
    """The service, if there is one; there the tenant is that of whoever has the token."""
    client = server()
    if client is not None and tenant != DEFAULT_TENANT:
        raise typer.BadParameter("a service knows your tenant.", param_hint="--tenant")
    return client


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

"""`allocator serve` and `allocator worker`: the service on this machine, or help on another one."""

from __future__ import annotations

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

import typer

from service.access import people, sso_settings
from service.cli.database import DEFAULT_URL, VARIABLE, DatabaseUrl
from service.cli.exits import ending_well
from service.cli.output import problems
from service.notify import mail_settings
from service.queue import set_up
from service.runtime import listening, logs
from service.runtime.processes import Command, Supervisor
from service.store import migrate
from service.store.database import Database


def _networks(texts: list[str] | None) -> list[str] | None:
    for text in texts or []:
        try:
            ip_network(text)
        except ValueError:
            raise typer.BadParameter(f"{text!r} is no network like 10.1.0.0/16.") from None
    return texts


def _prefix(text: str) -> str:
    if text and PREFIX.fullmatch(text) is None:
        raise typer.BadParameter(f"{text!r} is no path like /planning.")
    return text


PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")

Solves = Annotated[
    int,
    typer.Option(
        min=1, max=256, help="Solves at a time in this worker.", show_default="half the cores"
    ),
]
PerTenant = Annotated[
    int, typer.Option(min=1, max=1000, help="Solves at a time for one tenant, on all workers.")
]
WebhooksTo = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NETWORK",
        help="A private network, such as 10.1.0.0/16, that webhooks may go to.",
        callback=_networks,
    ),
]
Mail = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="What is known of the mail server that messages go to."),
]
HALF_OF_THE_CORES = max(1, (os.cpu_count() or 2) // 2)
SHARE = 4


@ending_well
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    name: Annotated[
        list[str] | None, typer.Option(help="A host name that callers use; * for any.")
    ] = None,
    prefix: Annotated[
        str, typer.Option(help="The path that a proxy shows it under.", callback=_prefix)
    ] = "",
    database: DatabaseUrl = DEFAULT_URL,
    solves: Annotated[
        int,
        typer.Option(
            min=0,
            max=256,
            help="Solves at a time; 0 leaves all work to workers elsewhere.",
            show_default="half the cores",
        ),
    ] = HALF_OF_THE_CORES,
    per_tenant: PerTenant = SHARE,
    webhooks_to: WebhooksTo = None,
    sso: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What is known of the provider that signs people in."),
    ] = None,
    mail: Mail = None,
) -> int:
    """Run the service: pages, API and a worker, until Ctrl-C. The database is set up if need be.

    Ctrl-C lets running solves keep their best plan; they go on with the next start.
    """
    logs.configure()
    if sso is not None:
        sso_settings.read(sso, None)
    if mail is not None:
        mail_settings.read(mail, None)
    sockets = listening.opened(host, port)
    opened = Database(database, unhurried=True)
    set_up(opened)
    with opened.read() as connection:
        people.refuse_open_door(connection, host)
        known = people.somebody_is_set_up(connection)
    opened.close()
    names = [word for each in name or [] for word in ("--name", each)]
    port = sockets[0].getsockname()[1]
    problems().print(f"Listening on http://{host}:{port}, keeping everything in {opened.shown_url}")
    if not known:
        problems().print("Nobody has to sign in, and only this machine is listened to.")
    files = [
        *(() if sso is None else ("--sso", str(sso))),
        *(() if mail is None else ("--mail", str(mail))),
    ]
    numbers = tuple(it.fileno() for it in sockets)
    fds = [word for each in numbers for word in ("--socket", str(each))]
    api = Command(["-m", "api", "--host", host, *fds, "--prefix", prefix, *names, *files], numbers)
    workers = [_worker(solves, per_tenant, webhooks_to, mail)] if solves else []
    try:
        return Supervisor([api, *workers], {VARIABLE: database}).run()
    finally:
        listening.closed(sockets)


@ending_well
def worker(
    database: DatabaseUrl = DEFAULT_URL,
    solves: Solves = HALF_OF_THE_CORES,
    per_tenant: PerTenant = SHARE,
    webhooks_to: WebhooksTo = None,
    mail: Mail = None,
) -> int:
    """Work off the queue of a running service, on this or on another host, until Ctrl-C."""
    logs.configure()
    opened = Database(database)
    migrate.require_latest(opened)
    opened.close()
    if mail is not None:
        mail_settings.read(mail, None)
    return Supervisor([_worker(solves, per_tenant, webhooks_to, mail)], {VARIABLE: database}).run()


def _worker(
    solves: int, per_tenant: int, webhooks_to: list[str] | None, mail: Path | None
) -> Command:
    networks = [word for each in webhooks_to or [] for word in ("--webhooks-to", each)]
    post = [] if mail is None else ["--mail", str(mail)]
    slots = ["--slots", str(solves), "--per-tenant", str(per_tenant)]
    return Command(["-m", "service.jobs", *slots, *networks, *post])

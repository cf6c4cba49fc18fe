"""`allocator --server URL`: which service a command talks to, and documents named by their id."""

from __future__ import annotations

import os
from pathlib import Path

import httpx2
import typer

from allocator.formats.text.tree import dump_json
from service.cli.client import Client
from service.cli.files import read_document

VARIABLE = "ALLOCATOR_SERVER"

TOKEN = "ALLOCATOR_TOKEN"
"""Where the token is looked for: never among the words of a command, which others can list."""

_named: list[Client] = []
"""The service of this process, if it was given one."""


def talk_to(url: str | None) -> str | None:
    """Let the commands of this process talk to the service at a URL, or to none."""
    while _named:
        _named.pop().close()
    if url is not None:
        if not url.startswith(("http://", "https://")):
            raise typer.BadParameter(f"{url!r} is no URL like https://plan.example.")
        try:
            _named.append(Client(url, os.environ.get(TOKEN)))
        except httpx2.InvalidURL:
            raise typer.BadParameter(f"{url!r} is no URL like https://plan.example.") from None
    return url


def server() -> Client | None:
    """The service that this command talks to; None if it works on files alone."""
    return _named[0] if _named else None


def needed() -> Client:
    """The service, for a command that cannot do without one."""
    found = server()
    if found is None:
        raise typer.BadParameter(
            f"it works on a running service: allocator --server URL ..., or {VARIABLE}.",
            param_hint="--server",
        )
    return found


def asked_for(named: Path) -> Client | None:
    """The service, if a document that is named so is there and not in a file."""
    return None if named.exists() else server()


def rollout_document(named: Path) -> bytes:
    """A rollout document: the file of this name, or with a service the rollout of this id."""
    client = asked_for(named)
    return read_document(named) if client is None else client.document("rollouts", str(named))


def plan_document(named: Path) -> bytes:
    """A plan document: the file of this name, or with a service the plan of this id."""
    client = asked_for(named)
    if client is None:
        return read_document(named)
    found = client.get("plans", str(named), "result")
    return dump_json(found["plan"]).encode()

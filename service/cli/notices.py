"""`allocator notices`: who is notified of what a running service has published, when, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from allocator.formats.icalendar import Whose
from allocator.formats.text.tree import read_tree
from service.cli.exits import DONE, ending_well
from service.cli.files import read_document
from service.cli.options import AsJson, PlanId, RolloutId
from service.cli.output import results, say, say_or_write, write_json
from service.cli.server import needed
from service.store.directory import Form, Language
from service.store.notice_settings import Send
from service.store.notices import State

app = typer.Typer(
    name="notices",
    help="Who is notified of what a running service has published, when, and how.",
    no_args_is_help=True,
)

MailingId = Annotated[str, typer.Argument(metavar="MAILING", help="The mailing, by its id.")]
LARGEST = 5000
"""Entries of a directory that are sent at a time."""


@app.command()
@ending_well
def preview(plan: PlanId, as_json: AsJson = False) -> int:
    """Say who would get a message if a plan were published now, with three to read."""
    found = needed().get("plans", plan, "notices")
    if as_json:
        write_json(found)
        return DONE
    what = ", ".join(f"{number} {word}" for word, number in found["what"].items())
    for kind, number in found["recipients"].items():
        say(results(), f"{kind}: {number}")
    say(results(), f"Bookings: {what or 'none'}.")
    say(results(), f"Without an address: {found['without_address']}.")
    for sample in found["samples"]:
        say(results(), f"\n{sample['subject']}\n\n{sample['text']}")
    return DONE


@app.command("list")
@ending_well
def listed(rollout: RolloutId, as_json: AsJson = False) -> int:
    """List what was sent for each publication, or waits to be, latest first."""
    found = list(needed().pages("rollouts", rollout, "mailings"))
    if not as_json:
        for it in found:
            counts = (f"{number} {state}" for state, number in it["messages"].items())
            it["messages"] = ", ".join(counts)
    say_or_write(
        found, as_json, "id", "plan", "created_at", "decision", "messages", "without_address"
    )
    return DONE


@app.command()
@ending_well
def send(
    rollout: RolloutId,
    mailing: MailingId,
    at: Annotated[
        str | None, typer.Option(help="From when on, such as 2027-01-12T08:00+01:00.")
    ] = None,
) -> int:
    """Let the messages of a mailing go, at once or from a moment on."""
    body = {"send": "at once"} if at is None else {"send": "at", "at": at}
    return _decided(rollout, mailing, body)


@app.command()
@ending_well
def drop(rollout: RolloutId, mailing: MailingId) -> int:
    """Never send the messages of a mailing that wait."""
    return _decided(rollout, mailing, {"send": "never"})


@app.command()
@ending_well
def messages(
    rollout: RolloutId,
    mailing: MailingId,
    state: Annotated[State | None, typer.Option(help="Those in this state alone.")] = None,
    as_json: AsJson = False,
) -> int:
    """List the messages of a mailing, and what came of each."""
    path = "rollouts", rollout, "mailings", mailing, "messages"
    found = list(needed().pages(*path, state=state))
    say_or_write(found, as_json, "kind", "of", "state", "attempts", "answer", "next_at")
    return DONE


@app.command()
@ending_well
def settings(
    rollout: RolloutId,
    send: Annotated[Send | None, typer.Option(help="Whether messages wait.")] = None,
    language: Annotated[Language | None, typer.Option(help="Of who has none.")] = None,
    form: Annotated[Form | None, typer.Option(help="Invitations, or a calendar's link.")] = None,
    quiet: Annotated[
        str | None, typer.Option(metavar="HH:MM-HH:MM", help="When nothing is sent.")
    ] = None,
    webhook: Annotated[str | None, typer.Option(help="Who sends in place of a server.")] = None,
) -> int:
    """Show how people are notified of a rollout, or change what is named."""
    client = needed()
    found = client.get("rollouts", rollout, "notices")
    changed: dict[str, Any] = {
        name: value
        for name, value in (
            ("send", send),
            ("language", language),
            ("form", form),
            ("webhook", webhook),
        )
        if value is not None
    }
    if quiet is not None:
        changed["quiet_from"], _, changed["quiet_until"] = quiet.partition("-")
    if changed:
        found = client.send("PUT", "rollouts", rollout, "notices", body=found | changed)
    write_json(found)
    return DONE


@app.command()
@ending_well
def directory(as_json: AsJson = False) -> int:
    """List who can be notified."""
    found = list(needed().pages("directory"))
    say_or_write(found, as_json, "kind", "id", "address", "language", "form", "daily_at")
    return DONE


@app.command()
@ending_well
def enter(
    file: Annotated[
        Path, typer.Argument(help="A list, YAML or JSON: [{kind: person, id: ana, address: ...}].")
    ],
) -> int:
    """Enter addresses into the directory, each in place of the one before."""
    found = read_tree(read_document(file))
    entries: list[Any] = found if isinstance(found, list) else [found]
    client = needed()
    for first in range(0, len(entries), LARGEST):
        body = {"entries": entries[first : first + LARGEST]}
        client.send("PUT", "directory", body=body)
    say(results(), f"{len(entries)} entries are in the directory.")
    return DONE


@app.command()
@ending_well
def leave(
    kind: Annotated[Whose, typer.Argument(help="What it is.")],
    id_: Annotated[str, typer.Argument(metavar="ID", help="Which one.")],
) -> int:
    """Take somebody out of the directory."""
    needed().send("DELETE", "directory", kind, id_)
    say(results(), f"{kind} {id_} is notified of nothing any more.")
    return DONE


def _decided(rollout: str, mailing: str, body: dict[str, str]) -> int:
    path = "rollouts", rollout, "mailings", mailing, "decision"
    found = needed().send("POST", *path, body=body)
    counts = ", ".join(f"{number} {state}" for state, number in found["messages"].items())
    say(results(), f"Mailing {mailing}: {counts}.")
    return DONE

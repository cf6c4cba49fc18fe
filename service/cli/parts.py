"""`allocator part` and `allocator preview`: what a plan at a running service means for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from service.cli.compare import print_differences
from service.cli.exits import DONE, ending_well
from service.cli.options import AsJson, PlanId
from service.cli.output import results, say, table, write_json
from service.cli.server import needed


@ending_well
def part(
    plan: PlanId,
    department: Annotated[str, typer.Argument(help="The department, by its id.")],
    as_json: AsJson = False,
) -> int:
    """Show what a plan has for one department: what its head gives the green light for."""
    found = needed().get("plans", plan, "departments", department)
    if as_json:
        write_json(found)
        return DONE
    own, word = found["part"], found["approval"]
    say(results(), f"{word['name']} in {found['name']}; green light: {word['word']}", "bold")
    classes = [
        {**it, "heads": sum(group["heads"] for group in it["groups"]), "people": it["trainers"]}
        for it in own["classes"]
    ]
    _table("Classes", classes, "start", "end", "name", "heads", "room", "people")
    _table("Away in class", own["away"], "day", "seats", "at_once")
    _table("Tasks", own["tasks"], "start", "end", "name", "people")
    _table("Support", own["support"], "start", "end", "name", "people")
    _table("Left open", own["open"], "kind", "name", "reason")
    if found["changes"] is not None:
        say(results(), "Since the last word", "bold")
        print_differences(found["changes"])
    return DONE


@ending_well
def preview(plan: PlanId, as_json: AsJson = False) -> int:
    """Say what is in the way of publishing a plan, and who would have to be notified."""
    found = needed().get("plans", plan, "publishing")
    if as_json:
        write_json(found)
        return DONE
    console = results()
    if found["revision"] < found["content"]:
        made, now = found["revision"], found["latest"]
        say(console, f"It was made for revision {made}, and the rollout is at {now}.")
    for it in found["breaks"]:
        say(console, f"It breaks {it['rule']}: {it['message']}")
    if not found["breaks"]:
        say(console, "It keeps every rule of the rollout as it is now.")
    missing = [it["department"] for it in found["approvals"] if it["word"] != "granted"]
    say(
        console,
        f"Green lights: {len(found['approvals']) - len(missing)} of {len(found['approvals'])}",
    )
    if missing:
        say(console, f"Without a green light so far: {', '.join(missing)}.")
    say(console, f"Bookings that differ from what is published: {_counted(found['bookings'])}")
    say(console, f"People who would have to be notified: {_counted(found['people'])}")
    say(console, f"Seats in classes that differ: {_counted(found['heads'])}")
    return DONE


def _counted(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in numbers.items()) or "none"


def _table(title: str, entries: Sequence[Mapping[str, Any]], *fields: str) -> None:
    """A table with a title; nothing where there are no entries."""
    if not entries:
        return
    made = table(title, *(name.replace("_", " ") for name in fields))
    for entry in entries:
        made.add_row(*(_cell(entry[name]) for name in fields))
    results().print(made)


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")

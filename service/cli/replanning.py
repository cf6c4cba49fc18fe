"""After the first plan, at a running service: green lights, published, what happened, again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from allocator.formats.text.tree import read_tree
from service.cli.exits import DONE, ending_well
from service.cli.files import read_document
from service.cli.options import AsJson, FrozenUntil, PlanId, RolloutId
from service.cli.output import results, say, say_or_write, write_json
from service.cli.plan import (
    MostPeople,
    OtherPreset,
    Out,
    Seconds,
    Seed,
    Workers,
    by_the_service,
    carried_out,
    check_out,
)
from service.cli.server import needed
from service.notify.notices.publication import Choice


@ending_well
def approvals(plan: PlanId, as_json: AsJson = False) -> int:
    """Show the departments that a plan concerns, and where the green light of each stands."""
    return _approvals(needed().get("plans", plan, "approvals"), as_json)


@ending_well
def approve(
    plan: PlanId,
    department: Annotated[str, typer.Argument(help="The department, by its id.")],
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse the green light.")] = False,
    note: Annotated[str, typer.Option(help="What there is to say about it.")] = "",
    as_json: AsJson = False,
) -> int:
    """Give or refuse a department's green light for its part of a plan."""
    client = needed()
    parts = {it["department"]: it["sha256"] for it in client.get("plans", plan, "approvals")}
    if department not in parts:
        raise typer.BadParameter(
            f"the plan has nothing for {department}; it concerns {', '.join(parts) or 'nobody'}.",
            param_hint="DEPARTMENT",
        )
    body = {
        "department": department,
        "sha256": parts[department],
        "granted": not refuse,
        "note": note,
    }
    return _approvals(client.send("POST", "plans", plan, "approvals", body=body), as_json)


@ending_well
def publish(
    plan: PlanId,
    frozen_until: FrozenUntil = None,
    unapproved: Annotated[
        bool, typer.Option("--unapproved", help="Also without all green lights.")
    ] = False,
    notify: Annotated[
        Choice | None,
        typer.Option(help="The messages: wait for a decision, go at once, or never go."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Let a plan be what is published."""
    client = needed()
    rollout = client.get("plans", plan)["rollout"]
    body = {
        "plan": plan,
        "frozen_until": frozen_until,
        "approved": not unapproved,
        "notify": notify,
    }
    kept = client.send("POST", "rollouts", rollout, "published", body=body)
    if as_json:
        write_json(kept)
    else:
        say(results(), f"Plan {plan} is published in revision {kept['revision']} of {rollout}.")
    return DONE


@ending_well
def actuals(
    rollout: RolloutId,
    file: Annotated[
        Path,
        typer.Argument(help="A list, YAML or JSON, such as [{edit: finished, ...}]."),
    ],
    as_json: AsJson = False,
) -> int:
    """Write down what has happened: progress, finished work, attendance, absence, refusals."""
    body = {"actuals": read_tree(read_document(file))}
    kept = needed().send("POST", "rollouts", rollout, "actuals", body=body)
    if as_json:
        write_json(kept)
    else:
        say(results(), f"{kept['name']} is at revision {kept['revision']}.")
    return DONE


@ending_well
def replan(
    rollout: RolloutId,
    as_of: Annotated[str, typer.Option(help="From which moment on, such as 2027-02-01T08:00.")],
    out: Out,
    frozen_until: FrozenUntil = None,
    seconds: Seconds = 60.0,
    workers: Workers = 2,
    seed: Seed = 1,
    preset: OtherPreset = None,
    most_people: MostPeople = None,
    as_json: AsJson = False,
) -> int:
    """Plan again from a moment on: what is frozen stays, other changes have their price."""
    check_out(out)
    body: dict[str, object] = {
        "as_of": as_of,
        "frozen_until": frozen_until,
        "seconds": seconds,
        "workers": workers,
        "seed": seed,
        "preset": preset,
        "most_people": most_people,
    }
    return carried_out(
        by_the_service(needed(), "rollouts", rollout, "replan", body=body), out, as_json
    )


@ending_well
def recommend(
    plan: PlanId,
    person: Annotated[
        str | None, typer.Option(help="Who is booked there now; nobody if it is open.")
    ] = None,
    task: Annotated[str | None, typer.Option(help="Their part of this task, or all of it.")] = None,
    session: Annotated[
        str | None, typer.Option("--class", help="This class, such as c-basic/1.")
    ] = None,
    support: Annotated[
        str | None, typer.Option(help="A shift of this support, with --department and --day.")
    ] = None,
    department: Annotated[str | None, typer.Option(help="Where the shift is.")] = None,
    day: Annotated[str | None, typer.Option(help="When, such as 2027-02-01.")] = None,
    as_json: AsJson = False,
) -> int:
    """Say who could fill a seat, take a class, stand on a shift or do a task that is open."""
    body = {
        "plan": plan,
        "person": person,
        "task": task,
        "session": session,
        "support": support,
        "department": department,
        "day": day,
    }
    found = needed().send("POST", "recommend", body=body)
    if as_json:
        write_json(found)
        return DONE
    if not found:
        say(results(), "Nobody else could.")
    for it in found:
        broken = "; ".join(f"{one['rule']}: {one['message']}" for one in it["breaks"])
        breaks = f"; breaks {broken}" if broken else ""
        who, when = ", ".join(it["crew"]), f"from {it['starts']} until {it['ends']}"
        say(results(), f"{who}: {it['difference']:+,.2f}, {when}{breaks}")
    return DONE


def _approvals(found: list[dict[str, object]], as_json: bool) -> int:
    say_or_write(found, as_json, "department", "word")
    return DONE

"""`allocator show`: a plan as the agenda of each person, project, room or day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from allocator.formats.detect import WORKBOOK, open_document
from allocator.formats.document import problem_of, read_problem
from allocator.formats.icalendar import Owner, ics
from allocator.formats.plan.write import read_plan
from allocator.formats.text.tree import read_tree
from allocator.report import report
from service.cli.exits import DONE, ending_well
from service.cli.files import write_whole
from service.cli.output import results, say, table, write_json
from service.cli.server import plan_document, rollout_document
from service.notify.calendars.entries import entries_of
from service.notify.calendars.entries import names_of as calendars_named
from service.notify.calendars.events import calendar_name, first_events
from service.plans.agenda import By, Entry, Names, agenda, names_of, read_plan_document
from service.plans.report import report_document
from service.plans.workbook import plan_workbook
from service.store.clock import now

CALENDAR = ".ics"


@ending_well
def show(
    plan: Annotated[Path, typer.Argument(help="The plan, YAML or JSON, or its id with --server.")],
    rollout: Annotated[
        Path | None, typer.Option("--rollout", help="Its rollout: adds names and projects.")
    ] = None,
    by: Annotated[By, typer.Option("--by", help="Whose agenda it is.")] = "day",
    only: Annotated[
        str | None, typer.Option("--only", metavar="ID", help="Only this one (an id or a date).")
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option("--workbook", help="Write the plan as a workbook instead: *.xlsx."),
    ] = None,
    calendar: Annotated[
        Path | None,
        typer.Option(
            "--calendar",
            help="Write the calendar of a person or room instead, with --by and --only: *.ics.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The result as JSON on stdout, for machines.")
    ] = False,
) -> int:
    """Show a plan by person, project, room or day. Times are local to the work's site."""
    if by == "project" and rollout is None:
        raise typer.BadParameter("a plan does not say projects: give --rollout.", param_hint="--by")
    if workbook is not None:
        return _workbook(plan, rollout, workbook, as_json)
    if calendar is not None:
        return _calendar(plan, rollout, by, only, calendar, as_json)
    document = read_plan_document(plan_document(plan))
    names = Names()
    if rollout is not None:
        opened = open_document(rollout_document(rollout))
        names = names_of(problem_of(opened), opened.tree)
    groups = agenda(document, by, names)
    if only is not None:
        if only not in groups and only not in names.names:
            raise typer.BadParameter(f"{only} is not in the plan.", param_hint="--only")
        groups = {only: groups.get(only, [])}
    if as_json:
        write_json({"by": by, "agenda": {group: _trees(it) for group, it in groups.items()}})
    else:
        _print(groups, names)
    return DONE


def _workbook(plan: Path, rollout: Path | None, out: Path, as_json: bool) -> int:
    """The plan as a workbook, with the report that its rollout allows."""
    if rollout is None:
        raise typer.BadParameter("a workbook has names: give --rollout.", param_hint="--workbook")
    if out.suffix.lower() not in WORKBOOK.suffixes:
        raise typer.BadParameter(
            f"its name ends in {WORKBOOK.suffixes[0]}.", param_hint="--workbook"
        )
    content = plan_document(plan)
    document, problem = read_plan_document(content), read_problem(rollout_document(rollout))
    booked = read_plan(content, problem)
    reported = report_document(problem, report(problem, booked, ()))
    write_whole(out, plan_workbook(problem, document, reported))
    if as_json:
        write_json({"workbook": str(out)})
    else:
        say(results(), f"The plan is in {out}.")
    return DONE


def _calendar(
    plan: Path, rollout: Path | None, by: By, only: str | None, out: Path, as_json: bool
) -> int:
    """The calendar of one person or room, for a calendar program."""
    if rollout is None:
        raise typer.BadParameter("a calendar has names: give --rollout.", param_hint="--calendar")
    if by not in ("person", "room") or only is None:
        raise typer.BadParameter(
            "whose? Give --by person or --by room, and --only.", param_hint="--calendar"
        )
    if out.suffix.lower() != CALENDAR:
        raise typer.BadParameter(f"its name ends in {CALENDAR}.", param_hint="--calendar")
    opened, content = open_document(rollout_document(rollout)), plan_document(plan)
    problem = problem_of(opened)
    read_plan(content, problem)
    tree, document = _mapping(opened.tree), _mapping(read_tree(content))
    owner = Owner(by, only)
    name = calendars_named(tree, by).get(only)
    if name is None:
        raise typer.BadParameter(f"{only} is not in the rollout.", param_hint="--only")
    entries = entries_of(tree, document).get(owner, [])
    reported = first_events(calendar_name(problem.sha256, owner), entries, now())
    write_whole(out, ics(f"{name}: {problem.name}", reported))
    if as_json:
        write_json({"calendar": str(out)})
    else:
        say(results(), f"The calendar of {name} is in {out}.")
    return DONE


def _mapping(tree: object) -> dict[str, Any]:
    assert isinstance(tree, dict)  # it has been read as a document
    return tree


def _print(groups: dict[str, list[Entry]], names: Names) -> None:
    console = results()
    if not groups:
        say(console, "Nothing is planned.")
    for group, entries in groups.items():
        say(console, names.of(group), "bold")
        made = table("", "from", "to", "what", "work", "with")
        made.title, made.show_header = None, False
        for entry in entries:
            start, end = _times(entry, group)
            made.add_row(start, end, entry.kind, names.of(entry.id), entry.detail)
        console.print(made if entries else " nothing to do in this plan")
        console.print()


def _times(entry: Entry, group: str) -> tuple[str, str]:
    """`2027-01-20 08:00` and `16:30`, or with its date if it ends on another day.

    Under the heading of a day its own moments need no date.
    """
    start, end = entry.start.replace("T", " "), entry.end.replace("T", " ")
    end = end[11:] if end[:10] in (start[:10], group) else end
    return start[11:] if start[:10] == group else start, end


def _trees(entries: list[Entry]) -> list[dict[str, str]]:
    return [
        {
            "start": entry.start,
            "end": entry.end,
            "kind": entry.kind,
            "id": entry.id,
            "detail": entry.detail,
        }
        for entry in entries
    ]

"""The page of the service names every request, role and state that there is."""

import re
from typing import get_args

from pydantic import TypeAdapter
from typer.core import TyperGroup
from typer.main import get_command

from api.app import create_app
from benchmarks.service.__main__ import FIGURES
from service.access.roles import ROLES
from service.cli.app import app
from service.edits.changes import Change
from service.plans.effect import Verdict
from service.plans.what_if import Why
from service.queue import set_up
from service.store.database import Database
from service.store.leases import LEASE
from tests.docs.pages import codes, page, rows, section

PAGE = page("docs/service.md")


def test_the_page_names_every_request_and_no_other(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/kept.db")
    set_up(database)
    app = create_app(database)
    offered = {
        f"{method.upper()} {path}"
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    app.state.service.queue.close()
    database.close()
    assert {codes(row[0])[0] for row in rows(section(PAGE, "Requests"))} == offered


def test_the_page_names_every_command_that_needs_a_service_and_no_other():
    named = {
        code.split()[0]: codes(row[1])
        for row in rows(section(PAGE, "From the command line"))
        for code in codes(row[0])
    }
    offered = get_command(app).commands
    assert named.keys() <= offered.keys()
    modules = (
        "rollouts",
        "runs",
        "scenarios",
        "nightly",
        "replanning",
        "parts",
        "webhook",
        "calendars",
    )
    for name, command in offered.items():
        if isinstance(command, TyperGroup) and name in named:
            within = {code.split()[0] for code in named[name]} - {"plan"}
            assert within == command.commands.keys()
    alone = {
        name
        for name, command in offered.items()
        if any(f"service.cli.{it}" == module_of(command) for it in modules)
    }
    assert alone <= named.keys()


def module_of(command):
    """Where a command, or the first one of a group, is written."""
    first = next(iter(command.commands.values())) if hasattr(command, "commands") else command
    return first.callback.__module__


def test_the_page_names_every_edit_of_a_scenario():
    named = {codes(row[0])[0] for row in rows(section(PAGE, "What if"))}
    schema = TypeAdapter(Change).json_schema()
    assert named == set(schema["discriminator"]["mapping"])


def test_the_page_names_every_verdict_on_what_edits_do_and_every_reason_of_one():
    reported = {codes(row[0])[0]: codes(row[1]) for row in rows(section(PAGE, "What edits do"))}
    assert sorted(reported["verdict"]) == sorted([*get_args(Verdict), "not compared"])
    assert set(get_args(Why)) <= reported.keys()


def test_the_page_names_every_role():
    named = [codes(row[0])[0] for row in rows(section(PAGE, "Who may do what"))]
    assert sorted(named) == sorted(ROLES)


def test_the_page_names_the_lease_that_holds():
    assert re.findall(r"lease of (\d+) s", PAGE) == [f"{LEASE:g}"]


def test_the_page_names_every_figure():
    assert [codes(row[0])[0] for row in rows(section(PAGE, "Figures"))[: len(FIGURES)]] == [
        *FIGURES
    ]

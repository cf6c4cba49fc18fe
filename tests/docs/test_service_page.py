"""The page of the service names every request, role and state that there is."""

import re

from pydantic import TypeAdapter

from api.app import create_app
from service.access.roles import ROLES
from service.edits.changes import Change
from service.jobs.leases import LEASE
from service.jobs.queue import set_up
from service.store.database import Database
from tests.docs.pages import codes, page, rows, section
from tests.figures.__main__ import FIGURES

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


def test_the_page_names_every_edit_of_a_scenario():
    named = {codes(row[0])[0] for row in rows(section(PAGE, "What if"))}
    schema = TypeAdapter(Change).json_schema()
    assert named == set(schema["discriminator"]["mapping"])


def test_the_page_names_every_role():
    named = [codes(row[0])[0] for row in rows(section(PAGE, "Who may do what"))]
    assert sorted(named) == sorted(ROLES)


def test_the_page_names_the_lease_that_holds():
    assert re.findall(r"lease of (\d+) s", PAGE) == [f"{LEASE:g}"]


def test_the_page_names_every_figure():
    assert [codes(row[0])[0] for row in rows(section(PAGE, "Figures"))[: len(FIGURES)]] == [
        *FIGURES
    ]

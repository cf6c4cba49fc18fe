"""Chromium, the service with a rollout in it, and windows on its pages.

The browser ends with this package: as long as it runs, no other test here could use asyncio.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from service.access import passwords, people
from service.access.roles import Caller
from service.queue import set_up
from service.store.database import Database
from tests.api.conftest import PASSWORD
from tests.service.databases import created, dropped, url_of
from tests.web.browser import WINDOW, Window, launched, visit, watched
from tests.web.site import DEPARTMENT, Site, answer_to, prepared, serving

Opened = Callable[..., Page]

ROLES = ("coordinator", "project-manager", "department-head", "viewer")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser; each window in it is a stranger to the others."""
    with sync_playwright() as playwright:
        opened = launched(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service on this machine, without accounts, with everything in SQLite."""
    database = f"sqlite:///{tmp_path_factory.mktemp('site')}/kept.db"
    with serving(database) as url, httpx2.Client(base_url=url) as client:
        yield Site(url, prepared(client, database), database)


@pytest.fixture(scope="package")
def guarded_site() -> Iterator[Site]:
    """A service where people sign in, each by the name of their role, on PostgreSQL."""
    name = created()
    database = Database(url_of(name))
    set_up(database)
    with database.write() as connection:
        for role in ("admin", "monitor", *ROLES):
            whose = (DEPARTMENT,) if role == "department-head" else ()
            somebody = Caller("north", role, role, whose)  # type: ignore[arg-type]
            people.add(connection, somebody.actor, somebody, passwords.hashed(PASSWORD))
    database.close()
    with serving(url_of(name)) as url, httpx2.Client(base_url=url) as client:
        answer_to(client, "POST", "/v1/session", {"name": "admin", "password": PASSWORD})
        yield Site(url, prepared(client, url_of(name), "north"))
    dropped(name)


@pytest.fixture(scope="package")
def windows() -> Iterator[dict[object, Window]]:
    """Windows that stay open for many tests: opening one takes as long as a dozen views in it."""
    found: dict[object, Window] = {}
    yield found
    for window in found.values():
        window.close()


@pytest.fixture
def standing(browser: Browser, windows: dict[object, Window]) -> Iterator[Opened]:
    """A function that gives a window with the pages in it; the same one for the same wishes."""
    used: list[Window] = []

    def giving(where: Site, first: str = "rollouts", **how: Any) -> Page:
        key = (where.url, *sorted(how.items()))
        if key not in windows:
            windows[key] = Window(browser, where.url, **how)
            visit(windows[key].page, first)
        used.append(windows[key])
        windows[key].page.set_viewport_size({"width": WINDOW[0], "height": WINDOW[1]})
        return windows[key].page

    yield giving
    assert [it for window in used for it in window.complaints()] == []


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Opened]:
    """A function that opens a window, at a path if one is given."""
    with ExitStack() as stack:

        def opening(path: str | None = None, where: Site = site, **how: Any) -> Page:
            page = stack.enter_context(watched(browser, where.url, **how))
            if path is not None:
                visit(page, path)
            return page

        yield opening


@pytest.fixture
def signed_in(opened: Opened, guarded_site: Site) -> Opened:
    """A function that opens a window for somebody who has signed in."""

    def opening(role: str, path: str | None = None, **how: Any) -> Page:
        page = opened(where=guarded_site, **how)
        wanted = {"name": role, "password": PASSWORD}
        assert page.request.post("v1/session", data=wanted).ok
        if path is not None:
            visit(page, path)
        return page

    return opening

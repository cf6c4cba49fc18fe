"""A browser that is watched: what goes wrong on a page, or leaves the server, fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

VARIABLE = "ALLOCATOR_TEST_CHROMIUM"

LOCALES = {"en": "en-GB", "de": "de-DE", "sl": "sl-SI", "hu": "hu-HU", "hi": "hi-IN"}

WINDOW = (1280, 800)
PHONE = (390, 844)

PATIENCE = 60_000
"""Milliseconds after which a test gives up waiting; nothing is asserted about how long it takes."""


def launched(playwright: Playwright) -> Browser:
    """Chromium, or a failure that says how to get it."""
    found = os.environ.get(VARIABLE) or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail(
            "The tests of the pages need Chromium: apt-get install chromium. "
            f"{VARIABLE} may name it where it is not on the path.",
            pytrace=False,
        )
    return playwright.chromium.launch(executable_path=found)


@contextmanager
def watched(
    browser: Browser,
    url: str,
    *,
    language: str = "en",
    theme: str = "light",
    window: tuple[int, int] = WINDOW,
    **more: Any,
) -> Iterator[Page]:
    """A window of its own. At the end nothing may have been complained of, or gone elsewhere."""
    context = browser.new_context(
        base_url=f"{url}/",
        locale=LOCALES[language],
        color_scheme=theme,
        viewport={"width": window[0], "height": window[1]},
        reduced_motion="reduce",
        timezone_id="Europe/Vienna",
        **more,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on(
        "console",
        lambda told: (
            complaints.append(f"{told.type}: {told.text}")
            if told.type in ("error", "warning") and not _is_an_answer(told.text)
            else None
        ),
    )
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((f"{url}/", "blob:", "data:"))
            else complaints.append(f"request: {asked.url}")
        ),
    )
    try:
        yield page
    finally:
        context.close()
    assert complaints == []


def _is_an_answer(text: str) -> bool:
    """Whether it is only the browser's note that an answer was a problem; the pages show it."""
    return text.startswith("Failed to load resource: the server responded with a status of")


def visit(page: Page, path: str) -> None:
    """Open an address and wait until its view is there."""
    page.goto(path)
    settled(page)


def settled(page: Page) -> None:
    """Wait until a view is shown and nothing is being fetched for it."""
    page.wait_for_selector("main .view > *, main .empty")
    page.wait_for_selector("[aria-busy=true]", state="detached")
    page.wait_for_function("document.fonts.status === 'loaded'")


def view_of(page: Page) -> str | None:
    """The name of the view that is shown."""
    return page.get_attribute("body", "data-view")

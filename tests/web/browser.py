"""A browser that is watched: what goes wrong on a page, or leaves the server, fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright

VARIABLE = "ALLOCATOR_TEST_CHROMIUM"

LOCALES = {"en": "en-GB", "de": "de-DE", "sl": "sl-SI", "hu": "hu-HU", "hi": "hi-IN"}

WINDOW = (1280, 800)
PHONE = (390, 844)

PATIENCE = 180_000
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


class Window:
    """A window of its own, a stranger to all others, and what went wrong in it."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        *,
        language: str = "en",
        theme: str = "light",
        window: tuple[int, int] = WINDOW,
        **more: Any,
    ) -> None:
        self.url = url
        self._context = browser.new_context(
            base_url=f"{url}/",
            locale=LOCALES[language],
            color_scheme=theme,
            viewport={"width": window[0], "height": window[1]},
            reduced_motion="reduce",
            timezone_id="Europe/Vienna",
            **more,
        )
        self._context.set_default_timeout(PATIENCE)
        self.page = self._context.new_page()
        self._complaints: list[str] = []
        self.page.on("pageerror", lambda error: self._complain(f"error: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", lambda request: self._asked(request.url))

    def complaints(self) -> list[str]:
        """What went wrong since this was asked last."""
        found, self._complaints = self._complaints, []
        return found

    def close(self) -> None:
        """Forget it."""
        self._context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _is_an_answer(message.text):
            self._complain(f"{message.type}: {message.text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.url}/", "blob:", "data:")):
            self._complain(f"request: {url}")

    def _complain(self, text: str) -> None:
        self._complaints.append(text)


@contextmanager
def watched(browser: Browser, url: str, **how: Any) -> Iterator[Page]:
    """A window. At the end nothing may have been complained of, or gone elsewhere."""
    window = Window(browser, url, **how)
    try:
        yield window.page
    finally:
        window.close()
    assert window.complaints() == []


def _is_an_answer(text: str) -> bool:
    """Whether it is only the browser's note that an answer was a problem; the pages show it."""
    return text.startswith("Failed to load resource: the server responded with a status of")


def visit(page: Page, path: str) -> None:
    """Open an address and wait until its view is there."""
    page.goto(path)
    at_rest(page)


def follow(page: Page, path: str) -> None:
    """Go to a view as a link within the pages does, without loading everything anew."""
    page.evaluate(
        """(path) => {
             const link = document.createElement("a");
             link.href = path;
             document.body.append(link);
             link.click();
             link.remove();
           }""",
        path,
    )
    at_rest(page)


def place_of(locator: Locator) -> Any:
    """Where something is, once it is there, although it may be drawn anew at any time."""
    return locator.evaluate("it => it.getBoundingClientRect().toJSON()")


def at_rest(page: Page) -> None:
    """Wait until a view is shown and nothing is being fetched for it."""
    page.wait_for_selector("main .view > *, main .empty")
    page.wait_for_selector("[aria-busy=true]", state="detached")
    page.wait_for_function("document.fonts.status === 'loaded'")


def answered(page: Page) -> None:
    """Wait until no dialog is there any more: one that is closed has not given its answer yet."""
    page.locator("dialog").wait_for(state="detached")


def view_of(page: Page) -> str | None:
    """The name of the view that is shown."""
    return page.get_attribute("body", "data-view")

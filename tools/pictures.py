"""Takes the pictures of the README from the running product: `python -m tools.pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import httpx2
from playwright.sync_api import sync_playwright

from tests.web.browser import launched
from tests.web.site import PATIENCE, answer_to, planned, serving

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
WINDOW = {"width": 1280, "height": 760}
SECONDS = 10
"""How long the plan of the pictures is looked for."""


def main() -> None:
    """Plan the clinic on a service of its own, and take its plan and its open work."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(f"sqlite:///{folder}/pictures.db") as url,
        httpx2.Client(base_url=url, timeout=PATIENCE) as client,
        sync_playwright() as playwright,
    ):
        rollout = answer_to(client, "POST", "/v1/demo/clinic")["id"]
        of_plan = f"{url}/rollouts/{rollout}/plan/{planned(client, rollout, SECONDS)}"
        browser = launched(playwright)
        page = browser.new_page(viewport=WINDOW, locale="en-GB", color_scheme="light")
        page.goto(of_plan)
        page.locator("body[data-view=plan] .bar").first.wait_for()
        page.screenshot(path=FOLDER / "plan.png")
        page.goto(f"{of_plan}/open")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / "open.png")
        browser.close()


if __name__ == "__main__":
    main()

"""The whole way, from a document to a published plan and its files: by mouse, and by keyboard."""

import io
from pathlib import Path

import httpx2
import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from tests.cli.commands import written
from tests.service.databases import created, dropped, url_of
from tests.support.small import audience, course, rollout, task
from tests.web.browser import at_rest, place_of, visit, watched
from tests.web.site import serving

STOPS = 200
"""So often Tab is pressed at most before something must have been reached."""


class Mouse:
    """Goes by pointing; types where it has clicked."""

    def __init__(self, page):
        self.page = page

    def press(self, what):
        what.click()

    def choose(self, what, letters):
        what.click()
        self.page.keyboard.type(letters)
        self.page.keyboard.press("Enter")

    def write(self, what, text):
        what.click()
        self.page.keyboard.type(text)

    def pick(self, item):
        item.click()

    def to_view(self, name, _keys):
        self.page.locator("#side").get_by_role("link", name=name, exact=True).click()
        at_rest(self.page)

    def move(self, name):
        """Take a bar of the timeline along by a hundred pixels."""
        box = place_of(self.page.locator(".bar.is-task").filter(has_text=name).first)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + 50, y, steps=4)
        self.page.mouse.move(x + 100, y, steps=4)
        self.page.mouse.up()


class Keyboard:
    """Goes by keys alone."""

    def __init__(self, page):
        self.page = page

    def reach(self, what):
        what.wait_for()
        for _ in range(STOPS):
            if what.evaluate("(it) => it === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} was not reached by {STOPS} times Tab")

    def press(self, what):
        self.reach(what)
        self.page.keyboard.press("Enter")

    def choose(self, what, letters):
        self.reach(what)
        self.page.keyboard.type(letters)

    def write(self, what, text):
        self.reach(what)
        self.page.keyboard.type(text)

    def pick(self, item):
        """Go down an open menu to an item of it."""
        item.wait_for()
        while not item.evaluate("(it) => it === document.activeElement"):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def to_view(self, _name, keys):
        for key in keys.split():
            self.page.keyboard.press(key)
        at_rest(self.page)

    def move(self, name):
        """Find a bar of the timeline and take it along by one step."""
        self.page.keyboard.press("/")
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        self.page.locator(".bar.is-task:focus").wait_for()
        for key in ("m", "ArrowRight", "Enter"):
            self.page.keyboard.press(key)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """An empty service, without accounts."""
    name = created() if request.param == "postgresql" else ""
    database = url_of(name) if name else f"sqlite:///{tmp_path}/kept.db"
    with serving(database) as at:
        yield at
    if name:
        dropped(name)


@pytest.fixture
def document(tmp_path) -> Path:
    """A rollout that is planned in a moment, in which a department has a word."""
    tree = rollout(
        tasks=[task("t-set-up", hours=8), task("t-check", hours=8, after=["t-set-up"])],
        courses=[course()],
        audiences=[audience(headcount=6)],
        waves=[{"id": "w1", "project": "erp", "departments": ["finance"], "go_live": "2027-02-05"}],
    )
    return written(tmp_path / "small.yaml", tree)


@pytest.mark.parametrize(
    ("hand", "url"), [(Mouse, "sqlite"), (Keyboard, "postgresql")], indirect=["url"]
)
def test_from_a_document_to_a_published_plan_and_its_files(browser, hand, url, document):
    with watched(browser, url, accept_downloads=True) as page:
        walk(page, hand(page), url, document)
    with httpx2.Client(base_url=url) as client:
        (kept,) = client.get("/v1/rollouts").json()["items"]
        tree = client.get(f"/v1/rollouts/{kept['id']}").json()
    assert kept["published"] is not None
    assert "pin" in tree["tasks"][0]
    assert tree["published"]["plan"]["sessions"]


def walk(page, hand, url, document):
    button = lambda name: page.get_by_role("button", name=name, exact=True)  # noqa: E731
    visit(page, "rollouts")

    # Bring a document in, and have it planned.
    with page.expect_file_chooser() as chooser:
        hand.press(button("Upload rollout").first)
    chooser.value.set_files(document)
    page.get_by_role("heading", name="Test", level=1).wait_for()
    hand.press(button("Plan").first)
    hand.press(button("Start planning"))
    page.locator("body[data-view=plan] .bar").first.wait_for()

    # Move a booking before which t-check cannot begin, pin it there all the same, and solve again.
    asked = page.get_by_role("dialog")
    hand.move("t-set-up")
    hand.press(asked.get_by_role("button", name="Pin it all the same"))
    asked.wait_for(state="detached")
    hand.press(button("Solve again"))
    hand.press(asked.get_by_role("button", name="Solve again"))
    asked.wait_for(state="detached")
    hand.press(button("Make it the rollout"))
    hand.press(asked.get_by_role("button", name="Promote"))
    page.locator("body[data-view=overview]").wait_for()
    at_rest(page)
    hand.press(button("Plan again").first)
    hand.press(button("Start planning"))
    page.locator("body[data-view=plan] .bar").first.wait_for()

    # Try a change, and see both plans.
    hand.to_view("What if", "g w")
    hand.press(page.get_by_role("link", name="New what-if").first)
    page.get_by_role("heading", name="New what-if").wait_for()
    at_rest(page)
    hand.press(button("One more person"))
    hand.choose(page.get_by_label("Like whom"), "An")
    hand.write(page.get_by_label("New id"), "ana-2")
    hand.press(button("Save and solve"))
    page.locator(".compare-figures, .compare-terms, table").first.wait_for()
    at_rest(page)

    # Give the green light, and publish.
    hand.to_view("Green lights", "g v")
    hand.press(page.get_by_role("link", name="finance").first)
    hand.press(button("Give the green light"))
    page.get_by_text("The green light is given.").first.wait_for()
    page.go_back()
    at_rest(page)
    hand.to_view("Publish", "g u")
    hand.press(button("Publish this plan"))
    hand.press(page.get_by_role("dialog").get_by_role("button", name="Publish this plan"))
    page.get_by_text("The plan is published.").wait_for()
    at_rest(page)

    # Take the files along.
    hand.to_view("Agendas", "g y")
    with page.expect_download() as saved:
        hand.press(button("Save as calendar file"))
    events = Calendar.from_ical(Path(saved.value.path()).read_bytes()).walk("VEVENT")
    assert len(events) >= 1
    hand.to_view("Overview", "g o")
    hand.press(button("Download").first)
    with page.expect_download() as saved:
        hand.pick(page.get_by_role("menuitem", name="Workbook (XLSX)").first)
    assert "tasks" in load_workbook(io.BytesIO(Path(saved.value.path()).read_bytes())).sheetnames
    assert page.url.startswith(url)

"""Bookings moved by hand on the timeline, by mouse, keyboard and finger: answered, undone."""

import httpx2
import pytest

from tests.support.small import person, rollout, task
from tests.web.browser import PHONE, answered, at_rest, place_of
from tests.web.site import answer_to, planned

TREE = rollout(
    people=[
        person("ana"),
        person("bor", cost_per_hour=160),
        person("cyn", skills=[{"skill": "teach", "level": 3}]),
    ],
    tasks=[
        task("t-a") | {"name": "Prepare"},
        task("t-b", after=["t-a"]) | {"name": "Check"},
        task("t-x", crew=[{"skill": "sap", "level": 5, "hours": 2}]) | {"name": "Nobody can"},
    ],
)
"""Ana does everything, for Bor is dearer by 100 an hour and Cyn cannot; t-x stays open."""

MOVES = [
    "ArrowRight",
    "ArrowLeft",
    "ArrowUp",
    "ArrowDown",
    "Home",
    "End",
    "PageDown",
    "PageUp",
    "Enter",
    "Space",
    "+",
    "-",
    "0",
    "n",
    "p",
]
OTHERS = ["m", "Shift+ArrowRight", "Tab", "Delete", "F2", "Control+z", "Control+Shift+z", "Escape"]
KEYS = [key for move in (*MOVES, *OTHERS) for key in ("m", move, "Escape")]
"""Each of them on its own, and after a booking has been taken up."""


@pytest.fixture
def service(site):
    with httpx2.Client(base_url=site.url) as client:
        yield client


@pytest.fixture
def plan(service):
    """Paths of a rollout of its own and of its plan."""
    kept = answer_to(service, "POST", "/v1/rollouts", TREE)["id"]
    return kept, planned(service, kept)


@pytest.fixture
def timeline(opened, plan):
    """A function that opens the timeline of that plan."""

    def opening(query="", **how):
        page = opened("rollouts/{}/plan/{}".format(*plan) + query, **how)
        page.locator(".bar").first.wait_for()
        return page

    return opening


def row(page, name):
    return page.locator(f'.tl-row[data-row="person {name}"]')


def bar(page, name="Prepare"):
    return page.locator(f'.bar[aria-label^="{name}, "]').first


def said(page, state):
    """What is said of the place at which a booking is held, once it is of that state."""
    page.locator(f'.move-said[data-state="{state}"]').wait_for()
    return page.locator(".move-said").inner_text()


def drag(page, to):
    """Take the first booking to the row of somebody, and keep it there."""
    box, there = (
        place_of(bar(page)),
        place_of(row(page, to)),
    )  # drawn anew once it is held
    page.mouse.move(box["x"] + 4, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 4, box["y"] + 20)
    page.mouse.move(box["x"] + 4, there["y"] + there["height"] / 2)


@pytest.mark.parametrize(
    "focus",
    [
        "body",
        ".tl-group .tl-label",
        '.tl-row[data-row^="person"] .tl-label',
        ".bar.is-task",
        ".bar.is-class",
        ".bar.is-shift",
        ".bar.is-open",
        ".plan-tools button",
        ".plan-tools input[type=radio]",
    ],
)
def test_every_key_in_every_state_of_focus_is_answered(opened, site, focus):
    page = opened(site.path("rollouts/:rollout/plan/:plan"))
    page.locator(".bar").first.wait_for()
    for key in KEYS:
        if page.locator("dialog[open]").count():
            page.keyboard.press("Escape")
        page.locator(focus).first.evaluate("(it) => it.focus()")
        page.keyboard.press(key)
        page.wait_for_function("document.querySelectorAll('.tl-ghost').length <= 1", timeout=20_000)


def test_a_drop_on_somebody_without_the_skill_is_answered_and_asked_about(timeline):
    page = timeline()
    drag(page, "cyn")
    page.locator('.is-unable[data-row="person cyn"]').wait_for()
    page.locator(".move-said").get_by_text("does not have").wait_for()
    page.mouse.up()
    dialog = page.get_by_role("dialog", name="This breaks 1 rule")
    assert "does not have" in dialog.inner_text()
    dialog.get_by_role("button", name="Cancel").click()
    answered(page)
    assert page.locator(".changes").is_hidden()
    assert page.locator(".tl-pending").count() == 0


def test_what_breaks_rules_is_marked_and_asked_about_again_before_it_is_solved(timeline):
    page = timeline()
    drag(page, "cyn")
    page.mouse.up()
    page.get_by_role("dialog").get_by_role("button", name="Pin it all the same").click()
    page.locator(".changes").get_by_text("breaks 1 rule").wait_for()
    page.get_by_role("button", name="Solve again").click()
    dialog = page.get_by_role("dialog", name="This breaks 1 rule")
    dialog.get_by_role("button", name="Cancel").click()
    assert page.locator(".changes .solving").count() == 0


def test_a_drop_says_what_it_costs_and_every_step_is_undone(timeline):
    page = timeline()
    drag(page, "bor")
    assert "+" in said(page, "fits")
    row(page, "bor").locator(".tl-possible").first.wait_for(state="attached")
    page.mouse.up()
    changes = page.locator(".changes")
    changes.get_by_text("1 change", exact=True).wait_for()
    assert row(page, "bor").locator(".tl-pending").count() == 1
    page.keyboard.press("Control+z")
    changes.get_by_text("No changes").wait_for()
    assert page.locator(".tl-pending").count() == 0
    page.get_by_role("button", name="Redo").click()
    changes.get_by_text("1 change", exact=True).wait_for()
    page.get_by_role("button", name="Discard").click()
    changes.get_by_text("No changes").wait_for()
    changes.get_by_role("button", name="Undo").click()
    changes.get_by_text("1 change", exact=True).wait_for()
    assert page.evaluate("document.activeElement !== document.body")


def test_all_of_it_works_by_keyboard_and_the_focus_comes_back(timeline):
    page = timeline()
    bar(page).focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    assert "bor" in page.locator(".move-bar").inner_text().lower()
    said(page, "fits")
    page.keyboard.press("ArrowDown")
    page.locator(".move-said").get_by_text("does not have").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    answered(page)
    assert "Prepare" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".changes").get_by_text("1 change", exact=True).wait_for()
    assert "Prepare" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Control+z")
    page.locator(".changes").get_by_text("No changes").wait_for()
    assert "Prepare" in page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_pins_from_the_panel_keep_the_focus_there(timeline):
    page = timeline()
    bar(page).click()
    page.get_by_role("button", name="Pin as it is").click()
    page.locator(".changes").get_by_text("1 change", exact=True).wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Pin as it is"
    page.get_by_role("button", name="Unpin").click()
    assert page.evaluate("document.activeElement.closest('.panel') !== null")


def test_rows_that_go_while_a_booking_is_held_put_it_back(timeline):
    page = timeline()
    bar(page).focus()
    page.keyboard.press("m")
    page.get_by_role("radio", name="Rooms").check(force=True)
    page.locator(".tl-ghost").wait_for(state="detached")
    assert page.locator(".move-bar").is_hidden()


def test_a_booking_is_lifted_and_placed_by_taps_on_a_phone(timeline):
    page = timeline(window=PHONE, has_touch=True)
    bar(page).tap()
    page.get_by_role("button", name="Move").tap()
    page.locator(".move-bar").wait_for()
    assert page.get_by_role("complementary", name="Details").is_hidden()
    there = place_of(row(page, "bor"))
    page.touchscreen.tap(there["x"] + 20, there["y"] + there["height"] / 2)
    said(page, "fits")
    assert "Bor" in page.locator(".move-bar").inner_text()
    page.get_by_role("button", name="Later").tap()
    said(page, "breaks")  # what comes after it has begun by then
    page.get_by_role("button", name="Earlier").tap()
    said(page, "fits")
    page.get_by_role("button", name="Pin here").tap()
    page.locator(".changes").get_by_text("1 change").wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE[0]


def test_a_finger_that_rests_on_a_booking_takes_it_along(timeline):
    page = timeline(window=PHONE, has_touch=True)
    box = place_of(bar(page))
    there = place_of(row(page, "bor"))
    finger = page.context.new_cdp_session(page)

    def touch(kind, *points):
        at = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    x = box["x"] + 2
    touch("touchStart", (x, box["y"] + 8))
    page.locator(".tl-ghost").wait_for()
    touch("touchMove", (x, box["y"] + 16))
    touch("touchMove", (x, there["y"] + there["height"] / 2))
    said(page, "fits")
    touch("touchEnd")
    page.get_by_role("button", name="Pin here").tap()
    page.locator(".changes").get_by_text("1 change").wait_for()


def test_making_it_the_rollout_asks_shows_what_it_leaves_open_and_can_be_undone(
    timeline, plan, service
):
    kept, _ = plan
    page = timeline()
    drag(page, "bor")
    said(page, "fits")
    page.mouse.up()
    page.get_by_label("How long to look").select_option("10")
    page.get_by_role("button", name="Solve again").click()
    page.get_by_role("button", name="Make it the rollout").click()
    dialog = page.get_by_role("dialog", name="Make this the rollout?")
    assert "1 pieces of open work" in dialog.inner_text()
    assert "Nobody can" in dialog.inner_text()
    dialog.get_by_role("button", name="Promote").click()
    page.wait_for_url(f"**/rollouts/{kept}")
    at_rest(page)
    tasks = answer_to(service, "GET", f"/v1/rollouts/{kept}")["tasks"]
    assert tasks[0]["pin"] == {"people": ["bor"]}
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Revision 3").first.wait_for()
    assert answer_to(service, "GET", f"/v1/rollouts/{kept}")["tasks"] == TREE["tasks"]

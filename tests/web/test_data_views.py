"""The data of a rollout in tables: faults at their cells, undo, and two people at once."""

import pytest

from tests.support.small import rollout, task
from tests.web.browser import at_rest

TREE = rollout(tasks=[task("t-a"), task("t-b")])


@pytest.fixture
def kept(opened, site):
    """A window, and a rollout of its own."""
    page = opened()
    answer = page.request.post(f"{site.url}/v1/rollouts", data=TREE)
    return page, answer.json()["id"]


@pytest.fixture
def tasks(kept):
    """The table of tasks of that rollout."""
    page, id_ = kept
    page.goto(f"rollouts/{id_}/data/tasks")
    at_rest(page)
    return page


def document(page, site, id_):
    return page.request.get(f"{site.url}/v1/rollouts/{id_}").json()


def cell(page, row, head):
    """The cell of a row under a head."""
    column = page.get_by_role("columnheader", name=head, exact=False).first
    number = int(column.get_attribute("aria-colindex")) - 2
    return page.locator(f'[data-row="{row}"] [data-column="{number}"]')


def state(page, text):
    page.locator(".data-state").get_by_text(text).wait_for()


def test_what_is_typed_is_judged_at_its_cell_and_saved_as_a_revision(tasks, kept, site):
    _, id_ = kept
    page = tasks
    cell(page, 1, "Due").click()
    cell(page, 1, "Priority").click()
    page.keyboard.type("9")
    state(page, "1 fault")
    page.locator(".cell-note").get_by_text("between 1 and 5").wait_for()
    page.keyboard.press("Backspace")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.locator(".data-state .bad").wait_for(state="detached")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved as revision 2").wait_for()
    assert document(page, site, id_)["tasks"][1]["priority"] == 5


def test_all_is_done_by_keyboard_and_undone_again(tasks):
    page = tasks
    cell(page, 0, "Id").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("First")
    page.keyboard.press("Enter")
    page.keyboard.type("Second")
    page.keyboard.press("Tab")
    assert cell(page, 0, "Name").inner_text() == "First"
    assert cell(page, 1, "Name").inner_text() == "Second"
    page.keyboard.press("Control+Enter")
    page.locator('[data-row="2"]').wait_for()
    page.keyboard.press("Control+z")
    page.locator('[data-row="2"]').wait_for(state="detached")
    page.keyboard.press("Control+z")
    assert cell(page, 1, "Name").inner_text() == ""
    page.keyboard.press("Control+Shift+z")
    assert cell(page, 1, "Name").inner_text() == "Second"


def test_the_lines_of_a_crew_are_edited_in_a_dialog(tasks, kept, site):
    _, id_ = kept
    page = tasks
    cell(page, 0, "Crew").focus()
    page.keyboard.press("Enter")
    page.locator("dialog").get_by_label("Hours, 1").fill("6")
    page.keyboard.press("Enter")
    page.locator("dialog").wait_for(state="detached")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2").wait_for()
    assert document(page, site, id_)["tasks"][0]["crew"][0]["hours"] == 6


def test_rows_and_columns_are_pasted_from_a_spreadsheet(tasks):
    page = tasks
    cell(page, 0, "Id").focus()
    page.keyboard.press("ArrowRight")
    page.evaluate(
        """() => {
             const pasted = new DataTransfer();
             pasted.setData("text/plain", "Alpha\\nBeta\\n");
             const event = new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true });
             document.activeElement.dispatchEvent(event);
           }"""
    )
    assert [cell(page, row, "Name").inner_text() for row in (0, 1)] == ["Alpha", "Beta"]


def test_two_who_change_different_entries_lose_nothing(tasks, kept, site):
    _, id_ = kept
    page = tasks
    cell(page, 0, "Name").focus()
    page.keyboard.type("Mine")
    page.keyboard.press("Enter")
    theirs = document(page, site, id_)
    theirs["tasks"][1]["name"] = "Theirs"
    put = page.request.put(f"{site.url}/v1/rollouts/{id_}", data=theirs, headers={"If-Match": "*"})
    assert put.ok
    page.keyboard.press("Control+s")
    page.locator("dialog").get_by_text("fit together").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Saved as revision 3").wait_for()
    assert [it["name"] for it in document(page, site, id_)["tasks"]] == ["Mine", "Theirs"]


def test_what_is_not_saved_stays_while_one_looks_at_other_pages(tasks, kept):
    _, id_ = kept
    page = tasks
    cell(page, 0, "Name").focus()
    page.keyboard.type("Kept")
    page.keyboard.press("Enter")
    page.keyboard.press("g")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Overview").click()
    at_rest(page)
    page.get_by_role("link", name="Data", exact=True).click()
    at_rest(page)
    page.locator(f'.tabs a[href="rollouts/{id_}/data/tasks"]').click()
    at_rest(page)
    assert cell(page, 0, "Name").inner_text() == "Kept"


def test_a_viewer_reads_the_tables_and_cannot_edit_them(signed_in, guarded_site):
    page = signed_in("viewer", f"rollouts/{guarded_site.values['rollout']}/data/tasks")
    assert page.locator('[role=grid][aria-readonly="true"]').count() == 1
    assert page.get_by_role("button", name="Save").count() == 0
    page.locator('[data-row="0"] [data-column="1"]').focus()
    page.keyboard.type("x")
    assert page.locator(".grid input").count() == 0


def test_ten_thousand_rows_draw_only_those_in_sight(kept, site):
    page, _ = kept
    people = [{**TREE["people"][0], "id": f"p{number}"} for number in range(10_000)]
    sent = page.request.post(
        f"{site.url}/v1/rollouts", data={**TREE, "people": people, "tasks": []}
    )
    page.goto(f"rollouts/{sent.json()['id']}/data/people")
    at_rest(page)
    assert page.locator("[role=grid]").get_attribute("aria-rowcount") == "10001"
    assert page.locator(".grid-body > .grid-row").count() < 60
    page.locator('[data-row="0"] [data-column="0"]').focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    page.locator(".grid").evaluate("(it) => { it.scrollTop = it.scrollHeight; }")
    page.locator('[data-row="9999"]').wait_for()
    assert page.locator('[data-row="9999"] [data-column="0"]').inner_text() == "p9999"

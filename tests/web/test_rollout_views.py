"""Rollouts are brought in, planned and followed on their pages, by mouse and by keyboard."""

import pytest
from openpyxl import load_workbook

from allocator.formats.text.tree import dump_yaml, read_tree
from allocator.formats.workbook.template import TEMPLATE
from allocator.formats.workbook.writing import write_rollout
from tests.support.small import person, rollout, task
from tests.web.browser import answered, at_rest

FORMS = {
    "rollout.yaml": dump_yaml(TEMPLATE).encode(),
    "rollout.xlsx": write_rollout(TEMPLATE),
}

ENOUGH = rollout(name="Planned at once", tasks=[task("t-a")])

TOO_MUCH = rollout(
    name="Planned until it is stopped",
    people=[person(f"p-{number}", cost_per_hour=50 + 7 * number) for number in range(5)],
    tasks=[
        task(
            f"t-{number}",
            hours=5 + 7 * number % 11,
            people=1 + number % 3,
            due=f"2027-01-{12 + number % 9}",
        )
        for number in range(30)
    ],
)
"""Far more than can be done in time: no plan of it is proved to be the best."""


def bring_in(page, name, content):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").first.set_input_files(file)


@pytest.mark.parametrize("name", FORMS)
def test_a_rollout_is_brought_in_from_a_file(opened, name):
    page = opened("rollouts")
    bring_in(page, name, FORMS[name])
    page.wait_for_url("**/rollouts/*")
    at_rest(page)
    assert page.inner_text("h1") == TEMPLATE["name"]


def test_a_file_that_is_dropped_anywhere_is_brought_in(opened):
    page = opened("rollouts")
    drop = page.evaluate_handle(
        """(text) => {
             const dropped = new DataTransfer();
             dropped.items.add(new File([text], "dropped.yaml"));
             return dropped;
           }""",
        FORMS["rollout.yaml"].decode(),
    )
    page.dispatch_event("main", "dragover", {"dataTransfer": drop})
    page.locator(".drop-cover").wait_for()
    page.dispatch_event("main", "drop", {"dataTransfer": drop})
    page.wait_for_url("**/rollouts/*")


def test_all_faults_of_a_file_are_shown_with_their_lines(opened):
    wrong = dump_yaml(TEMPLATE).replace("level: 3", "level: 9").replace("seats: ", "seats: x")
    faults = [number for number, line in enumerate(wrong.splitlines(), 1) if "level: 9" in line]
    assert faults
    page = opened("rollouts")
    bring_in(page, "wrong.yaml", wrong.encode())
    page.locator("dialog .faults").get_by_text("is not a whole number").first.wait_for()
    reported = page.locator("dialog .faults").inner_text()
    assert "is not between 1 and 5" in reported
    assert f"Line {faults[0]}" in reported
    assert "is not a whole number" in reported
    page.keyboard.press("Escape")
    answered(page)


def test_faults_of_a_workbook_are_shown_at_their_cells(opened, tmp_path):
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(FORMS["rollout.xlsx"])
    book = load_workbook(path)
    sheet = book["rooms"]
    column = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "seats").column
    row = next(
        cell.row
        for cell in sheet[chr(64 + column)]
        if isinstance(cell.value, int) and not isinstance(cell.value, bool)
    )
    sheet.cell(row, column).value = "many"
    book.save(path)
    page = opened("rollouts")
    bring_in(page, "wrong.xlsx", path.read_bytes())
    assert f"cell {chr(64 + column)}{row}" in page.locator("dialog .faults").inner_text()


def test_the_template_is_downloaded_and_can_be_brought_in_again(opened):
    page = opened("rollouts")
    page.get_by_role("button", name="New rollout").click()
    with page.expect_download() as reported:
        page.get_by_role("menuitem", name="YAML file").click()
    with open(reported.value.path(), "rb") as file:
        assert read_tree(file.read()) == TEMPLATE


def test_a_rollout_is_planned_by_keyboard_and_its_plan_opens_when_it_is_ready(opened, site):
    page = opened("rollouts")
    bring_in(page, "small.yaml", dump_yaml(ENOUGH).encode())
    page.wait_for_url("**/rollouts/*")
    at_rest(page)
    page.locator(".head button.primary").focus()
    page.keyboard.press("Enter")
    page.locator("dialog").wait_for()
    page.locator("dialog input[type=radio]").first.focus()
    page.keyboard.press("ArrowLeft")  # round to the last: a time of one's own
    page.get_by_label("Time", exact=True).fill("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/*/run")
    page.wait_for_url(lambda url: "/plan/" in url and not url.endswith("/run"))
    at_rest(page)
    plans = page.request.get(f"{site.url}/v1/plans?limit=1").json()["items"]
    assert plans[0]["state"] == "done"


@pytest.fixture
def long_run(opened, site):
    """A window on a run that goes on until it is stopped, and its id; nothing goes on after it."""
    page = opened()
    kept = page.request.post(f"{site.url}/v1/rollouts", data=TOO_MUCH).json()["id"]
    wanted = {"rollout": kept, "seconds": 300, "workers": 1}
    plan = page.request.post(f"{site.url}/v1/plans", data=wanted).json()["id"]
    page.goto(f"rollouts/{kept}/plan/{plan}/run")
    yield page, plan
    page.request.post(f"{site.url}/v1/plans/{plan}/cancel")


def test_a_run_shows_its_best_total_and_can_be_stopped_with_the_plan_kept(long_run, site):
    page, plan = long_run
    page.wait_for_function("() => document.querySelector('.progress-chart .best') !== null")
    assert "no plan can be below" in page.locator(".progress-chart").get_attribute("aria-label")
    page.get_by_role("button", name="Stop and keep the best").click()
    page.wait_for_url(f"**/plan/{plan}")
    assert page.request.get(f"{site.url}/v1/plans/{plan}").json()["state"] == "stopped"


def test_whoever_is_at_a_button_of_a_run_stays_there_while_it_goes_on(long_run):
    page, _ = long_run
    cancel = page.get_by_role("button", name="Cancel run")
    cancel.focus()
    page.locator(".progress-chart .best").wait_for(state="attached")
    assert cancel.evaluate("(it) => it === document.activeElement")
    page.keyboard.press("Enter")
    page.locator("dialog").get_by_role("button", name="Cancel run").click()
    page.get_by_text("This run was cancelled").wait_for()


def test_a_run_that_is_given_up_keeps_nothing(long_run, site):
    page, plan = long_run
    page.get_by_role("button", name="Cancel run").click()
    page.locator("dialog").get_by_role("button", name="Cancel run").click()
    page.get_by_text("This run was cancelled").wait_for()
    assert page.request.get(f"{site.url}/v1/plans/{plan}").json()["result"] is None


def test_the_rollout_and_its_plan_are_downloaded_as_workbooks(opened, site):
    page = opened(f"rollouts/{site.values['rollout']}")
    for number, sheet in ((0, "people"), (1, "learners")):
        page.get_by_role("button", name="Download").click()
        with page.expect_download() as reported:
            page.get_by_role("menuitem", name="Workbook (XLSX)").nth(number).click()
        with open(reported.value.path(), "rb") as file:
            names = load_workbook(file).sheetnames
        assert sheet in [name.lower() for name in names], names


def test_planning_every_night_is_set_up_and_turned_off(opened, site):
    page = opened(f"rollouts/{site.values['rollout']}/nights")
    page.get_by_label("Minimum gain").fill("2.5")
    page.get_by_role("button", name="Plan every night").click()
    page.locator(".settings").wait_for()
    kept = page.request.get(f"{site.url}/v1/rollouts/{site.values['rollout']}/nightly").json()
    assert kept["least_gain"] == 0.025
    page.locator(".settings > summary").click()
    page.get_by_role("button", name="Turn off").click()
    page.locator("dialog").get_by_role("button", name="Turn off").click()
    page.get_by_role("button", name="Plan every night").wait_for()


def test_a_viewer_is_offered_nothing_that_changes_a_rollout(signed_in, guarded_site):
    page = signed_in("viewer", f"rollouts/{guarded_site.values['rollout']}")
    assert page.get_by_role("button", name="Plan again").count() == 0
    page.get_by_role("button", name="Download").click()
    assert page.get_by_role("menuitem", name="Remove rollout").count() == 0
    page.goto("rollouts")
    at_rest(page)
    assert page.locator("input[type=file]").count() == 0


def test_the_history_of_a_rollout_is_read_on_to_its_beginning(opened, site):
    page = opened()
    kept = page.request.post(f"{site.url}/v1/rollouts", data=ENOUGH).json()["id"]
    for number in range(2, 12):
        page.request.put(
            f"{site.url}/v1/rollouts/{kept}",
            data=ENOUGH | {"name": f"Named {number}"},
            headers={"If-Match": "*"},
        )
    page.goto(f"rollouts/{kept}")
    at_rest(page)
    entries = page.locator(".history li")
    assert entries.count() == 8
    more = page.get_by_role("button", name="Show more")
    more.click()
    more.wait_for(state="detached")
    assert entries.count() == 11  # created once, saved ten times

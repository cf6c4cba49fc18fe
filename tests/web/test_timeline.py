"""The plan as a timeline, its load, its open and late work: looked at and changed in a browser."""

import re

import pytest

from tests.web.browser import at_rest

PLAN = "rollouts/:rollout/plan/:plan"

DAYS_OF_A_WEEK = """() => {
  const style = document.querySelector(".tl").style;
  const [week, day] = ["--week", "--day"].map((it) => parseFloat(style.getPropertyValue(it)));
  return Math.round(week / day);
}"""

FOCUSED = "() => document.activeElement.getAttribute('aria-label') ?? ''"


@pytest.fixture
def plan(opened, site):
    """A function that opens the timeline of the clinic's plan, with words of its query."""

    def opening(query="", **how):
        page = opened(site.path(PLAN) + query, **how)
        page.locator(".tl-row").first.wait_for()
        return page

    return opening


def find(page, text):
    """Search for a booking, and go to the first that was found."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_url(re.compile("find="))
    page.keyboard.press("Enter")
    page.locator(".bar:focus").wait_for()


def rows(page):
    return [it.strip() for it in page.locator(".tl-row .tl-name b").all_inner_texts()]


def test_there_is_one_tab_stop_in_the_grid(plan):
    page = plan()
    assert page.locator(".tl-rows [tabindex='0']").count() == 1
    find(page, "mira")
    assert page.locator(".tl-rows [tabindex='0']").count() == 1


def test_a_row_with_others_below_it_is_closed_and_opened_by_arrows(plan):
    page = plan("?by=project")
    page.locator(".tl-group .tl-label").first.focus()
    before = page.locator(".tl-rows").get_attribute("aria-rowcount")
    page.keyboard.press("ArrowLeft")
    group = page.locator(".tl-group").first
    assert group.get_attribute("aria-expanded") == "false"
    assert int(page.locator(".tl-rows").get_attribute("aria-rowcount")) < int(before)
    page.keyboard.press("ArrowRight")
    assert page.locator(".tl-rows").get_attribute("aria-rowcount") == before


@pytest.mark.parametrize(
    ("by", "row"),
    [
        ("People", "Mira"),
        ("Projects", "Electronic records"),
        ("Departments", "Classes"),
        ("Rooms", "Virtual, no room"),
    ],
)
def test_rows_are_by_person_project_department_or_room(plan, by, row):
    page = plan()
    page.get_by_role("radio", name=by).check(force=True)
    assert any(it.startswith(row) for it in rows(page)), rows(page)


def test_only_what_is_in_sight_is_on_the_page_and_all_of_it_on_paper(plan):
    page = plan("?by=project", window=(1280, 420))
    there = int(page.locator(".tl-rows").get_attribute("aria-rowcount"))
    assert page.locator(".tl-row").count() < there
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".tl-row").count() == there
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".tl-row").count() < there


def test_nights_and_weekends_are_folded_until_they_are_asked_for(plan):
    page = plan()
    assert page.evaluate(DAYS_OF_A_WEEK) == 5
    page.get_by_role("button", name="Show nights and weekends").click()
    assert page.evaluate(DAYS_OF_A_WEEK) == 7


def test_late_work_says_so_and_why_without_colour(plan):
    page = plan("?only=late")
    bar = page.locator(".bar.is-late").first
    assert "late" in bar.get_attribute("aria-label")
    bar.click()
    panel = page.get_by_role("complementary", name="Details")
    assert panel.get_by_text("Why it is late").is_visible()
    assert "Mira" in panel.inner_text()


def test_open_work_alone_is_shown_with_its_reason(plan):
    page = plan()
    page.get_by_role("button", name=re.compile(r"^\d+ open$")).click()
    assert page.locator(".bar").count() == page.locator(".bar.is-open").count() >= 1
    page.locator(".bar.is-open").first.click()
    panel = page.get_by_role("complementary", name="Details")
    assert panel.get_by_text("Why it is open").is_visible()


def test_only_bookings_of_tasks_can_be_taken_along(plan):
    page = plan()
    page.locator(".bar.is-class").first.focus()
    page.keyboard.press("m")
    assert page.locator(".tl-ghost").count() == 0
    assert "Only bookings of tasks" in page.locator(".tl [aria-live]").inner_text()


def test_a_bar_says_what_it_is_and_the_legend_what_its_shape_means(plan):
    page = plan()
    page.get_by_role("button", name="Legend").click()
    legend = page.get_by_role("region", name="Legend")
    for name in ("Task", "Class", "Floor support", "Open work", "Late", "Pinned", "Away"):
        assert legend.get_by_text(name, exact=True).first.is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Legend").evaluate(
        "(it) => it === document.activeElement"
    )


def test_a_cell_of_the_load_leads_to_the_person_and_week_on_the_timeline(opened, site):
    page = opened(f"{site.path(PLAN)}/load?by=person")
    first = page.locator(".heat tbody tr").first
    name = first.locator("th a").inner_text()
    first.locator("th a").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.locator(".heat tbody tr").nth(1).locator(":focus").count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.locator("body[data-view=plan] .tl-row").first.wait_for()
    at_rest(page)
    assert name in page.locator(".tl-row:has(:focus)").inner_text()


def test_the_load_is_reported_in_numbers_scarce_skills_first(opened, site):
    page = opened(f"{site.path(PLAN)}/load")
    rows = [it.locator("td a").all_inner_texts() for it in page.locator(".heat tbody tr").all()]
    reported = re.compile(r"\d+%\s+\d+ / \d+|\u2013")  # booked, then demand beside capacity
    assert [it for cells in rows for it in cells if reported.fullmatch(it) is None] == []
    peaks = [max(int(it.split("%")[0]) for it in cells if "%" in it) for cells in rows]
    assert len(peaks) >= 2
    assert peaks == sorted(peaks, reverse=True)
    meaning = page.get_by_text("hours of work that asks for this skill / hours")
    assert meaning.is_visible()
    page.get_by_role("radio", name="People").check(force=True)
    assert meaning.count() == 0


def test_open_and_late_work_is_listed_with_reasons_and_leads_to_its_place(opened, site):
    page = opened(f"{site.path(PLAN)}/open")
    names = page.get_by_role("table").all()
    assert len(names) >= 2
    link = page.locator(".open-list .row-link").first
    name = link.inner_text().strip()
    link.click()
    page.locator("body[data-view=plan] .bar:focus").wait_for()
    assert name in page.evaluate(FOCUSED)
    assert name in page.get_by_role("complementary", name="Details").inner_text()


def test_open_and_late_work_is_grouped_as_one_likes(opened, site):
    page = opened(f"{site.path(PLAN)}/open")
    entries = page.locator(".open-list tbody tr").count()
    page.get_by_role("radio", name="By project").check(force=True)
    assert page.locator(".open-list tbody tr").count() == entries
    assert page.locator(".open-list h2").all_inner_texts() != ["Late"]

"""Ways out on the page of open and late work: looked for, shown in the reader's language, tried."""

import httpx2
import pytest

from tests.support.small import person, rollout, task
from tests.web.browser import at_rest
from tests.web.site import answer_to, planned

TREE = rollout(
    people=[
        person("ana", absences=[{"from": "2027-01-11", "to": "2027-01-14"}]) | {"name": "Ana Novak"}
    ],
    tasks=[task("t-a", hours=16, deadline="2027-01-15") | {"name": "Install"}],
)


@pytest.fixture
def service(site):
    with httpx2.Client(base_url=site.url, timeout=60) as client:
        yield client


@pytest.fixture
def path(service):
    made = answer_to(service, "POST", "/v1/rollouts", TREE)["id"]
    return f"rollouts/{made}/plan/{planned(service, made)}/open"


def looked(page, name):
    page.get_by_role("button", name=f"{name}: Install").click()
    page.locator(".ways-list > li").first.wait_for()


def test_a_way_out_becomes_a_scenario_with_one_click(opened, path):
    page = opened(path)
    assert "cannot be done · It cannot be done: " in page.inner_text(".open-why >> nth=1")
    looked(page, "Ways out")
    said = page.inner_text(".ways-list")
    assert "Install has to end by 18 Jan 2027" in said
    assert "Ana Novak is there from 14 Jan 2027 to 14 Jan 2027" in said
    way = page.locator(".ways-list > li").filter(has_text="Install has to end by")
    way.get_by_role("button", name="Make it a scenario").click()
    page.wait_for_url("**/what-if/*")
    at_rest(page)
    assert "Install has to end by 18 Jan 2027" in page.inner_text("main")


def test_reasons_and_ways_out_are_in_the_language_of_the_reader(opened, path):
    page = opened(path, language="de")
    why = page.inner_text(".open-why >> nth=1")
    assert "Es ist nicht möglich: " in why
    assert "Install muss bis Fr., 15. Jan. enden" in why
    looked(page, "Auswege suchen")
    said = page.inner_text(".ways-list")
    assert "Install muss bis 18. Jan. 2027 enden" in said
    assert "im neu gerechneten Plan erledigt" in said


def test_why_not_is_asked_in_the_panel_of_a_booking(opened, service):
    """Bor is away on Tuesday."""
    away = [{"from": "2027-01-12", "to": "2027-01-12"}]
    tree = rollout(
        people=[person("ana"), person("bor", absences=away) | {"name": "Bor Kos"}],
        tasks=[task("t-a", hours=8) | {"name": "Install"}],
    )
    made = answer_to(service, "POST", "/v1/rollouts", tree)["id"]
    plan = planned(service, made)
    page = opened(f"rollouts/{made}/plan/{plan}?by=person&task=t-a")
    page.get_by_role("button", name="Why not otherwise?").click()
    page.get_by_label("By whom").select_option("bor")
    page.get_by_label("On which day").fill("2027-01-12")
    page.get_by_role("button", name="Why not?", exact=True).click()
    page.get_by_text("It cannot be: Bor Kos is away from Tue 12 Jan to Tue 12 Jan").wait_for()

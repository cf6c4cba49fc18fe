"""What if, in a browser: picked from forms, solved, compared, carried over, promoted."""

import httpx2
import pytest

from tests.web.browser import at_rest
from tests.web.site import BY_EMIL, EMIL_IS_AWAY, answer_to, planned


@pytest.fixture
def service(site):
    with httpx2.Client(base_url=site.url) as client:
        yield client


@pytest.fixture
def rollout(service):
    """A rollout of its own that has been planned."""
    kept = answer_to(service, "POST", "/v1/rollouts", BY_EMIL)["id"]
    planned(service, kept)
    return kept


@pytest.fixture
def scenario(service, rollout):
    """A what-if that has been planned."""
    wanted = {"rollout": rollout, "name": "Emil is away", "edits": [EMIL_IS_AWAY]}
    kept = answer_to(service, "POST", "/v1/scenarios", wanted)["id"]
    planned(service, kept)
    return kept


def test_a_change_is_picked_from_a_form_solved_and_compared(opened, rollout):
    page = opened(f"rollouts/{rollout}/what-if")
    page.get_by_role("link", name="New what-if").click()
    page.get_by_role("button", name="Somebody is away").click()
    page.get_by_label("Person").select_option(label="Emil Graf")
    page.get_by_label("From").fill("2027-01-11")
    page.get_by_label("To", exact=True).fill("2027-01-15")
    page.get_by_label("How long").select_option("10")
    page.get_by_role("button", name="Save and solve").click()
    page.locator("[data-verdict]").wait_for()
    page.get_by_role("heading", name="Bookings that differ").wait_for()
    assert page.inner_text("h1") == "Emil Graf is away from 11 Jan 2027 to 15 Jan 2027"
    causes = page.locator(".compare-bookings .cause-number")
    assert causes.first.get_attribute("aria-label") == page.inner_text("h1")
    assert page.locator(".compare-stage [role=treegrid]").count() == 2
    assert page.locator(".compare-stage .bar.is-marked").count() > 0


def test_both_timelines_have_the_same_rows_and_scroll_together(opened, rollout, scenario):
    page = opened(f"rollouts/{rollout}/what-if/{scenario}")
    sides = page.locator(".compare-stage .tl-scroll")
    for side in (0, 1):
        sides.nth(side).locator(".tl-row").first.wait_for()
    rows = [
        sides.nth(side).locator(".tl-row").evaluate_all("all => all.map((it) => it.dataset.row)")
        for side in (0, 1)
    ]
    assert rows[0] == rows[1] != []
    page.get_by_role("button", name="Zoom in").click()
    sides.nth(0).evaluate("it => it.scrollTo({ left: 300 })")
    page.wait_for_function(
        """() => {
             const [one, other] = document.querySelectorAll(".compare-stage .tl-scroll");
             return one.scrollLeft > 0 && Math.abs(one.scrollLeft - other.scrollLeft) < 2;
           }"""
    )


def test_faults_of_several_changes_are_shown_at_their_fields_at_once(opened, rollout):
    page = opened(f"rollouts/{rollout}/what-if/new")
    page.get_by_role("button", name="Somebody leaves").click()
    page.get_by_role("button", name="Change a budget").click()
    page.get_by_role("spinbutton", name="Budget").fill("-5")
    page.get_by_role("button", name="Save and solve").click()
    wrong = page.locator("[aria-invalid=true]")
    wrong.nth(2).wait_for()
    assert "A day is needed" in page.inner_text(".change-card >> nth=0")
    assert "-5 is less than 0" in page.inner_text(".change-card >> nth=1")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"


def test_a_what_if_is_carried_over_without_the_change_that_is_in_the_way(
    opened, service, rollout, scenario
):
    people = answer_to(service, "GET", f"/v1/rollouts/{rollout}")["people"]
    others = [it | ({"cost_per_hour": 99} if it["id"] == "emil" else {}) for it in people]
    changed = service.patch(
        f"/v1/rollouts/{rollout}", json={"people": others}, headers={"If-Match": "*"}
    )
    assert changed.status_code == 200, changed.text
    page = opened(f"rollouts/{rollout}/what-if/{scenario}")
    page.get_by_role("button", name="Carry over").click()
    page.get_by_text("people emil was changed in the rollout meanwhile.").wait_for()
    page.get_by_label("Give this change up").check()
    page.get_by_role("button", name="Carry over").click()
    page.get_by_text("Nothing is changed.").wait_for()
    kept = answer_to(service, "GET", f"/v1/scenarios/{scenario}")
    assert (kept["revision"], kept["edits"]) == (2, [])


def test_a_change_of_nothing_shows_no_effect_and_no_colour(opened, service, rollout):
    task = answer_to(service, "GET", f"/v1/rollouts/{rollout}")["tasks"][0]
    same = {"edit": "due", "task": task["id"], "due": task.get("due")}
    wanted = {"rollout": rollout, "name": "Nothing", "edits": [same]}
    scenario = answer_to(service, "POST", "/v1/scenarios", wanted)["id"]
    planned(service, scenario)
    page = opened(f"rollouts/{rollout}/what-if/{scenario}")
    page.locator("[data-verdict=none]").wait_for()
    assert page.get_by_text("Every booking is the same").count() == 1
    assert page.locator(".difference.worse, .difference.better").count() == 0


def test_two_plans_that_were_not_solved_alike_show_no_effect_of_a_change(opened, service):
    rollout = answer_to(service, "POST", "/v1/demo/clinic")["id"]
    planned(service, rollout)
    away = EMIL_IS_AWAY | {"from": "2027-03-15", "to": "2027-03-19"}
    wanted = {"rollout": rollout, "name": "Other plan", "edits": [away]}
    scenario = answer_to(service, "POST", "/v1/scenarios", wanted)["id"]
    planned(service, scenario)
    other = planned(service, rollout)
    page = opened(f"rollouts/{rollout}/what-if/{scenario}?base={other}")
    page.locator("[data-verdict=undecided]").wait_for()
    assert page.get_by_text("These are two plans that were not solved alike").count() == 1
    assert page.locator(".difference.worse, .difference.better").count() == 0


def test_an_edited_what_if_says_that_its_result_is_old(opened, service, rollout, scenario):
    shorter = EMIL_IS_AWAY | {"to": "2027-01-13"}
    answer_to(service, "PUT", f"/v1/scenarios/{scenario}", {"edits": [shorter]})
    page = opened(f"rollouts/{rollout}/what-if/{scenario}")
    page.get_by_text("Old result").wait_for()
    assert page.get_by_role("button", name="Solve").count() == 1
    page = opened(f"rollouts/{rollout}/what-if")
    assert page.locator("tr", has_text="Emil is away").get_by_text("Old result").count() == 1


def test_publishing_does_not_make_a_what_if_or_a_plan_look_old(opened, service, rollout, scenario):
    plan = answer_to(service, "GET", f"/v1/plans?rollout={rollout}")["items"][0]["id"]
    answer_to(
        service, "POST", f"/v1/rollouts/{rollout}/published", {"plan": plan, "approved": False}
    )
    page = opened(f"rollouts/{rollout}/what-if")
    assert page.get_by_text("Up to date").count() == 1
    page = opened(f"rollouts/{rollout}/what-if/{scenario}")
    assert page.get_by_role("button", name="Carry over").count() == 0
    page = opened(f"rollouts/{rollout}")
    assert page.get_by_text("The data have changed").count() == 0
    page = opened(f"rollouts/{rollout}/plan/{plan}/publish")
    assert page.get_by_text("It was made from the data as they are now").count() == 1


def test_a_promoted_what_if_is_the_next_revision_of_its_rollout(opened, service, rollout, scenario):
    page = opened(f"rollouts/{rollout}/what-if/{scenario}")
    page.get_by_role("button", name="Promote").click()
    page.get_by_role("dialog").get_by_role("button", name="Promote").click()
    page.wait_for_url(f"**/rollouts/{rollout}")
    at_rest(page)
    assert answer_to(service, "GET", f"/v1/rollouts/{rollout}/about")["revision"] == 2


def test_changes_are_edited_by_keyboard_alone(opened, service, rollout, scenario):
    page = opened(f"rollouts/{rollout}/what-if/{scenario}")
    page.get_by_role("button", name="Edit changes").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove: Somebody is away").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Change the goals").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.type("Calm")
    page.get_by_role("button", name="Save and solve").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Goals: Calm").wait_for()
    edits = answer_to(service, "GET", f"/v1/scenarios/{scenario}")["edits"]
    assert edits == [{"edit": "preset", "preset": "calm"}]

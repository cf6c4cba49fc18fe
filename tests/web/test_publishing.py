"""From plan to plan, in a browser: published, what has happened, planned again, compared."""

import httpx2
import pytest

from tests.web.site import BY_EMIL, EMIL_IS_AWAY, answer_to, planned


@pytest.fixture
def service(site):
    with httpx2.Client(base_url=site.url) as client:
        yield client


@pytest.fixture
def plan(service):
    """A plan of a rollout of its own."""
    return planned(service, answer_to(service, "POST", "/v1/demo/clinic")["id"])


@pytest.fixture
def rollout(service, plan):
    return answer_to(service, "GET", f"/v1/plans/{plan}")["rollout"]


def test_a_plan_is_published_after_looking_at_what_is_missing(opened, service, rollout, plan):
    page = opened(f"rollouts/{rollout}/plan/{plan}/publish")
    assert page.get_by_text("Green lights: 0 of 2").count() == 1
    page.get_by_role("button", name="Publish this plan").click()
    alert = page.get_by_role("alert").filter(has_text="It cannot be published like this")
    alert.get_by_text("No green light yet from").wait_for()
    assert page.get_by_role("dialog").count() == 0
    assert answer_to(service, "GET", f"/v1/rollouts/{rollout}/about")["published"] is None
    page.get_by_label("Publish without the missing green lights").check()
    page.get_by_label("Frozen until").fill("2027-03-08")
    page.get_by_role("button", name="Publish this plan").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish this plan").click()
    page.get_by_text("This plan is published.").wait_for()
    assert page.get_by_role("heading", name="Publication history").count() == 1
    document = answer_to(service, "GET", f"/v1/rollouts/{rollout}")
    assert document["published"]["frozen_until"] == "2027-03-08"


def test_what_has_happened_leads_to_a_new_plan_and_is_named_as_the_cause(opened, service):
    rollout = answer_to(service, "POST", "/v1/rollouts", BY_EMIL)["id"]
    plan = planned(service, rollout)
    answer_to(
        service, "POST", f"/v1/rollouts/{rollout}/published", {"plan": plan, "approved": False}
    )
    page = opened(f"rollouts/{rollout}/progress")
    page.get_by_role("button", name="Somebody is away").click()
    page.get_by_label("Person").select_option(label="Emil Graf")
    page.get_by_label("From").first.fill(EMIL_IS_AWAY["from"])
    page.get_by_label("To", exact=True).fill(EMIL_IS_AWAY["to"])
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("heading", name="Recorded so far").wait_for()
    page.get_by_label("How long").select_option("10")
    page.get_by_role("button", name="Re-plan").click()
    page.get_by_role("link", name="See what changed").click()
    page.get_by_role("heading", name="Progress in between").wait_for()
    marks = page.locator(".compare-bookings .cause-number")
    marks.first.wait_for()
    assert "Emil Graf is away" in marks.first.get_attribute("aria-label")


def test_what_publishing_would_be_refused_for_is_reported_before_it_is_confirmed(
    opened, service, rollout, plan
):
    people = answer_to(service, "GET", f"/v1/rollouts/{rollout}")["people"]
    held = answer_to(service, "GET", f"/v1/plans/{plan}/result")["plan"]["sessions"][0]
    day = held["start"][:10]
    away = {"absences": [{"from": day, "to": day}]}
    others = [it | (away if it["id"] in held["trainers"] else {}) for it in people]
    changed = service.patch(
        f"/v1/rollouts/{rollout}", json={"people": others}, headers={"If-Match": "*"}
    )
    assert changed.status_code == 200, changed.text
    page = opened(f"rollouts/{rollout}/plan/{plan}/publish")
    assert page.get_by_text("The data have changed since it was made").count() == 1
    page.get_by_label("Publish without the missing green lights").check()
    page.get_by_role("button", name="Publish this plan").click()
    alert = page.get_by_role("alert").filter(has_text="It cannot be published like this")
    alert.get_by_text("The plan does not fit the rollout as it is now").wait_for()
    assert page.get_by_role("dialog").count() == 0


def test_what_was_filled_in_wrongly_is_reported_at_its_field(opened, service):
    rollout = answer_to(service, "POST", "/v1/demo/clinic")["id"]
    page = opened(f"rollouts/{rollout}/progress")
    page.get_by_role("button", name="A task is finished").click()
    page.get_by_role("button", name="Record", exact=True).click()
    page.locator("[aria-invalid=true]").nth(1).wait_for()
    assert "A day or a moment is needed" in page.inner_text(".change-card")

"""Somebody answers on a phone, and the coordinator takes a way out with a click."""

import httpx2
import pytest

from tests.web.browser import PHONE
from tests.web.site import BY_EMIL, answer_to, planned, signed_for


@pytest.fixture
def service(site):
    with httpx2.Client(base_url=site.url) as client:
        yield client


def test_who_declines_on_a_phone_is_replaced_with_a_click(opened, site, service):
    rollout = answer_to(service, "POST", "/v1/rollouts", BY_EMIL)["id"]
    plan = planned(service, rollout)
    answer_to(
        service, "POST", f"/v1/rollouts/{rollout}/published", {"plan": plan, "approved": False}
    )
    page = opened(f"answer/{signed_for(site.database, 'default', rollout, 'emil')}")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.get_by_role("heading", name="Hello Emil Graf").wait_for()
    page.get_by_role("button", name="Confirm").first.click()
    page.get_by_text("Confirmed", exact=True).wait_for()
    page.get_by_role("button", name="I cannot come").last.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("A funeral")
    dialog.get_by_role("button", name="I cannot come").click()
    page.get_by_text("Cannot come", exact=True).wait_for()
    people = answer_to(service, "GET", f"/v1/rollouts/{rollout}")["people"]
    (emil,) = [it for it in people if it["id"] == "emil"]
    assert [it["reason"] for it in emil["absences"]] == ["declined"]
    page = opened(f"rollouts/{rollout}/answers")
    page.get_by_text("A funeral").wait_for()
    page.get_by_role("button", name="Look for ways out").click()
    page.get_by_role("button", name="Accept").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("To be notified").wait_for()
    dialog.get_by_role("button", name="Accept").click()
    page.get_by_text("No answers.").wait_for()
    published = answer_to(service, "GET", f"/v1/rollouts/{rollout}")["published"]["plan"]
    crews = {it["task"]: it["crew"][0]["person"] for it in published["tasks"]}
    assert sorted(crews.values()) == ["bor", "emil"]

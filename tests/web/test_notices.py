"""Who is notified, in a browser: seen before it is published, and sent when somebody says so."""

import httpx2
import pytest

from tests.web.site import answer_to, planned


@pytest.fixture
def service(site):
    with httpx2.Client(base_url=site.url) as client:
        yield client


def test_messages_are_seen_before_a_plan_is_published_and_sent_by_decision(opened, service):
    plan = planned(service, answer_to(service, "POST", "/v1/demo/clinic")["id"])
    rollout = answer_to(service, "GET", f"/v1/plans/{plan}")["rollout"]
    crew = answer_to(service, "GET", f"/v1/plans/{plan}/result")["plan"]["tasks"][0]["crew"]
    person = crew[0]["person"]
    page = opened(f"rollouts/{rollout}/notices")
    page.get_by_text("Nothing has been published yet.").wait_for()
    page.get_by_label("ID", exact=True).fill(person)
    page.get_by_label("E-mail address").fill("somebody@clinic.example")
    page.get_by_role("button", name="Enter", exact=True).first.click()
    page.get_by_text("somebody@clinic.example").wait_for()
    page = opened(f"rollouts/{rollout}/plan/{plan}/publish")
    page.get_by_text("Message to").click()
    page.get_by_text("This message was sent automatically.").wait_for()
    page.get_by_label("Publish without the missing green lights").check()
    page.get_by_role("button", name="Publish this plan").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish this plan").click()
    page.get_by_text("This plan is published.").wait_for()
    page = opened(f"rollouts/{rollout}/notices")
    page.get_by_text("Waiting for a decision: 1").wait_for()
    page.get_by_role("button", name="Send now").click()
    page.get_by_text("About to be sent: 1").wait_for()
    (mailing,) = answer_to(service, "GET", f"/v1/rollouts/{rollout}/mailings")["items"]
    assert (mailing["decision"], mailing["messages"]) == ("send", {"due": 1})
    page.get_by_role("button", name="Do not send").click()
    page.get_by_role("dialog").get_by_role("button", name="Do not send").click()
    page.get_by_text("Not sent: 1").wait_for()

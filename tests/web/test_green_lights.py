"""Green lights, in a browser: a head sees and answers for the own department, and for no other."""

import httpx2
import pytest

from tests.api.conftest import PASSWORD
from tests.web.site import answer_to, planned


@pytest.fixture(scope="module")
def service(guarded_site):
    """The service for an admin."""
    with httpx2.Client(base_url=guarded_site.url) as client:
        answer_to(client, "POST", "/v1/session", {"name": "admin", "password": PASSWORD})
        yield client


def planned_clinic(service):
    return planned(service, answer_to(service, "POST", "/v1/demo/clinic")["id"])


@pytest.fixture(scope="module")
def plan(service):
    """A plan that is looked at, and that nobody answers."""
    return planned_clinic(service)


def test_a_head_begins_with_the_own_departments_and_sees_no_other(signed_in, plan):
    page = signed_in("department-head", "")
    page.locator(f"a[href='approvals/{plan}/ward']").wait_for()
    assert page.locator("a[href$='/outpatients']").count() == 0
    assert page.get_by_role("link", name="Rollouts").count() == 0


def test_the_part_shows_classes_heads_away_change_work_and_support_without_cost(signed_in, plan):
    page = signed_in("department-head", f"approvals/{plan}/ward")
    for heading in ("Classes", "Change work", "Floor support"):
        assert page.get_by_role("heading", name=heading, exact=True).count() == 1
    assert page.get_by_text("At most 8 of 22 may be in class at once").count() == 1
    assert "€" not in page.inner_text("main")
    assert "utpatient" not in page.inner_text("main")


def test_another_department_is_refused(signed_in, plan):
    page = signed_in("department-head", f"approvals/{plan}/outpatients")
    assert "is not yours to see" in page.inner_text("main")


def test_a_refusal_needs_a_reason_and_is_seen_by_the_coordinator(signed_in, service):
    plan = planned_clinic(service)
    page = signed_in("department-head", f"approvals/{plan}/ward")
    page.get_by_role("button", name="Refuse").click()
    page.get_by_text("A refusal needs a reason.", exact=True).nth(1).wait_for()
    page.get_by_label("Note").fill("Not in the week of the inventory.")
    page.get_by_role("button", name="Refuse").click()
    page.get_by_text("The green light was refused.").wait_for()
    page.get_by_role("button", name="Give the green light").click()
    page.get_by_text("The green light is given. Later plans").wait_for()


def test_a_viewer_may_look_and_not_answer(signed_in, plan):
    page = signed_in("viewer", f"approvals/{plan}/ward")
    assert page.get_by_role("heading", name="Classes").count() == 1
    assert page.get_by_role("button", name="Give the green light").count() == 0

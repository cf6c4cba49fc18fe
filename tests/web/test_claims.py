"""What the pages claim, in a browser: how good a plan is, which one, what is over, for whom."""

from functools import partial

import httpx2
import pytest

from service.store import attempts, runs
from service.store.audit import Actor
from service.store.database import Database
from service.store.runs import Limits
from tests.api.conftest import PASSWORD
from tests.web.browser import at_rest
from tests.web.site import answer_to, planned


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


def changed(service, rollout, **parts):
    """The rollout after some of its lists were replaced."""
    answer = service.patch(f"/v1/rollouts/{rollout}", json=parts, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("role", "view", "heading"),
    [
        ("department-head", "approvals", "All green lights"),
        ("viewer", "rollouts", "Rollouts"),
        ("project-manager", "rollouts", "Rollouts"),
        ("coordinator", "rollouts", "Rollouts"),
        ("monitor", "metrics", "Metrics"),
    ],
)
def test_each_role_has_a_first_page_after_signing_in_and_a_way_on(
    opened, guarded_site, role, view, heading
):
    page = opened("sign-in", where=guarded_site)
    page.get_by_label("Name").fill(role)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator(f"body[data-view={view}]").wait_for()
    at_rest(page)
    assert page.inner_text("h1") == heading
    assert page.locator("#side a.side-link").count() >= 1
    page.get_by_role("button", name=role).wait_for()


def test_whoever_may_not_see_a_page_is_shown_the_way_to_the_own_first_page(signed_in):
    page = signed_in("department-head", "rollouts/any/runs")
    page.get_by_role("link", name="To your first page").click()
    page.locator("body[data-view=approvals]").wait_for()


def test_open_work_is_reported_before_how_near_a_plan_is_to_the_best(opened, service, rollout):
    people = answer_to(service, "GET", f"/v1/rollouts/{rollout}")["people"]
    changed(service, rollout, people=[it | {"skills": []} for it in people])
    run = answer_to(service, "GET", f"/v1/plans/{planned(service, rollout)}")
    assert run["open"] > 0
    page = opened("rollouts")
    badges = page.locator("tr", has=page.locator(f"[href='rollouts/{rollout}']")).locator(".badge")
    assert badges.first.inner_text() == f"{run['open']} open"
    assert "bad" in badges.first.get_attribute("class")
    kinds = badges.evaluate_all("all => all.map((it) => it.className)")
    assert "badge good" not in kinds


def test_a_night_that_failed_is_distinguished_from_the_plan_of_its_rollout(
    opened, service, site, rollout, plan
):
    answer_to(
        service, "POST", f"/v1/rollouts/{rollout}/published", {"plan": plan, "approved": False}
    )
    database, actor = Database(site.database), Actor("default", "the night")
    with database.write() as connection:
        night = runs.add(connection, actor, rollout, 2, Limits(), priority=1, kind="nightly")
        taken = attempts.take(connection, actor.tenant, night.id, "test")
        attempts.fail(connection, taken.fence, "Nothing came of it.")
    database.close()
    page = opened("rollouts")
    row = page.locator("tr", has=page.locator(f"[href='rollouts/{rollout}']"))
    assert row.get_by_text("Night failed").count() == 1
    assert row.get_by_text("Failed", exact=True).count() == 0
    assert row.get_by_text("Published").count() == 1


def test_finished_work_is_reported_as_finished_and_not_as_gone(opened, service, rollout, plan):
    first = min(
        answer_to(service, "GET", f"/v1/plans/{plan}/result")["plan"]["tasks"],
        key=lambda it: it["end"],
    )
    answer_to(
        service, "POST", f"/v1/rollouts/{rollout}/published", {"plan": plan, "approved": False}
    )
    done = {"edit": "finished", "task": first["task"], "on": first["end"][:10]}
    answer_to(service, "POST", f"/v1/rollouts/{rollout}/actuals", {"actuals": [done]})
    later = planned(service, rollout)
    page = opened(f"rollouts/{rollout}/plan/{later}/compare?base={plan}")
    page.locator(".compare-bookings .badge", has_text="finished").first.wait_for()
    assert page.locator(".compare-bookings .badge.bad").count() == 0


def test_a_plan_page_names_its_plan_and_so_does_its_print(opened, service, rollout, plan):
    page = opened(f"rollouts/{rollout}/plan/{plan}")
    head = page.locator(".plan-heading")
    name = answer_to(service, "GET", f"/v1/rollouts/{rollout}/about")["name"]
    assert head.get_by_role("heading", level=1).inner_text() == f"Plan of {name}"
    for text in ("Not published", "Cost €", "Total "):
        assert text in head.inner_text()
    answer_to(
        service, "POST", f"/v1/rollouts/{rollout}/published", {"plan": plan, "approved": False}
    )
    page = opened(f"rollouts/{rollout}/plan/{plan}")
    assert page.locator(".plan-heading .badge", has_text="Published").count() == 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".plan-heading h1").is_visible()
    assert page.locator(".plan-printed-legend").get_by_text("Floor support").first.is_visible()


def test_the_present_moment_is_marked_apart_from_the_day_planning_begins_at(opened, site):
    page = opened()
    page.clock.set_fixed_time("2027-03-09T09:30:00Z")
    page.goto(site.path("rollouts/:rollout/plan/:plan"))
    at_rest(page)
    assert page.locator(".flag-as-of").count() == 1
    assert page.locator(".flag-now").get_attribute("title").endswith("10:30")


def test_load_has_the_demand_for_a_skill_beside_what_there_is_of_it(opened, service, site):
    rollout, plan = site.values["rollout"], site.values["plan"]
    skill = answer_to(service, "GET", f"/v1/plans/{plan}/load")["skills"][0]
    names = {
        it["id"]: it["name"]
        for it in answer_to(service, "GET", f"/v1/rollouts/{rollout}")["skills"]
    }
    page = opened(f"rollouts/{rollout}/plan/{plan}/load")
    heads = page.locator(".heat thead th").all_inner_texts()
    assert [it.split("\n")[0].lower() for it in heads[1:3]] == ["demand", "capacity"]
    row = page.locator(
        ".heat tbody tr", has=page.get_by_role("link", name=names[skill["id"]], exact=True)
    )
    cells = row.locator(".heat-hours").all_inner_texts()
    hours = partial(str.split, maxsplit=1)
    asked = sum(skill["demand"]) + skill["open"]
    capacity = sum(it[1] for it in skill["weeks"] if it)
    assert [float(hours(it)[0].replace(",", "")) for it in cells] == [asked, capacity]


def test_search_finds_the_work_that_asks_for_a_skill(opened, service, site):
    tree = answer_to(service, "GET", f"/v1/rollouts/{site.values['rollout']}")
    support = tree["support"][0]
    skill = next(it for it in tree["skills"] if it["id"] == support["skill"])
    page = opened(site.path("rollouts/:rollout/plan/:plan") + "?by=department")
    page.get_by_role("searchbox").fill(skill["name"])
    page.locator(".bar.is-shift").first.wait_for()
    found = page.locator(".hidden-text[role=status]", has_text="found")
    found.wait_for()
    assert int(found.inner_text().split()[0]) >= 1

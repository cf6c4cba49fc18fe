"""The pages of signing in and of one's own account, in a browser."""

import secrets

import httpx2
import pytest

from tests.api.conftest import PASSWORD
from tests.web.browser import at_rest, visit
from tests.web.site import answer_to

OTHER = "a green tram behind the hill"


@pytest.fixture
def name(guarded_site):
    """Somebody who has an account of their own."""
    made = f"eva-{secrets.token_hex(4)}"
    with httpx2.Client(base_url=guarded_site.url) as client:
        answer_to(client, "POST", "/v1/session", {"name": "admin", "password": PASSWORD})
        answer_to(
            client, "POST", "/v1/people", {"name": made, "role": "viewer", "password": PASSWORD}
        )
    return made


@pytest.fixture
def account(opened, guarded_site, name):
    """Their account, in a window in which they have signed in by the page."""
    page = opened(where=guarded_site)
    visit(page, "sign-in?then=account")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Where you are signed in").wait_for()
    return page


def test_a_password_is_changed_and_the_new_one_counts(account, guarded_site, name):
    def change(now, new, again):
        account.get_by_label("Present password").fill(now)
        account.get_by_label("New password", exact=True).fill(new)
        account.get_by_label("New password once more").fill(again)
        account.get_by_role("button", name="Change password").click()

    change(PASSWORD, OTHER, "another")
    account.get_by_text("The new passwords differ.").wait_for()
    change(PASSWORD, "password1234", "password1234")
    account.get_by_text("too short, or easy to guess").wait_for()
    change("not this one", OTHER, OTHER)
    account.get_by_text("This is not the present password.").wait_for()
    change(PASSWORD, OTHER, OTHER)
    account.get_by_text("The password is changed.").wait_for()
    for password, status in ((PASSWORD, 401), (OTHER, 200)):
        wanted = {"name": name, "password": password}
        assert httpx2.post(f"{guarded_site.url}/v1/session", json=wanted).status_code == status


def test_other_sessions_are_listed_and_ended(account, guarded_site, name):
    with httpx2.Client(base_url=guarded_site.url, headers={"User-Agent": "Elsewhere"}) as client:
        answer_to(client, "POST", "/v1/session", {"name": name, "password": PASSWORD})
        account.reload()
        at_rest(account)
        account.get_by_role("row", name="Elsewhere").get_by_role("button").click()
        account.get_by_text("Signed out there.").wait_for()
        assert account.get_by_role("row", name="Elsewhere").count() == 0
        assert client.get("/v1/me").status_code == 401
    assert account.get_by_text("Here, now").count() == 1


def test_the_readers_menu_leads_to_the_account(signed_in):
    page = signed_in("viewer", "rollouts")
    page.get_by_role("button", name="viewer").click()
    page.get_by_role("menuitem", name="Account").click()
    page.get_by_role("heading", name="Where you are signed in").wait_for()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("group", "none of your groups may use this service"),
        ("account", "Ask an admin."),
        ("provider", "You were not signed in there."),
        ("nonsense", "You were not signed in there."),
    ],
)
def test_whoever_comes_back_from_a_provider_in_vain_is_reported_why(
    opened, guarded_site, why, said
):
    page = opened(where=guarded_site)
    visit(page, f"sign-in?failed={why}")
    assert said in page.get_by_role("alert").last.inner_text()

"""What holds for every view: it is shown, in each language, in both themes, on a phone, to all."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from service.access.roles import RIGHTS as ALLOWED
from tests.web.browser import LOCALES, PATIENCE, PHONE, WINDOW, at_rest, follow, view_of
from tests.web.conftest import ROLES
from tests.web.site import Site, serving
from tests.web.views import OPEN, RIGHTS, VIEWS
from web.messages import areas

CLIPPED = """() => [...document.querySelectorAll(
    "button, .button, label, legend, th, summary, h1, h2, h3, .badge, .side-link, [role=tab]")]
  .filter((it) => it.checkVisibility() && it.clientWidth > 0 && !it.closest(".cut, .hidden-text"))
  .filter((it) => it.scrollWidth > it.clientWidth + 1 && !it.title)
  .map((it) => `${it.tagName} ${it.innerText}: ${it.scrollWidth} > ${it.clientWidth}`)"""
"""Names and labels that do not fit into their place."""

TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
"""By how many pixels the page has to be scrolled sideways."""

KEY = re.compile(rf"(?<![\w/.@-])(?:{'|'.join(areas('en'))})\.[a-z][a-z-]*(?![\w.@])")
"""A message that is missing is shown as its key."""

FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const around = [at, at.parentElement, at.nextElementSibling].filter((it) => it !== null);
  const styles = [...around.map((it) => getComputedStyle(it)),
                  getComputedStyle(at, "::before"), getComputedStyle(at, "::after")];
  const marked = styles.some((it) => it.outlineStyle !== "none" || it.boxShadow !== "none");
  return { what: at.outerHTML.slice(0, 200), seen: marked && box.width * box.height > 0 };
}"""
"""What has the focus, and whether it or what is drawn for it shows that."""

views = pytest.mark.parametrize("view", VIEWS)


@pytest.fixture
def shown(standing, request):
    """A function that shows a view in a window, which must be the one that is asked for."""

    def showing(view, **how):
        if view in OPEN:
            where, first = request.getfixturevalue("guarded_site"), "sign-in"
        else:
            where, first = request.getfixturevalue("site"), "rollouts"
        page = standing(where, first=first, **how)
        follow(page, where.path(view))
        assert view_of(page) == VIEWS[view]
        assert page.locator("main [role=alert].empty").count() == 0, page.inner_text("main")
        return page

    return showing


def test_every_view_is_known_to_the_tests(opened):
    page = opened("rollouts")
    listed = page.evaluate(
        """async () => {
             const place = new URL(`${document.body.dataset.static}/js/views.js`, document.baseURI);
             return (await import(place)).views.map((it) => [it.path, it.name]);
           }"""
    )
    assert dict(listed) == VIEWS


@views
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_view_is_accessible(shown, view, theme):
    # axe is put into the page from outside, which the policy of the pages rightly forbids.
    page = shown(view, theme=theme, bypass_csp=True)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async () => (await axe.run()).violations")
    reported = [
        f"{it['id']}: {it['help']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for it in found
        for node in it["nodes"]
    ]
    assert reported == []


@views
@pytest.mark.parametrize("language", LOCALES)
def test_a_view_speaks_each_language_by_name_and_heading_and_fits(shown, view, language):
    page = shown(view, language=language)
    assert page.get_attribute("html", "lang") == language
    assert KEY.findall(page.inner_text("body")) == []
    assert page.title() != "allocator"
    assert page.locator("main h1").count() == 1
    assert page.evaluate(CLIPPED) == []
    for width, height in (WINDOW, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        at_rest(page)
        assert page.evaluate(TOO_WIDE) <= 0, f"{width} pixels"


@views
def test_whoever_goes_by_keyboard_sees_where_they_are(shown, view):
    page = shown(view)
    page.evaluate("document.activeElement.blur()")
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    reached = [it for it in stops if it is not None]
    assert len(reached) >= 2
    assert [it["what"] for it in reached if not it["seen"]] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_shown_its_views_and_no_others(signed_in, guarded_site: Site, role):
    page = signed_in(role, "rollouts")
    refused = set()
    for view in VIEWS.keys() - set(OPEN):
        follow(page, guarded_site.path(view))
        if page.inner_text("main h1") == areas("en")["frame"]["not-yours"]:
            refused.add(view)
    wanted = {it for it in VIEWS.keys() - set(OPEN) if RIGHTS[it] not in ALLOWED[role]}
    # The list of rollouts leads whoever may not see it to the first page of their own.
    assert refused == wanted - {"rollouts"}


def test_every_view_works_under_a_prefix(opened, tmp_path):
    with serving(f"sqlite:///{tmp_path}/kept.db", "--prefix", "/planning") as url:
        there = Site(f"{url}/planning", {})
        page = opened("rollouts", where=there)
        assert view_of(page) == "rollouts"
        assert page.evaluate("document.baseURI") == f"{url}/planning/"
        page.get_by_role("link", name="allocator").first.click()
        at_rest(page)
        assert page.url == f"{url}/planning/rollouts"


def test_the_policy_lets_nothing_else_in(browser, site: Site):
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    answer = page.goto(f"{site.url}/rollouts")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    blocked = page.evaluate(
        """() => new Promise((resolve) => {
             addEventListener("securitypolicyviolation", (it) => resolve(it.effectiveDirective));
             const image = document.createElement("img");
             image.src = "https://elsewhere.example/x.png";
             document.body.append(image);
           })"""
    )
    page.close()
    assert blocked == "img-src"

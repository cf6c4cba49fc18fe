"""Links and paths on the pages lead somewhere."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import PAGES, ROOT, codes, headings

LINKS = [
    (page, target)
    for page in PAGES
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text())
    if not target.startswith("http")
]
PATHS = sorted(
    {
        path
        for page in PAGES
        for path in codes(page.read_text())
        if re.fullmatch(r"(allocator|solver|service|tests|examples|docs)/[\w./-]*", path)
    }
)


def anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize(
    ("page", "target"), LINKS, ids=[f"{page.name}-{target}" for page, target in LINKS]
)
def test_every_link_leads_to_a_page_and_a_heading(page, target):
    path, _, place = target.partition("#")
    linked = (page.parent / path).resolve() if path else page
    assert linked.exists()
    assert not place or place in {anchor(heading) for heading in headings(linked.read_text())}


@pytest.mark.parametrize("path", PATHS)
def test_every_path_that_is_named_exists(path):
    assert (ROOT / path).exists()


def test_every_page_of_docs_is_linked_from_the_readme():
    linked = {target for page, target in LINKS if page.name == "README.md"}
    assert {f"docs/{page.name}" for page in PAGES if page.parent.name == "docs"} <= linked

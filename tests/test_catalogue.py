"""Whoever adds a rule or a term sees what is still missing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.rules import RULES
from allocator.terms import TERMS

ROOT = Path(__file__).parent.parent

PLACES = {
    "rules": (tuple(RULES), ("solver/model/rules", "solver/candidates/masks"), "docs/rules.md"),
    "objectives": (TERMS, ("solver/model/objectives",), "docs/terms.md"),
}
"""Folder -> the names in it, the folders of its postings, the page with a row for each name."""


@pytest.mark.parametrize("folder", PLACES)
def test_each_has_its_meaning_its_posting_its_tests_and_its_row(folder: str) -> None:
    names, postings, page = PLACES[folder]
    text = (ROOT / page).read_text()
    files = [
        path
        for name in names
        for path in (
            f"allocator/{folder}/{name}.py",
            f"tests/allocator/{folder}/test_{name}.py",
        )
    ]
    missing = [path for path in files if not (ROOT / path).is_file()]
    missing += [
        f"{name}.py in {' or '.join(postings)}"
        for name in names
        if not any((ROOT / posting / f"{name}.py").is_file() for posting in postings)
    ]
    missing += [f"a row `{name}` in {page}" for name in names if f"\n| `{name}` |" not in text]
    assert missing == []


@pytest.mark.parametrize("folder", PLACES)
def test_nothing_is_posted_that_has_no_meaning(folder: str) -> None:
    names, postings, _ = PLACES[folder]
    posted = {path.stem for posting in postings for path in (ROOT / posting).glob("[a-z]*.py")}
    assert posted == set(names)

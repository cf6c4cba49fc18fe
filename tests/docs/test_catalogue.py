"""Every rule, term and preset has its row in docs, and the row says what is so."""

from __future__ import annotations

import re
from importlib import import_module

from allocator.formats.document import problem_from_tree
from allocator.objectives import OBJECTIVES
from allocator.rules import RULES
from allocator.terms import PRESETS, TERMS, UNITS
from tests.docs.pages import ROOT, codes, headings, page, rows, section
from tests.support.everything import tree

RULE_ROWS = rows(page("docs/rules.md").split("\n## ")[0])
POSTINGS = ("solver/model/rules", "solver/candidates/masks")
"""The folders of postings on the model, and of those that are masks alone."""

TERM_ROWS = rows(page("docs/terms.md").split("\n## ")[0])


def posting(rule: str) -> str:
    """The file that posts a rule."""
    return next(path for folder in POSTINGS if (ROOT / (path := f"{folder}/{rule}.py")).is_file())


def test_every_rule_has_its_row_in_the_order_of_the_list():
    assert [codes(row[0])[0] for row in RULE_ROWS] == list(RULES)


def test_every_rule_has_its_exact_readings():
    assert headings(section(page("docs/rules.md"), "Exact readings")) == list(RULES)


def test_the_row_of_a_rule_links_its_meaning_and_its_posting():
    for rule, _, meant, posted, _ in RULE_ROWS:
        name = codes(rule)[0]
        assert f"(../allocator/rules/{name}.py)" in meant
        assert f"(../{posting(name)})" in posted


def test_the_row_of_a_rule_says_whether_it_is_posted_on_the_model():
    for rule, *_, how in RULE_ROWS:
        posted = import_module(posting(codes(rule)[0]).removesuffix(".py").replace("/", "."))
        assert ("model" in how) == hasattr(posted, "post")


def test_every_posting_has_its_meaning():
    postings = {path.stem for folder in POSTINGS for path in (ROOT / folder).glob("[a-z]*.py")}
    assert postings <= set(RULES)


def test_every_rule_on_the_model_has_its_line_in_compile():
    lines = page("solver/model/compile.py")
    for rule, *_, how in RULE_ROWS:
        assert ("model" in how) == (f"{codes(rule)[0]}.post(" in lines)


def test_every_term_has_its_row_and_its_formula_in_the_order_of_plans():
    assert [codes(row[0])[0] for row in TERM_ROWS] == list(OBJECTIVES)
    assert headings(section(page("docs/terms.md"), "Formulas")) == list(OBJECTIVES)


def test_the_row_of_a_term_links_its_meaning_and_its_posting():
    for term, _, _, meant, posted in TERM_ROWS:
        name = codes(term)[0]
        assert f"(../allocator/objectives/{name}.py)" in meant
        assert f"(../solver/model/objectives/{name}.py)" in posted


def test_units_are_those_that_the_command_shows():
    stated = {codes(row[0])[0]: row[1] for row in TERM_ROWS}
    short = {
        term: re.sub(r"^(person-|clock )?hours", "h", unit)
        for term, unit in stated.items()
        if term != "cost"
    }
    assert short == UNITS
    assert stated["cost"] == "currency"


def test_the_table_of_presets_is_that_of_the_code():
    stated = {}
    for preset, *prices in rows(section(page("docs/terms.md"), "Presets")):
        stated[codes(preset)[0]] = tuple(prices)
    document = tree()
    del document["goals"]["prices"]
    goals = {preset: problem_from_tree(document, preset).goals for preset in PRESETS}
    assert stated == {
        preset: tuple(f"{float(price):g}" for price in found.prices)
        for preset, found in goals.items()
    }
    assert f"| preset | {' | '.join(TERMS)} |" in page("docs/terms.md")

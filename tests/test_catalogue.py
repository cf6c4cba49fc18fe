"""Whoever adds a rule, a term, a format, an option of a solve or a view sees what still lacks."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from allocator.formats.detect import FORMATS
from allocator.formats.models.rollout import PricesEntry
from allocator.objectives import OBJECTIVES
from allocator.rules import RULES
from allocator.terms import PRESETS, TERMS
from api.schemas.plans_and_rollouts import PlanShown, PlanWanted, SolveWanted
from service.cli.plan import plan
from service.cli.replanning import replan
from service.store.runs import Limits
from tests.agreement.test_edges import EDGES, rule_of
from web.messages import LANGUAGES
from web.views import _views

ROOT = Path(__file__).parent.parent

RULE_POSTINGS = ("solver/model/rules", "solver/candidates/masks")
SERVICE_ALONE = {"question"}
"""What the service writes into the limits itself."""


def text(path: str) -> str:
    return (ROOT / path).read_text()


def lacking(wanted: Iterator[tuple[str, bool]]) -> list[str]:
    """The places at which something is not to be found."""
    return [place for place, is_there in wanted if not is_there]


def is_file(path: str) -> tuple[str, bool]:
    return path, (ROOT / path).is_file()


def named(path: str, what: str) -> tuple[str, bool]:
    return f"{what} in {path}", what in text(path)


def modules(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / folder).glob("[a-z]*.py")}


def places_of_rule(name: str) -> Iterator[tuple[str, bool]]:
    yield is_file(f"allocator/rules/{name}.py")
    postings = [f"{folder}/{name}.py" for folder in RULE_POSTINGS]
    yield " or ".join(postings), any((ROOT / path).is_file() for path in postings)
    if (ROOT / postings[0]).is_file():
        yield named("solver/model/compile.py", f"{name}.post(")
    yield is_file(f"tests/allocator/rules/test_{name}.py")
    yield f"a pair of {name} in tests/agreement/test_edges.py", name in map(rule_of, EDGES)
    yield named("docs/rules.md", f"\n| `{name}` |")


def places_of_term(name: str) -> Iterator[tuple[str, bool]]:
    yield f"{name} in allocator/objectives/__init__.py", name in OBJECTIVES
    yield is_file(f"allocator/objectives/{name}.py")
    yield is_file(f"solver/model/objectives/{name}.py")
    yield named("solver/model/compile.py", f'"{name}": lambda')
    yield named("solver/ledger/score.py", f'unit["{name}"]')
    yield f"{name} in PricesEntry", name in PricesEntry.model_fields
    yield is_file(f"tests/allocator/objectives/test_{name}.py")
    yield named("docs/terms.md", f"\n| `{name}` |")
    yield named("web/static/js/goals.js", f'"{name}"')
    for language in LANGUAGES:
        yield named(f"web/messages/{language}/data.json", f'"term-{name}"')
        yield named(f"web/messages/{language}/data.json", f'"term-{name}-unit"')


def places_of_option(name: str) -> Iterator[tuple[str, bool]]:
    yield f"{name} in PlanWanted", name in PlanWanted.model_fields
    for command in (plan, replan) if name in SolveWanted.model_fields else (plan,):
        yield f"{name} of {command.__name__}", name in inspect.signature(command).parameters


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_all_its_places(name: str) -> None:
    assert lacking(places_of_rule(name)) == []


@pytest.mark.parametrize("folder", ["allocator/rules", *RULE_POSTINGS])
def test_no_rule_is_written_that_is_not_listed(folder: str) -> None:
    assert modules(folder) - set(RULES) == set()


@pytest.mark.parametrize("name", TERMS)
def test_a_term_has_all_its_places(name: str) -> None:
    assert lacking(places_of_term(name)) == []


@pytest.mark.parametrize("folder", ["allocator/objectives", "solver/model/objectives"])
def test_no_term_is_written_that_is_not_listed(folder: str) -> None:
    assert modules(folder) - set(TERMS) == set()


def test_terms_and_presets_have_one_order_everywhere() -> None:
    assert tuple(OBJECTIVES) == tuple(PricesEntry.model_fields) == TERMS
    lists = dict(re.findall(r"export const (\w+) = (\[.*\]);", text("web/static/js/goals.js")))
    assert json.loads(lists["TERMS"]) == list(TERMS)
    assert json.loads(lists["PRESETS"]) == list(PRESETS)


@pytest.mark.parametrize("name", sorted({it.name for it in fields(Limits)} - SERVICE_ALONE))
def test_an_option_of_a_solve_has_all_its_places(name: str) -> None:
    assert lacking(places_of_option(name)) == []


def test_every_option_of_a_request_is_a_limit_and_most_are_shown() -> None:
    limits = {it.name for it in fields(Limits)}
    assert set(SolveWanted.model_fields) <= limits
    assert {"preset", "base", "most_people"} <= set(PlanShown.model_fields)


@pytest.mark.parametrize("form", FORMATS, ids=lambda it: it.name)
def test_a_format_has_all_its_places(form) -> None:
    places = [named("web/static/js/views/rollouts/bring_in.js", end) for end in form.suffixes]
    places.append(("a mention in docs/format.md", form.name in text("docs/format.md")))
    assert lacking(iter(places)) == []


@pytest.mark.parametrize("view", _views(), ids=lambda it: it.path or "start")
def test_a_view_has_its_module_and_its_sheet(view) -> None:
    places = [is_file(f"web/static/js/{view.module}")]
    if view.sheet is not None:
        places.append(is_file(f"web/static/css/views/{view.sheet}"))
    assert lacking(iter(places)) == []

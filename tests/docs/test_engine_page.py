"""docs/engine.md names constants, outcomes and settings that there are."""

from __future__ import annotations

import re
from dataclasses import fields

from allocator import outcome
from solver import schedule, settings
from solver.bounds import proof as prove
from tests.docs.pages import codes, page, rows

PAGE = page("docs/engine.md")


def test_outcomes_are_those_of_the_code():
    named = {codes(row[0])[0].replace("_", "") for row in rows(PAGE.split("\n## ")[0])}
    assert named == {kind.__name__.lower() for kind in outcome.Outcome.__args__}


def test_constants_that_are_named_exist():
    named = {code for code in codes(PAGE) if re.fullmatch(r"[A-Z][A-Z_]+", code)}
    named -= {"ALLOCATOR_DEFECTS", "ALLOCATOR_SOLVE_MEMORY", "NUMBA_CACHE_DIR"}  # environment
    most = {"MOST_SHIFT_SEATS", "MOST_TASK_SEATS", "MOST_COUNTS"}
    assert named == {"TINY", "SMALL", "PATIENCE"} | most
    assert all(hasattr(schedule, name) or hasattr(prove, name) for name in named)


def test_settings_that_are_named_exist():
    (call,) = [code for code in codes(PAGE) if code.startswith("Settings(")]
    known = {field.name for field in fields(settings.Settings)}
    assert set(re.findall(r"(\w+)=", call)) <= known

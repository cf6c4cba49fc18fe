"""docs/faults.md knows every code, and each example is reported as it says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from allocator import errors
from allocator.formats import clock, shape
from allocator.formats import faults as collected
from allocator.formats.models import fields
from allocator.formats.rollout import allowance
from allocator.formats.rollout import warnings as advice
from allocator.formats.shape import KINDS
from allocator.formats.text import tree as text
from allocator.formats.text import yaml_tree
from allocator.formats.text.tree import read_tree
from allocator.formats.workbook import package
from service.cli import exits
from tests.allocator.formats.test_rollout_faults import spoil
from tests.docs.pages import ROOT, codes, page, rows, section
from tests.support.everything import faults as faults_of
from tests.support.everything import tree

PAGE = page("docs/faults.md")
EXAMPLES = rows(section(PAGE, "Faults of a rollout"))

CODE_AT = {"add": 1, "Fault": 1, "_refuse": 0, "_fault": 0, "_warn": 0, "_stop": 0, "refuse": 0}
"""Which argument of a call is the code of a fault."""


def raised(path: Path) -> Iterator[str]:
    """Codes that a module gives to faults, as far as they are written out in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        found: list[ast.expr] = []
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in CODE_AT:
                found = node.args[CODE_AT[name] :][:1]
            case ast.Return(value=ast.Tuple(elts=[first, _])):
                found = [first]
        for each in found:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value


def test_every_code_of_a_fault_has_its_row():
    warnings = set(raised(Path(str(advice.__file__))))
    formats = ROOT / "allocator/formats"
    known = {code for path in formats.rglob("*.py") for code in raised(path)} - warnings
    known = {code for code in known if code.replace("_", "").isalpha()}  # prices are tuples too
    known |= {f"unknown_{kind}" for kind in KINDS.values()} | set(collected.CODES.values())
    assert {"cycle", "not_text", "not_a_date", "too_deep", "unknown_field"} <= known
    reported = {code for row in rows(PAGE.split("\n## Warnings")[0]) for code in codes(row[0])}
    reported |= set(codes(section(PAGE, "Faults of a plan")))
    assert known - reported == set()


def test_every_warning_has_its_row():
    warnings = set(raised(Path(str(advice.__file__))))
    assert {codes(row[0])[0] for row in rows(section(PAGE, "Warnings"))} == warnings


@pytest.mark.parametrize(
    ("code", "example", "message"), [(codes(row[0])[0], row[2], row[3]) for row in EXAMPLES]
)
def test_each_example_is_reported_as_shown(code, example, message):
    field, _, value = codes(example)[0].partition(": ")
    document = tree()
    spoil(document, field, read_tree(f"v: {value}".encode())["v"])
    assert (code, message) in {(fault.code, fault.message) for fault in faults_of(document)}


def test_limits_are_those_of_the_code():
    limits = {
        f"{text.MAX_BYTES // 2**20} MiB ({text.MAX_BYTES:,} bytes)",
        f"{package.MAX_PARTS:,}; {package.MAX_UNPACKED // 2**20} MiB",
        f"{package.MAX_ELEMENTS:,}; {package.MAX_DEPTH}",
        f"{package.MAX_CELLS:,}; {package.MAX_CELLS:,}; {package.MAX_CHARACTERS:,}",
        f"{package.LONGEST_TEXT:,} characters",
        f"{yaml_tree.MAX_DEPTH}",
        f"{yaml_tree.MAX_NODES:,}",
        f"{shape.MAX_ENTRIES:,}",
        f"{clock.MAX_ZONES}",
        f"{allowance.MAX_SLOTS:,}",
        f"{yaml_tree.MAX_DIGITS}",
        "200 characters",
        "2,000 characters",
        f"{clock.MAX_ROLLOUT_DAYS:,} (five years)",
        f"{fields.LONGEST_LAG:,} hours (five years)",
        f"{fields.FIRST_YEAR} to {fields.LAST_YEAR}",
        f"0, or 0.000000001 to {fields.LARGEST:,}",
        "1,000",
        "10,000,000",
        "3,660",
        f"{errors.MAX_FAULTS:,}; {errors.MAX_LETTERS}",
    }
    assert {row[1] for row in rows(section(PAGE, "Limits"))} == limits


@pytest.mark.parametrize("place", ["docs/faults.md", "docs/commands.md"])
def test_exit_codes_are_those_of_the_command(place):
    heading = "Exit codes of the command line" if place != "docs/commands.md" else "Exit codes"
    reported = {int(row[0]) for row in rows(section(page(place), heading))}
    assert reported == {
        exits.DONE,
        exits.VIOLATIONS,
        exits.WRONG_USAGE,
        exits.INVALID_DOCUMENT,
        exits.NO_PLAN,
        exits.DEFECT,
        exits.ABORTED,
        exits.RESULTS_CLOSED,
    }

"""docs/format.md knows every field, and its example is read and planned as shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from allocator.formats.document import read_problem, warnings_of
from allocator.formats.models.plan import PlanDocument
from allocator.formats.models.rollout import RolloutDocument
from allocator.formats.text import tree as text
from service.planning import plan_rollout
from solver.settings import Settings
from tests.docs.pages import blocks, codes, page, rows, section

PAGE = page("docs/format.md")
TOP = "The top"
PLAN_SECTIONS = {
    "The plan": {"schema", "rollout", "created", "solver", "outcome", "reason", "score"}
    | {"because", "minimal"},
    "What the plan assumes, leaves open and breaks": {"assumptions", "open", "violations"},
}
PLAN_LISTS = {
    "The bookings of tasks": "tasks",
    "The classes": "sessions",
    "The support shifts": "support",
}


def fields(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, bool]]:
    """(path, whether it is needed) of every field of a model, those of entries included."""
    for name, info in model.model_fields.items():
        path = prefix + (info.alias or name)
        yield path, info.is_required()
        inner, many = entry_of(info.annotation)
        if inner is not None and inner is not PlanDocument:
            yield from fields(inner, f"{path}[]." if many else f"{path}.")


def entry_of(annotation: object, many: bool = False) -> tuple[type[BaseModel] | None, bool]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, many
    for part in getattr(annotation, "__args__", ()):
        found, inside = entry_of(part, many or getattr(annotation, "__origin__", None) is list)
        if found is not None:
            return found, inside
    return None, many


def by_section(model: type[BaseModel]) -> dict[str, dict[str, bool]]:
    """Top-level list or mapping -> its fields; everything else under `TOP`."""
    found: dict[str, dict[str, bool]] = {}
    for path, needed in fields(model):
        name, _, rest = re.sub(r"^(\w+)\[\]\.", r"\1.", path).partition(".")
        found.setdefault(name if rest else TOP, {})[rest or name] = needed
    return found


def documented(heading: str, within: str) -> dict[str, bool]:
    found = {}
    for names, left_out, _ in rows(section(section(PAGE, within), heading)):
        for name in codes(names):
            found[name] = left_out == "needed"
    return found


ROLLOUT = by_section(RolloutDocument)


@pytest.mark.parametrize("name", [name for name in ROLLOUT if name != TOP])
def test_every_field_of_a_rollouts_entry_has_its_row(name):
    assert documented(name, "Rollout, field by field") == ROLLOUT[name]


def test_every_field_at_the_top_of_a_rollout_has_its_row():
    scalars = {name: needed for name, needed in ROLLOUT[TOP].items() if name not in ROLLOUT}
    assert documented(TOP, "Rollout, field by field") == scalars


@pytest.mark.parametrize("heading", PLAN_LISTS)
def test_every_field_of_a_plans_booking_has_its_row(heading):
    known = by_section(PlanDocument)[PLAN_LISTS[heading]]
    assert documented(heading, "Plan, field by field") == known


@pytest.mark.parametrize("heading", PLAN_SECTIONS)
def test_every_other_field_of_a_plan_has_its_row(heading):
    known = {
        path: needed
        for path, needed in fields(PlanDocument)
        if re.split(r"[.\[]", path)[0] in PLAN_SECTIONS[heading]
    }
    assert documented(heading, "Plan, field by field") == known


def test_the_example_is_sound_and_its_plan_is_the_one_shown():
    rollout, plan = (block.text.encode() for block in blocks(PAGE, "yaml")[:2])
    problem = read_problem(rollout)
    assert warnings_of(problem) == ()
    shown = text.read_tree(plan)
    made = plan_rollout(problem, Settings(seconds=20)).document
    assert isinstance(shown, dict)
    for volatile in ("created", "solver"):
        assert shown[volatile]
        made[volatile] = shown[volatile]
    assert made == shown

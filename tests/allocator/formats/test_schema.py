"""The published schemas accept what the readers accept, and describe every field."""

from __future__ import annotations

import jsonschema
import pytest

from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_document, plan_tree
from allocator.formats.schema import plan_schema, rollout_schema
from allocator.outcome import NoPlan, Run
from tests.allocator.formats.test_plan_document import PLAN, PROBLEM
from tests.allocator.formats.test_rollout_faults import spoil
from tests.support.everything import tree

SHAPE = [
    ("schema", "rollout/2"),
    ("nmae", "x"),
    ("start", "22.3.2027"),
    ("slot_minutes", 20),
    ("calendars[0].weekly.mon", ["8-12"]),
    ("departments[0].headcount", -1),
    ("people[0].skills[0].level", 6),
    ("people[0].cost_per_hour", "62"),
    ("tasks[0].crew", []),
    ("tasks[1].after[0]", 7),
    ("tasks[1].after[1]", {"task": "t-old", "lag": 8}),
    ("support[0].curve[1].days", "0"),
    ("support[0].curve[1].users_per_supporter", 0),
    ("goals.prices.lateness", "free"),
    ("goals.preset", "cheap"),
]


def schema_faults(schema, document):
    validator = jsonschema.Draft202012Validator(schema)
    return list(validator.iter_errors(document))


def test_both_schemas_are_schemas():
    jsonschema.Draft202012Validator.check_schema(rollout_schema())
    jsonschema.Draft202012Validator.check_schema(plan_schema())


def test_the_rollout_schema_accepts_a_document_that_reads():
    document = tree()
    document["published"] = {"plan": plan_tree(PROBLEM, PLAN), "frozen_until": "2027-03-24"}
    assert problem_from_tree(document).published is not None
    assert schema_faults(rollout_schema(), document) == []


@pytest.mark.parametrize(("field", "value"), SHAPE)
def test_the_rollout_schema_refuses_what_has_the_wrong_shape(field, value):
    document = tree()
    spoil(document, field, value)
    assert schema_faults(rollout_schema(), document)


def test_the_plan_schema_accepts_every_plan_document():
    run = Run(1, 2, 0.5, None, None, 0.0)
    assert schema_faults(plan_schema(), plan_tree(PROBLEM, PLAN)) == []
    assert schema_faults(plan_schema(), plan_document(PROBLEM, NoPlan("why", 0, run), [], [])) == []


@pytest.mark.parametrize("schema", [rollout_schema(), plan_schema()])
def test_every_mapping_of_a_schema_is_described_and_closed(schema):
    for name, entry in (*schema["$defs"].items(), ("", schema)):
        assert entry["description"], name
        assert entry["additionalProperties"] is False, name

"""No sentence of pydantic's own reaches anybody: each finding has words of ours."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic_core import core_schema

from allocator.formats.findings import FORMS, sentence
from tests.docs.pages import ROOT

LIBRARY = re.compile(r"Input|should|[Ss]tring|valid|Value error|Field required|dictionary|pattern")
"""Words of pydantic's sentences."""


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


FOUND = [
    (str, 7, "7 is not text."),
    (Annotated[str, Field(min_length=1)], "", "The text is empty."),
    (Annotated[str, Field(min_length=3)], "ab", "The text has 2 characters, 3 are needed."),
    (Annotated[str, Field(max_length=2)], "abc", "The text has 3 characters, 2 at most."),
    (
        Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")],
        "a b",
        '"a b" has not the form that is needed: letters A to Z, digits, dots, hyphens and '
        "underscores.",
    ),
    (str, {"a": 1}, "A mapping of fields is not text."),
    (int, [1], "A list is not a whole number."),
    (int, "x", '"x" is not a whole number.'),
    (int, 1.5, "1.5 is not a whole number."),
    (float, "x", '"x" is not a number.'),
    (Decimal, "x", '"x" is not a number.'),
    (bool, "maybe", '"maybe" is neither true nor false.'),
    (Annotated[int, Field(ge=1)], 0, "0 is less than 1."),
    (Annotated[int, Field(gt=1)], 1, "1 is not more than 1."),
    (Annotated[int, Field(le=5)], 6, "6 is more than 5."),
    (Annotated[int, Field(lt=5)], 5, "5 is not less than 5."),
    (list[int], 7, "7 is not a list."),
    (Annotated[list[int], Field(min_length=1)], [], 'The list "document" is empty.'),
    (Annotated[list[int], Field(max_length=1)], [1, 2], 'The list "document" has more than 1'),
    (dict[str, int], 7, "7 is not a mapping of fields."),
    (Literal["a", "b"], "c", '"c" is not one of: a or b.'),
    (Cat, {}, 'The field "kind" is missing.'),
    (Cat, 7, "7 is not a mapping of fields."),
    (
        Annotated[Cat | Dog, Field(discriminator="kind")],
        {"kind": "cow"},
        "is not one of: cat, dog.",
    ),
    (Annotated[Cat | Dog, Field(discriminator="kind")], {}, 'The field "kind" is missing.'),
    (date, "soon", '"soon" is not a date like 2027-01-11.'),
    (datetime, "soon", '"soon" is not a moment like 2027-01-11T08:00.'),
    (time, "soon", '"soon" is not a time of day like 08:00.'),
    (timedelta, "soon", '"soon" is not a duration.'),
]


@pytest.mark.parametrize(("hint", "value", "said"), FOUND)
def test_a_finding_is_a_sentence_that_shows_the_value_or_names_the_field(hint, value, said):
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(hint).validate_python(value)
    (detail,) = refused.value.errors(include_url=False)
    assert said in sentence(detail)
    assert not LIBRARY.search(sentence(detail))


CONTEXT: dict[str, Any] = {
    "error": "The bell does not ring.",
    "expected": "'a'",
    "expected_tags": "'a'",
    "tag": "b",
    "discriminator": "'kind'",
    "pattern": "x",
    "min_length": 1,
    "max_length": 2,
    "actual_length": 3,
    **dict.fromkeys(("gt", "ge", "lt", "le", "multiple_of"), 4),
}


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_every_kind_that_pydantic_knows_has_words_of_ours(kind):
    detail = {"type": kind, "loc": ("a",), "msg": "Input should be", "input": "v", "ctx": CONTEXT}
    found = sentence(detail)
    assert found.endswith(".")
    assert not LIBRARY.search(found)


def test_our_own_sentences_stay_as_they_are():
    detail = {"type": "form", "loc": ("a",), "msg": "A day is needed.", "input": "v"}
    assert sentence(detail) == "A day is needed."
    detail |= {
        "type": "value_error",
        "msg": "Value error, No.",
        "ctx": {"error": ValueError("No.")},
    }
    assert sentence(detail) == "No."


def test_every_form_that_requests_ask_for_is_reported_in_words():
    asked = {
        pattern
        for path in (ROOT / "api").rglob("*.py")
        for pattern in re.findall(r'r"(\^[^"]+\$)"', path.read_text())
    }
    assert asked == FORMS.keys()

"""What pydantic finds wrong, in words: a sentence for each kind of finding, without its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic_core import core_schema

from allocator.formats.models.fields import shown
from allocator.formats.text.plain import CONTROL_CHARACTER
from allocator.formats.text.yaml_tree import UNPRINTABLE

_LIBRARY = frozenset(get_args(core_schema.ErrorType))
"""The kinds that are pydantic's; all others have our own sentences."""

_NOT = {
    "not text": ("string_type", "string_not_ascii", "bytes_type"),
    "neither true nor false": ("bool_type", "bool_parsing"),
    "not a list": (
        "list_type",
        "tuple_type",
        "set_type",
        "frozen_set_type",
        "deque_type",
        "iterable_type",
        "iteration_error",
    ),
    "not a mapping of fields": (
        "dict_type",
        "frozen_dict_type",
        "ordered_dict_type",
        "counter_type",
        "mapping_type",
        "model_type",
        "model_attributes_type",
        "dataclass_type",
        "dataclass_exact_type",
        "named_tuple_type",
        "arguments_type",
    ),
    "not a whole number": ("int_type", "int_parsing", "int_parsing_size", "int_from_float"),
    "not a number": (
        "float_type",
        "float_parsing",
        "decimal_type",
        "decimal_parsing",
        "fraction_type",
        "fraction_parsing",
        "complex_type",
        "complex_str_parsing",
    ),
    "not a finite number": ("finite_number",),
    "not a date like 2027-01-11": (
        "date_type",
        "date_parsing",
        "date_from_datetime_parsing",
        "date_from_datetime_inexact",
    ),
    "not a moment like 2027-01-11T08:00": (
        "datetime_type",
        "datetime_parsing",
        "datetime_object_invalid",
        "datetime_from_date_parsing",
        "timezone_naive",
        "timezone_aware",
        "timezone_offset",
    ),
    "not a time of day like 08:00": ("time_type", "time_parsing"),
    "not a duration": ("time_delta_type", "time_delta_parsing"),
    "not an address": (
        "url_type",
        "url_parsing",
        "url_syntax_violation",
        "url_scheme",
        "url_too_long",
    ),
    "already past": ("date_future", "datetime_future"),
    "still to come": ("date_past", "datetime_past"),
}
_SAYS = {kind: says for says, kinds in _NOT.items() for kind in kinds}

_BOUNDS = {
    "greater_than": ("gt", "not more than"),
    "greater_than_equal": ("ge", "less than"),
    "less_than": ("lt", "not less than"),
    "less_than_equal": ("le", "more than"),
    "multiple_of": ("multiple_of", "no multiple of"),
}

FORMS = {
    r"^[A-Za-z0-9._-]+$": "letters A to Z, digits, dots, hyphens and underscores",
    r"^[A-Za-z0-9][A-Za-z0-9._@+-]*$": "a letter A to Z or a digit, then these and . _ @ + -",
    r"^[A-Za-z0-9][A-Za-z0-9/._~?=&%-]*$": "a path of the pages, without the slash in front",
    r"^[0-9a-f]{64}$": "64 digits 0 to 9 and letters a to f",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": "a time of day like 23:00",
    r"^[\x21-\x7e]+$": "letters, digits and signs without blanks",
    r"^https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[!-~]*)?$": (
        "an address like https://hooks.example.org/plans"
    ),
}
"""The forms that texts of requests have, in words."""


def sentence(detail: Mapping[str, Any]) -> str:
    """One of pydantic's findings as a sentence that names the field or shows the value."""
    kind, value = str(detail["type"]), detail["input"]
    if kind in ("value_error", "assertion_error"):
        return str(detail["ctx"]["error"])
    if kind not in _LIBRARY:
        return str(detail["msg"])
    location = detail["loc"]
    field = next((it for it in reversed(location) if isinstance(it, str)), "document")
    if kind in _SAYS:
        return f"{shown(value)} is {_SAYS[kind]}."
    if kind in _BOUNDS:
        name, says = _BOUNDS[kind]
        return f"{shown(value)} is {says} {detail['ctx'][name]}."
    return _of_a_field(kind, field, detail) or f'The value of "{field}" cannot be used.'


def _of_a_field(kind: str, field: str, detail: Mapping[str, Any]) -> str:
    value, context = detail["input"], detail.get("ctx", {})
    match kind:
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return f'The field "{field}" is missing.'
        case "extra_forbidden" | "unexpected_keyword_argument":
            return f'There is no field "{field:.80}" here.'
        case "union_tag_not_found":
            name = str(context.get("discriminator", field)).strip("'()")
            return f'The field "{name}" is missing.'
        case "literal_error" | "enum":
            expected = str(context["expected"]).replace("'", "")
            return f"{shown(value)} is not one of: {expected}."
        case "union_tag_invalid":
            expected = str(context["expected_tags"]).replace("'", "")
            return f"{shown(context['tag'])} is not one of: {expected}."
        case "too_short" if not context["actual_length"]:
            return f'The list "{field}" is empty.'
        case "too_short":
            return f'The list "{field}" has fewer than {context["min_length"]} entries.'
        case "too_long":
            return f'The list "{field}" has more than {context["max_length"]} entries.'
        case "string_too_short" | "bytes_too_short" if context["min_length"] == 1:
            return "The text is empty."
        case "string_too_short" | "bytes_too_short":
            most = context["min_length"]
            return f"The text has {len(value)} characters, {most} are needed."
        case "string_too_long" | "bytes_too_long":
            return f"The text has {len(value)} characters, {context['max_length']} at most."
        case "string_unicode":
            return CONTROL_CHARACTER
        case "string_pattern_mismatch" if UNPRINTABLE.search(value):
            return CONTROL_CHARACTER
        case "string_pattern_mismatch":
            form = FORMS.get(context["pattern"], "another form")
            return f"{shown(value)} has not the form that is needed: {form}."
        case "invalid_key":
            return f"The name of a field must be text, not {shown(value)}."
        case "json_invalid" | "json_type":
            return f"This is not JSON: it cannot be read {_from(detail['loc'])}."
        case "decimal_max_digits" | "decimal_max_places" | "decimal_whole_digits":
            return f"{shown(value)} has too many digits."
        case "recursion_loop" | "recursion_depth_exceeded":
            return "Lists and mappings are nested too deep."
    return ""


def _from(location: tuple[int | str, ...]) -> str:
    at = next((it for it in location if isinstance(it, int)), 0)
    return f"from character {at + 1} on"

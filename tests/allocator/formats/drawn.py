"""Rollout documents of the right shape, drawn from the models: whatever fields there are."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import BaseModel

from allocator.formats.models.fields import (
    DateOrMoment,
    DayRange,
    GoLive,
    Id,
    Moment,
    Price,
    Settled,
    Stretch,
    When,
)
from allocator.formats.models.plan import NO_CELLS
from allocator.formats.text.yaml_tree import UNPRINTABLE

ODD = ["", " ana ", '"', '"a"', "a, b", "a;b", "=1+2", "+1", "TRUE", "12", "1e5", "2027-01-11",
       "#N/A", "_x000D_", "x_x000d_y", "\r", "a\nb", "null", "1-5", "'", "\\", "\t",
       "Äö, \U0001f600"]  # fmt: skip
texts = st.sampled_from(ODD) | st.text(max_size=12).filter(lambda it: not UNPRINTABLE.search(it))
whole = st.integers(1, 5)
numbers = st.integers(0, 10**9) | st.floats(0, 10**9).filter(lambda it: it == 0 or it > 1e-9)
dates = st.dates(date(1990, 1, 1), date(2199, 12, 31)).map(date.isoformat)
offsets = st.sampled_from(["", "", "+02:00", "-03:30"])
moments = st.builds("{}T{:%H:%M}{}".format, dates, st.times(), offsets)
from_go_live = st.sampled_from(["go-live", "go-live-2", "go-live+10T18:00", "go-live-0T00:00"])
DRAWN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: whole,
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**70), 2**70),
    date: dates,
    GoLive: from_go_live,
    Moment: moments,
    Fraction: numbers,
    Stretch: st.sampled_from(["08:00-12:00", "00:00-24:00", "22:00-24:00"]),
    DayRange: st.sampled_from([1, 9999, "4", "1-5"]),
}


def drawn(hint: Any) -> st.SearchStrategy[Any]:
    """What a field of this type may hold, as it stands in a document."""
    for named, strategy in (
        (Id, texts.filter(lambda it: len(it) >= 1)),
        (DateOrMoment, dates | moments),
        (When, dates | moments | from_go_live),
        (Settled, moments | from_go_live.filter(lambda it: "T" in it)),
        (Price, numbers | st.just("forbidden")),
    ):
        if get_origin(hint) is Annotated and hint == named:
            return strategy
    origin = get_origin(hint)
    if origin is Annotated:
        inner = drawn(get_args(hint)[0])
        least = max((getattr(it, "min_length", None) or 0 for it in _metadata(hint)), default=0)
        most = min((getattr(it, "max_length", None) or 40 for it in _metadata(hint)), default=40)
        return inner.filter(lambda it: not isinstance(it, (str, list)) or least <= len(it) <= most)
    if hint is NoneType:
        return st.none()
    if origin in (Union, UnionType):
        return st.one_of(*(drawn(it) for it in get_args(hint)))
    if origin is Literal:
        return st.sampled_from(get_args(hint))
    if origin is list:
        return st.lists(drawn(get_args(hint)[0]), max_size=3)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return entries(hint)
    return DRAWN[hint]


def entries(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """An entry with its needed fields and some of the others."""
    hints = get_type_hints(model, include_extras=True)
    needed, more = {}, {}
    for name, info in model.model_fields.items():
        if info.json_schema_extra == NO_CELLS:
            continue
        hint = hints[name] if not info.metadata else Annotated[hints[name], *info.metadata]
        (needed if info.is_required() else more)[info.alias or name] = st.deferred(
            lambda hint=hint: drawn(hint)
        )
    return st.fixed_dictionaries(needed, optional=more)


def _metadata(hint: Any) -> list[Any]:
    found = []
    for each in get_args(hint)[1:]:
        found += [each, *getattr(each, "metadata", [])]
    return found

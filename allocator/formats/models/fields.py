"""The kinds of value a field can hold: ids, numbers, dates, moments, stretches of a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1990, 2199
LARGEST = 10**9
MOST_DAYS = 3660
LONGEST_LAG = 1830 * 24
"""Hours of five years, the longest rollout."""

PRINTABLE = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]*$"
"""A text without control characters; line breaks and tabs are none."""

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = _DATE + r"T[0-9]{2}:[0-9]{2}([+-][0-9]{2}:[0-9]{2})?"
_GO_LIVE = r"go-live(?:([+-])([0-9]{1,4}))?(T[0-9]{2}:[0-9]{2})?"
_STRETCH = r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})"
_DAYS = r"([1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?"


class Entry(BaseModel):
    """A mapping of the document: exactly the fields it lists, no others."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(frozen=True, slots=True)
class Moment:
    """A local moment as written; the offset tells the two passes of an autumn hour apart."""

    local: datetime
    offset: timedelta | None
    text: str


@dataclass(frozen=True, slots=True)
class GoLive:
    """A date, or with a time of day a moment, so many days after go-live; before it: below 0."""

    days: int
    time: str
    """Such as `T18:00`; empty for a date."""
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a day in minutes after midnight; beyond 24:00 it runs into the next day."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DayRange:
    """Working days after go-live, counted from 1, both ends included."""

    first: int
    last: int


def _refuse(code: str, message: str) -> PydanticCustomError:
    # The message is a value of the template, so that braces in it stay as they are.
    return PydanticCustomError(code, "{said}", {"said": message})


def shown(value: object) -> str:
    """A value as a message that begins with it shows it, cut where it is long."""
    if isinstance(value, (dict, list)):
        return "A mapping of fields" if isinstance(value, dict) else "A list"
    text = f'"{value}"' if isinstance(value, str) else type(value).__name__
    if value is None or isinstance(value, (bool, int, float)):
        text = str(value).lower() if value is not None else "null"
    return text if len(text) <= 60 else text[:57] + '..."'


def _calendar_date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _refuse("not_a_date", f"{text} is not a day of the calendar.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refuse("not_a_date", f"{text} lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return day


def _read_date(value: object) -> date:
    if not isinstance(value, str) or not re.fullmatch(_DATE, value, re.ASCII):
        raise _refuse("not_a_date", f"{shown(value)} is not a date like 2027-01-11.")
    return _calendar_date(value)


def _read_moment(value: object) -> Moment:
    if not isinstance(value, str) or not re.fullmatch(_MOMENT, value, re.ASCII):
        raise _refuse("not_a_moment", f"{shown(value)} is not a moment like 2027-01-11T08:00.")
    day = _calendar_date(value[:10])
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        raise _refuse("not_a_moment", f"{value} is not a time of day.") from None
    local = datetime(day.year, day.month, day.day, read.hour, read.minute)
    return Moment(local, read.utcoffset(), value)


def read_go_live(value: str) -> GoLive | None:
    """A date or moment counted from go-live; None for any other text."""
    found = re.fullmatch(_GO_LIVE, value, re.ASCII)
    if found is None or (found[3] and not ("00" <= found[3][1:3] < "24" and found[3][4:] < "60")):
        return None
    days = int(found[2] or 0)
    if days > MOST_DAYS:
        return None
    return GoLive(-days if found[1] == "-" else days, found[3] or "", value)


def _read_day_or_moment(value: object) -> date | Moment | GoLive:
    reported = read_go_live(value) if isinstance(value, str) else None
    if reported is None and isinstance(value, str) and value.startswith("go-live"):
        message = f"{shown(value)} is not counted from go-live like go-live-2 or go-live+1T18:00."
        raise _refuse("not_a_date", message)
    return reported or _read_date_or_moment(value)


def _read_settled(value: object) -> Moment | GoLive:
    reported = read_go_live(value) if isinstance(value, str) else None
    return reported if reported is not None and reported.time else _read_moment(value)


def _read_date_or_moment(value: object) -> date | Moment:
    if isinstance(value, str) and "T" in value:
        return _read_moment(value)
    if not isinstance(value, str) or not re.fullmatch(_DATE, value, re.ASCII):
        message = f"{shown(value)} is neither a date like 2027-01-11 nor a moment like "
        raise _refuse("not_a_date", message + "2027-01-11T08:00.")
    return _calendar_date(value)


def _read_stretch(value: object) -> Stretch:
    found = re.fullmatch(_STRETCH, value, re.ASCII) if isinstance(value, str) else None
    if not isinstance(value, str) or found is None:
        raise _refuse("not_a_stretch", f"{shown(value)} is not a stretch like 08:00-12:00.")
    hours_from, minutes_from, hours_to, minutes_to = map(int, found.groups())
    start, end = hours_from * 60 + minutes_from, hours_to * 60 + minutes_to
    if max(minutes_from, minutes_to) > 59 or start > 1440 or end > 1440:
        raise _refuse("not_a_stretch", f"{value} has a time that no clock shows.")
    if start in (end, 1440):
        message = f"{value} ends when it begins; the whole day is 00:00-24:00."
        raise _refuse("end_before_start", message)
    if end < start:
        end += 1440  # a night
    return Stretch(start, end, value)


def _read_days(value: object) -> DayRange:
    number = value if isinstance(value, int) and not isinstance(value, bool) else None
    text = str(number) if number is not None else value
    found = re.fullmatch(_DAYS, text, re.ASCII) if isinstance(text, str) else None
    if found is None:
        raise _refuse("not_days", f"{shown(value)} is not a day like 1 or a range like 1-5.")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise _refuse("end_before_start", f"The days {text} end before they begin.")
    return DayRange(first, last)


def exact(value: object) -> Fraction:
    """A number exactly as written: 0.29 is 29/100, not the nearest binary fraction."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refuse("not_a_number", f"{shown(value)} is not a number.")
    if isinstance(value, float) and value - value != 0:
        raise _refuse("not_a_number", "The number is not finite.")
    if value < 0:
        raise _refuse("negative", f"{value} is negative.")
    if value > LARGEST:
        raise _refuse("too_large", f"The number is larger than {LARGEST}.")
    if 0 < value < 1e-9:
        raise _refuse("too_small", f"{value} is smaller than 0.000000001.")
    return Fraction(Decimal(repr(value)))


def _read_lag(value: object) -> Fraction:
    """Hours on the clock between two tasks; a lead is less than 0."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
        hours = -exact(-value)
    else:
        hours = exact(value)
    if abs(hours) > LONGEST_LAG:
        most = f"{LONGEST_LAG:,} hours (five years)"
        raise _refuse("too_large", f"The lag of {float(hours):g} hours is longer than {most}.")
    return hours


def _read_whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _refuse("not_a_whole_number", f"{shown(value)} is not a whole number.")
        if value < 0 <= low:
            raise _refuse("negative", f"{shown(value)} is negative.")
        if not low <= value <= high:
            raise _refuse("out_of_range", f"{shown(value)} is not between {low} and {high}.")
        return value

    return read


def _read_price(value: object) -> Fraction | Literal["forbidden"]:
    if value == "forbidden":
        return "forbidden"
    if isinstance(value, str):
        raise _refuse("not_a_number", f'{shown(value)} is neither a number nor "forbidden".')
    return exact(value)


def _whole_schema(low: int, high: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": low, "maximum": high})


_NUMBER_SCHEMA = {"type": "number", "minimum": 0, "maximum": LARGEST}
_LAG_SCHEMA = {"type": "number", "minimum": -LONGEST_LAG, "maximum": LONGEST_LAG}
_DATE_SCHEMA = {"type": "string", "pattern": f"^{_DATE}$", "examples": ["2027-01-11"]}
_MOMENT_SCHEMA = {"type": "string", "pattern": f"^{_MOMENT}$", "examples": ["2027-01-11T08:00"]}
_GO_LIVE_SCHEMA = {"type": "string", "pattern": f"^{_GO_LIVE}$", "examples": ["go-live-2T18:00"]}
_DAYS_SCHEMA = {
    "anyOf": [
        {"type": "integer", "minimum": 1, "maximum": 9999},
        {"type": "string", "pattern": f"^{_DAYS}$", "examples": ["1-5"]},
    ]
}

Id = Annotated[str, Field(min_length=1, max_length=200, pattern=PRINTABLE)]
Text = Annotated[str, Field(max_length=2000, pattern=PRINTABLE)]
Number = Annotated[Fraction, PlainValidator(exact), WithJsonSchema(_NUMBER_SCHEMA)]
Lag = Annotated[Fraction, PlainValidator(_read_lag), WithJsonSchema(_LAG_SCHEMA)]
Count = Annotated[int, PlainValidator(_read_whole(0, 10**7)), _whole_schema(0, 10**7)]
Level = Annotated[int, PlainValidator(_read_whole(1, 5)), _whole_schema(1, 5)]
Priority = Level
Heads = Annotated[int, PlainValidator(_read_whole(1, 10**7)), _whole_schema(1, 10**7)]
People = Annotated[int, PlainValidator(_read_whole(1, 1000)), _whole_schema(1, 1000)]
Times = Annotated[int, PlainValidator(_read_whole(1, 366)), _whole_schema(1, 366)]
Weekends = Annotated[int, PlainValidator(_read_whole(0, 5)), _whole_schema(0, 5)]
Days = Annotated[int, PlainValidator(_read_whole(0, MOST_DAYS)), _whole_schema(0, MOST_DAYS)]
Price = Annotated[
    Fraction | Literal["forbidden"],
    PlainValidator(_read_price),
    WithJsonSchema({"anyOf": [_NUMBER_SCHEMA, {"const": "forbidden"}]}),
]
Date = Annotated[date, PlainValidator(_read_date), WithJsonSchema(_DATE_SCHEMA)]
MomentText = Annotated[Moment, PlainValidator(_read_moment), WithJsonSchema(_MOMENT_SCHEMA)]
DateOrMoment = Annotated[
    date | Moment,
    PlainValidator(_read_date_or_moment),
    WithJsonSchema({"anyOf": [_DATE_SCHEMA, _MOMENT_SCHEMA]}),
]
When = Annotated[
    date | Moment | GoLive,
    PlainValidator(_read_day_or_moment),
    WithJsonSchema({"anyOf": [_DATE_SCHEMA, _MOMENT_SCHEMA, _GO_LIVE_SCHEMA]}),
]
"""A date or a moment, on the calendar or counted from go-live."""
Settled = Annotated[
    Moment | GoLive,
    PlainValidator(_read_settled),
    WithJsonSchema({"anyOf": [_MOMENT_SCHEMA, _GO_LIVE_SCHEMA]}),
]
"""A moment, on the calendar or counted from go-live."""
StretchText = Annotated[
    Stretch,
    PlainValidator(_read_stretch),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_STRETCH}$",
            "examples": ["08:00-12:00", "22:00-06:00"],
        }
    ),
]
DaysText = Annotated[DayRange, PlainValidator(_read_days), WithJsonSchema(_DAYS_SCHEMA)]

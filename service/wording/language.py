"""One language: its messages with values filled in, and how it writes days, numbers and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from web.messages import LANGUAGES, Table, areas

LONGEST_LIST = 4
"""So many names are listed; of more, the first ones and the number of the others."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}([+-]\d{2}:\d{2})?)?")

ENGLISH = next(iter(LANGUAGES))


class Language:
    """A language by its code, one of `LANGUAGES`."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._tables = areas(code)

    def has(self, area: str, key: str) -> bool:
        """Whether something is said under a key."""
        return key in self._tables[area]

    def t(self, area: str, key: str, **values: object) -> str:
        """What a key says, with its values; texts as they are, numbers as the language has them."""
        table: Table = self._tables[area]
        message = table[key]
        text = message if isinstance(message, str) else message["other"]
        written = {name: self.written(value) for name, value in values.items()}
        return re.sub(r"\{(\w+)\}", lambda it: written[it[1]], text)

    def written(self, value: object) -> str:
        """A value as the language writes it: days and moments, numbers, lists, other texts."""
        if isinstance(value, str):
            return self.day(value) if DAY.fullmatch(value) else value
        if isinstance(value, (list, tuple)):
            return self.listed([str(it) for it in value])
        if isinstance(value, bool) or value is None:
            return ""
        if isinstance(value, int):
            return str(value)
        return self.number(float(str(value)) if not isinstance(value, float) else value)

    def number(self, value: float, digits: int = 2) -> str:
        """A number, with so many digits after the point at most."""
        text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
        return text.replace(".", self.t("written", "point"))

    def day(self, text: str) -> str:
        """A day, or a moment on it."""
        year, month, day = text[:10].split("-")
        date = self.t("written", "day", year=year, month=month, day=day)
        return self.t("written", "moment", date=date, time=text[11:16]) if "T" in text else date

    def listed(self, names: Sequence[str]) -> str:
        """`ana, bor and cene`; of many the first ones and how many others."""
        names = list(names)
        if len(names) > LONGEST_LIST + 1:
            others = self.t("written", "others", number=len(names) - LONGEST_LIST)
            names = [*names[:LONGEST_LIST], others]
        if len(names) < 2:
            return "".join(names)
        return self.t("written", "and", first=", ".join(names[:-1]), last=names[-1])


@cache
def language(code: str = ENGLISH) -> Language:
    """A language, read once; English for a code that is none."""
    return Language(code if code in LANGUAGES else ENGLISH)

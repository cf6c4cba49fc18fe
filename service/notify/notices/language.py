"""The words of messages in five languages, and how each of them names days."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date

from allocator.formats.icalendar import Words

HERE = Path(__file__).parent / "words"

LOCALES = {"en": "en_GB", "de": "de", "sl": "sl", "hu": "hu", "hi": "hi"}
"""Each language with the locale whose days are written; the first is what others get."""

LANGUAGES = tuple(LOCALES)


@dataclass(frozen=True, slots=True)
class Language:
    """What messages say in one language, and its days."""

    code: str
    texts: dict[str, str]

    def say(self, key: str, **values: object) -> str:
        """A sentence with its values."""
        return self.texts[key].format(**values)

    def day(self, moment: datetime) -> str:
        """A date with its weekday."""
        return str(format_date(moment.date(), "full", locale=LOCALES[self.code]))

    def span(self, start: datetime, end: datetime) -> str:
        """From when until when, on one day or over several."""
        if start.date() == end.date():
            said = {"day": self.day(start), "from": f"{start:%H:%M}", "to": f"{end:%H:%M}"}
            return self.say("span", **said)
        said = {"first": self.day(start), "last": self.day(end)}
        return self.say("span-days", **said, **{"from": f"{start:%H:%M}", "to": f"{end:%H:%M}"})

    @property
    def events(self) -> Words:
        """What is said of events in calendars."""
        return Words(**{it.name: self.texts[f"event-{it.name}"] for it in fields(Words)})


@cache
def language(code: str) -> Language:
    """A language by its code; English for one that we have no words of."""
    known = code if code in LOCALES else LANGUAGES[0]
    texts = json.loads((HERE / f"{known}.json").read_text(encoding="utf-8"))
    return Language(known, texts)

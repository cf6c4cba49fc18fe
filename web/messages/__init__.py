"""What the pages say, in each language: one table for each area of the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "sl": "Slovenščina",
    "hu": "Magyar",
    "hi": "हिन्दी",
}
"""Each language by its own name; the first is what others get."""

HERE = Path(__file__).parent

Message: TypeAlias = str | dict[str, str]
"""A text with `{placeholders}`, or one for each plural form."""

Table: TypeAlias = dict[str, Message]


def areas(language: str) -> dict[str, Table]:
    """The tables of a language by area, as they lie in its folder."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((HERE / language).glob("*.json"))
    }


def read_messages() -> dict[str, bytes]:
    """All that a page needs of each language, as a file of its own."""
    return {
        f"messages/{language}.json": json.dumps(
            areas(language), ensure_ascii=False, separators=(",", ":")
        ).encode()
        for language in LANGUAGES
    }


def preferred(accept_language: str) -> str:
    """The language that a reader likes best among ours (RFC 9110, 12.5.4)."""
    wishes = []
    for number, each in enumerate(accept_language.split(",")):
        tag, _, rest = each.strip().partition(";")
        language = tag.partition("-")[0].strip().lower()
        if language in LANGUAGES:
            wishes.append((-_quality(rest), number, language))
    return min(wishes, default=(0, 0, next(iter(LANGUAGES))))[2]


def _quality(parameters: str) -> float:
    name, _, value = parameters.replace(" ", "").partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0

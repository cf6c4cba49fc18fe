"""Tells words apart that look the same: blanks of another kind, marks that nobody sees, zeros.

A word's skeleton is what a reader sees of it (after Unicode TR 39, without its tables): composed,
compatibility forms folded, invisible characters and differences between blanks left out, letters
of Cyrillic and Greek that look like Latin ones taken for these.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_LIKE_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧονIl|O‐‑‒–—−’",  # noqa: RUF001
    "ABESIJKMHOPCTYXaeopcyxsijABEZHIKMNOPTYXov1110------'",
)
_INVISIBLE = {"Cc", "Cf"}
_SELECTORS = {chr(0x034F), *map(chr, range(0xFE00, 0xFE10))}
"""Marks that choose between forms of a character, or keep it apart from the next."""


def distinguished(word: str, known: Iterable[str]) -> str:
    """A sentence on the known word that looks like another, and on how they differ; or nothing."""
    seen = skeleton(word)
    other = next((it for it in known if it != word and skeleton(it) == seen), None)
    if other is None:
        return ""
    if word.isdigit() and other.isdigit():
        return f' There is "{other}": the zeros in front make another id.'
    return f' "{other}" looks the same: {_difference(word, other)}.'


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """What a reader sees of a word; words with one skeleton are easily taken for each other."""
    if not word.isascii():
        composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word))
        word = "".join(
            it
            for it in composed
            if it.isspace() or (unicodedata.category(it) not in _INVISIBLE and it not in _SELECTORS)
        )
    seen = " ".join(word.translate(_LIKE_LATIN).split())
    return seen.lstrip("0") if seen.isdigit() else seen


def _difference(word: str, other: str) -> str:
    """`after "po" this one has U+200B ZERO WIDTH SPACE, that one nothing`."""
    match = SequenceMatcher(None, word, other, autojunk=False)
    _, start, end, begin, finish = next(it for it in match.get_opcodes() if it[0] != "equal")
    where = f'after "{word[max(0, start - 20) : start]}"' if start else "at the beginning"
    return f"{where} this one has {_named(word[start:end])}, that one {_named(other[begin:finish])}"


def _named(characters: str) -> str:
    """`U+00A0 NO-BREAK SPACE`."""
    names = [f"U+{ord(it):04X} {unicodedata.name(it, 'without a name')}" for it in characters[:3]]
    return " and ".join(names) or "nothing"

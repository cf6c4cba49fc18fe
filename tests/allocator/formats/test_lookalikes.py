"""Words that look the same are distinguished: which character differs, and where."""

import unicodedata

import pytest

from allocator.formats.faults import nearest
from allocator.formats.lookalikes import distinguished

ALIKE = [
    ("pos\u00a0", "pos", 'after "pos" this one has U+00A0 NO-BREAK SPACE, that one nothing'),
    ("\u200bana", "ana", "at the beginning this one has U+200B ZERO WIDTH SPACE, that one nothing"),
    ("ana", "an\ufeffa", 'after "an" this one has nothing, that one U+FEFF ZERO WIDTH NO-BREAK'),
    ("\u0430na", "ana", "U+0430 CYRILLIC SMALL LETTER A, that one U+0061 LATIN SMALL LETTER A"),
    ("ward l", "ward 1", "U+006C LATIN SMALL LETTER L, that one U+0031 DIGIT ONE"),
    ("a\u2013b", "a-b", "U+2013 EN DASH, that one U+002D HYPHEN-MINUS"),
    ("a  b", "a b", 'after "a " this one has U+0020 SPACE, that one nothing'),
    (unicodedata.normalize("NFD", "Žan"), "Žan", "U+030C COMBINING CARON, that one U+017D"),
    ("\ufb01n", "fin", "U+FB01 LATIN SMALL LIGATURE FI"),
]


@pytest.mark.parametrize(("word", "other", "said"), ALIKE)
def test_the_character_that_differs_is_named(word, other, said):
    found = distinguished(word, ["x", other])
    assert found.startswith(f' "{other}" looks the same: ')
    assert said in found
    assert nearest(word, ["x", other]) == found


@pytest.mark.parametrize(("word", "other"), [("7", "007"), ("007", "7")])
def test_zeros_in_front_make_another_id(word, other):
    assert (
        distinguished(word, [other]) == f' There is "{other}": the zeros in front make another id.'
    )


@pytest.mark.parametrize(
    ("word", "other"), [("कु", "कि"), ("ana", "anna"), ("ana", "Ana"), ("a", "a")]
)
def test_words_that_look_different_are_no_lookalikes(word, other):
    assert distinguished(word, [other]) == ""

"""A text that is no document is reported in words, with its line and column."""

import pytest

from allocator.errors import InvalidDocument
from allocator.formats.text.tree import read_tree

THEIRS = ("found", "expected '", "token", "mapping values", "sequence", "stream", "node content")
"""Words of the parser."""

BROKEN = [
    ("a: b: c", 1, "a colon stands where no field can begin"),
    ("name: x\n  bad: indent", 2, "a colon stands where no field can begin"),
    ("a: [1, 2", 2, "a list in square brackets has no end"),
    ("a: {b: 1", 2, "a mapping in braces has no end"),
    ("a:\n\t- b", 2, "indent with blanks"),
    ("a: @b", 1, "put it in quotes"),
    ("a: 'x", 1, "a text in quotes has no end"),
    ('a: "\\q"', 1, "a backslash in double quotes"),
    ("- a\nb: c", 2, "a list goes on without its dash"),
    ("a:\n  - b\n c: d", 3, "is the indent right"),
    ('{"a": 1,, "b": 2}', 1, "a value is missing"),
    ('{"a": 1} x', 1, "behind the end of the document"),
    ("a: -\n-b", 1, "a list begins where none can"),
    ("- - a\n  b", 3, "a field has no colon"),
    ("a: >x\n", 1, "behind | or >"),
    ('"\\u12"', 1, "lacks digits"),
    ("%YAML 3.0\n---\na", 1, "another version"),
]


@pytest.mark.parametrize(("text", "line", "said"), BROKEN)
def test_what_the_parser_stumbles_over_is_reported_in_words(text, line, said):
    with pytest.raises(InvalidDocument) as refused:
        read_tree(text.encode())
    (fault,) = refused.value.faults
    assert (fault.code, fault.line) == ("syntax", line)
    assert fault.message.startswith("This is not YAML or JSON at column ")
    assert said in fault.message
    assert not any(word in fault.message for word in THEIRS)

"""The glossary stays short, and has each word once."""

from __future__ import annotations

from tests.docs.pages import page, rows

MOST = 40


def test_the_glossary_has_few_rows_and_each_word_once() -> None:
    table = rows(page("docs/glossary.md"))
    words = [word for row in table for word in row[0].split(", ")]
    assert 0 < len(table) <= MOST
    assert len(set(words)) == len(words)

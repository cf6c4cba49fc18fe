"""Messages are in the language of whoever reads them, all of it: words, days, months."""

import json
import re
from dataclasses import replace
from string import Formatter

import pytest

from allocator.formats.icalendar import Entry, Event
from service.notify.notices.changes import Change
from service.notify.notices.language import HERE, LANGUAGES, language
from service.notify.notices.writing import Links, write
from web.messages import LANGUAGES as OF_PAGES

TEXTS = {it: json.loads((HERE / f"{it}.json").read_text("utf-8")) for it in LANGUAGES}
SAID = ("class", "c-1"), "class", "Ξ1", "2027-01-12T08:00", "2027-01-12T10:00", "Europe/Ljubljana"
LESSON = Event(
    "u1",
    Entry(*SAID, part="teaches", place=("Ξ2",), people=("Ξ3",), groups=((8, "Ξ4"),)),
    1,
    0,
    0,
)
DUTY = Event(
    "u2",
    Entry(
        ("support", "s"),
        "support",
        "",
        "2027-01-14T08:00",
        "2027-01-15T10:00",
        "Europe/Ljubljana",
        department="Ξ5",
        hours=4,
        materials="Ξ6",
    ),
    0,
    0,
    0,
)
BEFORE = replace(LESSON.entry, start="2027-03-01T08:00", end="2027-03-01T10:00")
LINKS = Links("https://0/1", "https://0/2", "https://0/3")


def written(code, kind="person", *, is_first=False):
    changes = [Change("new", DUTY), Change("moved", LESSON, BEFORE), Change("cancelled", LESSON)]
    said = language(code)
    return write("Ξ7", kind, "Ξ8", changes, said, LINKS, is_first=is_first, is_attached=True)


def words(text):
    """The words of a message, without names, addresses and numbers."""
    return set(re.findall(r"[^\W\d_]{3,}", re.sub(r"https://\S+|Ξ\d", "", text)))


def test_messages_are_in_the_languages_of_the_pages():
    assert set(LANGUAGES) == set(OF_PAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_each_text_with_the_same_values(code):
    fields = {
        lang: {
            key: {it[1] for it in Formatter().parse(text) if it[1]} for key, text in texts.items()
        }
        for lang, texts in TEXTS.items()
    }
    assert fields[code] == fields["en"]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("kind", ["person", "department"])
@pytest.mark.parametrize("code", [it for it in LANGUAGES if it != "en"])
def test_no_english_word_is_in_a_message_of_another_language(code, kind, is_first):
    ours, english = written(code, kind, is_first=is_first), written("en", kind, is_first=is_first)
    known = words(english.subject + english.text)
    assert len(known) > 30
    assert words(ours.subject + ours.text) & known == {"de": {"Support"} & known}.get(code, set())


@pytest.mark.parametrize("code", LANGUAGES)
def test_html_says_what_plain_text_says(code):
    found = written(code)
    plain = words(found.text)
    assert plain <= words(re.sub(r"<[^>]*>", " ", found.html))


def test_names_are_not_read_as_html():
    entry = replace(LESSON.entry, title="<script>x</script>", place=("A & B",))
    change = Change("new", replace(LESSON, entry=entry))
    said = language("en")
    found = write("R", "person", "Ana", [change], said, LINKS, is_first=True, is_attached=False)
    assert "<script>" not in found.html
    assert "A &amp; B" in found.html


def test_a_name_with_a_line_break_does_not_begin_a_header():
    said, changes, name = language("en"), [Change("new", LESSON)], "R\nBcc: x@y"
    found = write(name, "person", "A", changes, said, LINKS, is_first=True, is_attached=False)
    assert "\n" not in found.subject

"""The pages say the same in every language: same keys, same placeholders, all plural forms."""

import json
import re
from collections import Counter

import pytest

from web.files import STATIC
from web.messages import HERE, LANGUAGES, areas, preferred

ENGLISH = areas("en")
OTHERS = [it for it in LANGUAGES if it != "en"]

PLURAL_FORMS = {
    "en": {"one", "other"},
    "de": {"one", "other"},
    "sl": {"one", "two", "few", "other"},
    "hu": {"one", "other"},
    "hi": {"one", "other"},
}
"""Of whole numbers, as the Unicode CLDR has them."""

KEY = re.compile(r"""(?:\bt\(\s*|\bkey: )"([a-z-]+\.[a-z0-9-]+)\"""")


def placeholders(message):
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


def plural(message):
    return isinstance(message, dict)


@pytest.mark.parametrize(
    "path", sorted(HERE.glob("*/*.json")), ids=lambda it: f"{it.parent.name}-{it.stem}"
)
def test_every_key_stands_once_in_its_table(path):
    keys = json.loads(path.read_text(), object_pairs_hook=lambda pairs: [key for key, _ in pairs])
    assert [key for key, times in Counter(keys).items() if times > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_areas_and_keys(language):
    keys = {area: list(table) for area, table in areas(language).items()}
    assert keys == {area: list(table) for area, table in ENGLISH.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_fills_in_the_same_values(language):
    for area, table in areas(language).items():
        for key, message in table.items():
            assert placeholders(message) == placeholders(ENGLISH[area][key]), f"{area}.{key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_count_has_the_plural_forms_of_its_language(language):
    for area, table in areas(language).items():
        for key, message in table.items():
            assert plural(message) == plural(ENGLISH[area][key]), f"{area}.{key}"
            forms = set(message) if plural(message) else PLURAL_FORMS[language]
            assert forms == PLURAL_FORMS[language], f"{area}.{key}"


def test_every_key_that_a_module_names_is_there():
    named = {
        (path.name, key)
        for path in (STATIC / "js").rglob("*.js")
        for key in KEY.findall(path.read_text())
        if path.name != "i18n.js"
    }
    known = {f"{area}.{key}" for area, table in ENGLISH.items() for key in table}
    assert {"frame.menu", "session.sign-in"} <= {key for _, key in named}
    assert {it for it in named if it[1] not in known} == set()


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("", "en"),
        ("fr", "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr-FR, hi;q=0.4, sl;q=0.5", "sl"),
        ("en;q=oops, hu;q=0.1", "hu"),
    ],
)
def test_a_reader_gets_the_language_that_they_like_best_among_ours(wishes, language):
    assert preferred(wishes) == language


def test_every_column_of_the_tables_has_its_head():
    tables = (STATIC / "js/views/data/tables.js").read_text()
    keys = set(
        re.findall(r'\b(?:text|number|date|moment|ref|words|lines|flag)\("([\w.]+)"', tables)
    )
    keys |= set(re.findall(r'\bkey: "([\w.]+)"', tables))
    assert {"id", "crew", "limits.hours_per_day", "green_light.status"} <= keys
    heads = {key for key in ENGLISH["data"] if key.startswith("col-")}
    assert {f"col-{key.replace('.', '-')}" for key in keys} == heads
